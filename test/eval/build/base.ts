import { readFileSync } from 'node:fs';
import { type Attributes, type Element, el } from './xml.ts';
import type { NamedScenario } from './scenario.ts';

type Lists = Readonly<Record<'globalModules' | 'modules' | 'handlers' | 'isapiFilters' | 'isapiCgiRestriction' | 'configSections', readonly Attributes[]>>;
const STOCK: Lists = JSON.parse(readFileSync(new URL('../../../build/scripts/fixtures/sample/stock-iis10.json', import.meta.url), 'utf8'));

/** What an installation without any role service has. */
const LEAST = new Set(['HttpLoggingModule', 'UriCacheModule', 'FileCacheModule', 'TokenCacheModule', 'HttpCacheModule', 'StaticCompressionModule', 'DefaultDocumentModule', 'DirectoryListingModule', 'ProtocolSupportModule', 'StaticFileModule', 'AnonymousAuthenticationModule', 'RequestFilteringModule', 'CustomErrorModule']);
/** Came with later versions. */
const SINCE_8 = new Set(['DynamicIpRestrictionModule', 'ApplicationInitializationModule', 'WebSocketModule']);

type Base = NamedScenario['base'];
const nameOf = (a: Attributes): string => a['name'] ?? '';
const older = (base: Base): boolean => base === 'iis8.5-full' || base === 'iis7.5-like';

function kept(base: Base, list: readonly Attributes[]): readonly Attributes[] {
  if (base === 'iis10-minimal') return list.filter((a) => LEAST.has(nameOf(a)));
  const without = base === 'iis7.5-like' ? list.filter((a) => !SINCE_8.has(nameOf(a))) : list;
  // Setup of these versions wrote the logging module behind the caches.
  const logging = without.find((a) => nameOf(a) === 'HttpLoggingModule');
  return older(base) && logging !== undefined && nameOf(without[0] ?? {}) === 'HttpLoggingModule' ? [...without.slice(1, 10), logging, ...without.slice(10)] : without;
}

function sections(): Element {
  const root = el('configSections');
  for (const section of STOCK.configSections) {
    const parts = nameOf(section).split('/');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      let group = at.children.find((c) => c.name === 'sectionGroup' && c.attributes['name'] === part);
      if (group === undefined) {
        group = el('sectionGroup', { name: part });
        at.children.push(group);
      }
      at = group;
    }
    const { allowDefinition, overrideModeDefault = 'Allow' } = section;
    at.children.push(el('section', { name: parts.at(-1) ?? '', ...(allowDefinition === undefined || allowDefinition === 'Everywhere' ? {} : { allowDefinition }), overrideModeDefault }));
  }
  return root;
}

function protection(base: Base): Element {
  const add = (name: string, keyContainerName: string, type = ''): Element => el('add', { name, type, description: 'Protects passwords of this file', keyContainerName, useMachineContainer: 'true' });
  const cng = 'Microsoft.ApplicationHost.CngProtectedConfigurationProvider';
  return el('configProtectedData', {}, [el('providers', {}, [
    add('IISWASOnlyRsaProvider', 'iisWasKey'),
    ...(older(base) ? [] : [add('IISCngProvider', 'iisCngConfigurationKey', cng), add('IISWASOnlyCngProvider', 'iisCngWasKey', cng)]),
  ])]);
}

const virtual = (path: string, applicationPool: string, physicalPath: string): Element => el('application', { path, applicationPool }, [el('virtualDirectory', { path: '/', physicalPath })]);

function sites({ sites: own }: NamedScenario): Element {
  const all = own.length > 0 ? own : [{ name: 'Default Web Site', id: 1, path: '%SystemDrive%\\inetpub\\wwwroot', pool: 'DefaultAppPool', binding: '*:80:', applications: [] }];
  return el('sites', {}, [
    ...all.map((s) => el('site', { name: s.name, id: String(s.id) }, [
      virtual('/', s.pool, s.path), ...s.applications.map((a) => virtual(a.path, a.pool, a.folder)),
      el('bindings', {}, [el('binding', { protocol: 'http', bindingInformation: s.binding })]),
    ])),
    el('siteDefaults', {}, [el('logFile', { logFormat: 'W3C', directory: '%SystemDrive%\\inetpub\\logs\\LogFiles' }), el('traceFailedRequestsLogging', { directory: '%SystemDrive%\\inetpub\\logs\\FailedReqLogFiles' })]),
    el('applicationDefaults', { applicationPool: 'DefaultAppPool' }),
    el('virtualDirectoryDefaults', { allowSubDirConfig: 'true' }),
  ]);
}

