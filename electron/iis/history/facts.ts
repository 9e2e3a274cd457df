import { attributeValue, type ConfigElement, type EvidenceRef } from '../../../shared/model/index.ts';
import type { ConfigurationFile } from '../configuration-files.ts';
import { type ConfigPath, joinConfigPath, locationPath } from '../paths.ts';
import { refOf } from '../refs.ts';
import { readLooseWebConfig } from '../registrations.ts';
import { entryKey, entryName, LISTS, nameable, type OrderedList } from './keys.ts';
import { poolElements, siteElements } from './server-elements.ts';
import { attributesMeaning, attributesText } from './text.ts';
import type { Walk, Where } from './walk.ts';

/** One thing that a copy says. Two copies agree when the meanings do. */
export class ConfigFact {
  readonly kind: string;
  readonly section: string;
  readonly scope: string;
  readonly name: string;
  readonly meaning: string;
  readonly #file: ConfigurationFile;
  readonly #element: ConfigElement;
  readonly #lock: string;

  /** @param lock what the location tag around a section says of it, '' elsewhere */
  constructor(called: Called, file: ConfigurationFile, element: ConfigElement, lock: string) {
    this.kind = called.kind;
    this.section = called.section;
    this.scope = called.scope;
    this.name = called.name;
    this.meaning = lock === '' ? attributesMeaning(element) : `${attributesMeaning(element)}|${lock}`;
    this.#file = file;
    this.#element = element;
    this.#lock = lock;
  }

