import type { Severity } from '../../../shared/model/index.ts';
import type { SchemaPlace } from './read-schema.ts';

export type SchemaDifferenceKind =
  | 'section-missing' | 'section-added' | 'section-redefined'
  | 'element-missing' | 'element-added' | 'attribute-missing' | 'attribute-added'
  | 'default-changed' | 'key-changed' | 'case-changed' | 'expanded-changed' | 'encrypted-changed' | 'required-changed' | 'type-changed' | 'values-changed'
  | 'merge-order-changed' | 'duplicates-changed' | 'directives-changed' | 'collection-missing' | 'collection-added' | 'unrecognized-changed'
  | 'extension-added';

/** One thing that the schema of the evidence says otherwise than the known one. */
export interface SchemaDifference {
  readonly kind: SchemaDifferenceKind;
  readonly section: string;
  /** What it is about: `system.webServer/handlers[]@name`. */
  readonly path: string;
  /** As the known schema has it; null where that has nothing. */
  readonly known: string | null;
  readonly found: string | null;
  /** How much it can change of what IIS loads or logs. */
  readonly weight: Severity;
  /** What follows for the reading of configuration, as one sentence. */
  readonly effect: string;
  /** Product whose section it is; null for Windows. */
  readonly product: string | null;
  /** Line that says so; for what is missing, the section or the file that lacks it. */
  readonly place: SchemaPlace;
}

/** Facts that decide which code runs or what is logged, as they can stand in a section or in its entries. */
const DECIDING: ReadonlyMap<string, readonly string[]> = new Map([
  ['system.webServer/globalModules', ['name', 'image', 'preCondition']],
  ['system.webServer/modules', ['name', 'type', 'preCondition', 'runAllManagedModulesForAllRequests']],
  ['system.webServer/handlers', ['name', 'path', 'verb', 'type', 'modules', 'scriptProcessor', 'requireAccess', 'accessPolicy', 'preCondition']],
  ['system.webServer/isapiFilters', ['name', 'path', 'enabled', 'preCondition']],
  ['system.webServer/security/isapiCgiRestriction', ['path', 'allowed', 'notListedIsapisAllowed', 'notListedCgisAllowed']],
  ['system.webServer/fastCgi', ['fullPath', 'arguments']],
  ['system.webServer/httpCompression', ['name', 'dll']],
  ['system.webServer/httpLogging', ['dontLog', 'selectiveLogging']],
  ['system.webServer/validation', ['validateIntegratedModeConfiguration']],
  ['system.webServer/serverSideInclude', ['ssiExecDisable']],
  ['system.webServer/tracing/traceFailedRequests', ['path', 'customActionExe', 'customActionParams']],
  ['system.webServer/security/requestFiltering', ['allowUnlisted', 'allowed']],
  ['system.webServer/management/trustedProviders', ['allowUntrustedProviders']],
  ['system.webServer/management/authentication', ['type']],
  ['system.webServer/management/authorization', ['type']],
  ['system.applicationHost/applicationPools', [
    'name', 'managedRuntimeLoader', 'CLRConfigFile', 'managedRuntimeVersion', 'managedPipelineMode', 'enable32BitAppOnWin64', 'enableConfigurationOverride',
    'identityType', 'orphanActionExe', 'orphanActionParams', 'autoShutdownExe', 'autoShutdownParams', 'value',
  ]],
  ['system.applicationHost/sites', [
    'name', 'path', 'applicationPool', 'physicalPath', 'allowSubDirConfig', 'serviceAutoStartProvider', 'customLogPluginClsid', 'logFormat', 'enabled', 'customActionsEnabled', 'directory',
  ]],
  ['system.applicationHost/serviceAutoStartProviders', ['name', 'type']],
  ['system.applicationHost/listenerAdapters', ['name', 'protocolManagerDll', 'protocolManagerDllInitFunction', 'identity']],
  ['system.applicationHost/configHistory', ['enabled', 'path']],
  ['system.applicationHost/log', ['centralLogFileMode', 'directory', 'enabled']],
  ['system.web/httpModules', ['name', 'type']],
  ['system.web/httpHandlers', ['path', 'verb', 'type']],
  ['configurationRedirection', ['enabled', 'path']],
  ['moduleProviders', ['name', 'type']],
]);

/** Whether a section decides which code runs or what is logged. */
export const isDecidingSection = (section: string): boolean => DECIDING.has(section);

/** Whether an attribute does. */
export const isDecidingAttribute = (section: string, attribute: string): boolean => DECIDING.get(section)?.includes(attribute) ?? false;
