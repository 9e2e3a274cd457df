import { z } from 'zod';

export const HttpType = z.object({ type: z.string(), implements: z.array(z.string()) });
export type HttpType = z.infer<typeof HttpType>;

/** A function of native code that managed code declares (ImplMap). `token`: metadata token, `0x0600000A`. */
export const PInvoke = z.object({ dll: z.string(), name: z.string(), method: z.string(), token: z.string() });
/** A type whose base type or interface lies in another assembly: what it is at last shows only beside that assembly. */
export const OpenType = z.object({ type: z.string(), token: z.string(), parents: z.array(z.object({ type: z.string(), assembly: z.string() })) });
export type OpenType = z.infer<typeof OpenType>;

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
  /** Name of the module row, which need not be the file's name. */
  module: z.string().default(''),
  culture: z.string().default(''),
  /** Name of the target framework attribute, `.NETFramework,Version=v4.8`. */
  targetFramework: z.string().nullable().default(null),
  /** `none`: no public key; `delay-signed`: a key, and no signature or one of zeros only; `signed`: bytes are there (not verified). */
  strongName: z.enum(['none', 'delay-signed', 'signed']).default('none'),
  /** What the managed code was compiled to beside IL: ReadyToRun, an NGEN image, or neither. */
  precompiled: z.enum(['none', 'ready-to-run', 'ngen']).default('none'),
  pinvokes: z.array(PInvoke).default([]),
  openTypes: z.array(OpenType).default([]),
  resources: z.array(z.object({ name: z.string(), size: z.number().int().nullable(), offset: z.number().int().nullable() })).default([]),
  /** User strings (#US): how many there are, and the first of them with their file offsets. The Strings tab has all. */
  userStrings: z.object({ count: z.number().int(), first: z.array(z.object({ text: z.string(), offset: z.number().int() })) }).default({ count: 0, first: [] }),
  /** Marks of obfuscators and protectors, each with the place that shows it. */
  obfuscation: z.array(z.object({ id: z.string(), message: z.string(), token: z.string().nullable() })).default([]),
});
export type ClrFacts = z.infer<typeof ClrFacts>;
