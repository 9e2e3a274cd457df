import { z } from 'zod';

/** What two files can have in common, besides the values that stand elsewhere in the facts (imphash, Rich hash, PDB, MVID ...). */
export const PeIdentity = z.object({
  md5: z.string(),
  sha1: z.string(),
  /** TLSH of the whole file, or null: too small, too uniform, or too large to be hashed within the time of a reading. */
  tlsh: z.string().nullable(),
  /** SHA-256 over the sorted exported names; null without named exports. */
  exportSet: z.string().nullable(),
});
export type PeIdentity = z.infer<typeof PeIdentity>;
