import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, type ConfigElement, type EffectiveEntry, type EffectiveList, type EffectiveListName, type Place, type Server } from '../../shared/model/index.ts';
import type { EffectiveConfig } from '../../shared/contract/component.ts';
import { type Chain, chainOf } from './chain.ts';
import { COLLECTION_RULES } from './collection-rules.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { dotNetChain } from './dotnet-chain.ts';
import { type ApplicationLayout, layoutOf, serverSection, siteNamed, type SiteLayout } from './layout.ts';
import { type Merged, mergeCollection, type MergedEntry } from './merge.ts';
import { joinConfigPath } from './paths.ts';
import { placeOf } from './refs.ts';
import { isTrue } from './sections.ts';
import { fastCgiKey, filterState, globalModuleState, handlerState, moduleState, restrictionState, scriptImage, type StateContext, systemWebState } from './states.ts';

/** The lists of one application or of one path below it, and what was taken out of them on the way. */
export interface EffectiveResult {
  readonly config: EffectiveConfig;
  /** Source line (`sourceKey`) of every entry that was removed, replaced or refused, and why. */
  readonly lost: ReadonlyMap<string, string>;
}

/**
 * The effective lists of one application, exactly as IIS merges them.
 * @param appPath `/` or `/owa`; letter case does not matter. @param urlPath a path below the application (`auth/logon.aspx`).
 * @returns null when there is no such site or application.
 */
export function effectiveLists(files: ConfigurationFiles, server: Server, siteName: string, appPath: string, urlPath = ''): EffectiveResult | null {
  const site = siteNamed(layoutOf(files), siteName);
  const wanted = foldCase(`/${appPath.replace(/^\/+|\/+$/g, '')}`);
  const application = site?.applications.find((app) => foldCase(app.path) === wanted);
  if (!site || !application) return null;
  return effectiveFor(files, server.id, site, application, joinConfigPath(application.configPath, urlPath));
}

/** As `effectiveLists`, for a configuration path inside the application. */
export function effectiveFor(files: ConfigurationFiles, serverId: string, site: SiteLayout, application: ApplicationLayout, path: string): EffectiveResult {
  const chain = chainOf(files, site, application, path);
  const serverChain: Chain = { ...chain, levels: [''], files: chain.files.slice(0, 1), missing: [] };
  const dotNet = dotNetChain(files, chain);
  const pool = application.pool;
  const merged = {
    globalModules: mergeCollection(files, serverChain, COLLECTION_RULES.globalModules),
    isapiCgiRestriction: mergeCollection(files, serverChain, COLLECTION_RULES.isapiCgiRestriction),
    modules: mergeCollection(files, chain, COLLECTION_RULES.modules),
    handlers: mergeCollection(files, chain, COLLECTION_RULES.handlers),
    isapiFilters: mergeCollection(files, chain, COLLECTION_RULES.isapiFilters),
    httpModules: mergeCollection(files, dotNet, COLLECTION_RULES.httpModules),
    httpHandlers: mergeCollection(files, dotNet, COLLECTION_RULES.httpHandlers),
  };
  const context = stateContext(files, application, merged);
  const images = new Map(merged.globalModules.entries.map((e) => [e.key, attributeValue(e.element, 'image') ?? null]));
  const list = (name: EffectiveListName, of: Chain, state: (element: ConfigElement) => string | null): EffectiveList =>
    asList(name, of, merged[name], state, images);
  const lost = new Map<string, string>();
  for (const one of Object.values(merged)) for (const [key, why] of one.lost) lost.set(key, why);
  return {
    lost,
    config: {
      server: serverId,
      site: site.name,
      app: application.path,
      pool: pool.name,
      pipeline: pool.pipeline,
      clr: pool.clr,
      bitness: pool.bitness,
      modules: list('modules', chain, (e) => moduleState(e, context)),
      handlers: list('handlers', chain, (e) => handlerState(e, context)),
      isapiFilters: list('isapiFilters', chain, (e) => filterState(e, context)),
      globalModules: list('globalModules', serverChain, (e) => globalModuleState(e, pool)),
      isapiCgiRestriction: list('isapiCgiRestriction', serverChain, restrictionState),
      httpModules: list('httpModules', dotNet, () => systemWebState(pool, 'system.web/httpModules')),
      httpHandlers: list('httpHandlers', dotNet, () => systemWebState(pool, 'system.web/httpHandlers')),
    },
  };
}

