import { clockTicks, isDate } from '../kit/log-clock.ts';
import type { DateOrder } from '../kit/log-lines.ts';

/** A date as written: three numbers, and what stood between them. */
export interface WrittenDate {
  readonly parts: readonly [number, number, number];
  readonly separator: string;
  /** The first number has four digits. */
  readonly yearFirst: boolean;
}

export interface Day { readonly year: number; readonly month: number; readonly day: number }

const WRITTEN = /^(\d{1,4})([./-]) ?(\d{1,2})[./-] ?(\d{1,4})\.?$/;

/** A date in the notation of some locale (`03/20/01`, `20.03.2001`, `2001-03-20`); null for other text. */
export function writtenDate(text: string): WrittenDate | null {
  const m = WRITTEN.exec(text);
  if (m === null) return null;
  const [, a = '', separator = '', b = '', c = ''] = m;
  if (a.length === 3 || c.length === 3 || (a.length === 4 && c.length === 4)) return null;
  return { parts: [Number(a), Number(b), Number(c)], separator, yearFirst: a.length === 4 };
}

/** The day that a date means in an order; null when there is no such day. Two digits mean 1990 to 2089. */
export function dayOf({ parts: [a, b, c] }: WrittenDate, order: DateOrder): Day | null {
  const [y, month, day] = order === 'ymd' ? [a, b, c] : order.startsWith('m') ? [c, a, b] : [c, b, a];
  const year = y >= 100 ? y : y >= 90 ? 1900 + y : 2000 + y;
  return isDate(year, month, day) ? { year, month, day } : null;
}

const ORDERS = ['mdy', 'dmy'] as const;
const ALL_ORDERS = ['mdy', 'dmy', 'ymd'] as const;
/** A share of the dates that allows for damage in some of them. */
const MOST = 0.9;
const DAY_TICKS = 864_000_000_000n;
/** Days between two dates of a log that follow each other: so few that the other order, which makes months of them, is out. */
const CLOSE = 7;

/**
 * How a file writes its dates, from those of its first lines in their order and from its name.
 *
 * Proof, in this order: four digits first; a point between the numbers (no locale of Windows puts the month first then); a number
 * that is no month; the day in the name (the names roll over by UTC or by local time, so a day more or less fits); three
 * or more days that follow each other closely in one order only. Else an order is assumed, and marked so.
 */
export function dateOrder(written: readonly WrittenDate[], name: string | null): DateOrder | null {
  // What is a day in no order is damage and proves nothing.
  const dates = written.filter((d) => ALL_ORDERS.some((order) => dayOf(d, order) !== null));
  const [first] = dates;
  if (first === undefined) return null;
  if (dates.every((d) => d.yearFirst)) return 'ymd';
  if (dates.every((d) => d.separator === '.')) return 'dmy';
  const share = (order: DateOrder): number => dates.filter((d) => dayOf(d, order) !== null).length / dates.length;
  const [mdy, dmy] = [share('mdy'), share('dmy')];
  if (mdy >= MOST && dmy < 1) return 'mdy';
  if (dmy >= MOST && mdy < 1) return 'dmy';
  // Two digits of a year first: seen where no other order makes days of them.
  if (mdy < MOST && dmy < MOST) return share('ymd') >= MOST ? 'ymd' : mdy >= dmy ? 'mdy?' : 'dmy?';
  const named = name === null ? null : nameSpan(name);
  if (named !== null) {
    const fitting = ORDERS.filter((order) => dates.every((d) => within(dayTicks(d, order), named)));
    if (fitting.length === 1 && fitting[0] !== undefined) return fitting[0];
  }
  const close = ORDERS.filter((order) => steps(dates, order).every((n) => n >= 0 && n <= CLOSE));
  const several = new Set(dates.map((d) => d.parts.join('/'))).size;
  const best = close.length === 1 && several >= 2 ? close[0] : undefined;
  if (best !== undefined && several >= 3) return best;
  return best === undefined ? (first.separator === '-' ? 'dmy?' : 'mdy?') : `${best}?`;
}

/** A sentence on an order that nothing proves; null where it is proved. */
export function assumedOrder(order: DateOrder | null): string | null {
  if (order !== 'mdy?' && order !== 'dmy?') return null;
  const first = order === 'mdy?' ? 'month' : 'day';
  return `Neither the dates of this log nor its name prove whether the month or the day comes first; they were read with the ${first} first. Rows whose date is none in that order have no time.`;
}

function dayTicks(date: WrittenDate, order: DateOrder): bigint | null {
  const day = dayOf(date, order);
  return day === null ? null : clockTicks(day.year, day.month, day.day, 0, 0, 0);
}

/** Days from each date to the next one. */
function steps(dates: readonly WrittenDate[], order: DateOrder): number[] {
  const out: number[] = [];
  let last: bigint | null = null;
  for (const date of dates) {
    const at = dayTicks(date, order);
    if (at !== null && last !== null && at !== last) out.push(Number((at - last) / DAY_TICKS));
    last = at ?? last;
  }
  return out;
}

function within(at: bigint | null, [from, to]: readonly [bigint, bigint]): boolean {
  return at !== null && at >= from - DAY_TICKS && at <= to + DAY_TICKS;
}

/** First and last day that a name promises: `in260302`, `u_in26030214` one day, `in2603` a month, `in260301` (week) is read as a day only when it is one. */
function nameSpan(name: string): readonly [bigint, bigint] | null {
  const m = /^(?:u_)?in(\d\d)(\d\d)(?:(\d\d)(?:\d\d)?)?(?:_x)?\.log$/i.exec(name.split(/[\\/]/).at(-1) ?? '');
  if (m === null) return null;
  const [year, month, third] = [2000 + Number(m[1]), Number(m[2]), m[3]];
  const start = clockTicks(year, month, 1, 0, 0, 0);
  if (start === null) return null;
  // Six digits are a day or a week of the month (01 to 06): then any day of the month fits.
  const isDay = third !== undefined && Number(third) > 6;
  const from = isDay ? clockTicks(year, month, Number(third), 0, 0, 0) : start;
  if (from === null) return null;
  const next = month === 12 ? clockTicks(year + 1, 1, 1, 0, 0, 0) : clockTicks(year, month + 1, 1, 0, 0, 0);
  return [from, isDay || next === null ? from : next - DAY_TICKS];
}
