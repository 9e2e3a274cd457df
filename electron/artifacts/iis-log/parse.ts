import { clockTicks } from '../kit/log-clock.ts';
import { REJECTS, type DateOrder, type LineResult } from '../kit/log-lines.ts';
import { ByteText, logRow } from '../kit/log-values.ts';
import { dayOf, writtenDate, type WrittenDate } from './dates.ts';
import { IIS_LAYOUT, IIS_REJECTS } from './records.ts';

const CLOCK = /^(\d{1,2})[:.](\d\d)[:.](\d\d)(?: ?([AaPp])\.?[Mm]\.?)?$/;
/** IPv4, IPv6 perhaps with its zone, or none. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\dA-Fa-f:.]*:[\dA-Fa-f:.]*(?:%\w{1,16})?|-)$/;
/** Values behind the date, up to the method. */
const MIDDLE = 10;
/** Behind the date: time taken, bytes both ways, status, Windows status. */
const NUMBERS = [5, 6, 7, 8, 9] as const;
const MOST_DIGITS = 20;
/** A user with more commas than that is the rest of another line. */
const MOST_USER_PIECES = 8;
const ALL_ORDERS = ['mdy', 'dmy', 'ymd'] as const;

export interface IisContext {
  readonly order: DateOrder;
  /** Turns a clock reading of the server into UTC. */
  readonly toUtc: (reading: bigint) => bigint;
  readonly sites: ReadonlyMap<number, string> | null;
}

/** Where the values of a line stand: `starts[i]` to `ends[i]`, in the order of the layout, and its date. */
interface Cut {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly date: WrittenDate;
  readonly clock: RegExpExecArray;
}

/**
 * Reads one line of the IIS log file format: 15 values, each followed by a comma, a space between them, nothing quoted.
 * User, target and parameters may hold commas, so a line is cut from both ends: the date, the time and the five numbers
 * are looked for from the left, and what stands behind the method is target and parameters.
 * @param torn a line without its end must have its last comma
 */
export function parseIisLine(line: Uint8Array, context: IisContext, torn: boolean): LineResult {
  const bytes = new ByteText(line);
  const cut = cutLine(bytes.text, torn);
  if (cut === null) return { ok: false, reject: IIS_REJECTS.shape };
  const texts = cut.starts.map((start, i) => bytes.value(start, cut.ends[i] ?? start));
  const reading = readingOf(cut, context.order);
  if (reading === null && !ALL_ORDERS.some((order) => readingOf(cut, order) !== null)) return { ok: false, reject: REJECTS.time };
  // A date that is one in another order only is a row whose moment nobody knows.
  const time = reading === null ? null : context.toUtc(reading);
  return { ok: true, row: logRow(texts, IIS_LAYOUT, time, time === null, context.sites) };
}

/** The date of a line, or null when it is no line of this format. */
export function dateOfLine(line: Uint8Array): WrittenDate | null {
  return cutLine(new ByteText(line).text, false)?.date ?? null;
}

function cutLine(text: string, torn: boolean): Cut | null {
  let end = text.trimEnd().length;
  const closed = text[end - 1] === ',';
  if (closed) end -= 1;
  else if (torn) return null;
  const separator = text.includes(', ') ? ', ' : ',';
  const starts: number[] = [0];
  for (let at = text.indexOf(separator); at >= 0 && at < end; at = text.indexOf(separator, at + separator.length)) starts.push(at + separator.length);
  const endAt = (i: number): number => (i + 1 < starts.length ? (starts[i + 1] ?? end) - separator.length : end);
  const piece = (i: number): string => text.slice(starts[i] ?? end, endAt(i)).trim();
  if (!ADDRESS.test(piece(0))) return null;
  for (let i = 2; i + MIDDLE + 2 <= starts.length && i <= 1 + MOST_USER_PIECES; i++) {
    const clock = CLOCK.exec(piece(i + 1));
    const date = clock === null ? null : writtenDate(piece(i));
    if (clock === null || date === null || !NUMBERS.every((k) => isNumber(text, starts[i + k] ?? end, endAt(i + k)))) continue;
    const target = starts[i + 11] ?? end;
    const split = splitTarget(text, target, end, separator);
    if (split === null) return null;
    const from = [0, starts[1] ?? 0];
    const to = [endAt(0), endAt(i - 1)];
    for (let k = i; k <= i + MIDDLE; k++) {
      from.push(starts[k] ?? end);
      to.push(endAt(k));
    }
    return { date, clock, starts: [...from, target, split + separator.length], ends: [...to, split, end] };
  }
  return null;
}

/** Digits, or the hyphen that stands for none. */
function isNumber(text: string, from: number, to: number): boolean {
  if (to - from > MOST_DIGITS || to === from) return false;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if ((c < 0x30 || c > 0x39) && !(c === 0x2d && to - from === 1)) return false;
  }
  return true;
}

/**
 * Where the target ends: at the only separator; where there are several, at the last one when the parameters are `-`, else
 * at the first, because a query is more likely to hold a comma and a space than a path is.
 */
function splitTarget(text: string, from: number, end: number, separator: string): number | null {
  const last = text.lastIndexOf(separator, end - 1);
  if (last < from) return null;
  return text.slice(last + separator.length, end) === '-' ? last : text.indexOf(separator, from);
}

/** Ticks of the server's clock as written; null when that is no moment in this order. */
function readingOf({ date, clock }: Cut, order: DateOrder): bigint | null {
  const day = dayOf(date, order);
  if (day === null) return null;
  const half = clock[4]?.toLowerCase();
  const written = Number(clock[1]);
  if (half !== undefined && (written < 1 || written > 12)) return null;
  const hour = half === undefined ? written : (written % 12) + (half === 'p' ? 12 : 0);
  return clockTicks(day.year, day.month, day.day, hour, Number(clock[2]), Number(clock[3]));
}
