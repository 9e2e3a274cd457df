import { foldCase } from '../../../shared/base/compare.ts';
import { attribute, type ConfigAttribute, type ConfigDocument, type ConfigElement } from '../../../shared/model/index.ts';
import type { ConfigurationFile } from '../configuration-files.ts';

/** Longest location that is read: a URL of IIS 6 has at most 16 KB, its keys far less. */
const MAX_LOCATION = 2000;
/** Steps of a location that are followed; the reader tells of deeper ones. */
const MAX_STEPS = 64;

/** One key of a metabase: `<IIsWebVirtualDir Location="/LM/W3SVC/1/ROOT" ...>`. */
export interface MetabaseKey {
  /** As written, without a slash at the end. */
  readonly location: string;
  /** Element name without prefix: `IIsWebServer`, `IIsFilter`. */
  readonly keyClass: string;
  readonly element: ConfigElement;
}

/** A metabase in force with the sites and pools of it in the form that the engine reads; lines are those of the metabase. */
export interface MetabaseFile extends ConfigurationFile {
  readonly metabase: ConfigDocument;
}

/** The metabase behind a file that stands where applicationHost.config stands on later versions, or null. */
export function metabaseOf(file: ConfigurationFile): MetabaseFile | null {
  return 'metabase' in file ? (file as MetabaseFile) : null;
}

/** A list property and the folded location of the key that has it. */
export interface MetabaseList { readonly location: string; readonly items: readonly ConfigElement[] }

/** Whether a metabase configures the web server, or only mail and FTP as the compatibility feature of later versions leaves it. */
export function holdsWebServer(document: ConfigDocument): boolean {
  return keysOf(document).all.some((key) => key.keyClass === 'IIsWebService' || key.keyClass === 'IIsWebServer');
}

const localName = (element: ConfigElement): string => element.name.slice(element.name.indexOf(':') + 1);
const parentOf = (location: string): string => location.slice(0, Math.max(0, location.lastIndexOf('/')));

/** The keys of one metabase by location, letter case ignored as IIS does. Of two keys with one location the first counts. */
export class MetabaseKeys {
  readonly all: readonly MetabaseKey[];
  readonly #byLocation = new Map<string, MetabaseKey>();
  readonly #children = new Map<string, MetabaseKey[]>();
  readonly #lists = new Map<string, readonly ConfigElement[] | null>();

  constructor(document: ConfigDocument) {
    const properties = document.root?.children.find((child) => localName(child) === 'MBProperty');
    for (const element of properties?.children ?? []) {
      const location = (attribute(element, 'Location')?.value ?? '').replace(/\/+$/, '');
      const folded = foldCase(location);
      if (!location.startsWith('/') || location.length > MAX_LOCATION || location.split('/', MAX_STEPS + 2).length > MAX_STEPS + 1 || this.#byLocation.has(folded)) continue;
      const key = { location, keyClass: localName(element), element };
      this.#byLocation.set(folded, key);
      const siblings = this.#children.get(parentOf(folded));
      if (siblings) siblings.push(key);
      else this.#children.set(parentOf(folded), [key]);
    }
    this.all = [...this.#byLocation.values()];
  }

  at(location: string): MetabaseKey | null {
    return this.#byLocation.get(foldCase(location)) ?? null;
  }

  /** Keys directly below a location, in the order of the file. */
  below(location: string): readonly MetabaseKey[] {
    return this.#children.get(foldCase(location)) ?? [];
  }

  /** A property at a location or, as inheritable properties do, at the nearest key above it. */
  inherited(location: string, name: string): ConfigAttribute | null {
    for (const at of upwards(location)) {
      const found = this.#byLocation.get(at);
      const own = found === undefined ? undefined : attribute(found.element, name);
      if (own !== undefined) return own;
    }
    return null;
  }

  /**
   * The strings of a list property at a location or at the nearest key above that has it, and where: a list takes the
   * place of the inherited one as a whole. Null when no key has it.
   */
  list(location: string, name: string): MetabaseList | null {
    for (const at of upwards(location)) {
      const items = this.ownList(at, name);
      if (items !== null) return { location: at, items };
    }
    return null;
  }

  /** The strings of a list property at exactly this key; null when the key has no such property. */
  ownList(location: string, name: string): readonly ConfigElement[] | null {
    const folded = foldCase(location);
    const cacheKey = `${name}\0${folded}`;
    const known = this.#lists.get(cacheKey);
    if (known !== undefined) return known;
    const key = this.#byLocation.get(folded);
    const own = key === undefined || attribute(key.element, name) === undefined ? null : key.element.children.filter((child) => child.name === name);
    if (key !== undefined) this.#lists.set(cacheKey, own);
    return own;
  }
}

/** Folded locations from one upwards, to `/LM`. */
function* upwards(location: string): Generator<string> {
  for (let at = foldCase(location); at !== ''; at = parentOf(at)) yield at;
}

const cache = new WeakMap<ConfigDocument, MetabaseKeys>();

export function keysOf(document: ConfigDocument): MetabaseKeys {
  let keys = cache.get(document);
  if (!keys) {
    keys = new MetabaseKeys(document);
    cache.set(document, keys);
  }
  return keys;
}

/** Value of a list item as `lists` makes it. */
export function itemValue(item: ConfigElement): string {
  return attribute(item, 'value')?.value ?? '';
}

/** Flags as the metabase writes them, `AccessRead | AccessScript`, upper case. */
export function flagsOf(value: string): ReadonlySet<string> {
  return new Set(value.split('|').map((flag) => foldCase(flag.trim())).filter((flag) => flag !== ''));
}

export function isSet(value: ConfigAttribute | null): boolean {
  return value !== null && /^(?:true|1)$/i.test(value.value.trim());
}
