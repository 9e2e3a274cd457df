/**
 * A parsed XML configuration file, with the position of everything. These never leave the engine, so they are plain
 * types and not schemas. Lines and columns are 1-based, in UTF-16 units of the decoded text.
 */
export interface ConfigAttribute {
  readonly name: string;
  readonly value: string;
  /** Of the attribute's first character. */
  readonly line: number;
  readonly column: number;
}

export interface ConfigElement {
  readonly name: string;
  /** Of the `<`. */
  readonly line: number;
  readonly column: number;
  /** Line of the last character of the end tag (or of `/>`), for showing a block. */
  readonly endLine: number;
  readonly attributes: readonly ConfigAttribute[];
  readonly children: readonly ConfigElement[];
}

/** What could be read of one file. `root` is null when not even a root element was there. */
export interface ConfigDocument {
  readonly root: ConfigElement | null;
  /** False when the file was damaged: a section that is not in `root` may have stood behind the damage. */
  readonly complete: boolean;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/** Attribute by its exact name (IIS attribute names are case-sensitive), or undefined. */
export function attribute(element: ConfigElement, name: string): ConfigAttribute | undefined {
  // A loop: it is asked for millions of times, and a call for each attribute is slow.
  for (const one of element.attributes) if (one.name === name) return one;
  return undefined;
}

/** Value of an attribute, or undefined when it is not written. */
export function attributeValue(element: ConfigElement, name: string): string | undefined {
  for (const one of element.attributes) if (one.name === name) return one.value;
  return undefined;
}

export function childrenNamed(element: ConfigElement, name: string): readonly ConfigElement[] {
  return element.children.filter((c) => c.name === name);
}

export function childNamed(element: ConfigElement, name: string): ConfigElement | undefined {
  for (const child of element.children) if (child.name === name) return child;
  return undefined;
}
