import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, EFFECTIVE_LISTS, type EffectiveEntry, type EffectiveList, type EffectiveListName, type Place, type Server } from '../../shared/model/index.ts';
import type { EffectiveConfig } from '../../shared/contract/component.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { dotNetRootFiles } from './dotnet-chain.ts';
import { asEntry } from './entry.ts';
import { type ApplicationLayout, layoutOf, type PoolLayout, siteNamed, type SiteLayout } from './layout.ts';
import { ASSUMED } from './merge/assumed.ts';
import { type Level, treesOf } from './merge/levels.ts';
import { ObjectMemo } from './merge/memo.ts';
import { LIST_SECTIONS } from './merge/rule.ts';
import { sectionRule, sectionState } from './merge/section-state.ts';
import { type MergedEntry, type SectionState, statesAbove } from './merge/state.ts';
import type { EntryTraits } from './merge/traits.ts';
import { undeclaredSection } from './merge/undeclared.ts';
import { joinConfigPath } from './paths.ts';
import { placeOf } from './refs.ts';
import { schemaOf } from './schema/schema-of.ts';
import { filterState, globalModuleState, handlerState, moduleState, restrictionState, runsFor, type StateContext, systemWebState } from './states.ts';
import { stateContext } from './state-context.ts';

/** The lists of one application or of one path below it, and what was taken out of them on the way. */
export interface EffectiveResult {
  readonly config: EffectiveConfig;
  /** Source lines (`sourceKey`) of entries that were removed, replaced or refused, and why; level by level, shared between answers. */
  readonly lost: readonly ReadonlyMap<string, string>[];
}

