import { z } from 'zod';

/** A document that a statement rests on; shown as text, never opened. */
export const Reference = z.object({ title: z.string(), by: z.string(), year: z.string(), where: z.string() });
export type Reference = z.infer<typeof Reference>;

/** What a kind of component is, in our own words. */
export const KindKnowledge = z.object({
  kind: z.string(), title: z.string(), what: z.string(),
  /** Steps or places by which one gets into a server, what it can see and do there, how it is hunted, and what an honest one looks like. */
  installed: z.array(z.string()), can: z.array(z.string()), hunted: z.array(z.string()), honest: z.array(z.string()),
  references: z.array(Reference),
});
export type KindKnowledge = z.infer<typeof KindKnowledge>;

/**
 * One published trait of a family. `weak` ones count only beside others: honest software has them too. `where` says how it
 * is compared: bytes of the file (string, url, header, rtti, type, guid, hex, pdb, export-name), facts of the file (imphash,
 * mvid, signer), or how it is registered (file-name, path, module-name).
 */
export const FamilyTrait = z.object({
  id: z.string(), where: z.enum(['string', 'hex', 'pdb', 'file-name', 'path', 'module-name', 'type', 'export-name', 'imphash', 'mvid', 'guid', 'rtti', 'signer', 'url', 'header']),
  value: z.string(), weight: z.enum(['strong', 'weak']), what: z.string(), source: z.string(),
});
export type FamilyTrait = z.infer<typeof FamilyTrait>;

export const Family = z.object({
  id: z.string(), name: z.string(), aliases: z.array(z.string()), years: z.string(), kinds: z.array(z.string()),
  does: z.string(), trigger: z.string(), inLogs: z.string(), traits: z.array(FamilyTrait), references: z.array(Reference),
  /** What is told of it and was not verified for this list. */
  reported: z.array(z.string()).default([]),
  /** Why nothing published of it decides about a file; null where something does. */
  unmatched: z.string().nullable().default(null),
});
export type Family = z.infer<typeof Family>;

export const AttackItem = z.object({ id: z.string(), name: z.string(), words: z.string() });
export type AttackItem = z.infer<typeof AttackItem>;
