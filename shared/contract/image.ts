import { z } from 'zod';
import { Authenticode, PeFacts, PeKind, Place } from '../model/index.ts';
import { Nothing, request } from './define.ts';

/** A program file of the evidence, by its content: the same bytes at several places are one row. */
export const ImageRow = z.object({
  sha256: z.string(), size: z.number().int(),
  /** Where it lies, in order of evidencePath; never empty. */
  places: z.array(Place.extend({ server: z.string().nullable() })),
  machine: z.string(), isDll: z.boolean(), kinds: z.array(PeKind),
  /** CLR metadata is there. */
  managed: z.boolean(),
  signature: z.string(), signer: z.string().nullable(),
  linkerTime: z.string().nullable(),
  /** How many anomalies, marks of obfuscators and abilities to hide the file has, and one more for a signature that does not hold. */
  oddities: z.number().int(),
  /** Ids of the components whose file it is. */
  components: z.array(z.string()),
});
export type ImageRow = z.infer<typeof ImageRow>;

/** What files can be compared by. `section` and `export-set` are hashes, `version` is `Name=Text`, `tlsh` finds near ones. */
export const SameBy = z.enum(['sha256', 'sha1', 'md5', 'imphash', 'rich', 'section', 'resource', 'pdb', 'version', 'mvid', 'assembly', 'export-set', 'tlsh', 'signer', 'linker-stamp']);
export type SameBy = z.infer<typeof SameBy>;

export const FoundString = z.object({ offset: z.number().int(), /** Bytes in the file. */ length: z.number().int(), encoding: z.enum(['ascii', 'utf16']), /** Cut after 2,000 characters. */ text: z.string() });
export type FoundString = z.infer<typeof FoundString>;

export const imageRequests = {
  /** Every program file that was read, in order of sha256. */
  'image.list': request(Nothing, z.object({ images: z.array(ImageRow) })),
  'image.get': request(z.object({ sha256: z.string().max(64) }), z.object({ row: ImageRow, facts: PeFacts, authenticode: Authenticode.nullable() })),
  /** Everything in the case that shares a value; nearest first for `tlsh`. */
  'image.same': request(z.object({ by: SameBy, value: z.string().min(1).max(4096) }), z.object({
    images: z.array(ImageRow.extend({ /** What is shared, as the other file has it. */ shared: z.string(), /** TLSH distance; 0 is equal, up to 50 is near. */ distance: z.number().nullable() })),
    /** Why the value is nothing to have in common (then there are no images), or why sharing it says little; null otherwise. */
    note: z.string().nullable(),
  })),
  /**
   * Printable strings of a file (0x20 to 0x7E and tab, as ASCII and as UTF-16LE), at least `minimum` characters long (5), in order of
   * offset: a page of those that contain `text` (letter case ignored). `capped`: it has more, and only the first ones are told.
   */
  'image.strings': request(
    z.object({ evidencePath: z.string(), offset: z.number().int().min(0), limit: z.number().int().min(1).max(1000), text: z.string().max(500).optional(), minimum: z.number().int().min(3).max(100).optional(), encoding: z.enum(['all', 'ascii', 'utf16']).optional() }),
    z.object({ available: z.boolean(), reason: z.string().nullable(), strings: z.array(FoundString), total: z.number().int(), capped: z.boolean() }),
  ),
};
