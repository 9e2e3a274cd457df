import { createHash } from 'node:crypto';
import path from 'node:path';
import { RequestError } from '../../../shared/base/result.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import type { AnalystList, ListKind } from '../../../shared/model/index.ts';
import { readAll } from '../../evidence/hash.ts';
import { openEvidence } from '../../evidence/open.ts';
import { EvidenceUnreadable, type EvidenceSource } from '../../evidence/source.ts';
import { ListProblems, MAX_LIST_BYTES } from '../../lists/limits.ts';
import { readIndicators } from '../../lists/read/read-indicators.ts';
import { readKnownGood } from '../../lists/read/read-known-good.ts';
import { readYaraSource } from '../../lists/yara-source.ts';

/** Rule files of one folder, and the bytes of one and of all of them. */
const MAX_RULE_FILES = 5000;
const MAX_RULE_FILE = 4 * 1024 * 1024;
const MAX_RULES = 32 * 1024 * 1024;
const RULE_FILE = /\.(?:yara?|rules?)$/i;

export interface ListFile { readonly kind: ListKind; readonly path: string; readonly name?: string | undefined }

/**
 * Reads a list from where the analyst keeps it: nothing is written there, and no link within a folder is followed. A list may lie
 * in the evidence; that is then said.
 * @param added UTC text
 * @throws RequestError when there is nothing that can be read
 */
export async function readListFile({ kind, path: location, name }: ListFile, added: string, evidence: readonly string[]): Promise<AnalystList> {
  const source = await openEvidence(location);
  try {
    const problems = new ListProblems();
    if (evidence.some((root) => inside(source.location, root))) problems.add('The list lies within the evidence itself; it was only read.');
    const content = kind === 'yara' ? await readRules(source, problems) : await readOne(source, kind, problems);
    const sha256 = content.sha256;
    return {
      id: `l-${createHash('sha256').update(`${kind} ${sha256}`).digest('hex').slice(0, 12)}`,
      kind, name: name ?? path.basename(source.location), from: source.location, sha256, added, indicators: [], knownGood: [], rules: [], ...content.parts, problems: problems.list(), hits: null, engine: null,
    };
  } finally {
    await source.close();
  }
}

function inside(file: string, root: string): boolean {
  const relative = path.relative(root, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

interface Content { readonly sha256: string; readonly parts: Partial<Pick<AnalystList, 'indicators' | 'knownGood' | 'rules'>> }

async function readOne(source: EvidenceSource, kind: Exclude<ListKind, 'yara'>, problems: ListProblems): Promise<Content> {
  if (source.kind !== 'file') throw new RequestError('usage', `${source.location} is a ${source.kind}; a list is one file.`);
  const [entry] = (await source.inventory()).filter((e) => e.type === 'file');
  if (entry === undefined) throw new RequestError('unavailable', `${source.location} cannot be read.`);
  const whole = await bytesOf(source, entry.evidencePath, MAX_LIST_BYTES);
  if (typeof whole === 'string') throw new RequestError('unavailable', `${source.location}: ${whole}`);
  const { sha256, bytes } = whole;
  if (kind === 'known-good') {
    const { knownGood, problems: own } = readKnownGood(bytes);
    if (knownGood.length === 0) throw new RequestError('usage', `${source.location}: ${own.join(' ')}`);
    for (const problem of own) problems.add(problem);
    return { sha256, parts: { knownGood } };
  }
  const { indicators, problems: own } = readIndicators(bytes);
  if (indicators.length === 0) throw new RequestError('usage', `${source.location}: ${own.slice(0, 3).join(' ')}`);
  for (const problem of own) problems.add(problem);
  return { sha256, parts: { indicators } };
}

/** Texts of all rule files in the order of their names; those that include others are refused, because that text would be unknown. */
async function readRules(source: EvidenceSource, problems: ListProblems): Promise<Content> {
  const files = (await source.inventory()).filter((e) => e.type === 'file' && (source.kind === 'file' || RULE_FILE.test(e.evidencePath))).sort(compareBy((e) => e.evidencePath));
  if (files.length === 0) throw new RequestError('usage', `${source.location} has no rule file (.yar, .yara, .rule, .rules).`);
  if (files.length > MAX_RULE_FILES) problems.add(`The folder has ${files.length} rule files; the first ${MAX_RULE_FILES} were read.`);
  const rules: { name: string; text: string }[] = [];
  const hash = createHash('sha256');
  let size = 0;
  for (const { evidencePath } of files.slice(0, MAX_RULE_FILES)) {
    const whole = await bytesOf(source, evidencePath, MAX_RULE_FILE);
    if (typeof whole === 'string') problems.add(`${evidencePath}: ${whole}`);
    else if ((size += whole.bytes.length) > MAX_RULES) problems.add(`${evidencePath}: left out; the rules before it have ${MAX_RULES} bytes, which is the bound.`);
    else {
      hash.update(`${evidencePath}\0${whole.sha256}\0`);
      const text = new TextDecoder('utf-8').decode(whole.bytes);
      const { rules: declared, includes } = readYaraSource(text);
      if (includes.length > 0) problems.add(`${evidencePath}: refused, because it includes another file (line ${includes[0]}): put that file into the folder instead.`);
      else if (declared.length === 0) problems.add(`${evidencePath}: there is no rule in it.`);
      else rules.push({ name: evidencePath, text });
    }
  }
  return { sha256: hash.digest('hex'), parts: { rules } };
}

async function bytesOf(source: EvidenceSource, name: string, most: number): Promise<{ readonly bytes: Uint8Array; readonly sha256: string } | string> {
  try {
    const reader = await source.open(name);
    try {
      if (reader.size > most) return `it has ${reader.size} bytes; more than ${most} are not read.`;
      const whole = await readAll(reader, most);
      return whole.ok ? whole : `${whole.problem.message}.`;
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
    return `${error.problem.message}.`;
  }
}
