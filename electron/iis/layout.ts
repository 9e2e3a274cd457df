import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, childNamed, childrenNamed, type Bitness, type ConfigElement, type Pipeline } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import type { ConfigPath } from './paths.ts';
import { schemaOf } from './schema/schema-of.ts';
import { isFalse, isTrue } from './sections.ts';
import { serverSection } from './server-section.ts';

/** A pool with its defaults resolved: pool, applicationPoolDefaults, schema. */
export interface PoolLayout {
  readonly name: string;
  readonly pipeline: Pipeline;
  readonly clr: string;
  /** True where no file writes the runtime version and the schema's default stands: '' since IIS 8.0, v2.0 before. */
  readonly clrByDefault: boolean;
  readonly bitness: Bitness;
  readonly identity: string | null;
  /** False: every web.config is ignored in this pool. */
  readonly enableConfigurationOverride: boolean;
  /** Its own settings of the ASP.NET host, as an expanded Windows path; null where those of the .NET version count. */
  readonly clrConfigFile: string | null;
  readonly element: ConfigElement | null;
}

export interface VirtualDirectoryLayout {
  readonly path: string;
  /** Expanded Windows path. */
  readonly physicalPath: string;
  /** False: web.config files below the root of this directory are ignored. */
  readonly allowSubDirConfig: boolean;
  readonly element: ConfigElement;
}

export interface ApplicationLayout {
  readonly site: string;
  /** `/` or `/owa`. */
  readonly path: string;
  readonly configPath: ConfigPath;
  readonly pool: PoolLayout;
  readonly virtualDirectories: readonly VirtualDirectoryLayout[];
  readonly element: ConfigElement;
}

export interface SiteLayout {
  readonly name: string;
  readonly id: number;
  readonly applications: readonly ApplicationLayout[];
  readonly element: ConfigElement;
}

/** Sites, applications, directories and pools of one server, as its applicationHost.config gives them. */
export interface ServerLayout {
  readonly sites: readonly SiteLayout[];
  readonly pools: readonly PoolLayout[];
  readonly siteDefaults: ConfigElement | null;
  /** Those of all sites; a site may have its own. */
  readonly applicationDefaults: ConfigElement | null;
}

const cache = new WeakMap<ConfigurationFiles, ServerLayout>();

export function layoutOf(files: ConfigurationFiles): ServerLayout {
  let layout = cache.get(files);
  if (!layout) {
    layout = readLayout(files);
    cache.set(files, layout);
  }
  return layout;
}

function readLayout(files: ConfigurationFiles): ServerLayout {
  const poolsElement = serverSection(files, 'system.applicationHost/applicationPools');
  const poolDefaults: PoolDefaults = { element: poolsElement ? childNamed(poolsElement, 'applicationPoolDefaults') ?? null : null, clr: defaultRuntime(files), expand: (path) => files.expand(path, 64) };
  const pools = new Map<string, PoolLayout>();
  for (const element of poolsElement ? childrenNamed(poolsElement, 'add') : []) {
    const pool = readPool(element, poolDefaults);
    if (!pools.has(foldCase(pool.name))) pools.set(foldCase(pool.name), pool);
  }
  const poolNamed = (name: string): PoolLayout => pools.get(foldCase(name)) ?? readPool(null, poolDefaults, name);
  const sitesElement = serverSection(files, 'system.applicationHost/sites');
  const ofSites = (name: string): ConfigElement | null => (sitesElement ? childNamed(sitesElement, name) ?? null : null);
  const defaults: SiteDefaults = { application: ofSites('applicationDefaults'), directory: ofSites('virtualDirectoryDefaults') };
  const sites = (sitesElement ? childrenNamed(sitesElement, 'site') : []).map((site) => readSite(files, site, defaults, poolNamed));
  return { sites, pools: [...pools.values()], siteDefaults: ofSites('siteDefaults'), applicationDefaults: defaults.application };
}

