import type { Family, FamilyTrait, TraitHit } from '../../../../shared/model/index.ts';
import type { BytePattern } from './byte-search.ts';

/** How a trait of the file's bytes is looked for. */
export interface TraitPattern extends BytePattern {
  readonly family: string;
  readonly trait: FamilyTrait;
  readonly encoding: Exclude<TraitHit['encoding'], 'fact'>;
  /** No letter or digit may stand directly before or behind it. */
  readonly word: boolean;
}

interface Way { readonly fold: boolean; readonly word: boolean; readonly wide: boolean }

/** Names of headers, addresses, paths and identifiers fit in any case; texts of a program only as written. */
const WAYS: Partial<Record<FamilyTrait['where'], Way>> = {
  string: { fold: false, word: false, wide: true },
  url: { fold: true, word: false, wide: true },
  header: { fold: true, word: true, wide: true },
  guid: { fold: true, word: true, wide: true },
  rtti: { fold: false, word: false, wide: false },
  type: { fold: false, word: true, wide: false },
  pdb: { fold: true, word: false, wide: false },
  'export-name': { fold: true, word: true, wide: false },
};

const utf8 = new TextEncoder();

/** Little endian, as Windows writes it. */
export function utf16Bytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    out[2 * i] = text.charCodeAt(i) & 0xff;
    out[2 * i + 1] = text.charCodeAt(i) >> 8;
  }
  return out;
}

/** `4D 5A ?? 00`: two hex digits for each byte, `??` for any. */
export function hexPattern(value: string): { readonly bytes: Uint8Array; readonly mask: Uint8Array } {
  const parts = value.split(' ');
  return {
    bytes: Uint8Array.from(parts, (part) => (part === '??' ? 0 : Number.parseInt(part, 16))),
    mask: Uint8Array.from(parts, (part) => (part === '??' ? 0 : 1)),
  };
}

function ofTrait(family: string, trait: FamilyTrait): TraitPattern[] {
  if (trait.where === 'hex') return [{ family, trait, encoding: 'hex', ...hexPattern(trait.value), fold: false, word: false }];
  const way = WAYS[trait.where];
  if (way === undefined) return [];
  const { fold, word, wide } = way;
  const narrow: TraitPattern = { family, trait, encoding: 'ascii', bytes: utf8.encode(trait.value), mask: null, fold, word };
  return wide ? [narrow, { ...narrow, encoding: 'utf16', bytes: utf16Bytes(trait.value) }] : [narrow];
}

/** All traits of the list that stand in bytes; those of facts and of registrations have no pattern. */
export const patternsOf = (families: readonly Family[]): TraitPattern[] => families.flatMap((family) => family.traits.flatMap((trait) => ofTrait(family.id, trait)));
