import { READER_START, type LineOptions, type LineReader, type ReaderState } from '../../../artifacts/kit/log-lines.ts';
import type { LogArtifact } from '../../../artifacts/kit/definition.ts';
import type { EvidenceReader } from '../../../evidence/source.ts';
import type { LogRange } from '../../spool/ingest.ts';
import { checkCancelled } from '../../limited.ts';
import { firstTime, momentsOf, PROBE_BYTES, writingOf } from './probe.ts';
import type { TickRange } from '../steering.ts';

/** Rows are written when a request ends and in blocks: they may stand out of order by minutes. */
const SLACK = 10n * 60n * 10_000_000n;
/** Bytes that are looked back for the last `#Fields`; IIS writes one when it starts and when the fields change. */
const LOOK_BACK = 512 * 1024 * 1024;
const STEP = 4 * 1024 * 1024;
/** A stretch is found no more exactly than this. */
const NEAR = 1024 * 1024;

interface Looked { readonly reader: EvidenceReader; readonly artifact: LogArtifact; readonly options: LineOptions; readonly signal: AbortSignal }

/**
 * The part of a log whose rows can be of a range of time, found by bisection over the offsets: begin, end and what holds
 * there. Null when it cannot be told: an encoding with more than one byte for each letter, rows without a time of their
 * own, no `#Fields` within reach. What it says is an assumption that the reading of the whole log checks.
 */
export async function stretchOf(looked: Looked, wanted: TickRange): Promise<LogRange | null> {
  const { reader, artifact, options } = looked;
  const head = (await reader.read(0, PROBE_BYTES)).slice(0, PROBE_BYTES);
  const writing = writingOf(head);
  if (writing.encoding !== 'bytes') return null;
  const lines = artifact.lines(options, READER_START);
  // Up to the first row only: a block further down is found by looking back from where the stretch begins.
  if (firstTime(head, lines) === null) return null;
  const from = await offsetAt(looked, lines.state, writing.lineEnd, wanted.from - SLACK);
  const to = await offsetAt(looked, lines.state, writing.lineEnd, wanted.to + SLACK);
  if (from === null || to === null) return null;
  // What the head of a file says is told from its start only.
  const begin = Math.max(PROBE_BYTES, from - NEAR);
  const state = await stateAt(looked, begin, lines);
  if (state === null) return null;
  return { from: begin, to: Math.min(reader.size, to + NEAR), state: { ...state, offset: begin, line: 1, encoding: 'bytes', lineEnd: writing.lineEnd } };
}

/** About the first offset whose rows are not before a moment; null when rows in between cannot be understood. */
async function offsetAt(looked: Looked, state: ReaderState, lineEnd: 10 | 13, time: bigint): Promise<number | null> {
  let low = 0;
  let high = looked.reader.size;
  while (high - low > NEAR) {
    checkCancelled(looked.signal);
    const middle = Math.floor((low + high) / 2);
    const found = await timeBehind(looked, state, lineEnd, middle, high);
    if (found === 'unknown') return null;
    if (found === 'none' || found >= time) high = middle;
    else low = middle;
  }
  return low;
}

/** Moment of the first row that begins behind an offset; `none` where no line begins before `end` (NULs up to it). */
async function timeBehind({ reader, artifact, options }: Looked, state: ReaderState, lineEnd: 10 | 13, offset: number, end: number): Promise<bigint | 'none' | 'unknown'> {
  let looksEmpty = true;
  for (let at = offset; at < end && at < offset + 2 * NEAR; at += PROBE_BYTES) {
    const bytes = (await reader.read(at, PROBE_BYTES)).slice(0, PROBE_BYTES);
    if (bytes.length === 0) break;
    const lines = artifact.lines(options, state);
    for (const time of momentsOf(bytes, lines, { encoding: 'bytes', mark: 0, lineEnd }, false)) if (time !== null) return time;
    if (bytes.some((byte) => byte !== 0)) looksEmpty = false;
  }
  return looksEmpty ? 'none' : 'unknown';
}

const FIELDS = Buffer.from('\n#Fields:');
const DATE = Buffer.from('\n#Date:');

/** What a reader knows at an offset, from the last directives before it; formats without directives know it from the head. */
async function stateAt({ reader, artifact, options, signal }: Looked, offset: number, head: LineReader): Promise<ReaderState | null> {
  if (!head.directives || head.state.fields === null) return head.directives ? null : head.state;
  const lines = artifact.lines(options, head.state);
  const wanted = new Map([[FIELDS, false], [DATE, false]]);
  const overlap = 64 * 1024;
  for (let end = offset; end > 0 && offset - end < LOOK_BACK; end -= STEP) {
    checkCancelled(signal);
    const start = Math.max(0, end - STEP);
    const bytes = Buffer.from((await reader.read(start, end - start + overlap)).subarray(0, Math.min(offset, end + overlap) - start));
    for (const [mark, seen] of wanted) {
      if (seen) continue;
      const at = lastLine(bytes, mark, start === 0);
      if (at === null) continue;
      wanted.set(mark, true);
      lines.directive(at);
    }
    if ([...wanted.values()].every(Boolean)) return lines.state;
    // The start of the file is what the head has told.
    if (start === 0) return lines.state;
  }
  return null;
}

/** The last whole line with this mark at its start, without its end. */
function lastLine(bytes: Buffer, mark: Buffer, atStart: boolean): Uint8Array | null {
  let found = bytes.lastIndexOf(mark);
  let from = found + 1;
  if (found < 0) {
    if (!atStart || bytes.indexOf(mark.subarray(1)) !== 0) return null;
    found = 0;
    from = 0;
  }
  const end = bytes.indexOf(0x0a, from);
  if (end < 0) return null;
  return bytes.subarray(from, bytes[end - 1] === 0x0d ? end - 1 : end);
}
