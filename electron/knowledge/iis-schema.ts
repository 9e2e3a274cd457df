/**
 * What the schema of IIS says of a section: which attributes an element has, which of them is the key of a collection,
 * how collections of several levels are merged. Shapes follow the schema language of `config\schema\*.xml` (attributes of
 * `sectionSchema`, `element`, `attribute` and `collection`; Microsoft Learn, "Deep Dive into IIS Configuration").
 */
export interface AttributeSchema {
  readonly name: string;
  /** `string`, `bool`, `enum`, `flags`, `int`, `uint`, `int64`, `timeSpan`. */
  readonly type: string;
  /** As written in the schema, or null. */
  readonly defaultValue: string | null;
  /** `unique`: the key alone; `combined`: one part of it; null: no part of the key. */
  readonly key: 'unique' | 'combined' | null;
  readonly caseSensitive: boolean;
  /** Environment variables in the value are expanded. */
  readonly expanded: boolean;
  readonly encrypted: boolean;
  readonly required: boolean;
  /** validationType `nonEmptyString`. */
  readonly nonEmpty?: boolean;
  /** Names of an `enum` or of `flags`; empty for other types. */
  readonly values: readonly string[];
  /** The numbers that stand for `values`, in their order, as written; absent where nobody said. */
  readonly numbers?: readonly string[];
}

export interface ElementSchema {
  /** Of the element; the full path for a section: `system.webServer/handlers`. */
  readonly name: string;
  readonly attributes: readonly AttributeSchema[];
  readonly elements: readonly ElementSchema[];
  readonly collection: CollectionSchema | null;
  readonly allowUnrecognizedAttributes: boolean;
}

export interface CollectionSchema {
  /** Names of the elements that add an entry; usually `add`. */
  readonly addElements: readonly string[];
  readonly removeElement: string | null;
  readonly clearElement: string | null;
  /** False: entries of a deeper level come before the inherited ones. The schema's default is true. */
  readonly mergeAppend: boolean;
  readonly allowDuplicates: boolean;
  /** The element beside the collection that holds defaults for its entries: `applicationPoolDefaults`. */
  readonly defaultElement?: string | null;
  /** What an entry may have. */
  readonly entry: Omit<ElementSchema, 'name'>;
}

/** Sections by full path. */
export type IisSchema = ReadonlyMap<string, ElementSchema>;
