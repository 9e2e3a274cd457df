import { foldCase } from '../../../shared/base/compare.ts';
import { quote } from '../../../shared/base/limits.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';
import type { AttributeSchema, ElementSchema } from '../../knowledge/iis-schema.ts';
import { LOCK_ATTRIBUTES } from './locks.ts';
import type { SectionRule } from './rule.ts';

/** What IIS would not accept about one element of a section, with its line. */
export interface SchemaFault { readonly line: number; readonly message: string }

const ANYWHERE: ReadonlySet<string> = new Set([...LOCK_ATTRIBUTES, 'configSource', 'configProtectionProvider', 'xmlns', 'xml:space', 'xml:lang']);
const NUMBERS: ReadonlySet<string> = new Set(['int', 'uint', 'int64']);
const BOOLEANS: ReadonlySet<string> = new Set(['TRUE', 'FALSE']);

const indexes = new WeakMap<object, ReadonlyMap<string, AttributeSchema>>();

function attributesOf(schema: Pick<ElementSchema, 'attributes'>): ReadonlyMap<string, AttributeSchema> {
  let index = indexes.get(schema);
  if (!index) indexes.set(schema, (index = new Map(schema.attributes.map((a) => [a.name, a]))));
  return index;
}

/** The first attribute of an element that its schema does not allow, or a required one that is missing; null when all is well. */
export function attributeFault(element: ConfigElement, schema: Omit<ElementSchema, 'name'>, required: boolean): SchemaFault | null {
  const known = attributesOf(schema);
  for (const { name, value, line } of element.attributes) {
    const attribute = known.get(name);
    if (!attribute) {
      if (schema.allowUnrecognizedAttributes || ANYWHERE.has(name)) continue;
      return { line, message: `unrecognized attribute "${quote(name, 60)}"` };
    }
    const wrong = valueFault(attribute, value);
    if (wrong !== null) return { line, message: wrong };
  }
  if (!required) return null;
  const absent = schema.attributes.find((a) => a.required && !element.attributes.some((written) => written.name === a.name));
  return absent ? { line: element.line, message: `<${element.name}> lacks the required attribute "${absent.name}"` } : null;
}

function valueFault({ name, type, values, nonEmpty }: AttributeSchema, value: string): string | null {
  if (type === 'bool') return BOOLEANS.has(foldCase(value.trim())) ? null : `attribute "${name}" must be true or false, not "${quote(value, 40)}"`;
  if (type === 'enum' && values.length > 0) {
    return isNumber(value) || values.some((v) => foldCase(v) === foldCase(value.trim())) ? null : `attribute "${name}" cannot be "${quote(value, 40)}"`;
  }
  if (type === 'flags' && values.length > 0) {
    const bad = value.split(',').map((part) => part.trim()).find((part) => part !== '' && !isNumber(part) && !values.some((v) => foldCase(v) === foldCase(part)));
    return bad === undefined ? null : `attribute "${name}" has no flag "${quote(bad, 40)}"`;
  }
  if (NUMBERS.has(type)) return (type === 'uint' ? /^\s*(?:0x[0-9a-f]+|\d+)\s*$/i : /^\s*-?\d+\s*$/).test(value) ? null : `attribute "${name}" must be a number, not "${quote(value, 40)}"`;
  return nonEmpty === true && value === '' ? `attribute "${name}" must not be empty` : null;
}

const isNumber = (value: string): boolean => /^\s*\d{1,10}\s*$/.test(value);

/** The first element or attribute inside a section that its schema does not know, or null. */
export function sectionFault(section: ConfigElement, rule: SectionRule): SchemaFault | null {
  const own = attributeFault(section, rule.schema, true);
  if (own) return own;
  const { collection, elements } = rule.schema;
  for (const child of section.children) {
    if (collection && rule.addElements.has(child.name)) {
      const fault = attributeFault(child, collection.entry, true) ?? nestedFault(child, collection.entry);
      if (fault) return fault;
    } else if (collection && child.name === rule.removeElement) {
      const keys = rule.keys.find((key) => !child.attributes.some((a) => a.name === key.name));
      if (keys) return { line: child.line, message: `<${child.name}> lacks the attribute "${keys.name}"` };
    } else if (collection && child.name === rule.clearElement) {
      continue;
    } else if (!elements.some((e) => e.name === child.name)) {
      return { line: child.line, message: `unrecognized element <${quote(child.name, 60)}>` };
    }
  }
  return null;
}

/** Entries of these collections have no content unless their schema says so. */
function nestedFault(entry: ConfigElement, schema: Omit<ElementSchema, 'name'>): SchemaFault | null {
  if (schema.collection !== null) return null;
  const odd = entry.children.find((child) => !schema.elements.some((e) => e.name === child.name));
  return odd ? { line: odd.line, message: `unrecognized element <${quote(odd.name, 60)}>` } : null;
}
