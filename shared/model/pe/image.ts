import { z } from 'zod';

/** One field of a structure, so that a screen can select its bytes. `offset` and `length` are file positions in bytes. */
export const PeField = z.object({
  /** Structure that it belongs to: `DOS header`, `COFF header`, `Optional header`, `Load configuration` ... */
  group: z.string(),
  name: z.string(),
  offset: z.number().int(),
  length: z.number().int(),
  /** As a person reads it: hexadecimal numbers as `0x1000`, texts as they are. */
  value: z.string(),
  /** What the value means, in words, where it is more than a number. */
  meaning: z.string().nullable(),
});
export type PeField = z.infer<typeof PeField>;

export const PeImport = z.object({ dll: z.string(), names: z.array(z.string()) });
export const PeExport = z.object({ name: z.string().nullable(), ordinal: z.number(), rva: z.number(), forwarder: z.string().nullable() });

/** `at`: offset of the section's header. `sha256` and `md5` are over the raw bytes that the file holds; null when there are none. */
export const PeSection = z.object({
  name: z.string(), rva: z.number(), virtualSize: z.number(), rawOffset: z.number(), rawSize: z.number(), entropy: z.number(),
  at: z.number().int().default(0), characteristics: z.number().int().default(0), sha256: z.string().nullable().default(null), md5: z.string().nullable().default(null),
});
export const PeBoundImport = z.object({ dll: z.string(), timestamp: z.number(), offset: z.number().int(), forwarders: z.array(z.object({ dll: z.string(), timestamp: z.number() })) });
/** Functions that run before the entry point; RVAs. */
export const PeTls = z.object({ offset: z.number().int(), callbacks: z.array(z.number()) });
export const PeRelocations = z.object({ offset: z.number().int(), size: z.number().int(), blocks: z.number().int(), entries: z.number().int() });
/** Rich header: which Microsoft tools built the parts of the file. `key` is the XOR mask, `holds` whether it equals the checksum over what it covers. */
export const PeRich = z.object({
  offset: z.number().int(), length: z.number().int(), key: z.number(), holds: z.boolean(),
  entries: z.array(z.object({ product: z.number().int(), build: z.number().int(), count: z.number().int(), offset: z.number().int() })),
});
export const PeDebugEntry = z.object({
  type: z.string(), offset: z.number().int(), timestamp: z.number(), dataOffset: z.number().int(), dataSize: z.number().int(),
  pdb: z.string().nullable(), /** Of a CodeView record: GUID and age, as symbol servers name it. */ identity: z.string().nullable(),
});
/** A leaf of the resource tree. Types and names that are numbers are written `#16`; well-known types by their name (`VERSION`). */
export const PeResource = z.object({
  type: z.string(), name: z.string(), language: z.number().int(), offset: z.number().int(), size: z.number().int(), sha256: z.string().nullable(),
});
export const PeOverlay = z.object({ offset: z.number().int(), size: z.number().int(), entropy: z.number() });
/** `stored` stands in the optional header; 0 means that none was written. */
export const PeChecksum = z.object({ offset: z.number().int(), stored: z.number(), computed: z.number() });

export const PeAnomaly = z.object({ id: z.string(), offset: z.number().int(), message: z.string() });
export type PeAnomaly = z.infer<typeof PeAnomaly>;
