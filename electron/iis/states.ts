import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, type ConfigElement } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { type PoolTraits, unmetPreCondition } from './preconditions.ts';
import type { MergedEntry } from './merge/state.ts';
import type { EntryTraits } from './merge/traits.ts';
import { isFalse, isTrue } from './sections.ts';

/** What decides whether an entry can run: the pool and the other lists of the same application. */
export interface StateContext {
  readonly files: ConfigurationFiles;
  readonly pool: PoolTraits;
  readonly globalEntries: ReadonlyMap<string, MergedEntry>;
  /** Native modules of the server by name, and why one is not loaded in this pool (null: it is). */
  readonly globalModules: ReadonlyMap<string, string | null>;
  /** Names of the modules that work in this application; null where that list cannot be told. */
  readonly modules: ReadonlySet<string> | null;
  /** True where no file of the chain has a modules section at all. */
  readonly noModules: boolean;
  readonly restrictions: Restrictions;
  readonly notListedIsapisAllowed: boolean;
  readonly notListedCgisAllowed: boolean;
  /** `FULLPATH|ARGUMENTS` of every fastCgi application, folded; null where the server has no fastCgi section. */
  readonly fastCgi: ReadonlySet<string> | null;
  /** Upper-case flags of handlers@accessPolicy. */
  readonly accessPolicy: ReadonlySet<string>;
  /** runAllManagedModulesForAllRequests */
  readonly managedForAll: boolean;
}

/** The entries of isapiCgiRestriction by expanded and folded path. */
export interface Restrictions {
  readonly exact: ReadonlyMap<string, ConfigElement>;
  /** Paths with a blank or a bar: a CGI entry may carry arguments behind the path. */
  readonly long: readonly (readonly [string, ConfigElement])[];
}

/** Why a globalModules entry is not loaded, or null. */
export function globalModuleState({ preCondition }: EntryTraits, pool: PoolTraits): string | null {
  return unmetPreCondition(preCondition, pool);
}

/** Why a modules entry gets no requests, or null. */
export function moduleState({ name, preCondition, managed }: EntryTraits, context: StateContext): string | null {
  const unmet = unmetPreCondition(preCondition, context.pool);
  if (unmet !== null) return unmet;
  if (managed) return managedState(context.pool);
  const native = context.globalModules.get(name);
  if (native === undefined) return 'enabled here but not in globalModules: no image is loaded under this name (500.21)';
  return native === null ? null : `its globalModules entry is not loaded: ${native}`;
}

const poolReasons = new WeakMap<PoolTraits, Map<string, string>>();

/** The same text object for the same pool: it is asked for and compared for every entry of every application. */
function poolReason(pool: PoolTraits, key: string, text: () => string): string {
  let known = poolReasons.get(pool);
  if (!known) poolReasons.set(pool, (known = new Map()));
  let reason = known.get(key);
  if (reason === undefined) known.set(key, (reason = text()));
  return reason;
}

const noManagedCode = (pool: PoolTraits): string => poolReason(pool, 'clr', () => `pool "${pool.name}" runs no managed code`);

/** Managed types of system.webServer run through the managed engine, which needs the integrated pipeline. */
function managedState(pool: PoolTraits): string | null {
  if (pool.clr === '') return noManagedCode(pool);
  return pool.pipeline === 'Classic' ? poolReason(pool, 'classic', () => `pool "${pool.name}" is Classic: managed types of system.webServer are not used there`) : null;
}

