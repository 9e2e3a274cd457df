import { z } from 'zod';

/**
 * Where something lies: on the server as Windows named it (null when no drive could be told), and in the evidence,
 * relative to its root, with `/`.
 */
export const Place = z.object({
  path: z.string().nullable(),
  evidencePath: z.string(),
});
export type Place = z.infer<typeof Place>;

/**
 * The proof of a fact: a file of the evidence and the position in it.
 * `line` and `column` are 1-based, in UTF-16 units; `offset` and `length` are bytes.
 */
export const EvidenceRef = Place.extend({
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
  offset: z.number().int().nonnegative().optional(),
  length: z.number().int().nonnegative().optional(),
  /** Lower-case hex SHA-256 of the whole file, or '' where the file could not be read to its end. */
  sha256: z.string(),
});
export type EvidenceRef = z.infer<typeof EvidenceRef>;

/** A registered name or path that was looked for: what became of it. */
export const FileStatus = z.enum(['present', 'absent', 'not-collected', 'not-a-file', 'none']);
export type FileStatus = z.infer<typeof FileStatus>;
