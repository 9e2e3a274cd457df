import { DEFAULTS_NOT_KEPT, OTHER_DEFAULTS, type AttributeSchema, type CollectionSchema, type ElementSchema } from '../../knowledge/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import type { Severity } from '../../../shared/model/index.ts';
import { isDecidingAttribute, isDecidingSection, type SchemaDifferenceKind } from './difference.ts';

/** A difference before it is given its place. */
export interface FactDifference {
  readonly kind: SchemaDifferenceKind;
  readonly path: string;
  readonly known: string | null;
  readonly found: string | null;
  readonly weight: Severity;
  readonly effect: string;
}

type Body = Omit<ElementSchema, 'name'>;

/** Compares what two schemas say of one section, element by element. Depth is bounded by that of the known schema. */
export function compareElement(section: string, path: string, known: Body, found: Body): FactDifference[] {
  const out: FactDifference[] = [];
  const deciding = isDecidingSection(section);
  if (known.allowUnrecognizedAttributes !== found.allowUnrecognizedAttributes) {
    out.push(fact('unrecognized-changed', path, String(known.allowUnrecognizedAttributes), String(found.allowUnrecognizedAttributes), 'low', 'Attributes that the schema does not name are accepted, or refused, where Windows does otherwise.'));
  }
  const attributes = new Map(found.attributes.map((a) => [a.name, a]));
  for (const a of known.attributes) {
    const other = attributes.get(a.name);
    attributes.delete(a.name);
    if (other) out.push(...compareAttribute(section, `${path}@${a.name}`, a, other));
    else out.push(fact('attribute-missing', `${path}@${a.name}`, a.type, null, isDecidingAttribute(section, a.name) ? 'medium' : 'low', 'Configuration that sets it is refused.'));
  }
  for (const a of attributes.values()) out.push(fact('attribute-added', `${path}@${a.name}`, null, a.type, 'info', 'Configuration may set an attribute that the known schema does not have.'));
  const elements = new Map(found.elements.map((e) => [e.name, e]));
  for (const e of known.elements) {
    const other = elements.get(e.name);
    elements.delete(e.name);
    if (other) out.push(...compareElement(section, `${path}/${e.name}`, e, other));
    else out.push(fact('element-missing', `${path}/${e.name}`, e.name, null, 'low', 'Configuration that has it is refused.'));
  }
  for (const e of elements.values()) out.push(fact('element-added', `${path}/${e.name}`, null, e.name, 'info', 'Configuration may have an element that the known schema does not have.'));
  out.push(...compareCollections(section, `${path}[]`, known.collection, found.collection, deciding ? 'high' : 'medium'));
  return out;
}

function compareCollections(section: string, path: string, known: CollectionSchema | null, found: CollectionSchema | null, weight: Severity): FactDifference[] {
  if (known === null) return found === null ? [] : [fact('collection-added', path, null, found.addElements.join(','), 'info', 'Configuration may have entries that the known schema does not have.')];
  if (found === null) return [fact('collection-missing', path, known.addElements.join(','), null, weight, 'Its entries are refused.')];
  const out: FactDifference[] = [];
  if (known.mergeAppend !== found.mergeAppend) {
    const effect = found.mergeAppend ? 'Entries of a deeper level come after the inherited ones instead of before them.' : 'Entries of a deeper level come before the inherited ones instead of after them.';
    out.push(fact('merge-order-changed', path, `mergeAppend=${known.mergeAppend}`, `mergeAppend=${found.mergeAppend}`, weight, effect));
  }
  if (known.allowDuplicates !== found.allowDuplicates) {
    const effect = found.allowDuplicates ? 'Two entries may have the same key, where IIS would refuse the second.' : 'Two entries with the same key are refused.';
    out.push(fact('duplicates-changed', path, `allowDuplicates=${known.allowDuplicates}`, `allowDuplicates=${found.allowDuplicates}`, weight, effect));
  }
  const [before, after] = [directives(known), directives(found)];
  if (before !== after) out.push(fact('directives-changed', path, before, after, weight, 'Elements that add, remove or clear entries have other names: entries can be missed, or cannot be taken out.'));
  return [...out, ...compareElement(section, path, known.entry, found.entry)];
}