/** The first of the elements that has the attribute decides. */
export function inheritedValue(name: string, ...elements: readonly (ConfigElement | null | undefined)[]): string | undefined {
  for (const element of elements) {
    const value = element ? attributeValue(element, name) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

interface PoolDefaults { readonly element: ConfigElement | null; readonly clr: string; readonly expand: (path: string) => string }

function defaultRuntime(files: ConfigurationFiles): string {
  const pool = schemaOf(files).schema.get('system.applicationHost/applicationPools')?.collection?.entry;
  return pool?.attributes.find((a) => a.name === 'managedRuntimeVersion')?.defaultValue ?? '';
}

function readPool(element: ConfigElement | null, defaults: PoolDefaults, name?: string): PoolLayout {
  const value = (attribute: string): string | undefined => inheritedValue(attribute, element, defaults.element);
  const written = value('managedRuntimeVersion');
  const clrConfigFile = value('CLRConfigFile') ?? '';
  const models = [element, defaults.element].map((e) => (e ? childNamed(e, 'processModel') : null));
  const identity = inheritedValue('identityType', ...models) ?? 'ApplicationPoolIdentity';
  const user = inheritedValue('userName', ...models);
  return {
    name: name ?? (element ? attributeValue(element, 'name') : undefined) ?? '',
    pipeline: foldCase(value('managedPipelineMode') ?? '') === 'CLASSIC' ? 'Classic' : 'Integrated',
    clr: written ?? defaults.clr,
    clrByDefault: written === undefined,
    bitness: isTrue(value('enable32BitAppOnWin64')) ? 32 : 64,
    identity: foldCase(identity) === 'SPECIFICUSER' && user ? user : identity,
    enableConfigurationOverride: !isFalse(value('enableConfigurationOverride')),
    clrConfigFile: clrConfigFile === '' ? null : defaults.expand(clrConfigFile),
    element,
  };
}

/** Defaults beside the sites, looked up once for all of them. */
interface SiteDefaults { readonly application: ConfigElement | null; readonly directory: ConfigElement | null }

function readSite(files: ConfigurationFiles, site: ConfigElement, above: SiteDefaults, poolNamed: (name: string) => PoolLayout): SiteLayout {
  const name = attributeValue(site, 'name') ?? '';
  const id = Number(attributeValue(site, 'id') ?? '');
  const applicationDefaults = childNamed(site, 'applicationDefaults');
  const directoryDefaults = childNamed(site, 'virtualDirectoryDefaults');
  const applications = childrenNamed(site, 'application').map((element): ApplicationLayout => {
    const path = applicationPath(attributeValue(element, 'path') ?? '/');
    const poolName = inheritedValue('applicationPool', element, applicationDefaults, above.application);
    const defaults = [childNamed(element, 'virtualDirectoryDefaults'), directoryDefaults, above.directory];
    return {
      site: name,
      path,
      configPath: path === '/' ? name : `${name}${path}`,
      pool: poolNamed(poolName ?? 'DefaultAppPool'),
      virtualDirectories: childrenNamed(element, 'virtualDirectory').map((directory) => readDirectory(files, directory, defaults)),
      element,
    };
  });
  return { name, id: Number.isSafeInteger(id) ? id : 0, applications, element: site };
}

function readDirectory(files: ConfigurationFiles, element: ConfigElement, defaults: readonly (ConfigElement | null | undefined)[]): VirtualDirectoryLayout {
  return {
    path: applicationPath(attributeValue(element, 'path') ?? '/'),
    physicalPath: files.expand(attributeValue(element, 'physicalPath') ?? '', 64),
    allowSubDirConfig: !isFalse(inheritedValue('allowSubDirConfig', element, ...defaults)),
    element,
  };
}

function applicationPath(written: string): string {
  const path = `/${written.replaceAll('\\', '/').replace(/^\/+|\/+$/g, '')}`;
  return path.replace(/\/{2,}/g, '/');
}

const siteIndexes = new WeakMap<ServerLayout, ReadonlyMap<string, SiteLayout>>();

export function siteNamed(layout: ServerLayout, name: string): SiteLayout | null {
  let index = siteIndexes.get(layout);
  if (!index) {
    // Of two sites of one name the first counts.
    index = new Map(layout.sites.toReversed().map((site) => [foldCase(site.name), site]));
    siteIndexes.set(layout, index);
  }
  return index.get(foldCase(name)) ?? null;
}

const applicationIndexes = new WeakMap<SiteLayout, ReadonlyMap<string, ApplicationLayout>>();

/** The application of a site that stands exactly at a folded configuration path, or null. */
function applicationAt(site: SiteLayout, folded: string): ApplicationLayout | null {
  let index = applicationIndexes.get(site);
  if (!index) {
    index = new Map(site.applications.toReversed().map((application) => [foldCase(application.configPath), application]));
    applicationIndexes.set(site, index);
  }
  return index.get(folded) ?? null;
}

/** The application that answers for a configuration path: the one with the longest path that contains it. */
export function applicationOf(site: SiteLayout, path: ConfigPath): ApplicationLayout | null {
  let at = foldCase(path);
  for (;;) {
    const found = applicationAt(site, at);
    if (found) return found;
    const cut = at.lastIndexOf('/');
    if (cut < 0) return null;
    at = at.slice(0, cut);
  }
}