  /** The attributes in a fixed order, secrets masked. Made when it is asked for: most facts never change. */
  get text(): string {
    const text = [attributesText(this.#element), this.#lock].filter((part) => part !== '').join(' ');
    const { name } = this.#element;
    return name === 'remove' || name === 'clear' ? `<${`${name} ${text}`.trim()}>` : text;
  }

  get ref(): EvidenceRef {
    return refOf(this.#file, this.#element);
  }
}

/** What a fact is called in a change. */
interface Called {
  readonly kind: string;
  readonly section: string;
  readonly scope: string;
  readonly name: string;
}

/** An ordered list of entries, or a set of settings whose order means nothing. */
export interface FactList {
  readonly ordered: boolean;
  readonly facts: ReadonlyMap<string, ConfigFact>;
}

/** Everything that one file says, by list. */
export type CopyFacts = ReadonlyMap<string, FactList>;

/** Deeper than any section of IIS or ASP.NET; what a hostile file nests below says nothing to either. */
const MAX_DEPTH = 40;
const LOGGING: ReadonlySet<string> = new Set(['system.webServer/httpLogging', 'system.applicationHost/log', 'system.applicationHost/configHistory']);

/** Groups of sections, as configSections of machine.config and applicationHost.config declare them. */
const GROUPS: ReadonlySet<string> = new Set([
  'system.applicationHost', 'system.webServer', 'system.webServer/security', 'system.webServer/security/authentication', 'system.webServer/rewrite', 'system.webServer/tracing', 'system.webServer/management',
  'system.ftpServer', 'system.ftpServer/security', 'system.web', 'system.web/caching', 'system.serviceModel', 'system.net', 'system.runtime.serialization', 'system.transactions', 'system.web.extensions',
]);

/**
 * Everything of a file whose change matters: entries of every list, settings, sites, pools, section declarations, locks.
 * @param level configuration path at which the file stands: '' for applicationHost.config, `Site/app` for a web.config
 */
export function factsOf(file: ConfigurationFile, level: ConfigPath = ''): CopyFacts {
  return new FactWalk(file, level).run();
}

/** Collects the facts of one file. */
class FactWalk implements Walk {
  readonly #file: ConfigurationFile;
  readonly #level: ConfigPath;
  readonly #lists = new Map<string, { ordered: boolean; facts: Map<string, ConfigFact>; counts: Map<string, number> }>();
  /** Kinds of the elements that name code, by position. */
  #code: ReadonlyMap<string, string> | null = null;

  constructor(file: ConfigurationFile, level: ConfigPath) {
    this.#file = file;
    this.#level = level;
  }

  run(): CopyFacts {
    for (const child of this.#file.document.root?.children ?? []) {
      if (child.name === 'configSections') this.#declarations(child, '', 0);
      else if (child.name === 'location') this.#location(child);
      else this.#section(child, child.name, this.#scope(''), '', 0);
    }
    return this.#lists;
  }

  /** Notes one fact; a key that is written twice stays two facts. */
  add(list: string, ordered: boolean, key: string, called: Called, element: ConfigElement, lock = ''): void {
    let found = this.#lists.get(list);
    if (found === undefined) this.#lists.set(list, (found = { ordered, facts: new Map(), counts: new Map() }));
    const count = (found.counts.get(key) ?? 0) + 1;
    found.counts.set(key, count);
    found.facts.set(count === 1 ? key : `${key} #${count}`, new ConfigFact(called, this.#file, element, lock));
  }

  setting(where: Where, element: ConfigElement, kind: string): void {
    const name = where.name ?? element.name;
    this.add('settings', false, `${where.section}|${where.scope}|${where.key}`, { kind, section: where.section, scope: where.scope, name }, element);
  }

  below(element: ConfigElement, where: Where): void {
    if (where.depth > MAX_DEPTH) return;
    const twins = new Map<string, number>();
    for (const child of element.children) twins.set(child.name, (twins.get(child.name) ?? 0) + 1);
    for (const child of element.children) {
      const key = entryKey(child, twins.get(child.name) ?? 1);
      const label = key === null ? child.name : entryName(child, entryKey(nameable(child), twins.get(child.name) ?? 1) ?? '');
      const keyed = { ...where, key: `${where.key}/${child.name}[${key ?? ''}]`, depth: where.depth + 1 };
      const inner: Where = key === null && where.name === null ? { ...keyed, section: `${where.section}/${child.name}` } : { ...keyed, name: where.name === null ? label : `${where.name}/${label}` };
      const list = key === null && where.name === null ? LISTS.get(inner.section) : undefined;
      if (list !== undefined) {
        this.#list(child, inner.section, where.scope, list, '');
        continue;
      }
      if (child.attributes.length > 0 || child.name === 'clear') this.setting(inner, child, where.kind ?? this.#kindOf(child));
      this.below(child, inner);
    }
  }

  #kindOf(element: ConfigElement, otherwise = 'setting'): string {
    this.#code ??= new Map(readLooseWebConfig(this.#file).map((r) => [`${r.line}:${r.column}`, r.kind]));
    return this.#code.get(`${element.line}:${element.column}`) ?? otherwise;
  }

  #scope(path: ConfigPath): string {
    const full = joinConfigPath(this.#level, path);
    return full === '' ? 'server' : full;
  }

  #location(location: ConfigElement): void {
    const scope = this.#scope(locationPath(attributeValue(location, 'path') ?? ''));
    const lock = { name: 'location', attributes: location.attributes.filter((a) => a.name !== 'path'), children: [], line: location.line, column: location.column, endLine: location.endLine };
    const text = attributesText(lock);
    for (const child of location.children) this.#section(child, child.name, scope, text, 0);
  }

  /** A section or a group of sections, down to where a reader is known. */
  #section(element: ConfigElement, section: string, scope: string, lock: string, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const list = LISTS.get(section);
    if (list !== undefined) return this.#list(element, section, scope, list, lock);
    const where: Where = { section, scope, name: null, key: '', kind: LOGGING.has(section) ? 'logging' : null, depth };
    const own = element.attributes.length > 0;
    if (own) this.setting(where, element, where.kind ?? this.#kindOf(element, 'section'));
    if (section === 'system.applicationHost/applicationPools') return poolElements(this, element, where);
    if (section === 'system.applicationHost/sites') return siteElements(this, element, where);
    // A group holds sections only; in a location tag each of them is locked or unlocked with it.
    if (own || !GROUPS.has(section)) {
      if (lock !== '') this.#lock(element, section, scope, lock);
      return this.below(element, where);
    }
    for (const child of element.children) this.#section(child, `${section}/${child.name}`, scope, lock, depth + 1);
  }

  #lock(element: ConfigElement, section: string, scope: string, lock: string): void {
    const bare = { ...element, attributes: [], children: [] };
    this.add('locks', false, `${section}|${scope}`, { kind: 'section', section, scope, name: element.name }, bare, lock);
  }

  #list(element: ConfigElement, section: string, scope: string, list: OrderedList, lock: string): void {
    const id = `${section}|${scope}`;
    for (const child of element.children) {
      const keyOf = (element: ConfigElement): string => list.keys.map((name) => attributeValue(element, name) ?? '').join(' ').trim();
      const key = keyOf(child);
      const name = entryName(child, key.includes('=') ? keyOf(nameable(child)) : key);
      this.add(id, true, `${child.name} ${key}`, { kind: list.kind, section, scope, name }, child);
      if (child.children.length > 0) this.below(child, { section, scope, name, key: `${child.name}[${key}]`, kind: list.kind, depth: 2 });
    }
    if (element.attributes.length > 0 || lock !== '') this.add('settings', false, `${id}|section`, { kind: 'section', section, scope, name: list.name }, element, lock);
  }

  #declarations(element: ConfigElement, prefix: string, depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const child of element.children) {
      const name = `${prefix}${attributeValue(child, 'name') ?? ''}`;
      if (child.name === 'sectionGroup') this.#declarations(child, `${name}/`, depth + 1);
      else this.add('declarations', false, name, { kind: 'section-declaration', section: 'configSections', scope: this.#scope(''), name: entryName(child, name) }, child);
    }
  }
}
