import { foldCase } from '../../../shared/base/compare.ts';
import { attribute, type ConfigDocument, type ConfigElement } from '../../../shared/model/index.ts';
import { scriptMap } from './entries.ts';
import { isSet, itemValue, keysOf, type MetabaseKey, type MetabaseKeys } from './keys.ts';

export const WEB_SERVICE = '/LM/W3SVC';
const POOLS = `${WEB_SERVICE}/AppPools`;
const DEFAULT_POOL = 'DefaultAppPool';

/** A site of the metabase with the name that the rest of the workbench calls it by. */
export interface MetabaseSite {
  /** `/LM/W3SVC/1`. */
  readonly location: string;
  readonly id: number;
  readonly name: string;
  readonly key: MetabaseKey;
}

interface SiteKeys { readonly site: MetabaseSite; readonly keys: readonly MetabaseKey[] }

const siteCache = new WeakMap<MetabaseKeys, readonly SiteKeys[]>();

/** Sites in the order of the file. A name is made unique and free of slashes, which separate the steps of a path. */
export function sitesOf(keys: MetabaseKeys): readonly MetabaseSite[] {
  return siteKeys(keys).map(({ site }) => site);
}

/** Each site with its keys. A site is there when anything of it is: damage may have taken the key of the site itself. */
function siteKeys(keys: MetabaseKeys): readonly SiteKeys[] {
  const known = siteCache.get(keys);
  if (known) return known;
  const byId = new Map<string, MetabaseKey[]>();
  for (const key of keys.all) {
    const id = /^\/LM\/W3SVC\/(\d{1,10})(?:\/|$)/i.exec(key.location)?.[1];
    if (id === undefined) continue;
    const list = byId.get(id);
    if (list === undefined) byId.set(id, [key]);
    else list.push(key);
  }
  const taken = new Set<string>();
  const sites = [...byId].flatMap(([id, own]): SiteKeys[] => {
    const location = `${WEB_SERVICE}/${id}`;
    const key = keys.at(location) ?? own[0];
    if (key === undefined) return [];
    const comment = (attribute(key.element, 'ServerComment')?.value ?? '').replaceAll(/[\\/]/g, '_').trim();
    const base = comment === '' ? `W3SVC ${id}` : comment;
    const name = taken.has(foldCase(base)) ? `${base} (${id})` : base;
    taken.add(foldCase(name));
    return [{ site: { location, id: Number(id), name, key }, keys: own }];
  });
  siteCache.set(keys, sites);
  return sites;
}

/** A path of a site that is an application or has a folder of its own. */
interface SitePath { readonly path: string; readonly key: MetabaseKey; readonly application: boolean; readonly folder: string | null }

/** True when the key is the root of an application: its AppRoot names itself. */
function isApplication(key: MetabaseKey): boolean {
  const root = attribute(key.element, 'AppRoot')?.value.replace(/\/+$/, '');
  return root !== undefined && foldCase(root) === foldCase(key.location);
}

