import { z } from 'zod';
import { Capability } from './capability.ts';
import { ClrFacts } from './clr.ts';
import { PeIdentity } from './identity.ts';
import { PeAnomaly, PeBoundImport, PeChecksum, PeDebugEntry, PeExport, PeField, PeImport, PeOverlay, PeRelocations, PeResource, PeRich, PeSection, PeTls } from './image.ts';
import { FileSignatures } from './signature.ts';

/** What the file can be used as; several are possible. */
export const PeKind = z.enum(['native-module', 'isapi-filter', 'isapi-extension', 'managed-module', 'managed-handler']);
export type PeKind = z.infer<typeof PeKind>;

/**
 * Facts of a PE file, read statically. Numbers are bytes, RVAs are relative to the image base; hashes lower-case hex.
 * What has a default was not read by the first version: facts that it stored are read as without.
 */
export const PeFacts = z.object({
  machine: z.string(),
  isDll: z.boolean(),
  timestamp: z.object({ value: z.number(), time: z.string().nullable(), offset: z.number(), /** Why the value is no time. */ note: z.string().optional() }),
  imphash: z.string().nullable(),
  richHash: z.string().nullable(),
  exports: z.array(PeExport),
  /** Name that the linker wrote into the export directory. */
  exportName: z.string().nullable().optional(),
  imports: z.array(PeImport),
  delayImports: z.array(PeImport),
  sections: z.array(PeSection),
  pdb: z.array(z.string()),
  versionInfo: z.record(z.string(), z.string()),
  clr: ClrFacts.nullable(),
  /** The exports that IIS calls, as found. */
  entryPoints: z.array(z.string()),
  kinds: z.array(PeKind),
  /** Whether a certificate table is there; whether it holds is another question. */
  certificateTable: z.object({ offset: z.number(), size: z.number() }).nullable(),
  anomalies: z.array(PeAnomaly),
  /** Fields of the headers and of directories that have some, in file order within each group. */
  fields: z.array(PeField).default([]),
  boundImports: z.array(PeBoundImport).default([]),
  tls: PeTls.nullable().default(null),
  relocations: PeRelocations.nullable().default(null),
  rich: PeRich.nullable().default(null),
  debug: z.array(PeDebugEntry).default([]),
  resources: z.array(PeResource).default([]),
  overlay: PeOverlay.nullable().default(null),
  checksum: PeChecksum.nullable().default(null),
  capabilities: z.array(Capability).default([]),
  identity: PeIdentity.nullable().default(null),
  signatures: FileSignatures.nullable().default(null),
});
export type PeFacts = z.infer<typeof PeFacts>;