/** Why an answer does not have an entry, or undefined. */
export function lostReason({ lost }: EffectiveResult, source: string): string | undefined {
  for (const level of lost) {
    const why = level.get(source);
    if (why !== undefined) return why;
  }
  return undefined;
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

/** One list before it is put into words. */
interface Part { readonly level: Level; readonly state: SectionState }

/** As `effectiveLists`, for a configuration path inside the application. */
export function effectiveFor(files: ConfigurationFiles, serverId: string, site: SiteLayout, application: ApplicationLayout, path: string): EffectiveResult {
  const { pool } = application;
  const iis = treesOf(files).iis(pool);
  const net = treesOf(files).dotNet(pool);
  const here = iis.at(site, path);
  const hereInNet = net.at(site, path);
  const part = (name: EffectiveListName): Part => {
    const tree = name === 'httpModules' || name === 'httpHandlers' ? net : iis;
    const level = name === 'globalModules' || name === 'isapiCgiRestriction' ? tree.root : tree === net ? hereInNet : here;
    return { level, state: sectionState(tree, sectionRule(files, LIST_SECTIONS[name]), level, application) };
  };
  const parts: Readonly<Record<EffectiveListName, Part>> = {
    globalModules: part('globalModules'), isapiCgiRestriction: part('isapiCgiRestriction'), modules: part('modules'), handlers: part('handlers'),
    isapiFilters: part('isapiFilters'), httpModules: part('httpModules'), httpHandlers: part('httpHandlers'),
  };
  const context = stateContext(files, pool, {
    globalModules: parts.globalModules.state, modules: parts.modules.state, handlers: parts.handlers.state, restrictions: parts.isapiCgiRestriction.state,
    modulesKnown: parts.modules.level.missing.length === 0,
  });
  const { source, unusable, version, assumed } = schemaOf(files);
  // IIS reads the whole file before ASP.NET gets the request, so its fault counts for the lists of system.web too.
  const refused = undeclaredSection(parts.modules.level);
  // Schema files that were collected and cannot be used say more than none at all.
  const standIn = unusable ? assumed : [];
  const needs = (name: EffectiveListName): readonly SectionState[] =>
    NEEDS[name].flatMap(([other, concerns]) => (parts[other].state.unknown !== null && [...parts[name].state.entries.values()].some(({ traits }) => concerns(traits)) ? [parts[other].state] : []));
  const list = (name: EffectiveListName): EffectiveList => withAssumed(standIn, asList(name, parts[name], context, needs(name), name === 'globalModules' || name === 'isapiCgiRestriction' ? null : refused));
  return {
    lost: lostOf(parts),
    config: {
      server: serverId, site: site.name, app: application.path, pool: pool.name, pipeline: pool.pipeline, clr: pool.clr, bitness: pool.bitness, definitions: { source, version, assumed: pool.clrByDefault ? [...assumed, runtimeByDefault(pool, source, version)] : [...assumed] },
      modules: list('modules'), handlers: list('handlers'), isapiFilters: list('isapiFilters'), globalModules: list('globalModules'),
      isapiCgiRestriction: list('isapiCgiRestriction'), httpModules: list('httpModules'), httpHandlers: list('httpHandlers'),
    },
  };
}

function lostOf(parts: Readonly<Record<EffectiveListName, Part>>): readonly ReadonlyMap<string, string>[] {
  const levels: ReadonlyMap<string, string>[] = [];
  for (const name of EFFECTIVE_LISTS) for (const { lost } of statesAbove(parts[name].state)) if (lost.size > 0) levels.push(lost);
  return levels;
}

const runtimeByDefault = ({ name, clr }: PoolLayout, source: string, version: string): string =>
  `No file writes managedRuntimeVersion for pool "${name}": the default of ${source === 'evidence' ? 'the server\'s own schema' : `IIS ${version}`} stands (${clr === '' ? 'no managed code' : clr}).`;

/** Lists that decide over entries of another one: a handler over its module and its permission, a module over its image. */
const native = ({ managed }: EntryTraits): boolean => !managed;
const NEEDS: Readonly<Record<EffectiveListName, readonly (readonly [EffectiveListName, (traits: EntryTraits) => boolean])[]>> = {
  globalModules: [], isapiCgiRestriction: [], httpModules: [], httpHandlers: [],
  modules: [['globalModules', native]], isapiFilters: [['globalModules', () => true]],
  handlers: [['modules', native], ['globalModules', native], ['isapiCgiRestriction', ({ script }) => script !== null]],
};

type Why = (entry: MergedEntry, context: StateContext) => string | null;

const WHY: Readonly<Record<EffectiveListName, Why>> = {
  globalModules: ({ traits }, { pool }) => globalModuleState(traits, pool),
  isapiCgiRestriction: ({ traits }) => restrictionState(traits),
  modules: ({ traits }, context) => moduleState(traits, context),
  handlers: ({ traits }, context) => handlerState(traits, context),
  isapiFilters: ({ traits }, context) => filterState(traits, context),
  httpModules: (entry, { files, pool }) => systemWebState(pool, 'system.web/httpModules', isOfDotNet(files, pool, entry)),
  httpHandlers: (entry, { files, pool }) => systemWebState(pool, 'system.web/httpHandlers', isOfDotNet(files, pool, entry)),
};

const dotNetRoots = new WeakMap<StateContext['pool'], ReadonlySet<string>>();

/** Whether an entry stands in machine.config or the root web.config: every server has those, and IIS minds only what an application adds. */
function isOfDotNet(files: ConfigurationFiles, pool: StateContext['pool'], { file }: MergedEntry): boolean {
  let roots = dotNetRoots.get(pool);
  if (!roots) dotNetRoots.set(pool, (roots = new Set(dotNetRootFiles(files, pool.clr, pool.bitness).map(foldCase))));
  return file.path !== null && roots.has(foldCase(file.path));
}

const entryLists = new ObjectMemo<readonly EffectiveEntry[]>();
/** Lists that no other list decides over: they are the same for all applications of a pool. */
const OF_POOL: ReadonlySet<EffectiveListName> = new Set(['globalModules', 'isapiCgiRestriction', 'httpModules', 'httpHandlers']);

/** Applications share lists that come from the same states, and every entry that says the same. */
function entriesOf(name: EffectiveListName, state: SectionState, context: StateContext, invalid: string | null): readonly EffectiveEntry[] {
  return entryLists.get([OF_POOL.has(name) ? context.pool : context, state], invalid === null ? name : `${name} ${invalid}`, () => makeEntries(name, state, context, invalid));
}

// A plain loop: it runs for every entry of every application, a million times on a large server.
function makeEntries(name: EffectiveListName, state: SectionState, context: StateContext, invalid: string | null): readonly EffectiveEntry[] {
  const why = WHY[name];
  const refused = invalid === null ? null : `the application answers ${invalid}`;
  const made: EffectiveEntry[] = [];
  for (const entry of state.entries.values()) {
    const reason = why(entry, context) ?? refused;
    const requests = name === 'modules' && reason === null ? runsFor(entry.traits, context) : null;
    const { shown } = entry;
    const key = reason ?? requests ?? '';
    made.push(shown.get(key) ?? shown.add(key, asEntry(name, entry, reason, (module) => imageOf(context, module), requests)));
  }
  return made;
}

function imageOf({ globalEntries }: StateContext, module: string): string | null {
  const global = globalEntries.get(module);
  return global ? attributeValue(global.element, 'image') ?? null : null;
}

function asList(name: EffectiveListName, { level, state }: Part, context: StateContext, needs: readonly SectionState[], fault: string | null): EffectiveList {
  const damaged = level.files.filter(({ file }) => !file.document.complete).map(({ file }) => placeOf(file));
  // Whether an entry works is not known where the list that decides over it cannot be told.
  const open = [state, ...needs];
  const missing = uniquePlaces([...level.missing, ...open.flatMap((one) => one.missing), ...damaged]);
  const invalid = missing.length === 0 ? fault ?? state.invalid : null;
  const entries = entriesOf(name, state, context, invalid);
  return {
    outcome: missing.length > 0 ? 'not-evaluable' : invalid === null ? 'effective' : 'invalid',
    reason: missing.length > 0 ? unknownReason(level, open, damaged, context.files.notInForce ?? null) : invalid,
    missing,
    // The entries are shared between answers; nothing changes them.
    entries: entries as EffectiveEntry[],
    assumed: assumptions(name, state, context),
  };
}

const withAssumed = (more: readonly string[], list: EffectiveList): EffectiveList => (more.length === 0 ? list : { ...list, assumed: [...list.assumed, ...more] });

const assumptionLists = new ObjectMemo<string[]>();

function assumptions(name: EffectiveListName, state: SectionState, context: StateContext): string[] {
  return assumptionLists.get([state], `${name} ${context.pool.pipeline} ${context.noModules}`, () => assumptionsOf(name, state, context));
}

function assumptionsOf(name: EffectiveListName, state: SectionState, { files, pool, noModules }: StateContext): string[] {
  const assumed = new Set(state.assumed);
  if (name === 'handlers' && noModules && state.entries.size > 0) assumed.add(ASSUMED.noModules);
  for (const { traits } of state.entries.values()) {
    if (traits.isapiMode) assumed.add(ASSUMED.isapiMode);
    if (traits.blanks) assumed.add(ASSUMED.blanks);
    if (name === 'handlers' && traits.modules.includes('FastCgiModule')) assumed.add(ASSUMED.fastCgi);
  }
  if (name.startsWith('http') && pool.pipeline === 'Integrated' && [...state.entries.values()].some((entry) => !isOfDotNet(files, pool, entry))) assumed.add(ASSUMED.integratedValidation);
  return [...assumed];
}

function unknownReason(level: Level, open: readonly SectionState[], damaged: readonly Place[], notInForce: Place | null): string {
  const reasons: string[] = [];
  const redirected = notInForce !== null && level.missing.includes(notInForce);
  if (redirected) reasons.push(`Configuration redirection is on: ${notInForce.path ?? notInForce.evidencePath} decides here, and it is not read; the local file is not in force.`);
  const others = level.missing.filter((place) => place !== notInForce);
  // A file that is too large, or a folder of that name.
  const unread = others.find((place) => place.evidencePath !== '');
  if (unread !== undefined) reasons.push(`${unread.path ?? unread.evidencePath} is in the evidence, and cannot be read as a configuration file.`);
  if (others.some((place) => place.evidencePath === '')) reasons.push('A configuration file that decides here is not in the evidence.');
  for (const { unknown } of open) if (unknown !== null) reasons.push(unknown);
  if (damaged.length > 0) reasons.push(`${damaged[0]?.path ?? damaged[0]?.evidencePath} is damaged: entries may have stood where it cannot be read.`);
  return reasons.join(' ');
}

function uniquePlaces(places: readonly Place[]): Place[] {
  if (places.length === 0) return [];
  return [...new Map(places.map((place) => [place.evidencePath + (place.path ?? ''), place])).values()];
}
