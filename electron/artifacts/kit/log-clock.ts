const TICKS_PER_MS = 10_000n;

/**
 * Ticks of a date and time as if it were UTC; null when there is no such moment (31 April, hour 24, second 60).
 * @param month 1 to 12
 */
export function clockTicks(year: number, month: number, day: number, hour: number, minute: number, second: number): bigint | null {
  if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return null;
  const ms = Date.UTC(2000, month - 1, day, hour, minute, second);
  if (year === 2000) return BigInt(ms) * TICKS_PER_MS;
  // The years 0 to 99 mean themselves here.
  return BigInt(new Date(ms).setUTCFullYear(year, month - 1, day)) * TICKS_PER_MS;
}

/** Whether the proleptic Gregorian calendar has this day, in the years 1 to 9999. */
export function isDate(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
