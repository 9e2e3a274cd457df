import type { AttributeSchema, CollectionSchema, ElementSchema } from '../iis-schema.ts';

/**
 * How the known schema is written down, one line for each attribute:
 * `"@image": "string expanded"`, `"@resourceType": "enum {File:0|Directory:1} = File"`. What follows ` = ` is the default
 * to the end of the line. `"element"` members are elements, `"[]"` is the collection with what its entries have.
 */
export interface SchemaNotes {
  readonly [member: string]: string | boolean | null | SchemaNotes;
}

const UNRECOGNIZED = '@*';
const COLLECTION = '[]';
/** Facts of a collection itself; everything else in `[]` belongs to its entries. */
const FACTS = ['add', 'remove', 'clear', 'defaults', 'mergeAppend', 'allowDuplicates'];

const isNotes = (value: unknown): value is SchemaNotes => typeof value === 'object' && value !== null;

/** The schema of a section or element from its notes. */
export function readNotes(name: string, notes: SchemaNotes): ElementSchema {
  return { name, ...body(notes, () => false) };
}

function body(notes: SchemaNotes, skip: (member: string) => boolean): Omit<ElementSchema, 'name'> {
  const attributes: AttributeSchema[] = [];
  const elements: ElementSchema[] = [];
  let collection: CollectionSchema | null = null;
  for (const [member, value] of Object.entries(notes)) {
    if (skip(member)) continue;
    if (member.startsWith('@') && typeof value === 'string') attributes.push(readAttribute(member.slice(1), value));
    else if (member === COLLECTION && isNotes(value)) collection = readCollection(value);
    else if (isNotes(value)) elements.push(readNotes(member.slice(1, -1), value));
  }
  return { attributes, elements, collection, allowUnrecognizedAttributes: notes[UNRECOGNIZED] === true };
}

function readCollection(notes: SchemaNotes): CollectionSchema {
  const text = (fact: string): string | null => (typeof notes[fact] === 'string' ? notes[fact] : null);
  return {
    addElements: (text('add') ?? 'add').split(','),
    removeElement: text('remove'),
    clearElement: text('clear'),
    mergeAppend: notes['mergeAppend'] !== false,
    allowDuplicates: notes['allowDuplicates'] === true,
    defaultElement: text('defaults'),
    entry: body(notes, (member) => FACTS.includes(member)),
  };
}

function readAttribute(name: string, line: string): AttributeSchema {
  const split = line.indexOf(' = ');
  const facts = (split < 0 ? line : line.slice(0, split)).split(' ');
  const [, names = ''] = /\{(.*)\}/.exec(facts[1] ?? '') ?? [];
  const values = names === '' ? [] : names.split('|').map((v) => v.split(':'));
  return {
    name,
    type: facts[0] ?? 'string',
    defaultValue: split < 0 ? null : line.slice(split + 3),
    key: facts.includes('key') ? 'unique' : facts.includes('keyPart') ? 'combined' : null,
    caseSensitive: facts.includes('caseSensitive'),
    expanded: facts.includes('expanded'),
    encrypted: facts.includes('encrypted'),
    required: facts.includes('required'),
    nonEmpty: facts.includes('nonEmpty'),
    values: values.map(([value = '']) => value),
    numbers: values.map(([, number = '']) => number),
  };
}

/** The notes of a section or element: the other way round. */
export function writeNotes(schema: Omit<ElementSchema, 'name'>): SchemaNotes {
  return {
    ...(schema.allowUnrecognizedAttributes ? { [UNRECOGNIZED]: true } : {}),
    ...Object.fromEntries(schema.attributes.map((a) => [`@${a.name}`, attributeLine(a)])),
    ...(schema.collection === null ? {} : { [COLLECTION]: collectionNotes(schema.collection) }),
    ...Object.fromEntries(schema.elements.map((e) => [`<${e.name}>`, writeNotes(e)])),
  };
}

function collectionNotes(c: CollectionSchema): SchemaNotes {
  return {
    add: c.addElements.join(','),
    ...(c.removeElement === null ? {} : { remove: c.removeElement }),
    ...(c.clearElement === null ? {} : { clear: c.clearElement }),
    ...(c.defaultElement === null || c.defaultElement === undefined ? {} : { defaults: c.defaultElement }),
    ...(c.mergeAppend ? {} : { mergeAppend: false }),
    ...(c.allowDuplicates ? { allowDuplicates: true } : {}),
    ...writeNotes(c.entry),
  };
}

function attributeLine(a: AttributeSchema): string {
  const names = a.values.map((value, i) => `${value}:${a.numbers?.[i] ?? ''}`).join('|');
  const flags = [
    a.key === 'unique' ? 'key' : a.key === 'combined' ? 'keyPart' : '', a.required ? 'required' : '', a.nonEmpty === true ? 'nonEmpty' : '', a.caseSensitive ? 'caseSensitive' : '',
    a.expanded ? 'expanded' : '', a.encrypted ? 'encrypted' : '',
  ];
  const facts = [a.type, names === '' ? '' : `{${names}}`, ...flags].filter((part) => part !== '');
  return `${facts.join(' ')}${a.defaultValue === null ? '' : ` = ${a.defaultValue}`}`;
}

/** Lays notes over notes (RFC 7396): members are added or replaced, null takes one away, nested notes are merged. */
export function layOver(under: SchemaNotes, over: SchemaNotes): SchemaNotes {
  const out = new Map(Object.entries(under));
  for (const [member, value] of Object.entries(over)) {
    const below = out.get(member);
    if (value === null) out.delete(member);
    else if (isNotes(value)) out.set(member, layOver(isNotes(below) ? below : {}, value));
    else out.set(member, value);
  }
  return Object.fromEntries(out);
}
