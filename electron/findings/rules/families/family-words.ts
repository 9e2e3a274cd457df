import { quote } from '../../../../shared/base/limits.ts';
import type { ComponentFile, EvidenceRef, FamilyTrait } from '../../../../shared/model/index.ts';
import { fileTraits } from '../../../knowledge/index.ts';
import type { FamilyMatch, MetTrait } from './family-match.ts';

const LONGEST = 80;
/** Traits that were not found are told up to this many, the strong ones first; the rest is counted. */
const MAX_MISSING = 25;

const WHERE: Readonly<Record<FamilyTrait['where'], string>> = {
  string: 'text', hex: 'bytes', pdb: 'path of the debug file', 'file-name': 'file name', path: 'place', 'module-name': 'name of the module', type: 'name in the metadata', 'export-name': 'name in the export directory',
  imphash: 'hash of the imports', mvid: 'MVID', guid: 'identifier', rtti: 'class name', signer: 'certificate', url: 'address', header: 'header name',
};
const ENCODED = { ascii: '', utf16: ' as UTF-16', hex: '', fact: '' } as const;

const value = (trait: FamilyTrait): string => `"${quote(trait.value, LONGEST)}"`;

function metSentence({ trait, hits }: MetTrait): string {
  const places = hits.map((hit) => (hit.encoding === 'fact' ? 'by the facts of the file' : `at offset 0x${hit.offset.toString(16)}${ENCODED[hit.encoding]}`)).join(' and ');
  return `Trait (${trait.weight}): ${WHERE[trait.where]} ${value(trait)} ${places}: ${trait.what} (${trait.source}).`;
}

const namedSentence = (trait: FamilyTrait): string => `Trait (weak): ${WHERE[trait.where]} ${value(trait)}: ${trait.what} (${trait.source}). A name alone says nothing.`;

const plural = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** `4 of 25 published traits of IIS-Raid`, for a title. */
export function titleWords({ family, met, strong, severity }: FamilyMatch): string {
  const name = quote(family.name);
  if (strong === 0) return `has ${met.length} weak published traits of ${name}`;
  if (severity === 'low' && met.length === 1) return `has a published trait of ${name}`;
  return `has ${met.length} of ${fileTraits(family).length} published traits of ${name}`;
}

export function supportSentences({ met, named, rows, strong, weak, reasons }: FamilyMatch): string[] {
  const sorted = met.toSorted((a, b) => Number(a.trait.weight === 'weak') - Number(b.trait.weight === 'weak'));
  return [
    ...sorted.map(metSentence),
    ...named.map(namedSentence),
    ...(rows === null ? [] : rows.sentences),
    `Counted at different places: ${plural(strong, 'strong trait')}, ${plural(weak, 'weak one')}.`,
    ...reasons,
  ];
}

export function missingSentence({ missing, family }: FamilyMatch): string {
  if (missing.length === 0) return 'Every published trait of a file was found.';
  const sorted = missing.toSorted((a, b) => Number(a.weight === 'weak') - Number(b.weight === 'weak'));
  const more = sorted.length > MAX_MISSING ? ` and ${sorted.length - MAX_MISSING} more` : '';
  return `Not found of ${quote(family.name)}: ${sorted.slice(0, MAX_MISSING).map((t) => `${WHERE[t.where]} ${value(t)}`).join(', ')}${more}.`;
}

/** What another family has in common with the file, in one sentence. */
export const alsoSentence = ({ family, met }: FamilyMatch): string => `Also published of ${quote(family.name)}: ${met.map(({ trait }) => value(trait)).join(', ')}.`;

/** The bytes of each trait; what is a fact of the whole file opens it at its beginning. */
export const traitRefs = ({ met }: FamilyMatch, file: ComponentFile): EvidenceRef[] =>
  met.toSorted((a, b) => Number(a.trait.weight === 'weak') - Number(b.trait.weight === 'weak')).flatMap(({ hits }) =>
    hits.map(({ offset, length }) => ({ path: file.path, evidencePath: file.evidencePath, offset, ...(length === 0 ? {} : { length }), sha256: file.sha256 })));
