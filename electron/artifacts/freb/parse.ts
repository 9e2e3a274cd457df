import { parseInstant } from '../../../shared/time/instant.ts';
import type { ParseProblem } from '../../../shared/model/index.ts';
import { decode } from '../kit/xml/decode.ts';
import { BytePlaces } from './byte-places.ts';
import { TraceReader } from './events.ts';
import { storyOf } from './message.ts';
import type { TraceBytes, ParsedTrace } from '../kit/trace.ts';

/** Bytes of one trace that are read; `maxLogFileSizeKB` is 1024 unless somebody set it higher. */
export const MAX_FREB_BYTES = 16 * 1024 * 1024;

/**
 * Reads a trace of failed-request tracing. Never throws for bad bytes: a file that a crash cut short gives the events that
 * are whole. Every byte is counted: what stands before the root as header, the root as row, blanks and NULs behind it as
 * padding, the rest as rejected.
 */
export function parseFreb(bytes: Uint8Array): ParsedTrace {
  const { text, encoding, problems: found } = decode(bytes.subarray(0, MAX_FREB_BYTES));
  // Where characters were replaced, places in the text say nothing of places in the bytes.
  const exact = !found.some((p) => p.kind === 'malformed');
  const width = encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : encoding === 'utf-8' ? null : 1;
  const start = markOf(bytes);
  const places = exact ? new BytePlaces(text, start, width) : null;
  const { request, events, rootStart, rootLine, wholeEnd, closed, problem } = new TraceReader(text, places).read();
  const problems: ParseProblem[] = [...found];
  if (request === null) {
    problems.push(problem !== null && bytes.length > 0 ? problem : { kind: bytes.length === 0 ? 'truncated' : 'malformed', message: bytes.length === 0 ? 'The file is empty.' : 'The file holds no trace of a request.' });
    return { trace: null, events: [], bytes: nothingRead(bytes), problems };
  }
  // Anything can stand behind the root, most of all NULs of a disk that lost power.
  if (!closed) problems.push(problem?.kind === 'limit' ? problem : { kind: 'truncated', message: `The file ends, or is damaged, before the trace does; ${events.length} events are whole.`, ...(problem?.line === undefined ? {} : { line: problem.line }) });
  const scale = text.length === 0 ? 0 : (bytes.length - start) / text.length;
  const byteOf = (offset: number): number => Math.min(bytes.length, places === null ? start + Math.round(offset * scale) : places.of(offset));
  const rootByte = byteOf(rootStart);
  const endByte = Math.max(rootByte, byteOf(wholeEnd));
  const counted = account(bytes, rootByte, endByte, closed);
  if (closed && counted.rejected > 0) problems.push({ kind: 'malformed', message: `${counted.rejected} bytes behind the end of the trace are not part of it.`, offset: endByte });
  const times = events.map((e) => e.time).find((time) => time !== null && parseInstant(time) !== null);
  return {
    trace: {
      request, time: times ?? null, events: events.length, ...storyOf(events), complete: closed, line: rootLine, offset: rootByte, length: endByte - rootByte,
    },
    events,
    bytes: counted,
    problems,
  };
}

function markOf(bytes: Uint8Array): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3;
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) ? 2 : 0;
}

function isPadding(byte: number | undefined): boolean {
  return byte === 0 || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function nothingRead(bytes: Uint8Array): TraceBytes {
  const padded = bytes.every(isPadding);
  return { rows: 0, headers: 0, padding: padded ? bytes.length : 0, rejected: padded ? 0 : bytes.length };
}

function account(bytes: Uint8Array, root: number, end: number, closed: boolean): TraceBytes {
  let last = bytes.length;
  while (last > end && isPadding(bytes[last - 1])) last--;
  const padding = bytes.length - last;
  const rest = last - end;
  return { rows: end - root, headers: root, padding: closed || rest === 0 ? padding : 0, rejected: closed || rest === 0 ? rest : rest + padding };
}
