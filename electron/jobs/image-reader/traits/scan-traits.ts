import { compareBy } from '../../../../shared/base/compare.ts';
import type { Family, FamilyTrait, PeFacts, TraitHit } from '../../../../shared/model/index.ts';
import { FAMILIES } from '../../../knowledge/index.ts';
import { ByteSearch } from './byte-search.ts';
import { patternsOf, type TraitPattern } from './trait-patterns.ts';

/** How far the text around a trait is followed back, in bytes. */
const MAX_TEXT = 512;

const OF_FACTS: ReadonlySet<FamilyTrait['where']> = new Set<FamilyTrait['where']>(['imphash', 'mvid', 'signer']);

/** Looks for published traits of families in program files: built once, used for each file. */
export class TraitScan {
  readonly #facts: readonly { readonly family: string; readonly trait: FamilyTrait }[];
  readonly #patterns: readonly TraitPattern[];
  readonly #search: ByteSearch;

  constructor(families: readonly Family[] = FAMILIES) {
    this.#facts = families.flatMap((family) => family.traits.filter((trait) => OF_FACTS.has(trait.where)).map((trait) => ({ family: family.id, trait })));
    this.#patterns = patternsOf(families);
    this.#search = new ByteSearch(this.#patterns);
  }

  /** @returns the first place of each trait in each encoding, in order of family, trait and offset */
  scan(bytes: Uint8Array, facts: PeFacts): TraitHit[] {
    const found: TraitHit[] = [];
    this.#search.run(bytes, (index, offset) => {
      const pattern = this.#patterns[index];
      if (pattern === undefined || !stands(pattern, bytes, offset, facts)) return false;
      found.push({ family: pattern.family, trait: pattern.trait.id, offset, length: pattern.bytes.length, encoding: pattern.encoding, text: textAround(pattern, bytes, offset) });
      return true;
    });
    for (const { family, trait } of this.#facts) {
      const at = ofFacts(trait, facts);
      if (at !== null) found.push({ family, trait: trait.id, ...at, encoding: 'fact', text: at.offset });
    }
    return found.sort(compareBy((hit) => hit.family, (hit) => hit.trait, (hit) => hit.offset, (hit) => hit.encoding));
  }
}

const isWord = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));

/** Whether what fits is what the trait means: a whole word where it is a name, and what the headers call so where they do. */
function stands({ trait, encoding, word, bytes: { length } }: TraitPattern, bytes: Uint8Array, offset: number, facts: PeFacts): boolean {
  if (word) {
    const wide = encoding === 'utf16';
    // What ends before a wide text may be a narrow one: its last letter and zero are no wide letter.
    const before = wide ? (bytes[offset - 1] === 0 && (bytes[offset - 3] ?? 0) === 0 ? bytes[offset - 2] : undefined) : bytes[offset - 1];
    const behind = wide ? (bytes[offset + length + 1] === 0 ? bytes[offset + length] : undefined) : bytes[offset + length];
    if (isWord(before) || isWord(behind)) return false;
  }
  const value = trait.value.toLowerCase();
  if (trait.where === 'export-name') return facts.exportName?.toLowerCase() === value;
  if (trait.where === 'pdb') return facts.pdb.some((path) => path.toLowerCase().includes(value)) && facts.debug.some((d) => offset >= d.dataOffset && offset < d.dataOffset + d.dataSize);
  return trait.where !== 'type' || facts.clr !== null;
}

const isText = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x20 && byte < 0x7f;

/** Where the text begins in which the trait stands: two traits of one text are one place. */
function textAround({ encoding }: TraitPattern, bytes: Uint8Array, offset: number): number {
  if (encoding === 'hex') return offset;
  const step = encoding === 'utf16' ? 2 : 1;
  const least = Math.max(0, offset - MAX_TEXT);
  let at = offset;
  for (let before = offset - step; before >= least && isText(bytes[before]); before -= step) {
    if (step === 2 && bytes[before + 1] !== 0) break;
    at = before;
  }
  return at;
}

/** Where the headers show a trait that is no text; a hash over several places has none of its own. */
function ofFacts({ where, value }: FamilyTrait, facts: PeFacts): { readonly offset: number; readonly length: number } | null {
  if (where === 'imphash') return facts.imphash === value ? { offset: 0, length: 0 } : null;
  if (where === 'mvid') return facts.clr?.mvid.toLowerCase() === value.toLowerCase() ? { offset: 0, length: 0 } : null;
  if (where !== 'signer') return null;
  const signature = facts.signatures?.signatures.find(({ chain }) => chain.some((c) => c.thumbprint === value.toLowerCase()));
  return signature === undefined ? null : { offset: signature.offset ?? facts.certificateTable?.offset ?? 0, length: 0 };
}
