import { parseZone } from './zone.ts';

const TICKS_PER_MS = 10_000n;
const TICKS_PER_MINUTE = 600_000_000n;
const DAY_MS = 86_400_000;
const TICKS_PER_DAY = 864_000_000_000n;
/** What a Date can hold, a day short on both sides. */
const MAX_MS = 8_640_000_000_000_000 - 2 * DAY_MS;
/** Days whose offset is remembered; a log has few. */
const REMEMBERED = 1024;

/**
 * Turns clock readings of a place into moments: ticks as if the reading were UTC, into ticks of UTC.
 *
 * An hour that a clock shows twice (when summer time ends) is taken as its first pass; a reading that no clock showed
 * (when summer time begins) is taken with the offset that held before the change. Neither ever fails.
 * @param zone `+02:00` or a name of the IANA database; null: readings are taken as UTC
 * @throws RangeError for a text that names no zone (`isZone` tells)
 */
export function localTime(zone: string | null): (reading: bigint) => bigint {
  if (zone === null) return (reading) => reading;
  const fixed = parseZone(zone);
  if (fixed !== null) {
    const shift = fixed.kind === 'utc' ? 0n : BigInt(fixed.minutes) * TICKS_PER_MINUTE;
    return (reading) => reading - shift;
  }
  return named(zone);
}

function named(zone: string): (reading: bigint) => bigint {
  // Years and all parts in one text: what the place's clock shows at a moment of UTC.
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  const offsetAt = (ms: number): number => {
    const at = Math.min(Math.max(ms, -MAX_MS), MAX_MS);
    const parts = new Map(clock.formatToParts(at).map((p) => [p.type, p.value]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name) ?? '0');
    const year = parts.get('era')?.startsWith('B') === true ? 1 - part('year') : part('year');
    const shown = new Date(Date.UTC(2000, part('month') - 1, part('day'), part('hour'), part('minute'), part('second')));
    shown.setUTCFullYear(year, part('month') - 1, part('day'));
    return shown.getTime() - Math.floor(at / 1000) * 1000;
  };
  /** By day of the reading: the offset of that whole day and its neighbours, or null where it changes. */
  const days = new Map<bigint, number | null>();
  return (reading) => {
    const day = reading / TICKS_PER_DAY;
    let offset = days.get(day);
    if (offset === undefined) {
      const noon = Number(day) * DAY_MS + DAY_MS / 2;
      const before = offsetAt(noon - 2 * DAY_MS);
      offset = before === offsetAt(noon + 2 * DAY_MS) && before === offsetAt(noon) ? before : null;
      if (days.size >= REMEMBERED) days.clear();
      days.set(day, offset);
    }
    const ms = Number(reading / TICKS_PER_MS);
    return reading - BigInt(offset ?? changing(ms, offsetAt)) * TICKS_PER_MS;
  };
}

/** Offset in milliseconds of a reading on a day around which it changes. */
function changing(ms: number, offsetAt: (ms: number) => number): number {
  const before = offsetAt(ms - DAY_MS);
  const after = offsetAt(ms + DAY_MS);
  // The first pass has the larger offset, and the moment that fits its own offset is a reading that the clock showed.
  for (const offset of [Math.max(before, after), Math.min(before, after)]) if (offsetAt(ms - offset) === offset) return offset;
  return before;
}
