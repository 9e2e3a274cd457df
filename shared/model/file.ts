import { z } from 'zod';
import { Place } from './place.ts';

/**
 * Which of the times survived the collection.
 * `full`: creation and change times as on the server; `mtime-only`: the content time alone; `none`: times of the copy.
 */
export const TimeFidelity = z.enum(['full', 'mtime-only', 'none']);
export type TimeFidelity = z.infer<typeof TimeFidelity>;

/** One file of the evidence, as the manifest in the case keeps it. Times are UTC texts. */
export const EvidenceFile = Place.extend({
  server: z.string().nullable(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  modified: z.string().nullable(),
  created: z.string().nullable(),
  timeFidelity: TimeFidelity,
  /** Null until a fact rests on the file. */
  sha256: z.string().nullable(),
  /** Which artifact reads it (`iis-config`, `pe`, `w3c-log`), or null for a file that is only listed. */
  artifact: z.string().nullable(),
});
export type EvidenceFile = z.infer<typeof EvidenceFile>;

export const Layout = z.enum(['tree', 'kape', 'velociraptor', 'acquire', 'ftk', 'loose']);
export type Layout = z.infer<typeof Layout>;

/** Something that the configuration names and the evidence does not hold. */
export const Missing = Place.extend({
  what: z.string(),
  why: z.string(),
  server: z.string().nullable().optional(),
  /** Whom it decides about: components that are neither of Windows nor of a known product, the server as a whole, or a file of Windows or of a known product. */
  about: z.enum(['unknown', 'server', 'stock']).optional(),
});
export type Missing = z.infer<typeof Missing>;
