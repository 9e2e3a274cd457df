import { foldCase } from '../../../shared/base/compare.ts';
import { attribute, type ComponentKind, type ConfigElement, type Server } from '../../../shared/model/index.ts';
import { canonicalImage } from '../../knowledge/index.ts';
import { type ConfigPath, locationPath } from '../paths.ts';
import { placeOf, sourceKey } from '../refs.ts';
import type { RawRegistration } from '../registration.ts';
import { isExtension, programOf, restriction, scriptMap } from './entries.ts';
import { itemValue, keysOf, type MetabaseFile, type MetabaseKey, type MetabaseKeys } from './keys.ts';
import { type MetabaseSite, sitesOf, WEB_SERVICE } from './topology.ts';

/** What the lines of a metabase are called where later versions have a section path. */
export const SECTIONS = {
  filters: 'MetaBase/Filters', scriptMaps: 'MetaBase/ScriptMaps', restrictions: 'MetaBase/WebSvcExtRestrictionList', inProcess: 'MetaBase/InProcessIsapiApps',
  compression: 'MetaBase/HcCompressionDll', pools: 'MetaBase/AppPools',
} as const;

/** gzip.dll carries both schemes that IIS 6 comes with. */
const STOCK_COMPRESSION = canonicalImage('%windir%\\System32\\inetsrv\\gzip.dll');
const POOL_PROGRAMS = ['OrphanActionExe', 'AutoShutdownExe'] as const;

interface Line {
  readonly kind: ComponentKind;
  readonly section: string;
  readonly element: ConfigElement;
  readonly name: string | null;
  readonly image: string;
  readonly configPath: ConfigPath;
  readonly written: readonly { readonly name: string; readonly value: string }[];
  readonly urlPath?: string;
  readonly verb?: string;
  readonly pool?: string;
}

/** Configuration path of a location: '' for the web service, `Site/app/dir` below a site; null outside both. */
export function configPathOf(sites: ReadonlyMap<string, MetabaseSite>, location: string): ConfigPath | null {
  const match = /^\/LM\/W3SVC(?:\/(\d{1,10})(?:\/ROOT(\/.*)?|\/FILTERS.*)?)?$/i.exec(location);
  if (!match) return foldCase(location).startsWith('/LM/W3SVC/FILTERS') || foldCase(location).startsWith('/LM/W3SVC/APPPOOLS') ? '' : null;
  if (match[1] === undefined) return '';
  const site = sites.get(foldCase(`${WEB_SERVICE}/${match[1]}`));
  if (site === undefined) return null;
  const rest = match[2] === undefined ? '' : locationPath(match[2]);
  return rest === '' ? site.name : `${site.name}/${rest}`;
}

/** Every string and key of a metabase that names code, in the order of the file, once each. */
export function metabaseRegistrations(file: MetabaseFile, server: Pick<Server, 'id'>): RawRegistration[] {
  const keys = keysOf(file.metabase);
  const sites = new Map(sitesOf(keys).map((site) => [foldCase(site.location), site]));
  const applications = new Set([...sites.values()].map((site) => foldCase(site.name)));
  return keys.all.flatMap((key) => linesOf(key, configPathOf(sites, key.location))).map((line): RawRegistration => {
    const { line: row, column } = line.element;
    const at = { ...placeOf(file), line: row, column };
    return {
      ...at,
      key: sourceKey(at),
      section: line.section,
      scope: scopeOf(line.configPath, applications, keys),
      sha256: file.sha256,
      attributes: [...line.written],
      server: server.id,
      kind: line.kind,
      name: line.name,
      image: line.image,
      type: null,
      preCondition: null,
      urlPath: line.urlPath ?? null,
      verb: line.verb ?? null,
      configPath: line.configPath,
      pool: line.pool ?? null,
    };
  });
}

function scopeOf(path: ConfigPath, sites: ReadonlySet<string>, keys: MetabaseKeys): string {
  if (path === '') return 'server';
  if (sites.has(foldCase(path))) return `site:${path}`;
  return isApplicationPath(keys, path) ? `app:${path}` : `dir:${path}`;
}

function isApplicationPath(keys: MetabaseKeys, path: ConfigPath): boolean {
  const name = foldCase(path.slice(0, path.indexOf('/')));
  const site = sitesOf(keys).find((s) => foldCase(s.name) === name);
  if (site === undefined) return false;
  const key = keys.at(`${site.location}/ROOT${path.slice(site.name.length)}`);
  const root = key === null ? undefined : attribute(key.element, 'AppRoot')?.value.replace(/\/+$/, '');
  return key !== null && root !== undefined && foldCase(root) === foldCase(key.location);
}

