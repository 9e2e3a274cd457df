import { foldCase } from '../../../shared/base/compare.ts';
import { attribute, type ConfigElement, type EffectiveEntry, type EffectiveList, type Server } from '../../../shared/model/index.ts';
import type { ConfigurationFiles } from '../configuration-files.ts';
import { effectiveLists, type EffectiveResult } from '../effective.ts';
import { placeOf, sourceKey } from '../refs.ts';
import { isExtension, programOf, restriction, type Restriction, scriptMap } from './entries.ts';
import { flagsOf, keysOf, type MetabaseFile, type MetabaseList, type MetabaseKey, type MetabaseKeys } from './keys.ts';
import { isWildcard, urlPathOf } from './registrations.ts';
import { type MetabaseSite, sitesOf, WEB_SERVICE } from './topology.ts';

const RULES = 'The rules of IIS 6 follow its documentation and knowledge of the product; none was confirmed on a running server. httpModules and httpHandlers are merged as in later versions.';
const INHERITANCE = 'ScriptMaps of a deeper key take the place of the inherited list as a whole (inheritance of the metabase; not confirmed on a running IIS 6).';
const RESTRICTIONS = 'An extension or program that WebSvcExtRestrictionList does not name follows its *.dll or *.exe entry, and is prohibited where that is missing (not confirmed on a running IIS 6).';
const FILTERS = 'Global filters are asked before those of the site, each in the order of FilterLoadOrder; a filter that is not in it is not loaded (not confirmed on a running IIS 6).';

/** The lists of an application of IIS 6: script maps, filters and restrictions of the metabase, httpModules and httpHandlers of its web.config files. */
export function metabaseLists(files: ConfigurationFiles, metabase: MetabaseFile, server: Server, siteName: string, appPath: string, urlPath = ''): EffectiveResult | null {
  const base = effectiveLists(files, server, siteName, appPath, urlPath);
  if (base === null) return null;
  const view = new MetabaseView(files, metabase);
  const site = view.site(base.config.site);
  if (site === null) return base;
  const path = `${base.config.app === '/' ? '' : base.config.app}${urlPath === '' ? '' : `/${urlPath.replace(/^\/+/, '')}`}`;
  const list = (entries: readonly EffectiveEntry[], assumed: readonly string[]): EffectiveList =>
    ({ ...base.config.handlers, outcome: metabase.metabase.complete ? 'effective' : 'not-evaluable', reason: metabase.metabase.complete ? null : 'the metabase is damaged: what stood behind the damage is not known', missing: [], entries: [...entries], assumed: [...assumed] });
  const none: EffectiveList = { ...list([], ['IIS 6 has no such list.']), outcome: 'effective', reason: null };
  return {
    ...base,
    config: {
      ...base.config,
      definitions: { source: 'known', version: '6.0', assumed: [RULES] },
      globalModules: none,
      modules: none,
      handlers: list(view.scriptMaps(`${site.location}/ROOT${path}`), [INHERITANCE, RESTRICTIONS]),
      isapiFilters: list(view.filters(site), [FILTERS]),
      isapiCgiRestriction: list(view.restrictions(), [RESTRICTIONS]),
    },
  };
}

const NONE: readonly EffectiveEntry[] = [];

/** Answers of one metabase, each worked out once. */
export class MetabaseView {
  readonly #files: ConfigurationFiles;
  readonly #file: MetabaseFile;
  readonly #keys: MetabaseKeys;
  readonly #maps = new Map<string, readonly EffectiveEntry[]>();
  #permits: { readonly byPath: ReadonlyMap<string, Restriction>; readonly all: readonly Restriction[] | null } | null = null;

  constructor(files: ConfigurationFiles, file: MetabaseFile) {
    this.#files = files;
    this.#file = file;
    this.#keys = keysOf(file.metabase);
  }

