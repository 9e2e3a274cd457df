import { z } from 'zod';

/** A type that ASP.NET calls. `through`: the chain over types of other assemblies by which it is one, where it is not to be seen in the file itself. */
export const HttpType = z.object({ type: z.string(), implements: z.array(z.string()), through: z.string().optional() });
export type HttpType = z.infer<typeof HttpType>;

/** A function of native code that managed code declares (ImplMap). `token`: metadata token, `0x0600000A`. */
export const PInvoke = z.object({ dll: z.string(), name: z.string(), method: z.string(), token: z.string() });
/** A type whose base type or interface lies in another assembly: what it is at last shows only beside that assembly. */
export const OpenType = z.object({ type: z.string(), token: z.string(), parents: z.array(z.object({ type: z.string(), assembly: z.string() })), interface: z.boolean().default(false) });
export type OpenType = z.infer<typeof OpenType>;
/**
 * Target of a PreApplicationStartMethod attribute. `state`: `found` a public static method without parameters, which is
 * what ASP.NET calls; `not-callable` a method of that name that is not; `missing`; `other-assembly` not in this file.
 */
export const StartMethod = z.object({ target: z.string(), token: z.string(), state: z.enum(['found', 'not-callable', 'missing', 'other-assembly']), method: z.string().nullable() });
export type StartMethod = z.infer<typeof StartMethod>;
/** `token` of the row that shows it; null for what no row shows. */
export const ObfuscationMark = z.object({ id: z.string(), message: z.string(), token: z.string().nullable() });
export type ObfuscationMark = z.infer<typeof ObfuscationMark>;

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
  /** True when native code that was not compiled from the IL is in the image too (IL-only flag not set, and not precompiled). */
  mixedMode: z.boolean(),
  /** Name of the module row, which need not be the file's name. */
  module: z.string().default(''),
  culture: z.string().default(''),
  /** Name of the target framework attribute, `.NETFramework,Version=v4.8`. */
  targetFramework: z.string().nullable().default(null),
  /** `none`: no public key; `delay-signed`: a key, and no signature or one of zeros only; `key-only`: precompiled, which leaves a key and no signature; `signed`: bytes are there (not verified). */
  strongName: z.enum(['none', 'delay-signed', 'key-only', 'signed']).default('none'),
  /** For which processors the code is by the flags of the CLI header (ECMA-335 II.25.3.3.1): `stated` that of the PE header, or any, where IL only was made for no one. */
  processor: z.enum(['stated', 'any', 'any-prefers-x86']).default('stated'),
  /** What the managed code was compiled to beside IL: ReadyToRun, an NGEN image, or neither. */
  precompiled: z.enum(['none', 'ready-to-run', 'ngen']).default('none'),
  pinvokes: z.array(PInvoke).default([]),
  openTypes: z.array(OpenType).default([]),
  /** Interfaces of this assembly that extend one which ASP.NET calls: no component by themselves, but what implements them elsewhere is. */
  httpInterfaces: z.array(HttpType).default([]),
  /** Types that this assembly forwards to another one (ExportedType); the platform's own left out. */
  forwards: z.array(z.object({ type: z.string(), assembly: z.string() })).default([]),
  startMethods: z.array(StartMethod).default([]),
  /** GuidAttribute of the assembly, as written. */
  guid: z.string().nullable().default(null),
  /** Debuggable attribute: true when it turns the optimiser off (a debug build), null without the attribute. */
  debugBuild: z.boolean().nullable().default(null),
  resources: z.array(z.object({ name: z.string(), size: z.number().int().nullable(), offset: z.number().int().nullable() })).default([]),
  /** User strings (#US): how many there are, and the first of them with their file offsets. The Strings tab has all. */
  userStrings: z.object({ count: z.number().int(), first: z.array(z.object({ text: z.string(), offset: z.number().int() })) }).default({ count: 0, first: [] }),
  /** Marks of obfuscators and protectors, each with the place that shows it. */
  obfuscation: z.array(ObfuscationMark).default([]),
});
export type ClrFacts = z.infer<typeof ClrFacts>;
