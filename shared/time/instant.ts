import type { Brand } from '../base/brand.ts';

/** Moment in time as 100-nanosecond ticks since 1970-01-01T00:00:00Z. A bigint: a number would lose the last digits. */
export type Ticks = Brand<bigint, 'Ticks'>;

/** UTC text, `2026-03-02T14:11:58Z`, with up to seven decimals and no trailing zeros. */
export type InstantText = string;

const TICKS_PER_MS = 10_000n;
const TICKS_PER_SECOND = 10_000_000n;
/** What a JavaScript Date can hold; beyond that the proleptic calendar would have to be our own. */
const MAX_MS = 8_640_000_000_000_000n;

export function ticks(value: bigint): Ticks {
  return value as Ticks;
}

export function ticksFromMs(ms: number): Ticks {
  // Fractions of a millisecond survive as far as the double carries them.
  const whole = Math.floor(ms);
  return (BigInt(whole) * TICKS_PER_MS + BigInt(Math.round((ms - whole) * 10_000))) as Ticks;
}

export function ticksFromSeconds(seconds: number): Ticks {
  return (BigInt(Math.trunc(seconds)) * TICKS_PER_SECOND) as Ticks;
}

export function msFromTicks(t: bigint): number {
  return Number(t / TICKS_PER_MS);
}

/** The one formatter of moments. Years outside 0001..9999 use the extended form of ISO 8601 (`+030828-09-14T...`). */
export function instantText(t: bigint): InstantText {
  const ms = floorDiv(t, TICKS_PER_MS);
  if (ms > MAX_MS || ms < -MAX_MS) return `ticks:${t}`;
  const sub = t - floorDiv(t, TICKS_PER_SECOND) * TICKS_PER_SECOND;
  const iso = new Date(Number(ms)).toISOString();
  const head = iso.slice(0, iso.indexOf('.'));
  if (sub === 0n) return `${head}Z`;
  const decimals = sub.toString().padStart(7, '0').replace(/0+$/, '');
  return `${head}.${decimals}Z`;
}

const ISO = /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,7}))?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** The same with as many decimals as a format asks for, always; what lies behind them is cut off. @param decimals 1 to 7 */
export function instantDecimals(t: bigint, decimals: number): InstantText {
  const unit = 10n ** BigInt(7 - decimals);
  const [seconds = '', rest = ''] = instantText(floorDiv(t, unit) * unit).replace(/Z$/, '').split('.');
  return `${seconds}.${rest.padEnd(decimals, '0')}Z`;
}

/**
 * Reads ISO 8601 text; a missing zone means UTC, a missing time means midnight.
 * @returns null for anything that is not a real moment (month 13, 31 April, hour 25).
 */
export function parseInstant(text: string): Ticks | null {
  const m = ISO.exec(text.trim());
  if (!m) return null;
  const [, y = '', mo = '', d = '', h = '00', mi = '00', s = '00', frac = '', zone = 'Z'] = m;
  const date = new Date(Date.UTC(2000, Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)));
  date.setUTCFullYear(Number(y), Number(mo) - 1, Number(d));
  const real =
    date.getUTCMonth() === Number(mo) - 1 && date.getUTCDate() === Number(d) && Number(h) < 24 && Number(mi) < 60 && Number(s) < 60;
  if (!real) return null;
  return (BigInt(date.getTime()) * TICKS_PER_MS + BigInt(frac.padEnd(7, '0') || '0') - zoneTicks(zone)) as Ticks;
}

function zoneTicks(zone: string): bigint {
  if (zone === 'Z' || zone === 'z') return 0n;
  const digits = zone.slice(1).replace(':', '');
  const minutes = BigInt(Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4)));
  return (zone.startsWith('-') ? -minutes : minutes) * 60n * TICKS_PER_SECOND;
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n ? q - 1n : q;
}
