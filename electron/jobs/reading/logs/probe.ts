import type { LineReader } from '../../../artifacts/kit/log-lines.ts';
import { encodingOf, headText, lineEndOf } from '../../spool/encoding.ts';

/** Bytes of a head and of a tail that are looked at, at most. */
export const PROBE_BYTES = 64 * 1024;
/** A tail is looked at in steps: the last lines say enough in most logs. */
export const TAIL_STEP = 8 * 1024;

/** How a log is written, told from its head. */
export interface Writing {
  readonly encoding: 'bytes' | 'utf16le' | 'utf16be';
  readonly mark: number;
  readonly lineEnd: 10 | 13;
}

export function writingOf(head: Uint8Array): Writing {
  const { encoding, mark } = encodingOf(head);
  return { encoding, mark, lineEnd: encoding === 'bytes' ? lineEndOf(head) : 10 };
}

/**
 * Moment of the first row; null when these bytes do not say it. Only whole lines count, and only what the format's own
 * reader takes for a row.
 * @param head from the start of the file
 */
export function firstTime(head: Uint8Array, reader: LineReader): bigint | null {
  const writing = writingOf(head);
  reader.begin(headText(head.subarray(writing.mark), writing.encoding));
  for (const line of linesOf(head.subarray(writing.mark), writing, true)) {
    const time = timeOf(line, reader);
    if (time !== null) return time;
  }
  return null;
}

/**
 * Moment of the last row in the tail of a file; null when it holds none that the reader understands.
 * @param reader with what the head says (fields, order of dates) and what lies between left out: a line that does not fit is no row
 * @param atStart whether the file begins with these bytes
 */
export function lastTime(tail: Uint8Array, reader: LineReader, writing: Writing, atStart: boolean): bigint | null {
  let last: bigint | null = null;
  for (const line of linesOf(tail, writing, atStart)) last = timeOf(line, reader) ?? last;
  return last;
}

/**
 * Moments of the lines of a piece, null for a line that is no row; what the reader learns on the way stays in it.
 * @param atStart whether a line begins with the piece
 */
export function* momentsOf(bytes: Uint8Array, reader: LineReader, writing: Writing, atStart: boolean): Generator<bigint | null> {
  for (const line of linesOf(bytes.subarray(atStart ? writing.mark : 0), writing, atStart)) yield timeOf(line, reader);
}

function timeOf(line: Uint8Array, reader: LineReader): bigint | null {
  if (reader.directives && line[0] === 0x23) {
    reader.directive(line);
    return null;
  }
  if (!reader.ready) return null;
  const result = reader.line(line, false);
  return result.ok ? result.row.time : null;
}

/** Whole lines without their ends, as bytes of text; blank ones and NULs around them are left out. What has no line end may be torn. */
function* linesOf(bytes: Uint8Array, writing: Writing, first: boolean): Generator<Uint8Array> {
  const plain = headText(bytes, writing.encoding);
  let from = 0;
  let skip = !first;
  while (from < plain.length) {
    const end = plain.indexOf(writing.lineEnd, from);
    if (end < 0) return;
    const line = trimmed(plain, from, end);
    from = end + 1;
    if (skip) skip = false;
    // A gap or a stray line end inside: the reading cuts the line there, and what it then makes of it is not foreseen here.
    else if (line.includes(0) || (writing.lineEnd !== 0x0d && line.includes(0x0d))) {
      if (line.includes(0x23)) return;
    } else if (line.length > 0) yield line;
  }
}

function trimmed(bytes: Uint8Array, from: number, to: number): Uint8Array {
  let start = from;
  let end = to;
  while (start < end && bytes[start] === 0) start += 1;
  while (end > start && (bytes[end - 1] === 0x0d || bytes[end - 1] === 0x0a || bytes[end - 1] === 0)) end -= 1;
  return bytes.subarray(start, end);
}
