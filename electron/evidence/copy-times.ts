import type { InventoryEntry } from './source.ts';

/** Ticks of ten minutes. */
const WINDOW = 6_000_000_000n;
/** Fewer files say nothing about how they were copied. */
const ENOUGH = 12;
/** Of all files; a server's files come from years. */
const SHARE = 0.9;

/**
 * True when nearly all files carry modification times within ten minutes: those are the times of a copy that did not
 * keep the server's, and nothing may be dated by them.
 */
export function timesAreOfTheCopy(entries: readonly InventoryEntry[]): boolean {
  const times = entries.filter((e) => e.type === 'file' && e.modified !== null).map((e) => e.modified as bigint).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (times.length < ENOUGH) return false;
  let from = 0;
  let most = 0;
  for (let to = 0; to < times.length; to++) {
    while ((times[to] as bigint) - (times[from] as bigint) > WINDOW) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most / times.length > SHARE;
}
