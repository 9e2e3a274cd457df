import { foldCase } from '../../shared/base/compare.ts';
import { EFFECTIVE_LISTS, type LoadedBy, type Server } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { type EffectiveResult, effectiveFor } from './effective.ts';
import { type ApplicationLayout, applicationOf, layoutOf, type ServerLayout, siteNamed, type SiteLayout } from './layout.ts';
import { isAtOrBelow } from './paths.ts';
import type { RawRegistration } from './registration.ts';
import { sourceKey } from './refs.ts';

/** Which applications load the code of a line, and if none does, why. Asked with `RawRegistration.key`. */
export interface Loading {
  readonly loadedBy: ReadonlyMap<string, readonly LoadedBy[]>;
  readonly dormant: ReadonlyMap<string, string>;
  /** The lists of every application, in the order of sites and applications. */
  readonly applications: readonly EffectiveResult[];
}

/**
 * Evaluates every application once, and every deeper path at which a line of `lines` stands. What a list that cannot be
 * told shows counts as loaded: leaving it out would hide it.
 */
export function loadedBy(files: ConfigurationFiles, server: Server, lines: readonly RawRegistration[]): Loading {
  const layout = layoutOf(files);
  const loaded = new Map<string, LoadedBy[]>();
  const why = new Map<string, string>();
  const applications: EffectiveResult[] = [];
  for (const site of layout.sites) {
    for (const application of site.applications) {
      const result = effectiveFor(files, server.id, site, application, application.configPath);
      applications.push(result);
      note(result, loaded, why);
    }
  }
  for (const path of deeperPaths(layout, lines)) {
    const site = siteNamed(layout, path.split('/', 1)[0] ?? '');
    const application = site ? applicationOf(site, path) : null;
    if (site && application) note(effectiveFor(files, server.id, site, application, path), loaded, why);
  }
  for (const line of lines) if (line.kind === 'other' || isProcessOnly(line)) noteSetting(layout, line, loaded);
  const dormant = new Map<string, string>();
  for (const line of lines) {
    if (!loaded.has(line.key)) dormant.set(line.key, why.get(line.key) ?? reasonWithout(layout, line));
  }
  return { loadedBy: loaded, dormant, applications };
}

/** Paths below applications at which a line stands; the lists of the application itself do not show it. */
function deeperPaths(layout: ServerLayout, lines: readonly RawRegistration[]): readonly string[] {
  const known = new Set(['', ...layout.sites.flatMap((site) => site.applications).map((application) => foldCase(application.configPath))]);
  const paths: string[] = [];
  for (const { configPath } of lines) {
    if (configPath === null || known.has(foldCase(configPath))) continue;
    known.add(foldCase(configPath));
    paths.push(configPath);
  }
  return paths;
}

function note({ config, lost }: EffectiveResult, loaded: Map<string, LoadedBy[]>, why: Map<string, string>): void {
  for (const name of EFFECTIVE_LISTS) {
    for (const entry of config[name].entries) {
      const key = sourceKey(entry.from);
      if (entry.state === 'effective') push(loaded, key, { site: config.site, application: config.app, pool: config.pool });
      else if (!why.has(key)) why.set(key, entry.why ?? '');
    }
  }
  for (const [key, reason] of lost) if (!why.has(key)) why.set(key, reason);
}

function push(loaded: Map<string, LoadedBy[]>, key: string, by: LoadedBy): void {
  const list = loaded.get(key);
  if (!list) loaded.set(key, [by]);
  else if (!list.some((one) => one.site === by.site && one.application === by.application)) list.push(by);
}

/** fastCgi entries are processes that the server starts for handlers; they are in none of the seven lists. */
function isProcessOnly(line: RawRegistration): boolean {
  return line.section === 'system.webServer/fastCgi';
}

/** A setting works in every application at or below its path, or in those of its pool. */
function noteSetting(layout: ServerLayout, line: RawRegistration, loaded: Map<string, LoadedBy[]>): void {
  if (line.configPath === null) return;
  for (const site of layout.sites) {
    for (const application of site.applications) {
      if (!applies(line, site, application)) continue;
      push(loaded, line.key, { site: site.name, application: application.path, pool: application.pool.name });
    }
  }
}

function applies(line: RawRegistration, site: SiteLayout, application: ApplicationLayout): boolean {
  if (line.pool !== null) return foldCase(application.pool.name) === line.pool;
  const path = foldCase(line.configPath ?? '');
  const own = foldCase(application.configPath);
  return isAtOrBelow(own, path) || applicationOf(site, line.configPath ?? '')?.configPath === application.configPath;
}

function reasonWithout(layout: ServerLayout, line: RawRegistration): string {
  if (line.configPath === null) return 'no site of the evidence points at this file';
  if (layout.sites.every((site) => site.applications.length === 0)) return 'the server has no application';
  if (line.pool !== null) return 'no application runs in this pool';
  const site = line.configPath === '' ? null : siteNamed(layout, line.configPath.split('/', 1)[0] ?? '');
  if (line.configPath !== '' && site === null) return `there is no site "${line.configPath.split('/', 1)[0] ?? ''}"`;
  return 'IIS does not read this line: web.config files are ignored here, or the section cannot be used at this level';
}
