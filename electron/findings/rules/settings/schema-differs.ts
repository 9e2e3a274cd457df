import { quote } from '../../../../shared/base/limits.ts';
import { SEVERITIES, UNKNOWN_MOMENT, type EvidenceRef } from '../../../../shared/model/index.ts';
import type { SchemaDifference, SchemaDifferenceKind } from '../../../iis/index.ts';
import { groupBy } from '../../group-by.ts';
import { rule, type FindingDraft } from '../../rule.ts';
import { distinctRefs, lineOf } from '../../words.ts';
import { SCHEMA_DIFFERS } from '../../texts/settings.ts';

const WHAT: Readonly<Record<SchemaDifferenceKind, string>> = {
  'section-missing': 'section is not defined', 'section-added': 'section is defined that neither Windows nor a known product brings', 'section-redefined': 'section is defined again',
  'element-missing': 'element is not defined', 'element-added': 'element is new', 'attribute-missing': 'attribute is not defined', 'attribute-added': 'attribute is new',
  'default-changed': 'default value is another', 'key-changed': 'key is another', 'case-changed': 'letter case counts otherwise', 'expanded-changed': 'variables are expanded otherwise',
  'encrypted-changed': 'encryption is another', 'required-changed': 'it is required otherwise', 'type-changed': 'type is another', 'values-changed': 'names of values are others',
  'merge-order-changed': 'order of merging is another', 'duplicates-changed': 'duplicates are treated otherwise', 'directives-changed': 'names of add, remove and clear are others',
  'collection-missing': 'collection is not defined', 'collection-added': 'collection is new', 'unrecognized-changed': 'unknown attributes are treated otherwise',
  'extension-added': 'COM class answers for it',
};
/** Findings about one difference each. */
const MOST_ALONE = 40;
/** Sentences that one finding lists; the count is in its title. */
const MAX_SENTENCES = 20;

const REFUTES = [
  'Another build of Windows, an update or a product ships this file as it is: compare it with the file of a clean installation of the same build.',
  'The file lies in the component store of this Windows (WinSxS) with the same content.',
];

const refOf = ({ place: { path, evidencePath, line, column, sha256 } }: SchemaDifference): EvidenceRef => ({ path, evidencePath, line, sha256, ...(column === undefined ? {} : { column }) });
const shown = (text: string | null): string => (text === null ? 'nothing' : text === '' ? 'empty' : `"${quote(text)}"`);
const sentence = (d: SchemaDifference): string => `${d.path}: ${WHAT[d.kind]} (${lineOf(d.place)})${d.kind === 'section-added' || d.kind === 'section-redefined' ? '' : `; known ${shown(d.known)}, here ${shown(d.found)}`}.`;

/** A change that can decide what runs stands alone. */
function ofOne(d: SchemaDifference, version: string): FindingDraft {
  return {
    severity: d.weight,
    title: `${d.place.file} changes how IIS reads ${d.section}: ${WHAT[d.kind]} (${shown(d.known)} became ${shown(d.found)})`,
    component: null,
    subject: [d.kind, d.path, d.place.evidencePath].join('\0'),
    supports: [sentence(d), d.effect, `Compared with the schema of IIS ${version}, which fits best.`],
    refutes: REFUTES,
    refs: [refOf(d)],
    first: UNKNOWN_MOMENT,
  };
}

/** Small differences of one file are one finding. */
function ofFile(list: readonly SchemaDifference[], version: string): FindingDraft[] {
  const [first] = list;
  if (first === undefined) return [];
  const severity = SEVERITIES.find((s) => list.some((d) => d.weight === s)) ?? 'info';
  const every = (kind: SchemaDifferenceKind): boolean => list.every((d) => d.kind === kind);
  const sections = list.length === 1 ? `the section ${quote(first.section)}` : `${list.length} sections`;
  return [{
    severity,
    title: every('section-redefined') ? `${first.place.file} takes part in the definition of ${sections} of Windows`
      : every('section-added') ? `${first.place.file} adds ${sections} to the schema of IIS`
        : `${first.place.file} differs from the known schema in ${list.length === 1 ? 'a detail' : `${list.length} details`}`,
    component: null,
    subject: [every('section-redefined') ? 'redefined' : 'file', first.place.evidencePath].join('\0'),
    supports: [...list.slice(0, MAX_SENTENCES).map(sentence), ...(list.length > MAX_SENTENCES ? [`${list.length - MAX_SENTENCES} more.`] : []), `Compared with the schema of IIS ${version}, which fits best.`],
    refutes: REFUTES,
    refs: distinctRefs(list.map(refOf)),
    first: UNKNOWN_MOMENT,
  }];
}

/** The files that say what configuration means are not those that Windows ships. */
export const schemaDiffers = rule(
  'schema-differs',
  SCHEMA_DIFFERS,
  ({ schema }) => {
    if (schema === undefined) return [];
    const told = schema.differences.filter((d) => d.product === null || d.kind === 'extension-added');
    const heavy = (d: SchemaDifference): boolean => d.weight === 'high' || d.weight === 'medium';
    const alone = told.filter((d) => heavy(d) && d.kind !== 'section-redefined');
    const byFile = groupBy(told.filter((d) => d.kind === 'section-redefined'), (d) => d.place.evidencePath);
    // A schema that differs throughout is another one: its first findings say so.
    const small = groupBy([...alone.slice(MOST_ALONE), ...told.filter((d) => !heavy(d) && d.kind !== 'section-redefined')], (d) => d.place.evidencePath);
    return [...alone.slice(0, MOST_ALONE).map((d) => ofOne(d, schema.version)), ...[...byFile.values(), ...small.values()].flatMap((list) => ofFile(list, schema.version))];
  },
);
