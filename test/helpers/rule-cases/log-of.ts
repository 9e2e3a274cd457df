import { z } from 'zod';

/** A W3C log in a few words. */
export const LogSpec = z.strictObject({
  /** Fields behind date and time. */
  fields: z.string().default('s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken'),
  rows: z.array(z.strictObject({
    /** UTC of the first of these rows. */
    at: z.string(),
    times: z.number().int().positive().default(1),
    /** Seconds between two of them. */
    every: z.number().default(60),
    /** What stands behind date and time; `#` is replaced by the number of the row. */
    row: z.string(),
  })),
});

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/** The text of the log, its rows in the order of their times. */
export function logOf({ fields, rows }: z.infer<typeof LogSpec>): string {
  const lines = rows
    .flatMap(({ at, times, every, row }) => Array.from({ length: times }, (_, i) => ({ ms: Date.parse(at) + i * every * 1000, row: row.replaceAll('#', String(i + 1)) })))
    .sort((a, b) => a.ms - b.ms)
    .map(({ ms, row }) => `${stamp(ms)} ${row}`);
  const first = lines[0]?.slice(0, 19) ?? '2026-03-02 00:00:00';
  return `${['#Software: Microsoft Internet Information Services 10.0', '#Version: 1.0', `#Date: ${first}`, `#Fields: date time ${fields}`, ...lines].join('\r\n')}\r\n`;
}
