const SECOND = 10_000_000n;

/** Signed distance between two moments for a table cell: `+0.25 s`, `-4 min 03 s`, `+3 d 04 h`. Two units at most. */
export function durationText(ticks: bigint): string {
  const sign = ticks < 0n ? '-' : '+';
  const t = ticks < 0n ? -ticks : ticks;
  const s = t / SECOND;
  const two = (n: bigint): string => n.toString().padStart(2, '0');
  if (s < 60n) {
    const decimals = (t % SECOND).toString().padStart(7, '0').replace(/0+$/, '');
    return `${sign}${s}${decimals === '' ? '' : `.${decimals}`} s`;
  }
  if (s < 3600n) return `${sign}${s / 60n} min ${two(s % 60n)} s`;
  if (s < 86_400n) return `${sign}${s / 3600n} h ${two((s / 60n) % 60n)} min`;
  return `${sign}${s / 86_400n} d ${two((s / 3600n) % 24n)} h`;
}
