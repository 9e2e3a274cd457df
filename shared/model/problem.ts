import { z } from 'zod';
import { Place } from './place.ts';

/**
 * - `truncated`: the file ends before its own structure does.
 * - `malformed`: bytes that the format does not allow.
 * - `unsupported`: legal, but not read by this version.
 * - `limit`: our own bound stopped the reading; what lies behind it was not seen.
 * - `unreadable`: the operating system refused, or the file changed while it was read.
 * - `anomaly`: readable and legal, but no honest tool writes it so.
 * - `escape`: a link or name that leads out of the evidence; it was not followed.
 */
export const ProblemKind = z.enum(['truncated', 'malformed', 'unsupported', 'limit', 'unreadable', 'anomaly', 'escape']);
export type ProblemKind = z.infer<typeof ProblemKind>;

/** Damage is data: what could not be read, where, and what that hides. */
export const Problem = Place.extend({
  id: z.string(),
  server: z.string().nullable(),
  kind: ProblemKind,
  line: z.number().int().positive().optional(),
  offset: z.number().int().nonnegative().optional(),
  message: z.string(),
  /** True where the damage is normal for this kind of file (the torn last line of a log that was in use). */
  expected: z.boolean(),
});
export type Problem = z.infer<typeof Problem>;

/** What a parser reports: it knows the position and the fault, not the file's name or server. */
export interface ParseProblem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly offset?: number | undefined;
  readonly expected?: boolean | undefined;
}
