import { folderOf } from './print.ts';
import { type Application, type Attribute, DOTNET_FOLDERS, type File, HOST_FOLDER, type Location, lower, type Pool, type Section, type Site, type Tree, value, type VirtualDirectory } from './tree.ts';

/** A request: an application, and the rest of the path below it (`` or `sub/dir`). */
export interface Target {
  readonly site: string;
  readonly application: string;
  readonly url: string;
}

/** A file that the answer for a target is made of. `rank` counts from the outermost; locks bind higher ranks only. */
export interface ChainFile {
  readonly rank: number;
  /** Configuration path of the file's own level: `` for the server, `Main`, `Main/app`. */
  readonly level: string;
  readonly path: string;
  /** Null: the file was not collected. */
  readonly file: File | null;
}

/** One appearance of a section that applies to a level. */
export interface Source {
  readonly level: string;
  readonly from: ChainFile;
  readonly section: Section;
  readonly location: Location | null;
}

/** What the pool of the application is like. */
export interface PoolFacts {
  readonly classic: boolean;
  /** `v2.0`, `v4.0`, or '' without managed code. */
  readonly clr: string;
  readonly bits: 32 | 64;
  readonly override: boolean;
}

const same = (a: string, b: string): boolean => lower(a) === lower(b);

/** `a` is `b` or lies above it. */
export const covers = (a: string, b: string): boolean => a === '' || same(a, b) || lower(b).startsWith(`${lower(a)}/`);

export function siteOf(tree: Tree, target: Target): Site {
  const site = tree.sites.find((s) => same(s.name, target.site));
  if (!site) throw new Error(`no site ${target.site}`);
  return site;
}

const pathOf = (site: Site, application: Application): string => (application.path === '/' ? site.name : `${site.name}${application.path}`);

/** The application that answers for a level: the longest path that covers it. */
function applicationAt(site: Site, level: string): Application {
  const all = site.applications.filter((application) => covers(pathOf(site, application), level));
  const longest = all.toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!longest) throw new Error(`no application at ${level}`);
  return longest;
}

/** True when an application's own path is this level. */
export function isApplication(site: Site, level: string): boolean {
  return site.applications.some((application) => same(pathOf(site, application), level));
}

/** Configuration path of the application that answers for the target. */
export function applicationLevel(tree: Tree, target: Target): string {
  const site = siteOf(tree, target);
  return pathOf(site, applicationAt(site, levelOf(target)));
}

/** Configuration path of a target. */
export function levelOf(target: Target): string {
  return [target.site, ...target.application.split('/'), ...target.url.split('/')].filter((step) => step !== '').join('/');
}

/** Every level from the server to the target. */
export function levelsOf(target: Target): string[] {
  const steps = levelOf(target).split('/');
  return ['', ...steps.map((_step, index) => steps.slice(0, index + 1).join('/'))];
}

export function poolOf(tree: Tree, target: Target): PoolFacts {
  const site = siteOf(tree, target);
  const application = applicationAt(site, levelOf(target));
  const pool: Pool | undefined = tree.pools.find((p) => same(p.name, application.pool));
  const read = (name: string): string | undefined => value(pool?.attributes ?? [], name) ?? value(tree.poolDefaults, name);
  return {
    classic: read('managedPipelineMode') === 'Classic',
    clr: read('managedRuntimeVersion') ?? '',
    bits: read('enable32BitAppOnWin64') === 'true' ? 32 : 64,
    override: read('enableConfigurationOverride') !== 'false',
  };
}

const notFalse = (attributes: readonly Attribute[], name: string): boolean => value(attributes, name) !== 'false';

/** Windows path of the web.config of a level, or null where IIS reads none. */
function webConfigOf(site: Site, level: string): string | null {
  const application = applicationAt(site, level);
  const rest = `/${level.slice(pathOf(site, application).length).replace(/^\//, '')}`;
  const inside = (directory: VirtualDirectory): boolean => directory.path === '/' || same(directory.path, rest) || lower(rest).startsWith(`${lower(directory.path)}/`);
  const directory = application.directories.filter(inside).toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!directory) return null;
  const below = directory.path === '/' ? rest.slice(1) : rest.slice(directory.path.length + 1);
  if (below !== '' && !notFalse(directory.attributes, 'allowSubDirConfig')) return null;
  return `${directory.folder}\\${below === '' ? '' : `${below.replaceAll('/', '\\')}\\`}web.config`;
}

/**
 * The files for a target, outermost first. `system.web` starts at machine.config and the root web.config of the pool's
 * bitness and version; everything else starts at applicationHost.config. A web.config that is not there is left out.
 */
export function chainOf(tree: Tree, target: Target, systemWeb: boolean): ChainFile[] {
  const pool = poolOf(tree, target);
  const gone = (path: string): boolean => tree.notCollected.some((p) => same(p, path));
  const chain: ChainFile[] = [];
  const push = (level: string, path: string, file: File): void => {
    chain.push({ rank: chain.length, level, path, file: gone(path) ? null : file });
  };
  if (systemWeb) {
    const folder = DOTNET_FOLDERS.find((f) => f.includes(pool.bits === 64 ? 'Framework64' : 'Framework\\') && pool.clr !== '' && f.includes(`\\${pool.clr}.`));
    for (const file of tree.files) if (folder !== undefined && same(folderOf(file.path), folder) && /\\machine\.config$/i.test(file.path)) push('', file.path, file);
    for (const file of tree.files) if (folder !== undefined && same(folderOf(file.path), folder) && /\\web\.config$/i.test(file.path)) push('', file.path, file);
  } else push('', `${HOST_FOLDER}\\applicationHost.config`, tree.host);
  if (!pool.override) return chain;
  const site = siteOf(tree, target);
  for (const level of levelsOf(target).slice(1)) {
    const path = webConfigOf(site, level);
    const file = tree.files.find((f) => path !== null && same(f.path, path));
    if (file) push(level, file.path, file);
  }
  return chain;
}

/** Level that a location tag of a file at `level` speaks of. */
export function locationLevel(level: string, written: string): string {
  const path = written === '.' ? '' : written;
  if (path === '') return level;
  return level === '' ? path : `${level}/${path}`;
}

/** Appearances of a section for a level: location tags of the files above, outermost first, then the level's own file. */
export function sourcesAt(chain: readonly ChainFile[], section: string, level: string): Source[] {
  const sources: Source[] = [];
  for (const from of chain) {
    for (const part of from.file?.parts ?? []) {
      if (part.kind === 'section' && part.name === section && same(from.level, level)) sources.push({ level, from, section: part, location: null });
      if (part.kind !== 'location' || !same(locationLevel(from.level, part.path), level)) continue;
      for (const inside of part.sections) if (inside.name === section) sources.push({ level, from, section: inside, location: part });
    }
  }
  return sources;
}

/** inheritInChildApplications="false" keeps a location tag from the applications below its level. */
export function applies(tree: Tree, target: Target, source: Source): boolean {
  if (!source.location || value(source.location.attributes, 'inheritInChildApplications') !== 'false') return true;
  return covers(applicationLevel(tree, target), source.level);
}
