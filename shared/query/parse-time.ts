import { quote } from '../base/limits.ts';
import type { FilterTest } from './ast.ts';
import { FaultAt } from './fault.ts';
import { spell } from './lex.ts';
import type { Place } from './parse-value.ts';
import { parseTimeRange } from './time-range.ts';

/** Half the width of `around:EVENT` without a width. */
export const AROUND_SECONDS = 600;

const UNITS: ReadonlyMap<string, number> = new Map([['s', 1], ['m', 60], ['h', 3600], ['d', 86_400]]);
const EVENT = /^[0-9a-f]{12}-[0-9a-f]{12}-[0-9a-f]{6}$/i;

/** Reads what stands behind `@` or `time:`. `*` is any time at all. @throws FaultAt */
export function parseTime(place: Place): FilterTest {
  const text = spell(place.units);
  if (text === '*') return { kind: 'time', from: null, to: null };
  const range = parseTimeRange(text);
  if (!('message' in range)) return range;
  const units = place.units.filter((u) => u.text !== '');
  const from = units[range.at]?.at ?? place.to;
  throw new FaultAt(range.message, from, units[range.end - 1]?.end ?? from);
}

/**
 * Reads what stands behind `around:`: the id of an event, and how far around it (`~10m`, also written `+-10m` or with the
 * sign for plus-minus). @throws FaultAt
 */
export function parseAround(place: Place): FilterTest {
  const text = spell(place.units);
  const units = place.units.filter((u) => u.text !== '');
  const fault = (message: string, from: number, to: number): FaultAt => {
    const at = units[from]?.at ?? place.to;
    return new FaultAt(message, at, units[to - 1]?.end ?? at);
  };
  const [, event = '', sign, width = ''] = /^(.*?)(?:(~|\u00b1|\+-)(.*))?$/s.exec(text) ?? [];
  if (event === '') throw fault('The id of an event is missing, as the first column of "iisight events" shows it.', 0, 0);
  if (!EVENT.test(event)) throw fault(`"${quote(event, 60)}" is not the id of an event; ids look like 0123456789ab-0123456789ab-000000.`, 0, event.length);
  const found = { kind: 'around', event: event.toLowerCase() } as const;
  if (sign === undefined) return { ...found, seconds: AROUND_SECONDS };
  const [, digits = '', letter = ''] = /^(\d{1,7})([smhd])$/.exec(width) ?? [];
  const unit = UNITS.get(letter);
  if (unit === undefined) throw fault(`"${quote(width, 40)}" is not a duration; write 30s, 10m, 2h or 3d.`, event.length + (width === '' ? 0 : sign.length), text.length);
  return { ...found, seconds: Number(digits) * unit };
}

/** Seconds in the largest unit that holds them exactly: `10m`, `90s`. */
export function printSeconds(seconds: number): string {
  const unit = [...UNITS].findLast(([, size]) => seconds > 0 && seconds % size === 0 && seconds / size < 1e7);
  return `${seconds / (unit?.[1] ?? 1)}${unit?.[0] ?? 's'}`;
}