function pools({ pools: own, base }: NamedScenario): Element {
  const known = ['DefaultAppPool', ...(base === 'iis10-minimal' ? [] : ['.NET v4.5', '.NET v4.5 Classic'])].filter((name) => !own.some((p) => p['name'] === name));
  return el('applicationPools', {}, [
    ...known.map((name) => el('add', { name, ...(name.startsWith('.NET') ? { managedRuntimeVersion: 'v4.0' } : {}), ...(name.endsWith('Classic') ? { managedPipelineMode: 'Classic' } : {}) })),
    ...own.map((p) => el('add', p)),
    el('applicationPoolDefaults', base === 'iis10-minimal' ? {} : { managedRuntimeVersion: 'v4.0' }, [el('processModel', { identityType: 'ApplicationPoolIdentity' })]),
  ]);
}

/** applicationHost.config as Setup leaves it on a server of this kind, with the sites of the scenario. */
export function baseConfiguration(scenario: NamedScenario): Element {
  const { base } = scenario;
  const least = base === 'iis10-minimal';
  const list = (name: string, entries: readonly Attributes[], element = 'add', attributes: Attributes = {}): Element => el(name, attributes, entries.map((a) => el(element, a)));
  const handlers = least ? STOCK.handlers.filter((h) => ['TRACEVerbHandler', 'OPTIONSVerbHandler', 'StaticFile'].includes(nameOf(h))) : STOCK.handlers;
  const mapped = [list('handlers', handlers, 'add', { accessPolicy: 'Read, Script' }), list('modules', kept(base, STOCK.modules))];
  return el('configuration', {}, [
    sections(), protection(base),
    el('system.applicationHost', {}, [pools(scenario), el('listenerAdapters', {}, [el('add', { name: 'http' })]), el('log', {}, [el('centralW3CLogFile', { enabled: 'true', directory: '%SystemDrive%\\inetpub\\logs\\LogFiles' })]), sites(scenario), el('webLimits')]),
    el('system.webServer', {}, [
      el('defaultDocument', { enabled: 'true' }, [el('files', {}, ['Default.htm', 'index.html', 'iisstart.htm', 'default.aspx'].map((value) => el('add', { value })))]),
      el('directoryBrowse', { enabled: 'false' }),
      el('fastCgi'),
      list('globalModules', kept(base, STOCK.globalModules)),
      el('httpCompression', { directory: '%SystemDrive%\\inetpub\\temp\\IIS Temporary Compressed Files' }, [el('scheme', { name: 'gzip', dll: '%Windir%\\system32\\inetsrv\\gzip.dll' })]),
      el('httpLogging', { dontLog: 'false' }),
      ...(least ? [] : [list('isapiFilters', STOCK.isapiFilters, 'filter')]),
      el('security', {}, [
        el('access', { sslFlags: 'None' }),
        el('authentication', {}, [el('anonymousAuthentication', { enabled: 'true', userName: 'IUSR' })]),
        list('isapiCgiRestriction', least ? [] : STOCK.isapiCgiRestriction),
        el('requestFiltering'),
      ]),
      el('staticContent', {}, [el('mimeMap', { fileExtension: '.html', mimeType: 'text/html' }), el('mimeMap', { fileExtension: '.png', mimeType: 'image/png' }), el('mimeMap', { fileExtension: '.css', mimeType: 'text/css' }), el('mimeMap', { fileExtension: '.js', mimeType: 'application/javascript' })]),
      el('tracing', {}, [el('traceFailedRequests')]),
      ...(least ? mapped : []),
    ]),
    ...(least ? [] : [el('location', { path: '', overrideMode: 'Allow' }, [el('system.webServer', {}, mapped)])]),
  ]);
}
