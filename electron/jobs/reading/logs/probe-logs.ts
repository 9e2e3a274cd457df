import type { LineOptions } from '../../../artifacts/kit/log-lines.ts';
import { READER_START } from '../../../artifacts/kit/log-lines.ts';
import { EvidenceUnreadable, type EvidenceReader } from '../../../evidence/source.ts';
import { mapLimited } from '../../limited.ts';
import type { ReadingContext } from '../context.ts';
import type { SiteLog } from './tasks.ts';
import { firstTime, lastTime, PROBE_BYTES, TAIL_STEP, writingOf } from './probe.ts';

/** When a log begins and ends, in ticks, as its first and last lines say; null where they do not. */
export interface Span { readonly head: bigint | null; readonly tail: bigint | null }

const UNKNOWN: Span = { head: null, tail: null };
const FIRST_STEP = 4 * 1024;

/** Looks at the heads and tails of all logs before any is read, so that what they cover is known within seconds. */
export async function probeLogs(ctx: ReadingContext, logs: readonly SiteLog[], optionsOf: (log: SiteLog) => LineOptions): Promise<Span[]> {
  let done = 0;
  return mapLimited(logs, 8, ctx.signal, async (log) => {
    const span = await probed(ctx, log, optionsOf(log));
    done += 1;
    if (done % 50 === 0) ctx.board.progress('logs', 0, null, `${done} of ${logs.length} logs looked at`);
    return span;
  });
}

async function probed(ctx: ReadingContext, log: SiteLog, options: LineOptions): Promise<Span> {
  let reader: EvidenceReader | null = null;
  try {
    reader = await ctx.source.open(log.file.evidencePath);
    return await spanOf(reader, log, options, ctx.source.kind !== 'zip');
  } catch (error) {
    // What cannot be read is told by the reading, with the place.
    if (!(error instanceof EvidenceUnreadable)) throw error;
    return UNKNOWN;
  } finally {
    await reader?.close();
  }
}

/** @param random whether the end can be read without all that stands before it */
async function spanOf(reader: EvidenceReader, { artifact, archive }: SiteLog, options: LineOptions, random: boolean): Promise<Span> {
  let head: Uint8Array = new Uint8Array(0);
  let first: bigint | null = null;
  let lines = artifact.lines(options, READER_START);
  for (const step of [FIRST_STEP, PROBE_BYTES]) {
    head = (await reader.read(0, step)).slice(0, step);
    lines = artifact.lines(options, READER_START);
    first = firstTime(head, lines);
    if (first !== null || head.length < step) break;
  }
  const writing = writingOf(head);
  if (head.length < FIRST_STEP) return { head: first, tail: lastTime(head.subarray(writing.mark), artifact.lines(options, lines.state), writing, true) };
  if (!random || archive !== null) return { head: first, tail: null };
  for (const step of [TAIL_STEP, PROBE_BYTES]) {
    // UTF-16 is read at even places only.
    const from = Math.max(writing.mark, reader.size - step + ((reader.size - step) & 1));
    const tail = (await reader.read(from, reader.size - from)).slice(0, reader.size - from);
    const last = lastTime(tail, artifact.lines(options, lines.state), writing, from === writing.mark);
    if (last !== null || from === writing.mark) return { head: first, tail: last };
  }
  return { head: first, tail: null };
}
