import { foldCase } from '../../shared/base/compare.ts';
import { EFFECTIVE_LISTS, type EffectiveEntry, type LoadedBy, type Server } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { type EffectiveResult, effectiveFor } from './effective.ts';
import { type ApplicationLayout, applicationOf, layoutOf, type ServerLayout, siteNamed } from './layout.ts';
import { applicationsOf, settingDormant } from './places/applies.ts';
import type { RawRegistration } from './registration.ts';
import { sourceKey } from './refs.ts';
import { settingLost } from './setting-fate.ts';

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
  const book = new Book();
  const applications: EffectiveResult[] = [];
  for (const site of layout.sites) {
    for (const application of site.applications) {
      const result = effectiveFor(files, server.id, site, application, application.configPath);
      applications.push(result);
      book.note(result, application);
    }
  }
  const settings = lines.filter((line) => line.kind === 'other' || isProcessOnly(line));
  const ofSettings = new Set(settings);
  for (const path of deeperPaths(layout, lines.filter((line) => !ofSettings.has(line)))) {
    const site = siteNamed(layout, path.split('/', 1)[0] ?? '');
    const application = site ? applicationOf(site, path) : null;
    if (site && application) book.note(effectiveFor(files, server.id, site, application, path), application);
  }
  for (const line of settings) {
    for (const { site, application } of applicationsOf(line, layout)) {
      const lost = settingLost(files, line, site, application);
      if (lost === null) book.load(line.key, application);
      else if (!book.why.has(line.key)) book.why.set(line.key, lost);
    }
  }
  const dormant = new Map<string, string>();
  for (const line of lines) {
    if (!book.loaded.has(line.key)) dormant.set(line.key, book.why.get(line.key) ?? settingDormant(line, layout) ?? reasonWithout(layout, line));
  }
  return { loadedBy: new Map([...book.loaded].map(([key, by]) => [key, [...by]])), dormant, applications };
}

interface Keys { readonly effective: readonly string[]; readonly dormant: readonly (readonly [string, string])[] }

/** Collects which application loads what. Thousands of applications share lists, so each list is looked through once. */
class Book {
  readonly loaded = new Map<string, Set<LoadedBy>>();
  readonly why = new Map<string, string>();
  readonly #keys = new WeakMap<readonly EffectiveEntry[], Keys>();
  readonly #lost = new Set<ReadonlyMap<string, string>>();
  readonly #by = new Map<ApplicationLayout, LoadedBy>();

  note({ config, lost }: EffectiveResult, application: ApplicationLayout): void {
    for (const name of EFFECTIVE_LISTS) {
      const { entries } = config[name];
      let keys = this.#keys.get(entries);
      if (!keys) {
        keys = keysOf(entries);
        this.#keys.set(entries, keys);
        for (const [key, why] of keys.dormant) if (!this.why.has(key)) this.why.set(key, why);
      }
      for (const key of keys.effective) this.load(key, application);
    }
    for (const level of lost) {
      if (this.#lost.has(level)) continue;
      this.#lost.add(level);
      for (const [key, reason] of level) if (!this.why.has(key)) this.why.set(key, reason);
    }
  }

  load(key: string, application: ApplicationLayout): void {
    let by = this.#by.get(application);
    if (!by) this.#by.set(application, (by = { site: application.site, application: application.path, pool: application.pool.name }));
    const known = this.loaded.get(key);
    if (known) known.add(by);
    else this.loaded.set(key, new Set([by]));
  }
}

function keysOf(entries: readonly EffectiveEntry[]): Keys {
  const effective: string[] = [];
  const dormant: (readonly [string, string])[] = [];
  for (const entry of entries) {
    const key = sourceKey(entry.from);
    if (entry.state === 'effective') effective.push(key);
    else dormant.push([key, entry.why ?? '']);
  }
  return { effective, dormant };
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

/** fastCgi entries are processes that the server starts for handlers; they are in none of the seven lists. */
function isProcessOnly(line: RawRegistration): boolean {
  return line.section === 'system.webServer/fastCgi';
}

function reasonWithout(layout: ServerLayout, line: RawRegistration): string {
  if (line.configPath === null) return 'no site of the evidence points at this file';
  if (layout.sites.every((site) => site.applications.length === 0)) return 'the server has no application';
  if (line.pool !== null) return 'no application runs in this pool';
  const site = line.configPath === '' ? null : siteNamed(layout, line.configPath.split('/', 1)[0] ?? '');
  if (line.configPath !== '' && site === null) return `there is no site "${line.configPath.split('/', 1)[0] ?? ''}"`;
  return 'IIS does not read this line: web.config files are ignored here, or the section cannot be used at this level';
}