function stateContext(files: ConfigurationFiles, application: ApplicationLayout, merged: Readonly<Record<EffectiveListName, Merged>>): StateContext {
  const pool = application.pool;
  const last = (list: Merged, attribute: string): string | undefined =>
    list.elements.map(({ element }) => attributeValue(element, attribute)).findLast((value) => value !== undefined);
  const base: Omit<StateContext, 'modules'> = {
    files,
    pool,
    globalModules: new Map(merged.globalModules.entries.map((e) => [e.key, globalModuleState(e.element, pool)])),
    restrictions: merged.isapiCgiRestriction.entries,
    notListedIsapisAllowed: isTrue(last(merged.isapiCgiRestriction, 'notListedIsapisAllowed')),
    notListedCgisAllowed: isTrue(last(merged.isapiCgiRestriction, 'notListedCgisAllowed')),
    fastCgi: fastCgiOf(files),
    accessPolicy: new Set((last(merged.handlers, 'accessPolicy') ?? 'Read').split(',').map((flag) => foldCase(flag.trim()))),
  };
  // A damaged or partial file without any modules would make every handler look broken.
  const known = merged.modules.entries.length > 0 && merged.modules.unknown === null;
  const working = merged.modules.entries.filter((e) => moduleState(e.element, { ...base, modules: null }) === null).map((e) => e.key);
  return { ...base, modules: known ? new Set(working) : null };
}

const fastCgiCache = new WeakMap<ConfigurationFiles, ReadonlySet<string> | null>();

function fastCgiOf(files: ConfigurationFiles): ReadonlySet<string> | null {
  let known = fastCgiCache.get(files);
  if (known !== undefined) return known;
  const section = serverSection(files, 'system.webServer/fastCgi');
  const applications = section?.children.filter((child) => child.name === 'application') ?? [];
  known = section === null ? null : new Set(applications.map((e) => fastCgiKey(files, attributeValue(e, 'fullPath') ?? '', attributeValue(e, 'arguments') ?? '')));
  fastCgiCache.set(files, known);
  return known;
}

function asList(name: EffectiveListName, chain: Chain, merged: Merged, state: (element: ConfigElement) => string | null, images: ReadonlyMap<string, string | null>): EffectiveList {
  const damaged = chain.files.filter(({ file }) => !file.document.complete).map(({ file }) => placeOf(file));
  const missing = [...chain.missing, ...merged.missing, ...damaged];
  const invalid = missing.length === 0 ? merged.invalid : null;
  const entries = merged.entries.map((entry) => {
    const why = state(entry.element) ?? (invalid === null ? null : `the application answers ${invalid}`);
    return asEntry(name, entry, why, images);
  });
  return { outcome: missing.length > 0 ? 'not-evaluable' : invalid === null ? 'effective' : 'invalid', reason: missing.length > 0 ? unknownReason(chain, merged, damaged) : invalid, missing: uniquePlaces(missing), entries, assumed: [] };
}

function unknownReason(chain: Chain, merged: Merged, damaged: readonly Place[]): string {
  const reasons: string[] = [];
  if (chain.missing.length > 0) reasons.push('A configuration file that decides here is not in the evidence.');
  if (merged.unknown !== null) reasons.push(merged.unknown);
  if (damaged.length > 0) reasons.push(`${damaged[0]?.path ?? damaged[0]?.evidencePath} is damaged: entries may have stood where it cannot be read.`);
  return reasons.join(' ');
}

function uniquePlaces(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [place.evidencePath + (place.path ?? ''), place])).values()];
}

function asEntry(list: EffectiveListName, { element, file, overrides, key }: MergedEntry, why: string | null, images: ReadonlyMap<string, string | null>): EffectiveEntry {
  const value = (name: string): string | undefined => attributeValue(element, name);
  const type = value('type') || null;
  const image = { globalModules: value('image'), modules: type === null ? images.get(key) : null, isapiFilters: value('path'), isapiCgiRestriction: value('path'), handlers: scriptImage(element), httpModules: null, httpHandlers: null }[list];
  const isHandler = list === 'handlers' || list === 'httpHandlers';
  return {
    name: list === 'isapiCgiRestriction' ? value('path') ?? '' : list === 'httpHandlers' ? `${value('verb') ?? ''} ${value('path') ?? ''}` : value('name') ?? '',
    type,
    image: image ?? null,
    preCondition: value('preCondition') ?? null,
    ...(isHandler ? { path: value('path') ?? '', verb: value('verb') ?? '' } : {}),
    ...(list === 'handlers' && value('modules') !== undefined ? { modules: value('modules') } : {}),
    ...(list === 'handlers' && value('scriptProcessor') !== undefined ? { scriptProcessor: value('scriptProcessor') } : {}),
    state: why === null ? 'effective' : 'dormant',
    why,
    from: { ...placeOf(file), line: element.line, column: element.column },
    overrides: [...overrides],
  };
}