/** Why a handler answers no request, or null. */
export function handlerState({ preCondition, access, managed, modules, script, processor }: EntryTraits, context: StateContext): string | null {
  const unmet = unmetPreCondition(preCondition, context.pool);
  if (unmet !== null) return unmet;
  if (access !== 'NONE' && !context.accessPolicy.has(access)) {
    return `requires ${access.charAt(0)}${access.slice(1).toLowerCase()} access, which handlers@accessPolicy does not give (403)`;
  }
  if (managed) return managedState(context.pool);
  const bad = context.modules === null ? undefined : modules.find((name) => name !== 'ManagedPipelineHandler' && !context.modules?.has(name));
  if (bad !== undefined) return `its module ${bad} is not among the modules of the application (500.21)`;
  if (script === null) return null;
  if (modules.includes('FastCgiModule')) return fastCgiState(processor, context);
  return permission(script, context, modules.includes('IsapiModule') ? context.notListedIsapisAllowed : context.notListedCgisAllowed);
}

/** Names a FastCGI process as the fastCgi section and a handler both can: `fullPath|arguments`, expanded and folded. */
export function fastCgiKey(files: ConfigurationFiles, fullPath: string, args: string): string {
  return `${foldCase(files.expand(fullPath.trim().replace(/^"(.*)"$/, '$1'), 64))}|${args.trim()}`;
}

/** A FastCGI process must be listed as such; isapiCgiRestriction is not asked (real PHP hosts have it empty). */
function fastCgiState(scriptProcessor: string, context: StateContext): string | null {
  const [path = '', ...args] = scriptProcessor.split('|');
  if (context.fastCgi === null || context.fastCgi.has(fastCgiKey(context.files, path, args.join('|')))) return null;
  return 'fastCgi lists no application with this path and these arguments (500)';
}

function permission(script: string, { files, pool, restrictions }: StateContext, notListed: boolean): string | null {
  const wanted = foldCase(files.expand(script, pool.bitness));
  const listed = [restrictions.exact.get(wanted), ...restrictions.long.filter(([path]) => path.startsWith(`${wanted} `) || path.startsWith(`${wanted}|`)).map(([, element]) => element)].filter((element) => element !== undefined);
  if (listed.some((element) => isTrue(attributeValue(element, 'allowed')))) return null;
  const [denied] = listed;
  if (denied) return `isapiCgiRestriction line ${denied.line} does not allow it (404.2)`;
  return notListed ? null : 'isapiCgiRestriction does not list it (404.2)';
}

/** Why an ISAPI filter is not loaded, or null. */
export function filterState({ enabled, preCondition }: EntryTraits, context: StateContext): string | null {
  if (isFalse(enabled)) return 'enabled="false"';
  const unmet = unmetPreCondition(preCondition, context.pool);
  if (unmet !== null) return unmet;
  const runner = context.globalModules.get('IsapiFilterModule');
  if (runner === undefined) return 'IsapiFilterModule is not in globalModules, so no ISAPI filter is loaded';
  return runner === null ? null : `IsapiFilterModule is not loaded, so no ISAPI filter is: ${runner}`;
}

export function restrictionState({ allowed }: EntryTraits): string | null {
  return isTrue(allowed) ? null : 'allowed is not "true": the entry forbids the program';
}

/** Which requests a module that works gets: managedHandler keeps it to managed handlers unless the section says all. */
export function runsFor({ preCondition }: EntryTraits, { managedForAll }: StateContext): 'every request' | 'requests for managed handlers' {
  return /(?:^|,)\s*managedHandler\s*(?:,|$)/.test(preCondition ?? '') && !managedForAll ? 'requests for managed handlers' : 'every request';
}

/** Why an entry of system.web is not used, or null: only the Classic pipeline reads these sections. `ofDotNet`: the entry is one of the server-wide files of .NET. */
export function systemWebState(pool: PoolTraits, section: string, ofDotNet: boolean): string | null {
  if (pool.clr === '') return noManagedCode(pool);
  if (pool.pipeline === 'Classic') return null;
  if (ofDotNet) return poolReason(pool, `${section} of .NET`, () => `pool "${pool.name}" is Integrated: ${section} is not used there`);
  return poolReason(pool, section, () => `pool "${pool.name}" is Integrated: ${section} is not used there (IIS answers 500.22 or 500.23 unless validation of the integrated mode is switched off)`);
}
