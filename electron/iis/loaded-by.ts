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
  const deeper = deeperPaths(layout, lines.filter((line) => !isSetting(line)));
  for (const site of layout.sites) {
    for (const application of site.applications) {
      const result = effectiveFor(files, server.id, site, application, application.configPath);
      applications.push(result);
      book.note(result, application);
      for (const path of deeper.get(application) ?? []) book.note(effectiveFor(files, server.id, site, application, path), application);
    }
  }
  for (const line of lines) {
    if (!isSetting(line)) continue;
    for (const { site, application } of applicationsOf(line, layout)) {
      const lost = settingLost(files, line, site, application);
      if (lost === null) book.load(line.key, application);
      else if (!book.why.has(line.key)) book.why.set(line.key, lost);
    }
  }
  const dormant = new Map<string, string>();
  for (const line of lines) {
    if (!book.has(line.key)) dormant.set(line.key, book.why.get(line.key) ?? settingDormant(line, layout) ?? reasonWithout(layout, line));
  }
  return { loadedBy: book.loaded, dormant, applications };
}

/** Collects which application loads what. Thousands of applications share lists, so each list is looked through once. */
class Book {
  readonly loaded = new Map<string, LoadedBy[]>();
  readonly why = new Map<string, string>();
  /** The applications of each effective entry of a list. */
  readonly #ofEntries = new WeakMap<readonly EffectiveEntry[], readonly LoadedBy[][]>();
  readonly #lost = new Set<ReadonlyMap<string, string>>();
  readonly #by = new Map<ApplicationLayout, LoadedBy>();
  /** What is in a list already, for those that are added to out of order. */
  readonly #members = new Map<LoadedBy[], Set<LoadedBy>>();

  has(key: string): boolean {
    return this.loaded.has(key);
  }

  /** Applications are noted one after the other, so one that a list has already is its last. */
  note({ config, lost }: EffectiveResult, application: ApplicationLayout): void {
    const by = this.#of(application);
    for (const name of EFFECTIVE_LISTS) {
      for (const list of this.#entriesOf(config[name].entries)) if (list.at(-1) !== by) list.push(by);
    }
    for (const level of lost) {
      if (this.#lost.has(level)) continue;
      this.#lost.add(level);
      for (const [key, reason] of level) if (!this.why.has(key)) this.why.set(key, reason);
    }
  }

  /** As `note` for one line, in any order of applications. */
  load(key: string, application: ApplicationLayout): void {
    const by = this.#of(application);
    const list = this.#list(key);
    let members = this.#members.get(list);
    if (!members) this.#members.set(list, (members = new Set(list)));
    if (members.has(by)) return;
    members.add(by);
    list.push(by);
  }

  #of(application: ApplicationLayout): LoadedBy {
    let by = this.#by.get(application);
    if (!by) this.#by.set(application, (by = { site: application.site, application: application.path, pool: application.pool.name }));
    return by;
  }

  #list(key: string): LoadedBy[] {
    let list = this.loaded.get(key);
    if (!list) this.loaded.set(key, (list = []));
    return list;
  }

  #entriesOf(entries: readonly EffectiveEntry[]): readonly LoadedBy[][] {
    let lists = this.#ofEntries.get(entries);
    if (!lists) this.#ofEntries.set(entries, (lists = entries.filter((entry) => this.#works(entry)).map((entry) => this.#list(sourceKey(entry.from)))));
    return lists;
  }

  /** Keeps the reason of an entry that does not. */
  #works({ state, why, from }: EffectiveEntry): boolean {
    if (state === 'effective') return true;
    const key = sourceKey(from);
    if (!this.why.has(key)) this.why.set(key, why ?? '');
    return false;
  }
}

/** Paths below applications at which a line stands, by application; the lists of the application itself do not show it. */
function deeperPaths(layout: ServerLayout, lines: readonly RawRegistration[]): ReadonlyMap<ApplicationLayout, readonly string[]> {
  const known = new Set(['', ...layout.sites.flatMap((site) => site.applications).map((application) => foldCase(application.configPath))]);
  const paths = new Map<ApplicationLayout, string[]>();
  for (const { configPath } of lines) {
    if (configPath === null || known.has(foldCase(configPath))) continue;
    known.add(foldCase(configPath));
    const site = siteNamed(layout, configPath.split('/', 1)[0] ?? '');
    const application = site ? applicationOf(site, configPath) : null;
    if (!application) continue;
    const list = paths.get(application);
    if (list) list.push(configPath);
    else paths.set(application, [configPath]);
  }
  return paths;
}

/** In none of the seven lists: settings, and fastCgi entries, which are processes that the server starts for handlers. */
function isSetting(line: RawRegistration): boolean {
  return line.kind === 'other' || line.section === 'system.webServer/fastCgi';
}

function reasonWithout(layout: ServerLayout, line: RawRegistration): string {
  if (line.configPath === null) return 'no site of the evidence points at this file';
  if (layout.sites.every((site) => site.applications.length === 0)) return 'the server has no application';
  if (line.pool !== null) return 'no application runs in this pool';
  const site = line.configPath === '' ? null : siteNamed(layout, line.configPath.split('/', 1)[0] ?? '');
  if (line.configPath !== '' && site === null) return `there is no site "${line.configPath.split('/', 1)[0] ?? ''}"`;
  return 'IIS does not read this line: web.config files are ignored here, or the section cannot be used at this level';
}
