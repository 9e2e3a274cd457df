import { z } from 'zod';

/** What two files can have in common, besides the values that stand elsewhere in the facts (imphash, Rich hash, PDB, MVID ...). */
export const PeIdentity = z.object({
  md5: z.string(),
  sha1: z.string(),
  /** TLSH of the whole file, or null: too small, too uniform, or too large to be hashed within the time of a reading. */
  tlsh: z.string().nullable(),
  /** Why there is no TLSH; null when there is one. */
  tlshWhy: z.string().nullable().default(null),
  /** SHA-256 over the exported names, sorted, each followed by a NUL; null without named exports. */
  exportSet: z.string().nullable(),
});
export type PeIdentity = z.infer<typeof PeIdentity>;
