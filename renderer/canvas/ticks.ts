const DAY = 86_400;
/** Distances between labels in seconds: they fall on round times of the day, then on whole days. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY];

/**
 * Where the labels of a time axis stand, in seconds since 1970.
 * @param most how many labels have room
 * @param shift seconds that the zone of the screen is ahead of UTC
 */
export function timeTicks(from: number, to: number, most: number, shift: number): { readonly at: readonly number[]; readonly step: number } {
  let step = STEPS.find((s) => (to - from) / s <= Math.max(1, most)) ?? 728 * DAY;
  while ((to - from) / step > Math.max(1, most)) step *= 2;
  const at: number[] = [];
  for (let t = Math.ceil((from + shift) / step) * step - shift; t <= to && at.length < 200; t += step) at.push(t);
  return { at, step };
}

/** A label as long as its step needs: the day, the minute or the second. @param text as the screen writes moments */
export function tickText(text: string, step: number): string {
  return text.slice(0, step >= DAY ? 10 : step >= 60 ? 16 : 19);
}

/** Counts beside an axis, short enough for it: 2500, 25 k, 1.2 M. */
export function countTick(n: number): string {
  if (!Number.isInteger(n)) return '';
  if (n < 10_000) return String(n);
  const [value, unit] = n < 1_000_000 ? [n / 1000, 'k'] : [n / 1_000_000, 'M'];
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${unit}`;
}
