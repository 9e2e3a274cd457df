import { z } from 'zod';

/** Facts of a PE file, read statically. Numbers are bytes, RVAs are relative to the image base; hashes lower-case hex. */
export const PeImport = z.object({ dll: z.string(), names: z.array(z.string()) });
export const PeExport = z.object({ name: z.string().nullable(), ordinal: z.number(), rva: z.number(), forwarder: z.string().nullable() });
export const PeSection = z.object({
  name: z.string(), rva: z.number(), virtualSize: z.number(), rawOffset: z.number(), rawSize: z.number(), entropy: z.number(),
});
export const HttpType = z.object({ type: z.string(), implements: z.array(z.string()) });
export type HttpType = z.infer<typeof HttpType>;

export const ClrFacts = z.object({
  assembly: z.string(),
  version: z.string(),
  mvid: z.string(),
  publicKeyToken: z.string().nullable(),
  /** Version string of the metadata root, `v4.0.30319`. */
  runtime: z.string(),
  references: z.array(z.string()),
  /** Types that implement an interface or extend a base class that ASP.NET calls. */
  httpTypes: z.array(HttpType),
  /** HttpApplication events that the code subscribes to. */
  events: z.array(z.string()),
  /** `Type::Method` of each PreApplicationStartMethod attribute. */
  preApplicationStart: z.array(z.string()),
  /** True when native code is in the image too (IL-only flag not set). */
  mixedMode: z.boolean(),
});
export type ClrFacts = z.infer<typeof ClrFacts>;

/** What the file can be used as; several are possible. */
export const PeKind = z.enum(['native-module', 'isapi-filter', 'isapi-extension', 'managed-module', 'managed-handler']);
export type PeKind = z.infer<typeof PeKind>;

export const PeAnomaly = z.object({ id: z.string(), offset: z.number().int(), message: z.string() });
export type PeAnomaly = z.infer<typeof PeAnomaly>;

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
});
export type PeFacts = z.infer<typeof PeFacts>;
