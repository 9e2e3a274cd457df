import { instantText, parseInstant } from '../time/instant.ts';
import type { FilterTest } from './ast.ts';

type TimeTest = Extract<FilterTest, { kind: 'time' }>;
/** A fault inside an expression: `at` is 0-based within the expression. */
export type TimeFault = { readonly message: string; readonly at: number };

interface Period {
  readonly from: bigint;
  /** Where the written period ends: a day for `2026-03-02`, a minute for `...T14:00`. */
  readonly to: bigint;
  readonly hasClock: boolean;
}

const SECOND = 10_000_000n;
const UNITS: Readonly<Record<string, bigint>> = { s: SECOND, m: 60n * SECOND, h: 3600n * SECOND, d: 86_400n * SECOND };
const FORM = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

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
    return period === null ? notATime(text, 0) : test(period.from, period.to);
  }
  const left = text.slice(0, dots);
  const right = text.slice(dots + 2);
  const from = left === '' ? null : parsePeriod(left);
  if (left !== '' && from === null) return notATime(left, 0);
  if (right.startsWith('+')) return duration(from, right, dots + 2);
  const to = right === '' ? null : parsePeriod(right);
  if (right !== '' && to === null) return notATime(right, dots + 2);
  if (from === null && to === null) return { message: 'A range of time needs a start, an end or both, as in @2026-03-02T14:00..+2h.', at: 0 };
  const end = to === null ? null : to.hasClock ? to.from : to.to;
  // An end without a clock closes its own day, so it must lie behind the start, not on it.
  const backwards = from !== null && to !== null && end !== null && (to.hasClock ? end < from.from : end <= from.from);
  if (backwards) return { message: 'The range of time ends before it starts.', at: dots + 2 };
  return test(from === null ? null : from.from, end);
}

function duration(from: Period | null, text: string, at: number): TimeTest | TimeFault {
  const m = /^\+(\d{1,7})([smhd])$/.exec(text);
  const unit = UNITS[m?.[2] ?? ''];
  if (m === null || unit === undefined) return { message: `"${text}" is not a duration; write +30s, +10m, +2h or +3d.`, at };
  if (from === null) return { message: 'A duration needs a start before it, as in @2026-03-02T14:00..+2h.', at };
  return test(from.from, from.from + BigInt(m[1] ?? '0') * unit);
}

function test(from: bigint | null, to: bigint | null): TimeTest {
  return { kind: 'time', from: from === null ? null : instantText(from), to: to === null ? null : instantText(to) };
}

function notATime(text: string, at: number): TimeFault {
  return { message: text === '' ? 'A time is missing after @.' : `"${text}" is not a time; write it as 2026-03-02 or 2026-03-02T14:00.`, at };
}

function parsePeriod(text: string): Period | null {
  const m = FORM.exec(text);
  if (m === null) return null;
  const [, year = '', month, day, hour, minute, second, fraction, zone = 'Z'] = m;
  if (year === '0000') return null;
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