  site(name: string): MetabaseSite | null {
    return sitesOf(this.#keys).find((site) => foldCase(site.name) === foldCase(name)) ?? null;
  }

  /** The script maps in force at a location, in the order of the list. */
  scriptMaps(location: string): readonly EffectiveEntry[] {
    const found = this.#keys.list(location, 'ScriptMaps');
    if (found === null) return NONE;
    const access = this.#keys.inherited(location, 'AccessFlags');
    // Thousands of applications share one list: what shares list and access shares the answer too.
    const key = `${found.location}\0${access?.value ?? ''}`;
    const known = this.#maps.get(key) ?? this.#entriesOf(found, access === null ? null : flagsOf(access.value));
    this.#maps.set(key, known);
    return known;
  }

  #entriesOf(found: MetabaseList, flags: ReadonlySet<string> | null): readonly EffectiveEntry[] {
    const replaced = this.#replaced(found.location);
    const taken = new Set<string>();
    return found.items.flatMap((item): EffectiveEntry[] => {
      const map = scriptMap(item);
      if (map === null) return [];
      const folded = foldCase(map.extension);
      const again = folded !== '*' && taken.has(folded);
      taken.add(folded);
      const needs = map.script ? ['ACCESSSCRIPT', 'ACCESSEXECUTE'] : ['ACCESSEXECUTE'];
      // How the server reads the flags of a wildcard map is not documented; nothing is ruled out by them.
      const denied = folded !== '*' && flags !== null && !needs.some((flag) => flags.has(flag)) ? `AccessFlags give no ${map.script ? 'script' : 'execute'} access here (403)` : null;
      const why = again ? 'an earlier line maps the same extension' : (denied ?? this.#prohibited(map.processor));
      return [{
        ...this.#entry(item, map.extension, isExtension(map.processor) ? map.processor : programOf(map.processor), why),
        path: urlPathOf(map.extension), verb: map.verbs, scriptProcessor: map.processor, overrides: replaced.get(folded) ?? [],
      }];
    });
  }

  /** Lines of the list that a list takes the place of, by folded extension. */
  #replaced(location: string): ReadonlyMap<string, EffectiveEntry['overrides']> {
    const above = this.#keys.list(location.slice(0, location.lastIndexOf('/')), 'ScriptMaps');
    const maps = (above?.items ?? []).flatMap((item) => scriptMap(item) ?? []);
    return new Map(maps.toReversed().map((map) => [foldCase(map.extension), [{ ...placeOf(this.#file), line: map.item.line }]]));
  }

  /** Filters of the server, then those of the site. */
  filters(site: MetabaseSite): EffectiveEntry[] {
    return [...this.#filtersAt(`${WEB_SERVICE}/Filters`), ...this.#filtersAt(`${site.location}/Filters`)];
  }

  restrictions(): EffectiveEntry[] {
    return (this.#permissions().all ?? []).map((entry) =>
      this.#entry(entry.item, entry.description === '' ? entry.path : entry.description, isWildcard(entry.path) ? null : entry.path, entry.allowed ? null : 'flag 0: the entry prohibits it', { path: entry.path }));
  }

  #filtersAt(location: string): EffectiveEntry[] {
    const parent = this.#keys.at(location);
    const order = parent === null ? undefined : attribute(parent.element, 'FilterLoadOrder')?.value;
    const names = order === undefined ? null : order.split(',').map((name) => foldCase(name.trim())).filter((name) => name !== '');
    const rank = new Map((names ?? []).map((name, i): [string, number] => [name, i]).toReversed());
    const filters = this.#keys.below(location).filter((key) => key.keyClass === 'IIsFilter' && attribute(key.element, 'FilterPath') !== undefined);
    const nameOf = (key: MetabaseKey): string => key.location.slice(location.length + 1);
    const placed = filters.map((key) => ({ key, at: rank.get(foldCase(nameOf(key))) ?? Number.MAX_SAFE_INTEGER }));
    return placed.sort((a, b) => a.at - b.at).map(({ key, at }) => {
      const enabled = attribute(key.element, 'FilterEnabled')?.value.trim();
      const off = enabled !== undefined && /^(?:false|0)$/i.test(enabled) ? `FilterEnabled="${enabled}"` : null;
      const listed = names === null || at !== Number.MAX_SAFE_INTEGER;
      return this.#entry(key.element, nameOf(key), attribute(key.element, 'FilterPath')?.value ?? null, off ?? (listed ? null : `FilterLoadOrder at line ${parent?.element.line ?? 0} does not name it`));
    });
  }

  /** Why the web server would not start a processor, or null. */
  #prohibited(processor: string): string | null {
    const { byPath, all } = this.#permissions();
    // Without the property in the whole file nothing says that it is prohibited.
    if (all === null) return null;
    const own = byPath.get(this.#fold(processor)) ?? byPath.get(this.#fold(programOf(processor)));
    const entry = own ?? byPath.get(isExtension(processor) ? '*.DLL' : '*.EXE');
    if (entry === undefined) return 'WebSvcExtRestrictionList does not name it (404.2)';
    if (entry.allowed) return null;
    return own === undefined ? `WebSvcExtRestrictionList does not name it, and line ${entry.item.line} prohibits what is not named (404.2)` : `WebSvcExtRestrictionList line ${entry.item.line} prohibits it (404.2)`;
  }

  #permissions(): { readonly byPath: ReadonlyMap<string, Restriction>; readonly all: readonly Restriction[] | null } {
    if (this.#permits === null) {
      const items = this.#keys.ownList(WEB_SERVICE, 'WebSvcExtRestrictionList');
      const all = items === null ? null : items.flatMap((item) => restriction(item) ?? []);
      this.#permits = { all, byPath: new Map((all ?? []).toReversed().map((entry) => [this.#fold(entry.path), entry])) };
    }
    return this.#permits;
  }

  #fold(path: string): string {
    return foldCase(this.#files.expand(path.replace(/^"([^"]*)"$/, '$1'), 64));
  }

  #entry(element: ConfigElement, name: string, image: string | null, why: string | null, more: Partial<EffectiveEntry> = {}): EffectiveEntry {
    return {
      name, type: null, image, preCondition: null, ...more, state: why === null ? 'effective' : 'dormant', why,
      from: { ...placeOf(this.#file), line: element.line, column: element.column }, overrides: [],
    };
  }
}

/** Which entries of a list take effect, by source line, and why the others do not. */
export interface EntryStates { readonly effective: readonly string[]; readonly dormant: readonly (readonly [string, string])[] }

const states = new WeakMap<readonly EffectiveEntry[], EntryStates>();

export function statesOf(entries: readonly EffectiveEntry[]): EntryStates {
  let known = states.get(entries);
  if (!known) states.set(entries, (known = readStates(entries)));
  return known;
}

function readStates(entries: readonly EffectiveEntry[]): EntryStates {
  return {
    effective: entries.filter((e) => e.state === 'effective').map((e) => sourceKey(e.from)),
    dormant: entries.flatMap((e) => (e.why === null ? [] : [[sourceKey(e.from), e.why] as const])),
  };
}
