import type { EffectiveListName } from '../../shared/model/index.ts';
import type { AllowDefinition, OverrideMode } from './sections.ts';

/** How IIS merges one collection. Source: IIS_schema.xml and ASPNET_schema.xml as shipped, sections of those names. */
export interface CollectionRule {
  readonly list: EffectiveListName;
  readonly section: string;
  /** Name of the element that adds an entry. */
  readonly addElement: string;
  readonly keys: readonly string[];
  readonly caseSensitive: boolean;
  /** The key is a path whose variables are expanded before it is compared. */
  readonly expandKey: boolean;
  /** False: entries of a deeper level come before the inherited ones. */
  readonly mergeAppend: boolean;
  /** `error`: IIS answers 500.19. `replace`: the later entry takes the place of the earlier. */
  readonly duplicates: 'error' | 'replace';
  /** Used where the file does not declare the section (a damaged or partial file). */
  readonly defaults: { readonly overrideModeDefault: OverrideMode; readonly allowDefinition: AllowDefinition };
}

const IIS = { addElement: 'add', keys: ['name'], caseSensitive: true, expandKey: false, mergeAppend: true, duplicates: 'error' } as const;

export const COLLECTION_RULES: Readonly<Record<EffectiveListName, CollectionRule>> = {
  globalModules: { ...IIS, list: 'globalModules', section: 'system.webServer/globalModules', defaults: { overrideModeDefault: 'Deny', allowDefinition: 'AppHostOnly' } },
  modules: { ...IIS, list: 'modules', section: 'system.webServer/modules', defaults: { overrideModeDefault: 'Deny', allowDefinition: 'MachineToApplication' } },
  handlers: { ...IIS, list: 'handlers', section: 'system.webServer/handlers', mergeAppend: false, defaults: { overrideModeDefault: 'Deny', allowDefinition: 'Everywhere' } },
  isapiFilters: { ...IIS, list: 'isapiFilters', section: 'system.webServer/isapiFilters', addElement: 'filter', defaults: { overrideModeDefault: 'Deny', allowDefinition: 'MachineToApplication' } },
  isapiCgiRestriction: {
    ...IIS, list: 'isapiCgiRestriction', section: 'system.webServer/security/isapiCgiRestriction', keys: ['path'], caseSensitive: false, expandKey: true,
    defaults: { overrideModeDefault: 'Deny', allowDefinition: 'AppHostOnly' },
  },
  httpModules: { ...IIS, list: 'httpModules', section: 'system.web/httpModules', defaults: { overrideModeDefault: 'Allow', allowDefinition: 'MachineToApplication' } },
  httpHandlers: {
    ...IIS, list: 'httpHandlers', section: 'system.web/httpHandlers', keys: ['verb', 'path'], caseSensitive: false, mergeAppend: false, duplicates: 'replace',
    defaults: { overrideModeDefault: 'Allow', allowDefinition: 'Everywhere' },
  },
};
