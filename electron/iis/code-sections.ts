import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, childNamed, childrenNamed, type ConfigElement } from '../../shared/model/index.ts';
import type { FoundCode } from './registration.ts';
import { isTrue } from './sections.ts';
import { handlerModules, scriptImage } from './states.ts';

type Reader = (section: ConfigElement) => readonly FoundCode[];

const value = (element: ConfigElement, name: string): string | null => attributeValue(element, name) || null;
const adds = (section: ConfigElement): readonly ConfigElement[] => childrenNamed(section, 'add');

/** Elements that name code by one attribute: an image of its own, or a managed type. */
function other(elements: readonly ConfigElement[], image: string | null, type: string | null, pool?: string): FoundCode[] {
  return elements
    .map((element) => ({ element, kind: 'other' as const, name: value(element, 'name'), image: image && value(element, image), type: type && value(element, type), pool: pool ?? null }))
    .filter((found) => found.image !== null || found.type !== null);
}

function readHandler(element: ConfigElement): FoundCode | null {
  const type = value(element, 'type');
  const name = value(element, 'name');
  if (type !== null) return { kind: 'managed-handler', element, name, type };
  const modules = handlerModules(element);
  const image = scriptImage(element);
  // Without a script processor the DLL or EXE that the URL names is run.
  if (modules.includes('IsapiModule')) return { kind: 'isapi-extension', element, name, image };
  if (modules.includes('CgiModule') || modules.includes('FastCgiModule')) return { kind: 'cgi', element, name, image };
  if (image === null) return null;
  return { kind: /\.dll$/i.test(image) ? 'isapi-extension' : 'cgi', element, name, image };
}

function readRestriction(element: ConfigElement): FoundCode | null {
  const path = value(element, 'path');
  if (path === null || !isTrue(attributeValue(element, 'allowed'))) return null;
  const exe = /^(.*?\.exe)(?:[\s|].*)?$/i.exec(path)?.[1];
  return { kind: exe === undefined ? 'isapi-extension' : 'cgi', element, name: value(element, 'description'), image: exe ?? path };
}

/** Variables that make a process load code: .NET profilers and start-up hooks, and the search path. */
const LOADING_VARIABLE = /^(?:COR|CORECLR|COMPLUS|DOTNET)_|^(?:PATH|ASPNETCORE_HOSTINGSTARTUPASSEMBLIES|APPDOMAIN_MANAGER_ASM|APPDOMAIN_MANAGER_TYPE|DEVPATH|JAVA_TOOL_OPTIONS|NODE_OPTIONS)$/i;

function readPools(section: ConfigElement): FoundCode[] {
  const found: FoundCode[] = [];
  for (const pool of section.children) {
    if (pool.name !== 'add' && pool.name !== 'applicationPoolDefaults') continue;
    const name = pool.name === 'add' ? value(pool, 'name') ?? '' : null;
    const key = name === null ? null : foldCase(name);
    const push = (element: ConfigElement, what: string, image: string | null): void => {
      if (image !== null) found.push({ kind: 'other', element, name: what, image, pool: key });
    };
    const loader = value(pool, 'managedRuntimeLoader');
    if (loader !== null && foldCase(loader) !== 'WEBENGINE4.DLL') push(pool, 'managedRuntimeLoader', loader);
    push(pool, 'CLRConfigFile', value(pool, 'CLRConfigFile'));
    const failure = childNamed(pool, 'failure');
    if (failure) for (const exe of ['orphanActionExe', 'autoShutdownExe']) push(failure, exe, value(failure, exe));
    for (const variable of childNamed(pool, 'environmentVariables')?.children ?? []) {
      const variableName = value(variable, 'name') ?? '';
      if (variable.name === 'add' && LOADING_VARIABLE.test(variableName)) push(variable, variableName, value(variable, 'value'));
    }
  }
  return found;
}

function readSites(section: ConfigElement): FoundCode[] {
  const found: FoundCode[] = [];
  for (const site of section.children) {
    const log = childNamed(site, 'logFile');
    if (log) found.push(...other([log], null, 'customLogPluginClsid').map((f) => ({ ...f, name: 'customLogPluginClsid' })));
  }
  return found;
}

function readFailedRequests(section: ConfigElement): FoundCode[] {
  return other(adds(section), 'customActionExe', null).map((f) => ({ ...f, name: 'customActionExe' }));
}

const present = <T>(list: readonly (T | null)[]): T[] => list.filter((item) => item !== null);

/** Sections that name code, and how each is read. Attribute names as in IIS_schema.xml, ASPNET_schema.xml and rewrite_schema.xml. */
export const CODE_SECTIONS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['system.webServer/globalModules', (s) => adds(s).map((e) => ({ kind: 'native-module', element: e, name: value(e, 'name'), image: value(e, 'image') }))],
  ['system.webServer/modules', (s) => adds(s).map((e) => ({ kind: value(e, 'type') === null ? 'native-module' : 'managed-module', element: e, name: value(e, 'name'), type: value(e, 'type') }))],
  ['system.webServer/handlers', (s) => present(adds(s).map(readHandler))],
  ['system.webServer/isapiFilters', (s) => childrenNamed(s, 'filter').map((e) => ({ kind: 'isapi-filter', element: e, name: value(e, 'name'), image: value(e, 'path') }))],
  ['system.webServer/security/isapiCgiRestriction', (s) => present(adds(s).map(readRestriction))],
  ['system.webServer/fastCgi', (s) => childrenNamed(s, 'application').map((e) => ({ kind: 'cgi', element: e, name: null, image: value(e, 'fullPath') }))],
  ['system.web/httpModules', (s) => adds(s).map((e) => ({ kind: 'managed-module', element: e, name: value(e, 'name'), type: value(e, 'type') }))],
  ['system.web/httpHandlers', (s) => adds(s).map((e) => ({ kind: 'managed-handler', element: e, name: null, type: value(e, 'type') }))],
  ['system.webServer/httpCompression', (s) => other(childrenNamed(s, 'scheme'), 'dll', null)],
  ['system.applicationHost/listenerAdapters', (s) => other(adds(s), 'protocolManagerDll', null)],
  ['system.applicationHost/serviceAutoStartProviders', (s) => other(adds(s), null, 'type')],
  ['system.applicationHost/applicationPools', readPools],
  ['system.applicationHost/sites', readSites],
  ['system.webServer/tracing/traceFailedRequests', readFailedRequests],
  ['system.webServer/rewrite/providers', (s) => other(childrenNamed(s, 'provider'), null, 'type')],
]);
