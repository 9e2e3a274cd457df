import { foldCase } from '../../../shared/base/compare.ts';
import { type ApplicationLayout, applicationOf, type ServerLayout, type SiteLayout, siteNamed } from '../layout.ts';
import { ancestry, below, type ConfigPath, joinConfigPath, windowsFolder } from '../paths.ts';
import type { RawRegistration } from '../registration.ts';

/** An application with its site. */
export interface Reached { readonly site: SiteLayout; readonly application: ApplicationLayout }

const reached = new WeakMap<ServerLayout, ReadonlyMap<string, readonly Reached[]>>();

/** The applications at or below each configuration path that has one, by folded path. Thousands of lines ask. */
function applicationsBelow(layout: ServerLayout): ReadonlyMap<string, readonly Reached[]> {
  const known = reached.get(layout);
  if (known) return known;
  const index = new Map<string, Reached[]>();
  for (const site of layout.sites) {
    for (const application of site.applications) {
      for (const path of ancestry(foldCase(application.configPath))) {
        const list = index.get(path);
        if (list) list.push({ site, application });
        else index.set(path, [{ site, application }]);
      }
    }
  }
  reached.set(layout, index);
  return index;
}

/** The applications that a line at a configuration path can reach: those at or below it, or the one that it lies in. */
function applicationsAt(layout: ServerLayout, path: ConfigPath, ownOnly: boolean): readonly Reached[] {
  const site = path === '' ? null : siteNamed(layout, path.split('/', 1)[0] ?? '');
  const owner = site ? applicationOf(site, path) : null;
  if (ownOnly && site !== null && owner !== null) return [{ site, application: owner }];
  const inside = applicationsBelow(layout).get(foldCase(path)) ?? [];
  return site === null || owner === null || inside.some((one) => one.application === owner) ? inside : [{ site, application: owner }, ...inside];
}

const roots = new WeakMap<ServerLayout, ReadonlyMap<string, readonly ConfigPath[]>>();

/** The configuration paths that each physical folder is the root of; several where applications share one. */
function rootsOf(layout: ServerLayout): ReadonlyMap<string, readonly ConfigPath[]> {
  const known = roots.get(layout);
  if (known) return known;
  const index = new Map<string, ConfigPath[]>();
  for (const application of layout.sites.flatMap((site) => site.applications)) {
    for (const directory of application.virtualDirectories) {
      const folder = foldCase(directory.physicalPath).replace(/\\+$/, '');
      const list = index.get(folder);
      const path = joinConfigPath(application.configPath, directory.path);
      if (list) list.push(path);
      else index.set(folder, [path]);
    }
  }
  roots.set(layout, index);
  return index;
}

/** Where a line stands: a web.config of a folder that several applications share stands at each of them. */
function pathsOf(line: RawRegistration, at: ConfigPath, layout: ServerLayout): readonly ConfigPath[] {
  const shared = line.reader?.kind === 'folder' && line.path !== null ? rootsOf(layout).get(foldCase(windowsFolder(line.path))) ?? [] : [];
  const own = shared.length < 2 ? undefined : shared.find((path) => below(at, path) !== null);
  return own === undefined ? [at] : shared.map((path) => joinConfigPath(path, below(at, own) ?? ''));
}

/** False where the pool takes no web.config at all, or the virtual directory none of its sub-folders. */
function isRead(line: RawRegistration, path: ConfigPath, application: ApplicationLayout): boolean {
  if (line.reader?.kind !== 'folder') return true;
  if (!application.pool.enableConfigurationOverride) return false;
  const rest = below(path, application.configPath);
  if (rest === null || rest === '') return true;
  const holding = application.virtualDirectories
    .map((directory) => ({ directory, inside: below(`/${rest}`, directory.path === '/' ? '' : directory.path) }))
    .filter(({ inside }) => inside !== null)
    .sort((a, b) => b.directory.path.length - a.directory.path.length)[0];
  return holding === undefined || holding.directory.allowSubDirConfig || holding.inside === '';
}

/** The applications that a line reaches by its place alone, in the order of sites. `at`: its configuration path. */
export function reachedBy(line: RawRegistration, at: ConfigPath, layout: ServerLayout): readonly Reached[] {
  const found = new Map<ApplicationLayout, Reached>();
  for (const path of pathsOf(line, at, layout)) {
    for (const one of applicationsAt(layout, path, line.ownApplicationOnly === true)) {
      if (!found.has(one.application) && isRead(line, path, one.application)) found.set(one.application, one);
    }
  }
  return [...found.values()];
}
