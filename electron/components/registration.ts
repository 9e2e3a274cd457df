import { foldCase } from '../../shared/base/compare.ts';
import { mainLine, type ConfigChange, type ConfigCopy, type EvidenceRef, type LoadedBy, type Registration } from '../../shared/model/index.ts';
import { metabaseEntryName, type Loading, type RawRegistration } from '../iis/index.ts';

export type { RawRegistration };

/** Where a registration takes effect, as the configuration engine worked it out. */
export interface LoadState {
  readonly loadedBy: readonly LoadedBy[];
  /** Why no process loads it, or null. */
  readonly dormant: string | null;
}

/** The engine's answer for one server as a look-up by registration. */
export function loadStates(loading: Pick<Loading, 'loadedBy' | 'dormant'>): (r: RawRegistration) => LoadState {
  return (r) => ({ loadedBy: loading.loadedBy.get(r.key) ?? [], dormant: loading.dormant.get(r.key) ?? null });
}

/** Attribute as written, or null. */
export function attributeOf(registration: Pick<Registration, 'attributes'>, name: string): string | null {
  return registration.attributes.find((a) => a.name === name)?.value ?? null;
}

/** Last part of a section path: `globalModules`. */
export function sectionName(section: string): string {
  return section.slice(section.lastIndexOf('/') + 1);
}

const PERMITS = new Set(['isapiCgiRestriction', 'WebSvcExtRestrictionList', 'InProcessIsapiApps']);

/** True for lists that only say what may run, or how: an entry alone loads nothing. */
export const permitsOnly = (section: string): boolean => PERMITS.has(sectionName(section));

export function refOfRegistration(r: Registration): EvidenceRef {
  return { path: r.path, evidencePath: r.evidencePath, line: r.line, column: r.column, sha256: r.sha256 };
}

const changeKey = (file: string, section: string, scope: string, name: string): string => `${file}\u0000${section}\u0000${foldCase(scope)}\u0000${name}`;

/** What tells the histories of two files apart: '' for applicationHost.config, the folded path for another. */
const HOST_FILE = '';

/** The file that a copy is of, by the copy's id; null for what a pool was started with, which stands beside the others. */
function filesOf(copies: readonly ConfigCopy[]): ReadonlyMap<string, string | null> {
  const host = mainLine(copies)[0]?.of ?? null;
  return new Map(copies.map((c) => [c.id, c.series === 'pool' ? null : c.of === null || c.of === host ? HOST_FILE : foldCase(c.of)]));
}

const POOLS = 'system.applicationHost/applicationPools';
const SITES = 'system.applicationHost/sites';
const ENVIRONMENT = 'environment-variable';
/** Copies say which pool has a variable; a registration is of the server. No pool has an empty name. */
const ANY_POOL = '';

const indexes = new WeakMap<readonly ConfigChange[], ReadonlyMap<string, readonly number[]>>();

/** Positions of the changes of each entry; every component asks, and a long history has thousands. */
function indexOf(changes: readonly ConfigChange[], copies: readonly ConfigCopy[]): ReadonlyMap<string, readonly number[]> {
  const known = indexes.get(changes);
  if (known !== undefined) return known;
  const files = filesOf(copies);
  const index = new Map<string, number[]>();
  for (const [i, c] of changes.entries()) {
    const file = files.get(c.from);
    if (file === null) continue;
    const scopes = c.kind === ENVIRONMENT ? [c.scope, ANY_POOL] : [c.scope];
    for (const key of scopes.map((scope) => changeKey(file ?? HOST_FILE, c.section, scope, c.name))) {
      const list = index.get(key);
      if (list === undefined) index.set(key, [i]);
      else list.push(i);
    }
  }
  indexes.set(changes, index);
  return index;
}

/** The names that a change may give to a registration's entry: its name, or its key of path and verb. */
function entryNames(r: Registration): readonly string[] {
  const inMetabase = metabaseEntryName(r.section, r.attributes);
  if (inMetabase !== null) return [inMetabase];
  // A log plug-in stands in an element that has no name.
  if (r.section === SITES && attributeOf(r, 'customLogPluginClsid') !== null) return ['logFile'];
  const path = attributeOf(r, 'path') ?? '';
  return [attributeOf(r, 'name') ?? path, path, `${attributeOf(r, 'verb') ?? ''} ${path}`];
}

/**
 * Changes between the copies of the configuration that are about these registrations, in order. Each registration has
 * the history of its own file: one of a web.config without copies has none.
 * @param host evidence path of the applicationHost.config in force
 */
export function changesAbout(registrations: readonly Registration[], host: string | null, changes: readonly ConfigChange[], copies: readonly ConfigCopy[]): ConfigChange[] {
  if (changes.length === 0) return [];
  const index = indexOf(changes, copies);
  const found = new Set<number>();
  for (const r of registrations) {
    if (r.evidencePath !== host && r.path === null) continue;
    const file = r.evidencePath === host ? HOST_FILE : foldCase(r.path ?? '');
    const scope = r.scope.slice(r.scope.indexOf(':') + 1);
    const scopes = r.section === POOLS && attributeOf(r, 'value') !== null ? [scope, ANY_POOL] : [scope];
    for (const name of entryNames(r)) for (const s of scopes) for (const i of index.get(changeKey(file, r.section, s, name)) ?? []) found.add(i);
  }
  return [...found].sort((a, b) => a - b).flatMap((i) => changes[i] ?? []);
}
