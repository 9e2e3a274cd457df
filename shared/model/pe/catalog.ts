import { z } from 'zod';

/** What a catalog (a signed list of hashes, `.cat`) says of itself. */
export const CatalogFacts = z.object({
  /** Identifier of the list, lower-case hex. */
  listIdentifier: z.string().nullable(),
  /** When the list was made, by its own word; UTC text. */
  made: z.string().nullable(),
  /** Form of the members: 1 with tags as UTF-16 hexadecimal text, 2 with tags as raw hashes; null for another list. */
  version: z.union([z.literal(1), z.literal(2)]).nullable(),
  members: z.number().int(),
  /** Attributes of the catalog as a whole: `OS`, `HWID1` ... */
  attributes: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type CatalogFacts = z.infer<typeof CatalogFacts>;

/** A member of a catalog that was asked for. */
export const CatalogMember = z.object({
  /** The hash that was asked for, lower-case hex. */
  digest: z.string(),
  /** Where the hash stands: as the member's tag, in its SPC_INDIRECT_DATA, or in both. */
  by: z.enum(['tag', 'digest', 'both']),
  /** Of the hash, where the member says it: `sha1`, `sha256`; else told by its length. */
  algorithm: z.string(),
  /** `pe`: the hash leaves out checksum and signatures; `flat`: of all bytes; null where the member does not say. */
  form: z.enum(['pe', 'flat']).nullable(),
  /** Offset of the member in the catalog file. */
  offset: z.number().int(),
  /** Name of the file by the catalog's word. */
  file: z.string().nullable(),
  pageHashes: z.object({ algorithm: z.string(), pages: z.number().int() }).nullable(),
  /** Tag and signed digest are hashes of one length and differ: Windows finds a member by the one and compares the other, so this one covers no file. */
  contradicted: z.boolean(),
});
export type CatalogMember = z.infer<typeof CatalogMember>;