function pathsBelow({ site, keys }: SiteKeys): SitePath[] {
  const root = `${site.location}/ROOT`;
  const found: SitePath[] = [];
  for (const key of keys) {
    const folded = foldCase(key.location);
    if (folded !== root && !folded.startsWith(`${root}/`)) continue;
    const path = key.location.slice(root.length) || '/';
    const folder = attribute(key.element, 'Path')?.value ?? null;
    const application = path === '/' || isApplication(key);
    if (application || folder !== null) found.push({ path, key, application, folder });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The nearest of the paths that contains another one. */
function owner<T extends { readonly path: string }>(byPath: ReadonlyMap<string, T>, path: string): T | undefined {
  for (let at = foldCase(path); at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const found = byPath.get(at);
    if (found) return found;
  }
  return byPath.get('/');
}

/** An element at the place of a key or of an item. */
function element(at: ConfigElement, name: string, attributes: Readonly<Record<string, string>>, children: readonly ConfigElement[] = []): ConfigElement {
  const { line, column, endLine } = at;
  return { name, line, column, endLine, children, attributes: Object.entries(attributes).map(([n, value]) => ({ name: n, value, line, column })) };
}

/**
 * Sites, applications, folders, bindings, logs and pools of a metabase in the form of `system.applicationHost`, so that
 * web.config files and everything that hangs on an application read as on later versions. Every element has the
 * position of the key or string that it stands for. What names code is not in it: `registrations` has that.
 */
export function asApplicationHost(metabase: ConfigDocument): ConfigDocument {
  const root = metabase.root;
  if (root === null) return metabase;
  const keys = keysOf(metabase);
  const sites = siteKeys(keys);
  const pools = new Map<string, ConfigElement>();
  const siteElements = sites.map((site) => siteElement(keys, site));
  for (const key of keys.below(POOLS)) {
    const name = key.location.slice(POOLS.length + 1);
    pools.set(foldCase(name), poolElement(keys, sites, key, name));
  }
  // It declares no sections: which ones a web.config may have is for ASP.NET to say, which knows none of system.webServer here.
  const host = element(root, 'system.applicationHost', {}, [element(root, 'applicationPools', {}, [...pools.values(), element(root, 'applicationPoolDefaults', { managedPipelineMode: 'Classic' })]), element(root, 'sites', {}, siteElements)]);
  return { ...metabase, root: element(root, 'configuration', {}, [host]) };
}

function siteElement(keys: MetabaseKeys, own: SiteKeys): ConfigElement {
  const { site } = own;
  const paths = pathsBelow(own);
  const byPath = new Map(paths.map((p) => [foldCase(p.path), p]));
  const folders = new Map(paths.filter((p) => p.folder !== null).map((p) => [foldCase(p.path), p]));
  const folderOf = ({ path, folder }: SitePath): string => {
    if (folder !== null) return folder;
    const above = owner(folders, path);
    return above?.folder ? `${above.folder.replace(/[\\/]+$/, '')}\\${path.slice(above.path === '/' ? 1 : above.path.length + 1).replaceAll('/', '\\')}` : '';
  };
  const applications = new Map(paths.filter((p) => p.application).map((p) => [foldCase(p.path), p]));
  const directories = new Map<SitePath, ConfigElement[]>();
  for (const path of byPath.values()) {
    const app = owner(applications, path.path);
    if (app === undefined) continue;
    const below = path === app ? '/' : path.path.slice(app.path === '/' ? 0 : app.path.length);
    const list = directories.get(app) ?? [];
    list.push(element(path.key.element, 'virtualDirectory', { path: below, physicalPath: folderOf(path) }));
    directories.set(app, list);
  }
  return element(site.key.element, 'site', { name: site.name, id: String(site.id) }, [
    element(site.key.element, 'bindings', {}, [...bindings(site.key, 'ServerBindings', 'http'), ...bindings(site.key, 'SecureBindings', 'https')]),
    logElement(keys, site),
    ...[...applications.values()].map((app) => element(app.key.element, 'application', { path: app.path, applicationPool: poolOf(keys, app.key.location) }, directories.get(app) ?? [])),
  ]);
}

/** `IP:PORT:HOST` with an empty address for all. */
function bindings(key: MetabaseKey, property: string, protocol: string): ConfigElement[] {
  return key.element.children.filter((child) => child.name === property)
    .map((item) => element(item, 'binding', { protocol, bindingInformation: itemValue(item).replace(/^:/, '*:') }));
}

/** LogPluginClsid of the log formats that IIS 6 has built in. */
const LOG_FORMATS: ReadonlyMap<string, string> = new Map([
  ['{FF160663-DE82-11CF-BC0A-00AA006111E0}', 'W3C'], ['{FF160657-DE82-11CF-BC0A-00AA006111E0}', 'IIS'], ['{FF16065F-DE82-11CF-BC0A-00AA006111E0}', 'NCSA'],
]);

function logElement(keys: MetabaseKeys, site: MetabaseSite): ConfigElement {
  const directory = keys.inherited(site.location, 'LogFileDirectory')?.value;
  const plugin = keys.inherited(site.location, 'LogPluginClsid')?.value ?? '';
  return element(site.key.element, 'logFile', {
    directory: directory === undefined || directory.trim() === '' ? '%windir%\\System32\\LogFiles' : directory,
    logFormat: plugin === '' ? 'W3C' : (LOG_FORMATS.get(foldCase(plugin)) ?? 'Custom'),
    enabled: keys.inherited(site.location, 'LogType')?.value.trim() === '0' ? 'false' : 'true',
  });
}

export function poolOf(keys: MetabaseKeys, location: string): string {
  return keys.inherited(location, 'AppPoolId')?.value || DEFAULT_POOL;
}

const IDENTITIES: ReadonlyMap<string, string> = new Map([['0', 'LocalSystem'], ['1', 'LocalService'], ['2', 'NetworkService'], ['3', 'SpecificUser']]);

/** All of IIS 6 is what later versions call Classic. The .NET version is that of the script maps of the pool's applications. */
function poolElement(keys: MetabaseKeys, sites: readonly SiteKeys[], key: MetabaseKey, name: string): ConfigElement {
  const folder = aspNetOf(keys, sites).get(foldCase(name));
  const wow64 = keys.inherited(key.location, 'Enable32BitAppOnWin64');
  // A 64-bit Windows has the property where 32-bit processes are switched on, and 64-bit script maps else.
  const narrow = folder === undefined ? wow64 === null || isSet(wow64) : !folder.wide;
  const user = keys.inherited(key.location, 'WAMUserName')?.value;
  return element(key.element, 'add', {
    name, managedPipelineMode: 'Classic', managedRuntimeVersion: folder?.clr ?? '', enable32BitAppOnWin64: String(narrow),
  }, [element(key.element, 'processModel', { identityType: IDENTITIES.get(keys.inherited(key.location, 'AppPoolIdentityType')?.value.trim() ?? '') ?? 'NetworkService', ...(user === undefined ? {} : { userName: user }) })]);
}

interface AspNet { readonly clr: string; readonly wide: boolean }

const aspNetCache = new WeakMap<MetabaseKeys, ReadonlyMap<string, AspNet>>();

/** The version of ASP.NET that runs in each pool, by the folder of aspnet_isapi.dll in its first application's script maps. */
function aspNetOf(keys: MetabaseKeys, sites: readonly SiteKeys[]): ReadonlyMap<string, AspNet> {
  const known = aspNetCache.get(keys);
  if (known) return known;
  const found = new Map<string, AspNet>();
  const byList = new Map<readonly ConfigElement[], AspNet | null>();
  for (const site of sites) {
    for (const { key, application } of pathsBelow(site)) {
      const pool = foldCase(poolOf(keys, key.location));
      const maps = application && !found.has(pool) ? (keys.list(key.location, 'ScriptMaps')?.items ?? null) : null;
      if (maps === null) continue;
      if (!byList.has(maps)) byList.set(maps, aspNetIn(maps));
      const version = byList.get(maps);
      if (version) found.set(pool, version);
    }
  }
  aspNetCache.set(keys, found);
  return found;
}

function aspNetIn(maps: readonly ConfigElement[]): AspNet | null {
  for (const map of maps) {
    const match = /\\Framework(64)?\\v(\d\.\d)[.\d]*\\aspnet_isapi\.dll$/i.exec(scriptMap(map)?.processor ?? '');
    if (match) return { clr: `v${match[2]}`, wide: match[1] !== undefined };
  }
  return null;
}
