import { z } from 'zod';
import { FileStatus, Place } from './place.ts';
import { Moment } from './moment.ts';

export const ComponentKind = z.enum([
  'native-module', 'managed-module', 'managed-handler', 'isapi-filter', 'isapi-extension', 'cgi', 'other',
]);
export type ComponentKind = z.infer<typeof ComponentKind>;

/** `stock`: shipped with IIS or .NET; `known-product`: another vendor's, as documented; judged from the registration alone. */
export const Origin = z.enum(['stock', 'known-product', 'unknown']);
export type Origin = z.infer<typeof Origin>;

export const SignatureStatus = z.enum([
  'valid', 'valid-untrusted-root', 'expired', 'wrong-usage', 'tampered', 'malformed', 'unsigned', 'catalog', 'not-checked',
]);
export type SignatureStatus = z.infer<typeof SignatureStatus>;

/** What was found of the signature of one of a component's files. */
export const ComponentSignature = z.object({
  /** The file, or the one that 32-bit processes load. */
  which: z.enum(['file', 'file32']),
  status: SignatureStatus,
  /** Distinguished names of the signing certificate and of its issuer. */
  signer: z.string().nullable(),
  issuer: z.string().nullable(),
  /** The certificate of our own list that the chain leads to, or null. */
  anchor: z.string().nullable(),
  timestamp: z.string().nullable(),
  /** Evidence path of the catalog that names the file. */
  catalog: z.string().nullable(),
  reasons: z.array(z.string()),
});
export type ComponentSignature = z.infer<typeof ComponentSignature>;

/** One line of configuration that names the component. */
export const Registration = Place.extend({
  line: z.number().int(),
  column: z.number().int(),
  /** Section path, `system.webServer/globalModules`. */
  section: z.string(),
  /** `server`, `site:NAME`, `app:NAME/PATH` or `dir:NAME/PATH`. */
  scope: z.string(),
  sha256: z.string(),
  /** The attributes as written, for showing: name, image, type, path, verb, preCondition, lockItem ... */
  attributes: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Registration = z.infer<typeof Registration>;

export const LoadedBy = z.object({ site: z.string(), application: z.string(), pool: z.string() });
export type LoadedBy = z.infer<typeof LoadedBy>;

export const ComponentFile = Place.extend({
  sha256: z.string(),
  size: z.number().int().nonnegative(),
});
export type ComponentFile = z.infer<typeof ComponentFile>;

/** A thing that runs inside IIS, or could: its registration, its file and what is known of both, joined. */
export const Component = z.object({
  id: z.string(),
  server: z.string(),
  kind: ComponentKind,
  name: z.string().nullable(),
  /** As written in the configuration. */
  image: z.string().nullable(),
  type: z.string().nullable(),
  origin: Origin,
  /** Which baseline entry or product the origin rests on, in words. */
  originReason: z.string(),
  registrations: z.array(Registration),
  loadedBy: z.array(LoadedBy),
  /** Why no process can load it, or null. */
  dormant: z.string().nullable(),
  file: ComponentFile.nullable(),
  /** The same image as a 32-bit process sees it, where that is another file. */
  file32: ComponentFile.nullable(),
  fileStatus: FileStatus,
  /** Of its file; of two files the worse. */
  signature: SignatureStatus,
  /** One for each file that is in the evidence; cases of earlier versions have none. */
  signatures: z.array(ComponentSignature).default([]),
  entryPoints: z.array(z.string()),
  firstSeen: Moment,
  findings: z.array(z.string()),
});
export type Component = z.infer<typeof Component>;
