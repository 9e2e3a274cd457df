import { instantText, ticksFromSeconds } from '../../shared/time/instant.ts';

interface Buckets {
  readonly start: number;
  readonly step: number;
  readonly buckets: readonly number[];
  readonly unfiltered: readonly number[];
}

/** The moments that buckets `first` to `last` cover, as half-open UTC texts. */
export function rangeOfBuckets(start: number, step: number, first: number, last: number): { from: string; to: string } {
  return { from: instantText(ticksFromSeconds(start + first * step)), to: instantText(ticksFromSeconds(start + (last + 1) * step)) };
}

/** One bucket in words: when, how many, of how many, and how that compares with the rest. */
export function bucketWords(data: Buckets, at: number, timeText: (time: string) => string): string {
  const n = data.buckets[at];
  if (n === undefined) return 'no events';
  const { from } = rangeOfBuckets(data.start, data.step, at, at);
  const total = data.unfiltered[at] ?? n;
  const filled = data.buckets.filter((b) => b > 0);
  const usual = filled.reduce((sum, b) => sum + b, 0) / Math.max(1, filled.length);
  const compared = n > 0 && n >= 2 * usual ? `, ${Math.round(n / usual)}x usual` : '';
  return `${timeText(from)}, ${stepWords(data.step)}: ${n} ${n === 1 && total === n ? 'event' : 'events'}${total === n ? '' : ` of ${total}`}${compared}`;
}

/**
 * How high bars are drawn: as their counts, but one event among thousands is still a bar that can be seen. Words and
 * ticks tell the counts themselves.
 * @param top the highest count of the drawing
 * @param least share of the height that the smallest bar has
 */
export function barHeights(counts: readonly number[], top: number, least: number, log: boolean): Array<number | null> {
  // On a log scale one event has no height and none has no place.
  const floor = log ? top ** least : top * least;
  return counts.map((n) => (n > 0 ? Math.max(n, floor) : log ? null : 0));
}

export function stepWords(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}
