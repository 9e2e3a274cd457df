import { foldCase } from '../../../shared/base/compare.ts';
import type { EffectiveEntry, LoadedBy, Server } from '../../../shared/model/index.ts';
import type { ConfigurationFiles } from '../configuration-files.ts';
import { applicationOf, layoutOf } from '../layout.ts';
import { loadedBy, type Loading } from '../loaded-by.ts';
import type { RawRegistration } from '../registration.ts';
import { MetabaseView, statesOf } from './effective.ts';
import { keysOf, type MetabaseFile } from './keys.ts';
import { SECTIONS } from './registrations.ts';

const IGNORED = 'IIS 6 does not read this section of a web.config; it is for later versions';
const PERMITS = 'permitted to run, but this line alone loads nothing';

/**
 * Which applications of IIS 6 load the code of a line. Lines of the metabase by its own rules; httpModules and
 * httpHandlers of web.config files as in the Classic mode of later versions, which runs ASP.NET the same way.
 */
export function metabaseLoading(files: ConfigurationFiles, metabase: MetabaseFile, server: Server, lines: readonly RawRegistration[]): Loading {
  const own = lines.filter((line) => line.section.startsWith('MetaBase/'));
  const managed = lines.filter((line) => line.section.startsWith('system.web/'));
  const base = loadedBy(files, server, managed);
  const loaded = new Map([...base.loadedBy].map(([key, by]) => [key, new Set(by)]));
  const why = new Map(base.dormant);
  const view = new MetabaseView(files, metabase);
  const add = (key: string, by: LoadedBy): void => {
    const known = loaded.get(key);
    if (known) known.add(by);
    else loaded.set(key, new Set([by]));
  };
  const note = (entries: readonly EffectiveEntry[], by: LoadedBy): void => {
    const { effective, dormant } = statesOf(entries);
    for (const key of effective) add(key, by);
    for (const [key, reason] of dormant) if (!why.has(key)) why.set(key, reason);
  };
  const deeper = deeperPaths(own);
  const settings = own.filter((line) => line.kind === 'other');
  for (const site of layoutOf(files).sites) {
    const found = view.site(site.name);
    if (found === null) continue;
    const loaders = new Map(site.applications.map((app) => [app, { site: site.name, application: app.path, pool: app.pool.name }]));
    const filters = view.filters(found);
    for (const [application, by] of loaders) {
      note(view.scriptMaps(`${found.location}/ROOT${application.path === '/' ? '' : application.path}`), by);
      note(filters, by);
      for (const line of settings) if (appliesTo(line, application.pool.name)) add(line.key, by);
    }
    for (const path of deeper.get(foldCase(site.name)) ?? []) {
      const application = applicationOf(site, path);
      const by = application === null ? undefined : loaders.get(application);
      if (by !== undefined) note(view.scriptMaps(`${found.location}/ROOT${path.slice(site.name.length)}`), by);
    }
  }
  for (const line of lines) if (!loaded.has(line.key) && !why.has(line.key)) why.set(line.key, reasonFor(line, metabase));
  for (const key of loaded.keys()) why.delete(key);
  return { ...base, loadedBy: new Map([...loaded].map(([key, by]) => [key, [...by]])), dormant: why };
}

/** Paths below applications that have script maps of their own, by folded site. */
function deeperPaths(lines: readonly RawRegistration[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { section, scope, configPath } of lines) {
    if (section !== SECTIONS.scriptMaps || !scope.startsWith('dir:') || configPath === null) continue;
    const site = foldCase(configPath.slice(0, configPath.indexOf('/')));
    const paths = found.get(site);
    if (paths) paths.add(configPath);
    else found.set(site, new Set([configPath]));
  }
  return found;
}

function appliesTo(line: RawRegistration, pool: string): boolean {
  return line.pool === null || foldCase(pool) === line.pool;
}

function reasonFor(line: RawRegistration, metabase: MetabaseFile): string {
  if (line.section === SECTIONS.restrictions || line.section === SECTIONS.inProcess) return PERMITS;
  if (line.section === SECTIONS.scriptMaps) return 'every application has a list of its own, which takes the place of this one';
  if (!line.section.startsWith('MetaBase/')) return IGNORED;
  return keysOf(metabase.metabase).all.some((key) => key.keyClass === 'IIsWebServer') ? 'no application of the metabase uses it' : 'the metabase holds no site';
}
