import { z } from 'zod';
import { Place } from './place.ts';

export const LogFormat = z.enum(['w3c', 'iis', 'ncsa', 'httperr', 'freb', 'ftp']);
export type LogFormat = z.infer<typeof LogFormat>;

/** One log file after reading: every byte is in exactly one of the four counts. */
export const LogFile = Place.extend({
  server: z.string().nullable(),
  site: z.string().nullable(),
  format: LogFormat,
  /** Rows in the store. */
  lines: z.number().int().nonnegative(),
  rejected: z.number().int().nonnegative(),
  bytes: z.object({
    rows: z.number().int().nonnegative(),
    headers: z.number().int().nonnegative(),
    padding: z.number().int().nonnegative(),
    rejected: z.number().int().nonnegative(),
  }),
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** Bytes read so far and in all; equal when the file is done. */
  done: z.number().int().nonnegative(),
  size: z.number().int().nonnegative(),
  sha256: z.string().nullable(),
});
export type LogFile = z.infer<typeof LogFile>;
