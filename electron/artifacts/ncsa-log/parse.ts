import { clockTicks } from '../kit/log-clock.ts';
import { REJECTS, type LineResult, type LogRow } from '../kit/log-lines.ts';
import { ByteText, logRow } from '../kit/log-values.ts';
import { NCSA_LAYOUT, NCSA_REJECTS } from './records.ts';

/** At one place in the line: no search. */
const STAMP = /\[(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d)(\d\d))?\] "/y;
/** The end of a line is looked for in so many of its last characters. */
const TAIL_LENGTH = 64;
const TAIL = /" (-|\d{1,9})(?: (-|\d{0,20}))?$/;
const VERSION = /^HTTP\/[\d.?]{1,8}$/;
/** An address, perhaps with its zone, a name that begins with a letter, or none. */
const HOST = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\dA-Fa-f:.]*:[\dA-Fa-f:.]*(?:%\w{1,16})?|[A-Za-z][\w.-]{0,254}|-)$/;
const MONTHS: ReadonlyMap<string, number> = new Map(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, i) => [name, i + 1]));
const TICKS_PER_MINUTE = 600_000_000n;

type Span = readonly [from: number, to: number];

/**
 * Reads one line of the NCSA Common log format: host, remote log name (always `-`), user, date with its offset from UTC, the
 * request in quotes, status and bytes. What a client sends stands between the first date and the last quote, whatever
 * quotes it holds itself.
 * @param toUtc for a date without an offset
 * @param torn a line without its end must have its last value
 */
export function parseNcsaLine(line: Uint8Array, toUtc: (reading: bigint) => bigint, torn: boolean): LineResult {
  const bytes = new ByteText(line);
  const text = bytes.text.trimEnd();
  const stamp = findStamp(text);
  if (stamp === null) return { ok: false, reject: NCSA_REJECTS.date };
  const requestAt = stamp.index + stamp[0].length;
  const from = Math.max(requestAt - 1, text.length - TAIL_LENGTH);
  const tail = TAIL.exec(text.slice(from));
  // The quote that ends the request is another one than the quote that begins it.
  if (tail === null || from + tail.index < requestAt) return { ok: false, reject: NCSA_REJECTS.tail };
  const [, status = '-', sent = ''] = tail;
  if (torn && sent === '') return { ok: false, reject: REJECTS.torn };
  const head = headSpans(text, stamp.index);
  if (head === null) return { ok: false, reject: NCSA_REJECTS.head };
  const time = momentOf(stamp, toUtc);
  if (time === null) return { ok: false, reject: REJECTS.time };
  const value = (span: Span | null): string | null => (span === null ? null : bytes.value(span[0], span[1]));
  const [host, user] = head;
  const [method, stem, query, version] = requestSpans(text, requestAt, from + tail.index);
  const offset = stamp[7] === undefined ? null : `${stamp[7]}${stamp[8] ?? ''}${stamp[9] ?? ''}`;
  const texts = [value(host), null, value(user), null, null, offset, value(method), value(stem), value(query), value(version), status, sent === '' ? null : sent];
  return { ok: true, row: rowOf(texts, time) };
}

function rowOf(texts: readonly (string | null)[], time: bigint): LogRow {
  return logRow(texts, NCSA_LAYOUT, time, false, null);
}

/** The first date that stands behind a space: whatever a request holds comes later. */
function findStamp(text: string): RegExpExecArray | null {
  for (let at = text.indexOf(' ['); at >= 0; at = text.indexOf(' [', at + 1)) {
    STAMP.lastIndex = at + 1;
    const stamp = STAMP.exec(text);
    if (stamp !== null) return stamp;
  }
  return null;
}

/** Host, the hyphen that stands for a remote log name, and a user, who may have spaces but no quotes: those are the rest of another line. */
function headSpans(text: string, stampAt: number): readonly [Span, Span] | null {
  const first = text.indexOf(' ');
  const second = text.indexOf(' ', first + 1);
  if (first <= 0 || second !== first + 2 || text[first + 1] !== '-' || second + 1 >= stampAt) return null;
  if (!HOST.test(text.slice(0, first)) || text.slice(second, stampAt).includes('"')) return null;
  return [[0, first], [second + 1, stampAt - 1]];
}

/** Method up to the first space, version behind the last one; a target holds its spaces. One word alone is a method. */
function requestSpans(text: string, from: number, to: number): readonly [Span | null, Span | null, Span | null, Span | null] {
  if (from === to || (to - from === 1 && text[from] === '-')) return [null, null, null, null];
  const first = text.indexOf(' ', from);
  if (first < 0 || first >= to) return [[from, to], null, null, null];
  const last = text.lastIndexOf(' ', to - 1);
  const versioned = VERSION.test(text.slice(last + 1, to));
  const end = versioned ? last : to;
  const version: Span | null = versioned ? [last + 1, to] : null;
  // `GET HTTP/1.1` has no target.
  if (end <= first) return [[from, first], null, null, version];
  const mark = text.indexOf('?', first + 1);
  if (mark < 0 || mark >= end) return [[from, first], [first + 1, end], null, version];
  return [[from, first], [first + 1, mark], [mark + 1, end], version];
}

function momentOf(stamp: RegExpExecArray, toUtc: (reading: bigint) => bigint): bigint | null {
  const month = MONTHS.get((stamp[2] ?? '').toLowerCase());
  if (month === undefined) return null;
  const reading = clockTicks(Number(stamp[3]), month, Number(stamp[1]), Number(stamp[4]), Number(stamp[5]), Number(stamp[6]));
  if (reading === null || stamp[7] === undefined) return reading === null ? null : toUtc(reading);
  const [hours, minutes] = [Number(stamp[8]), Number(stamp[9])];
  if (hours > 14 || minutes > 59) return null;
  const shift = BigInt(hours * 60 + minutes) * TICKS_PER_MINUTE;
  return stamp[7] === '-' ? reading + shift : reading - shift;
}
