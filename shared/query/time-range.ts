import { quote } from '../base/limits.ts';
import { instantText, parseInstant } from '../time/instant.ts';
import type { FilterTest } from './ast.ts';

type TimeTest = Extract<FilterTest, { kind: 'time' }>;
/** A fault inside an expression: the characters from `at` up to `end`, 0-based within it. */
export type TimeFault = { readonly message: string; readonly at: number; readonly end: number };

interface Period {
  readonly from: bigint;
  /** Where the written period ends: a day for `2026-03-02`, a minute for `...T14:00`. */
  readonly to: bigint;
  readonly hasClock: boolean;
}

const SECOND = 10_000_000n;
const UNITS: Readonly<Record<string, bigint>> = { s: SECOND, m: 60n * SECOND, h: 3600n * SECOND, d: 86_400n * SECOND };
const FORM = /^(\d{4}|\+\d{6})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * Reads what stands after `@`: a period (`2026`, `2026-03`, `2026-03-02`, `2026-03-02T14`, `...T14:05`), a range
 * `from..to` with either end open, or `from..+2h` (units s m h d). Without a zone it is UTC.
 * The start of a range is the start of the period written there. Its end is exclusive where a clock time is written
 * (`..2026-03-02T16:00` ends at 16:00), and includes the whole period where none is (`..2026-03-04` includes the 4th).
 */
export function parseTimeRange(text: string): TimeTest | TimeFault {
  const dots = text.indexOf('..');
  if (dots < 0) {
    const period = parsePeriod(text);
    return period === null ? notATime(text, 0) : 'message' in period ? period : test(period.from, period.to);
  }
  const left = text.slice(0, dots);
  const right = text.slice(dots + 2);
  const from = left === '' ? null : parsePeriod(left);
  if (left !== '' && from === null) return notATime(left, 0);
  if (from !== null && 'message' in from) return from;
  if (/^\+(?!\d{6}-)/.test(right)) return duration(from, right, dots + 2);
  const to = right === '' ? null : parsePeriod(right);
  if (right !== '' && to === null) return notATime(right, dots + 2);
  if (to !== null && 'message' in to) return { ...to, at: to.at + dots + 2, end: to.end + dots + 2 };
  if (from === null && to === null) return { message: 'A range of time needs a start, an end or both, as in @2026-03-02T14:00..+2h.', at: 0, end: text.length };
  const end = to === null ? null : to.hasClock ? to.from : to.to;
  // An end without a clock closes its own day, so it must lie behind the start, not on it.
  const backwards = from !== null && to !== null && end !== null && (to.hasClock ? end < from.from : end <= from.from);
  if (backwards) return { message: 'The range of time ends before it starts.', at: dots + 2, end: text.length };
  return test(from === null ? null : from.from, end);
}

function duration(from: Period | null, text: string, at: number): TimeTest | TimeFault {
  const m = /^\+(\d{1,7})([smhd])$/.exec(text);
  const unit = UNITS[m?.[2] ?? ''];
  if (m === null || unit === undefined) return { message: `"${quote(text, 60)}" is not a duration; write +30s, +10m, +2h or +3d.`, at, end: at + text.length };
  if (from === null) return { message: 'A duration needs a start before it, as in @2026-03-02T14:00..+2h.', at, end: at + text.length };
  return test(from.from, from.from + BigInt(m[1] ?? '0') * unit);
}

function test(from: bigint | null, to: bigint | null): TimeTest {
  return { kind: 'time', from: from === null ? null : instantText(from), to: to === null ? null : instantText(to) };
}

function notATime(text: string, at: number): TimeFault {
  return { message: text === '' ? 'A time is missing after @.' : `"${quote(text, 60)}" is not a time; write it as 2026-03-02 or 2026-03-02T14:00.`, at, end: at + text.length };
}

function parsePeriod(text: string): Period | TimeFault | null {
  const m = FORM.exec(text);
  if (m === null) return null;
  const [, year = '', month, day, hour, minute, second, fraction, zone = 'Z'] = m;
  if (year === '0000') return null;
  if (fraction !== undefined && fraction.length > 7) {
    const at = text.indexOf('.') + 8;
    return { message: 'Moments are kept to 100 nanoseconds: at most seven digits behind the point.', at, end: at + fraction.length - 7 };
  }
  // Years of more than four digits are read as the one writer of moments writes them.
  if (year.length > 4 && day === undefined) return null;
  if (month === undefined) return calendar(`${year}-01-01`, `${String(Number(year) + 1).padStart(4, '0')}-01-01`);
  if (day === undefined) return calendar(`${year}-${month}-01`, nextMonth(Number(year), Number(month)));
  const decimals = fraction === undefined ? '' : `.${fraction}`;
  const from = parseInstant(`${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${decimals}${zone}`);
  if (from === null) return null;
  const width = hour === undefined ? 86_400n * SECOND : minute === undefined ? 3600n * SECOND : second === undefined ? 60n * SECOND
    : fraction === undefined ? SECOND : 10n ** BigInt(7 - fraction.length);
  return { from, to: from + width, hasClock: hour !== undefined };
}

function calendar(from: string, to: string): Period | null {
  const start = parseInstant(from);
  // The year after 9999 has five digits, which the reader of moments spells with a sign.
  const end = parseInstant(to.length > 10 ? `+0${to}` : to);
  return start === null || end === null ? null : { from: start, to: end, hasClock: false };
}

function nextMonth(year: number, month: number): string {
  const y = month === 12 ? year + 1 : year;
  const m = month === 12 ? 1 : month + 1;
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-01`;
}
