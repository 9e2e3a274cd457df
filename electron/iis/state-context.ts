import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, type ConfigElement } from '../../shared/model/index.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import type { PoolLayout } from './layout.ts';
import { serverSection } from './server-section.ts';
import { ObjectMemo } from './merge/memo.ts';
import { LIST_SECTIONS } from './merge/rule.ts';
import { type SectionState, settingOf } from './merge/state.ts';
import { isTrue, sectionsOf } from './sections.ts';
import { fastCgiKey, globalModuleState, moduleState, type Restrictions, type StateContext } from './states.ts';

export interface ContextStates {
  readonly globalModules: SectionState;
  readonly modules: SectionState;
  readonly handlers: SectionState;
  readonly restrictions: SectionState;
  /** False when a file of the chain was not collected. */
  readonly modulesKnown: boolean;
}

const contexts = new ObjectMemo<StateContext>();
const restrictionIndexes = new ObjectMemo<Restrictions>();
const globalStates = new ObjectMemo<StateContext['globalModules']>();

/** The same object for the same states and pool, so that answers can be shared by its identity. */
export function stateContext(files: ConfigurationFiles, pool: PoolLayout, states: ContextStates): StateContext {
  const { globalModules, modules, handlers, restrictions, modulesKnown } = states;
  const accessPolicy = settingOf(handlers, 'accessPolicy') ?? 'Read';
  const host = sectionsOf(files.applicationHost);
  const noModules = modules.steps === 0 && (!files.applicationHost.document.complete || host.declaration(LIST_SECTIONS.modules) === null);
  return contexts.get([files, pool, globalModules, modules, restrictions], `${modulesKnown} ${accessPolicy}`, () => {
    const base: StateContext = {
      files,
      pool,
      globalEntries: globalModules.entries,
      globalModules: globalStates.get([pool, globalModules], '', () => new Map([...globalModules.entries.values()].map((e) => [e.key, globalModuleState(e.traits, pool)]))),
      modules: null,
      noModules,
      restrictions: restrictionIndexes.get([files, restrictions], String(pool.bitness), () => indexRestrictions(files, restrictions, pool.bitness)),
      notListedIsapisAllowed: isTrue(settingOf(restrictions, 'notListedIsapisAllowed')),
      notListedCgisAllowed: isTrue(settingOf(restrictions, 'notListedCgisAllowed')),
      fastCgi: fastCgiOf(files),
      accessPolicy: new Set(accessPolicy.split(',').map((flag) => foldCase(flag.trim()))),
      managedForAll: isTrue(settingOf(modules, 'runAllManagedModulesForAllRequests')),
    };
    // In a damaged or partial file every handler would look broken.
    if (!modulesKnown || noModules || modules.unknown !== null) return base;
    const working = [...modules.entries.values()].filter((e) => moduleState(e.traits, base) === null).map((e) => e.key);
    return { ...base, modules: new Set(working) };
  });
}

function indexRestrictions(files: ConfigurationFiles, state: SectionState, bitness: 32 | 64): Restrictions {
  const exact = new Map<string, ConfigElement>();
  const long: [string, ConfigElement][] = [];
  for (const { element } of state.entries.values()) {
    const path = foldCase(files.expand(attributeValue(element, 'path') ?? '', bitness));
    const known = exact.get(path);
    if (!known || !isTrue(attributeValue(known, 'allowed'))) exact.set(path, element);
    if (/[ |]/.test(path)) long.push([path, element]);
  }
  return { exact, long };
}

const fastCgiCache = new WeakMap<ConfigurationFiles, ReadonlySet<string> | null>();

function fastCgiOf(files: ConfigurationFiles): ReadonlySet<string> | null {
  let known = fastCgiCache.get(files);
  if (known !== undefined) return known;
  const section = serverSection(files, 'system.webServer/fastCgi');
  const applications = section?.children.filter((child) => child.name === 'application') ?? [];
  // Declared and not written is empty; where the file is cut or partial, nothing is known.
  const { document } = files.applicationHost;
  const unknown = section === null && (!document.complete || sectionsOf(files.applicationHost).declaration('system.webServer/fastCgi') === null);
  known = unknown ? null : new Set(applications.map((e) => fastCgiKey(files, attributeValue(e, 'fullPath') ?? '', attributeValue(e, 'arguments') ?? '')));
  fastCgiCache.set(files, known);
  return known;
}
