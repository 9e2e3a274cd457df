import { z } from 'zod';
import { EvidenceRef, Place } from './place.ts';

export const Pipeline = z.enum(['Integrated', 'Classic']);
export type Pipeline = z.infer<typeof Pipeline>;
export const Bitness = z.union([z.literal(32), z.literal(64)]);
export type Bitness = z.infer<typeof Bitness>;

/** An application pool: the process that loads the code. */
export const Pool = z.object({
  name: z.string(),
  pipeline: Pipeline,
  /** managedRuntimeVersion: `v2.0`, `v4.0`, or '' for no managed code. */
  clr: z.string(),
  bitness: Bitness,
  identity: z.string().nullable(),
  /** Null when an application names a pool that the file does not define. */
  source: EvidenceRef.nullable(),
});
export type Pool = z.infer<typeof Pool>;

export const VirtualDirectory = z.object({
  path: z.string(),
  physicalPath: Place,
  source: EvidenceRef.nullable(),
});
export type VirtualDirectory = z.infer<typeof VirtualDirectory>;

export const Application = z.object({
  path: z.string(),
  pool: z.string(),
  pipeline: Pipeline,
  clr: z.string(),
  bitness: Bitness,
  physicalPath: Place,
  virtualDirectories: z.array(VirtualDirectory),
  source: EvidenceRef.nullable(),
});
export type Application = z.infer<typeof Application>;

export const Site = z.object({
  name: z.string(),
  id: z.number().int(),
  /** `http *:80:host`, as bindingInformation writes it behind the protocol. */
  bindings: z.array(z.string()),
  logDirectory: Place,
  logFormat: z.string(),
  logEnabled: z.boolean(),
  applications: z.array(Application),
  source: EvidenceRef.nullable(),
});
export type Site = z.infer<typeof Site>;

/** One IIS installation in the evidence. */
export const Server = z.object({
  id: z.string(),
  name: z.string().nullable(),
  iisVersion: z.string().nullable(),
  sites: z.array(Site),
  pools: z.array(Pool),
  /** The live applicationHost.config, or null where only web.config files were found. */
  configuration: EvidenceRef.nullable(),
  /** True when configuration redirection points elsewhere: the local file is then not the live one. */
  redirected: z.boolean(),
});
export type Server = z.infer<typeof Server>;
