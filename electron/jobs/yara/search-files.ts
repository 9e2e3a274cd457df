import type { AnalystList, EvidenceFile, YaraMatch } from '../../../shared/model/index.ts';
import { readAll } from '../../evidence/hash.ts';
import { EvidenceUnreadable } from '../../evidence/source.ts';
import { ruleBatches } from '../../lists/yara-source.ts';
import type { Connection } from '../../store/store.ts';
import type { AttachedEvidence } from '../attached.ts';
import { checkCancelled } from '../limited.ts';
import { ExternalScanner, type ExternalYara } from './external.ts';
import type { Batch, RawMatch } from './protocol.ts';
import { type Answer, YaraScanner } from './scanner.ts';

/** Larger files are not searched: no program that IIS loads comes near it. */
const MAX_FILE = 64 * 1024 * 1024;
/** How a file is told that could not be searched because nothing could be read; it is tried again. */
export const NOT_ATTACHED = 'The evidence is not attached: the file was not searched.';
const KEEP_EVERY = 100;

/** What libyara-wasm 1.2.1 was built from. */
export const BUILT_IN = 'libyara (libyara-wasm 1.2.1)';

export interface SearchContext {
  readonly connection: Connection;
  readonly attached: AttachedEvidence | null;
  readonly yaraChild: URL;
  readonly workFolder: string;
  readonly signal: AbortSignal;
  /** Seconds for one file. */
  readonly seconds?: number;
  readonly progress: (files: number, name: string) => void;
  /** Told what is known so far, now and then and at the end. */
  readonly keep: (matches: readonly YaraMatch[]) => Promise<void>;
}

/**
 * Searches each content once for the rules of one list.
 * @param files one file of each content, in the order in which they are searched
 * @returns one answer for each content, also where nothing matched or why nothing could be searched
 */
export async function searchFiles(ctx: SearchContext, list: AnalystList, files: readonly EvidenceFile[], program: ExternalYara | null): Promise<YaraMatch[]> {
  const batches: readonly Batch[] = ruleBatches(list.rules);
  const texts = batches.map((b) => b.text);
  const scanner = program === null ? new YaraScanner(ctx.yaraChild, texts, ctx.seconds) : new ExternalScanner(program, ctx.workFolder, texts);
  const stop = (): void => void scanner.close();
  ctx.signal.addEventListener('abort', stop);
  const out: YaraMatch[] = [];
  try {
    for (const [i, file] of files.entries()) {
      checkCancelled(ctx.signal);
      ctx.progress(i, file.evidencePath.slice(file.evidencePath.lastIndexOf('/') + 1));
      out.push(await searchFile(ctx, list.id, batches, scanner, file));
      if (i % KEEP_EVERY === KEEP_EVERY - 1) await ctx.keep(out);
    }
    checkCancelled(ctx.signal);
    return out;
  } finally {
    ctx.signal.removeEventListener('abort', stop);
    await scanner.close();
  }
}

async function searchFile(ctx: SearchContext, list: string, batches: readonly Batch[], scanner: Pick<YaraScanner, 'scan'>, file: EvidenceFile): Promise<YaraMatch> {
  const nothing = (problem: string): YaraMatch => ({ list, sha256: file.sha256 ?? '', rules: [], problem });
  if (batches.length === 0) return nothing('The list has no rule that can be compiled.');
  if (ctx.attached === null) return nothing(NOT_ATTACHED);
  if (file.size > MAX_FILE) return nothing(`The file has ${file.size} bytes; files of more than ${MAX_FILE} are not searched.`);
  const bytes = await bytesOf(ctx.attached, ctx.connection, file);
  if (typeof bytes === 'string') return nothing(bytes);
  const answer: Answer<readonly (readonly RawMatch[])[]> = await scanner.scan(bytes);
  if (!answer.ok) return nothing(`The search of this file ${answer.why}.`);
  const rules = answer.value.flatMap((found, i) => found.map((match) => {
    const declared = batches[i]?.rules.get(match.rule);
    return { ...match, file: declared?.file ?? '', tags: [...(declared?.tags ?? [])], meta: [...match.meta], strings: [...match.strings] };
  }));
  return { list, sha256: file.sha256 ?? '', rules, problem: null };
}

async function bytesOf(attached: AttachedEvidence, connection: Connection, file: EvidenceFile): Promise<Uint8Array | string> {
  try {
    const reader = await attached.open(connection, file);
    try {
      const whole = await readAll(reader, MAX_FILE);
      return whole.ok ? whole.bytes : `The file could not be read: ${whole.problem.message}.`;
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
    return `The file could not be read: ${error.problem.message}.`;
  }
}