const directives = (c: CollectionSchema): string =>
  `add=${[...c.addElements].join(',')} remove=${c.removeElement ?? ''} clear=${c.clearElement ?? ''} defaults=${c.defaultElement ?? ''}`;

function compareAttribute(section: string, path: string, known: AttributeSchema, found: AttributeSchema): FactDifference[] {
  const out: FactDifference[] = [];
  const deciding = isDecidingAttribute(section, known.name);
  const weight: Severity = deciding ? 'high' : 'low';
  const add = (kind: SchemaDifferenceKind, was: string, is: string, heavy: Severity, effect: string): void => {
    if (was !== is) out.push(fact(kind, path, was, is, heavy, effect));
  };
  if (!sameDefault(path, known, found)) out.push(fact('default-changed', path, known.defaultValue, found.defaultValue, weight, 'Where configuration does not set it, another value holds.'));
  // A key of a section that decides nothing can still hide an entry.
  const keyWeight: Severity = isDecidingSection(section) ? 'high' : 'medium';
  add('key-changed', known.key ?? 'none', found.key ?? 'none', keyWeight, 'Entries are told apart by other attributes: some can be added twice, others cannot be removed.');
  add('case-changed', `caseSensitive=${known.caseSensitive}`, `caseSensitive=${found.caseSensitive}`, known.key !== null ? keyWeight : weight, 'Values that differ in letter case only count as the same, or no longer do.');
  add('expanded-changed', `expanded=${known.expanded}`, `expanded=${found.expanded}`, weight, 'Variables such as %windir% in it are expanded, or no longer are: it can name another file.');
  add('encrypted-changed', `encrypted=${known.encrypted}`, `encrypted=${found.encrypted}`, known.encrypted ? 'medium' : 'low', 'New values are written in clear text, or encrypted, where Windows does otherwise.');
  add('required-changed', `required=${known.required}`, `required=${found.required}`, 'low', 'Entries without it are accepted, or refused, where Windows does otherwise.');
  add('type-changed', known.type, found.type, weight, 'Values are read in another way.');
  // A later build may add a name; one that is lost or has another number changes what is written in configuration.
  const numbers = new Map(found.values.map((value, i) => [value, found.numbers?.[i] ?? '']));
  const lost = known.values.some((value, i) => numbers.get(value) !== (known.numbers?.[i] ?? ''));
  if (known.type === found.type) add('values-changed', names(known), names(found), lost ? weight : 'info', lost ? 'Names of its values mean something else, or are refused.' : 'It may have values that the known schema does not have.');
  return out;
}

const names = (a: AttributeSchema): string => a.values.map((value, i) => `${value}=${a.numbers?.[i] ?? ''}`).toSorted().join(', ');

/** Whether two defaults mean the same: a list of flags in any order, an empty secret in any encryption, false and nothing. */
function sameDefault(path: string, known: AttributeSchema, found: AttributeSchema): boolean {
  if (DEFAULTS_NOT_KEPT.has(path)) return true;
  const meaning = (value: string | null): string => {
    if (known.encrypted && (value === null || value === '' || /^\[enc:[A-Za-z0-9]{1,64}::enc\]$/.test(value))) return '';
    if (known.type === 'bool') return foldCase(value ?? 'false');
    if (known.type === 'flags') return [...new Set((value ?? '').split(',').map((part) => part.trim()))].toSorted().join(',');
    return value ?? (known.type === 'string' ? '' : '\0');
  };
  const is = meaning(found.defaultValue);
  return is === meaning(known.defaultValue) || (OTHER_DEFAULTS.get(path) ?? []).some((other) => meaning(other) === is);
}

function fact(kind: SchemaDifferenceKind, path: string, known: string | null, found: string | null, weight: Severity, effect: string): FactDifference {
  return { kind, path, known, found, weight, effect };
}
