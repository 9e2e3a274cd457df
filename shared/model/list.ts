import { z } from 'zod';
import { EvidenceRef } from './place.ts';

/**
 * What the analyst brings to hold the evidence against: `indicators` (hashes, names, paths, addresses, header names ...),
 * `known-good` (made from a server known to be clean: its registrations and hashes), `yara` (a folder or file of rules).
 */
export const ListKind = z.enum(['indicators', 'known-good', 'yara']);
export type ListKind = z.infer<typeof ListKind>;

/** Kinds of indicators. `text` is looked for in registrations and log rows; `header` is the name of a request header. */
export const IndicatorKind = z.enum(['sha256', 'sha1', 'md5', 'imphash', 'file-name', 'path', 'ip', 'url-path', 'user-agent', 'header', 'module-name', 'type', 'pdb', 'mvid', 'signer', 'text']);
export type IndicatorKind = z.infer<typeof IndicatorKind>;

export const Indicator = z.object({ kind: IndicatorKind, value: z.string(), /** What the list says of it. */ note: z.string(), /** 1-based line of the list. */ line: z.number().int() });
export type Indicator = z.infer<typeof Indicator>;

/** One registration or file of a server known to be clean. */
export const KnownGood = z.object({
  kind: z.string(), name: z.string().nullable(), image: z.string().nullable(), type: z.string().nullable(), sha256: z.string().nullable(),
});
export type KnownGood = z.infer<typeof KnownGood>;

/** A line of the analyst's list that something in the evidence meets. `component`: the one whose file or registration it is. */
export const ListHit = z.object({
  list: z.string(), line: z.number().int(), kind: IndicatorKind, value: z.string(), where: z.string(), refs: z.array(EvidenceRef), server: z.string().nullable().default(null), component: z.string().nullable().default(null),
});
export type ListHit = z.infer<typeof ListHit>;

/** A list as the case keeps it: with its content, so that the case tells by itself what was compared. */
export const AnalystList = z.object({
  id: z.string(), kind: ListKind, name: z.string(),
  /** Where it came from, for people, and the SHA-256 of what was read. */
  from: z.string(), sha256: z.string(), added: z.string(),
  indicators: z.array(Indicator).default([]),
  knownGood: z.array(KnownGood).default([]),
  /** Source texts of YARA rules by file name. */
  rules: z.array(z.object({ name: z.string(), text: z.string() })).default([]),
  /** What could not be read of it. */
  problems: z.array(z.string()).default([]),
  /** What the indicators met when the list was last applied, within a bound; null: it was never applied. */
  hits: z.array(ListHit).nullable().default(null),
  /** What searched for the rules: `libyara 4.x`, `yara 4.2.3`; null before the first search. */
  engine: z.string().nullable().default(null),
});
export type AnalystList = z.infer<typeof AnalystList>;

/** A YARA rule that matched a file. */
export const YaraMatch = z.object({
  list: z.string(), sha256: z.string(),
  rules: z.array(z.object({
    rule: z.string(), file: z.string(), tags: z.array(z.string()), meta: z.array(z.object({ name: z.string(), value: z.string() })),
    strings: z.array(z.object({ id: z.string(), offset: z.number().int(), length: z.number().int() })), capped: z.boolean(),
  })),
  /** Why the file was not, or not wholly, looked at; null where it was. */
  problem: z.string().nullable(),
});
export type YaraMatch = z.infer<typeof YaraMatch>;

/**
 * A published trait of a family that stands in a file: `family` and `trait` are ids of the list of families. `text` is the
 * offset at which the text begins that it stands in: two traits of one text are one place. A `fact` (a hash of the imports,
 * a signer) has length 0.
 */
export const TraitHit = z.object({ family: z.string(), trait: z.string(), offset: z.number().int(), length: z.number().int(), encoding: z.enum(['ascii', 'utf16', 'hex', 'fact']), text: z.number().int() });
export type TraitHit = z.infer<typeof TraitHit>;
