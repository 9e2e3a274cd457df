import type { AttributeSchema, CollectionSchema, ElementSchema } from '../../knowledge/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import { attributeValue, type ConfigElement } from '../../../shared/model/index.ts';

/**
 * A definition while it is put together from pieces: schema files may each say a part of a section. What a piece writes
 * out is taken over, what it does not write stays as it was.
 */
export class Draft {
  readonly attributes = new Map<string, AttributeDraft>();
  readonly elements = new Map<string, Draft>();
  collection: CollectionDraft | null = null;
  unrecognized = false;

  finish(name: string): ElementSchema {
    return { name, ...this.#body() };
  }

  #body(): Omit<ElementSchema, 'name'> {
    return {
      attributes: [...this.attributes].map(([name, draft]) => finishAttribute(name, draft)),
      elements: [...this.elements].map(([name, draft]) => draft.finish(name)),
      collection: this.collection === null ? null : finishCollection(this.collection, this.collection.entry.#body()),
      allowUnrecognizedAttributes: this.unrecognized,
    };
  }
}

interface AttributeDraft {
  type: string;
  defaultValue: string | null;
  unique: boolean;
  combined: boolean;
  caseSensitive: boolean;
  expanded: boolean;
  encrypted: boolean;
  required: boolean;
  nonEmpty: boolean;
  values: { readonly name: string; readonly number: string }[];
}

interface CollectionDraft {
  readonly addElements: string[];
  removeElement: string | null;
  clearElement: string | null;
  mergeAppend: boolean;
  allowDuplicates: boolean;
  defaultElement: string | null;
  readonly entry: Draft;
}

/** Takes over what an `attribute` element writes. */
export function layAttribute(draft: Draft, name: string, element: ConfigElement): void {
  const known = draft.attributes.get(name);
  const a: AttributeDraft = known ?? {
    type: 'string', defaultValue: null, unique: false, combined: false, caseSensitive: false, expanded: false, encrypted: false, required: false, nonEmpty: false, values: [],
  };
  a.type = attributeValue(element, 'type') ?? a.type;
  a.defaultValue = attributeValue(element, 'defaultValue') ?? a.defaultValue;
  a.unique = flag(element, 'isUniqueKey') ?? a.unique;
  a.combined = flag(element, 'isCombinedKey') ?? a.combined;
  a.caseSensitive = flag(element, 'caseSensitive') ?? a.caseSensitive;
  a.expanded = flag(element, 'expanded') ?? a.expanded;
  a.encrypted = flag(element, 'encrypted') ?? a.encrypted;
  a.required = flag(element, 'required') ?? a.required;
  const validation = attributeValue(element, 'validationType');
  if (validation !== undefined) a.nonEmpty = validation === 'nonEmptyString';
  const values = element.children.filter((child) => child.name === 'enum' || child.name === 'flag');
  if (values.length > 0) a.values = values.map((v) => ({ name: attributeValue(v, 'name') ?? '', number: attributeValue(v, 'value') ?? '' }));
  if (known === undefined) draft.attributes.set(name, a);
}

/** Takes over what a `collection` element writes; a second collection of one element adds the names of its entries. */
export function layCollection(draft: Draft, element: ConfigElement): Draft {
  const c = (draft.collection ??= {
    addElements: [], removeElement: null, clearElement: null, mergeAppend: true, allowDuplicates: false, defaultElement: null, entry: new Draft(),
  });
  for (const name of (attributeValue(element, 'addElement') ?? '').split(',').map((part) => part.trim()).slice(0, MAX_ADD_ELEMENTS)) {
    if (name !== '' && !c.addElements.includes(name)) c.addElements.push(name);
  }
  c.removeElement = attributeValue(element, 'removeElement') ?? c.removeElement;
  c.clearElement = attributeValue(element, 'clearElement') ?? c.clearElement;
  c.defaultElement = attributeValue(element, 'defaultElement') ?? c.defaultElement;
  // One shipped file writes mergeElement, which the language does not have; it is passed over.
  c.mergeAppend = flag(element, 'mergeAppend') ?? c.mergeAppend;
  c.allowDuplicates = flag(element, 'allowDuplicates') ?? c.allowDuplicates;
  c.entry.unrecognized = flag(element, 'allowUnrecognizedAttributes') ?? c.entry.unrecognized;
  return c.entry;
}

const MAX_ADD_ELEMENTS = 64;

/** A boolean as it is written, letter case ignored; null when it is not written or is no boolean. */
export function flag(element: ConfigElement, name: string): boolean | null {
  const value = foldCase((attributeValue(element, name) ?? '').trim());
  return value === 'TRUE' ? true : value === 'FALSE' ? false : null;
}

function finishAttribute(name: string, a: AttributeDraft): AttributeSchema {
  return {
    name,
    type: a.type,
    defaultValue: a.defaultValue,
    key: a.unique ? 'unique' : a.combined ? 'combined' : null,
    caseSensitive: a.caseSensitive,
    expanded: a.expanded,
    encrypted: a.encrypted,
    required: a.required,
    nonEmpty: a.nonEmpty,
    values: a.values.map((v) => v.name),
    numbers: a.values.map((v) => v.number),
  };
}

function finishCollection({ entry: _, ...facts }: CollectionDraft, entry: Omit<ElementSchema, 'name'>): CollectionSchema {
  return { ...facts, addElements: facts.addElements.length === 0 ? ['add'] : [...facts.addElements], entry };
}