function linesOf(key: MetabaseKey, configPath: ConfigPath | null): Line[] {
  if (configPath === null) return [];
  const found: Line[] = [];
  const value = (name: string): string => attribute(key.element, name)?.value.trim() ?? '';
  const all = key.element.attributes.map((a) => ({ name: a.name, value: a.value }));
  const push = (line: Omit<Line, 'configPath'>): void => void found.push({ ...line, configPath });
  if (key.keyClass === 'IIsFilter' && value('FilterPath') !== '') {
    push({ kind: 'isapi-filter', section: SECTIONS.filters, element: key.element, name: lastStep(key), image: value('FilterPath'), written: all });
  }
  const dll = value('HcCompressionDll');
  if (dll !== '' && canonicalImage(dll) !== STOCK_COMPRESSION) {
    push({ kind: 'other', section: SECTIONS.compression, element: key.element, name: lastStep(key), image: dll, written: all });
  }
  for (const name of key.keyClass === 'IIsApplicationPool' || key.keyClass === 'IIsApplicationPools' ? POOL_PROGRAMS : []) {
    const pool = key.keyClass === 'IIsApplicationPool' ? { pool: foldCase(lastStep(key)) } : {};
    if (value(name) !== '') push({ kind: 'other', section: SECTIONS.pools, element: key.element, name, image: value(name), written: all, ...pool });
  }
  for (const item of key.element.children) {
    const line = itemLine(key, item);
    if (line !== null) push(line);
  }
  return found;
}

const lastStep = (key: MetabaseKey): string => key.location.slice(key.location.lastIndexOf('/') + 1);

/** A string of one of the lists as a registration, or null where it names no code. */
function itemLine(key: MetabaseKey, item: ConfigElement): Omit<Line, 'configPath'> | null {
  const written = [{ name: 'Location', value: key.location }, { name: item.name, value: itemValue(item) }];
  const code = (processor: string): { kind: ComponentKind; image: string } =>
    isExtension(processor) ? { kind: 'isapi-extension', image: processor } : { kind: 'cgi', image: programOf(processor) };
  switch (item.name) {
    case 'ScriptMaps': {
      const map = scriptMap(item);
      if (map === null) return null;
      return { ...code(map.processor), section: SECTIONS.scriptMaps, element: item, name: map.extension, written, urlPath: urlPathOf(map.extension), verb: map.verbs };
    }
    case 'WebSvcExtRestrictionList': {
      const entry = restriction(item);
      if (entry === null || !entry.allowed || isWildcard(entry.path)) return null;
      return { ...code(entry.path), section: SECTIONS.restrictions, element: item, name: entry.description === '' ? null : entry.description, written };
    }
    case 'InProcessIsapiApps':
      return { kind: 'isapi-extension', image: itemValue(item), section: SECTIONS.inProcess, element: item, name: null, written };
    default:
      return null;
  }
}

/** Entries of WebSvcExtRestrictionList that let everything run which no other entry names. */
export function openRestrictions(file: MetabaseFile): readonly { readonly path: string; readonly line: number; readonly column: number }[] {
  return (keysOf(file.metabase).ownList(WEB_SERVICE, 'WebSvcExtRestrictionList') ?? []).flatMap((item) => {
    const entry = restriction(item);
    return entry !== null && entry.allowed && isWildcard(entry.path) ? [{ path: entry.path, line: item.line, column: item.column }] : [];
  });
}

/** What tells an entry of a metabase apart from others of its list: extension, filter, path; null for other sections. */
export function metabaseEntryName(section: string, attributes: readonly { readonly name: string; readonly value: string }[]): string | null {
  if (!section.startsWith('MetaBase/')) return null;
  const value = (name: string): string => attributes.find((a) => a.name === name)?.value ?? '';
  switch (section) {
    case SECTIONS.scriptMaps:
      return value('ScriptMaps').split(',', 1)[0]?.trim() ?? '';
    case SECTIONS.restrictions:
      return (value('WebSvcExtRestrictionList').split(',', 2)[1] ?? '').trim();
    case SECTIONS.inProcess:
      return value('InProcessIsapiApps');
    default:
      return value('Location').slice(value('Location').lastIndexOf('/') + 1);
  }
}

/** URL pattern of an extension as later versions write it: `*.asp`, and `*` for a wildcard map. */
export const urlPathOf = (extension: string): string => (extension === '*' ? '*' : `*${extension.startsWith('.') ? '' : '.'}${extension}`);

/** The entries that stand for everything that is not listed. */
export const isWildcard = (path: string): boolean => /^\*\.(?:dll|exe)$/i.test(path);
