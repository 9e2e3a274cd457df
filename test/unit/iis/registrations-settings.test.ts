import { describe, expect, test } from 'vitest';
import { loadedBy, registrations, type ConfigurationFiles, type RawRegistration } from '../../../electron/iis/index.ts';
import { host as bareHost, serverFiles, serverOf, SITE } from './support.ts';

const sections = (names: string): string => names.split(' ').map((name) => `<section name="${name}" />`).join('');
const group = (name: string, inside: string): string => `<sectionGroup name="${name}">${inside}</sectionGroup>`;
/** What an installation declares besides the lists of components. */
const IN_IIS = sections('fastCgi httpCompression aspNetCore httpPlatform iisnode') + group('rewrite', sections('providers')) + group('tracing', sections('traceFailedRequests')) + group('webdav', sections('globalSettings'));
const BESIDE = group('system.applicationHost', sections('applicationPools sites listenerAdapters serviceAutoStartProviders')) + group('system.ftpServer', sections('providerDefinitions'));

/** An applicationHost.config that declares every section of these tests. */
function host(parts: Parameters<typeof bareHost>[0] = {}): string {
  return bareHost(parts).replace('<sectionGroup name="system.webServer">', (start) => `${BESIDE}${start}${IN_IIS}`);
}

/** `NAME = VALUE @ applications`, or why there are none. */
function told(files: ConfigurationFiles, pick: (r: RawRegistration) => boolean): string[] {
  const server = serverOf(files);
  const lines = registrations(files, server);
  const loading = loadedBy(files, server, lines);
  return lines.filter(pick).map((r) => {
    const by = (loading.loadedBy.get(r.key) ?? []).map((l) => l.application);
    return `${r.name} = ${r.image ?? r.type ?? 'no file'} @ ${by.length > 0 ? by.join(' ') : loading.dormant.get(r.key)}`;
  });
}
const inSection = (section: string) => (r: RawRegistration): boolean => r.section === section;
const pools = (xml: string): string[] => told(serverFiles(host({ pools: xml })), inSection('system.applicationHost/applicationPools'));
/** Everything else of applicationHost.config goes into a second system.applicationHost element. */
const inHost = (xml: string, sites = SITE): ConfigurationFiles => serverFiles(host({ sites, locations: `<system.applicationHost>${xml}</system.applicationHost>` }));
const server = (xml: string): ConfigurationFiles => serverFiles(host({ locked: xml }));

describe('application pools', () => {
  test('what a pool names, each at its own attribute', () => {
    const xml = `<add name="P" managedRuntimeVersion="v4.0" managedRuntimeLoader="C:\\l.dll"
      CLRConfigFile="C:\\c.config"><failure orphanActionExe="C:\\o.exe" autoShutdownExe="C:\\a.exe" /></add>`;
    expect(pools(xml)).toEqual(['managedRuntimeLoader = C:\\l.dll @ / /app', 'CLRConfigFile = C:\\c.config @ / /app', 'orphanActionExe = C:\\o.exe @ / /app', 'autoShutdownExe = C:\\a.exe @ / /app']);
    const files = serverFiles(host({ pools: xml }));
    expect(new Set(registrations(files, serverOf(files)).filter(inSection('system.applicationHost/applicationPools')).map((r) => r.key)).size).toBe(4);
  });
  test('the default loader, and variables that load nothing', () => {
    expect(pools('<add name="P" managedRuntimeLoader="WebEngine4.dll"><environmentVariables><add name="TZ" value="UTC" /><add name="COR_PROFILER" value="" /></environmentVariables></add>')).toEqual([]);
  });
  test('variables: a profiler by path, by class id, and the search path', () => {
    const list = '<add name="COR_PROFILER" value="{11111111-1111-1111-1111-111111111111}" /><add name="COR_PROFILER_PATH_64" value="%windir%\\p.dll" /><add name="DOTNET_STARTUP_HOOKS" value="C:\\h.dll" /><add name="PATH" value="C:\\a;C:\\b" />';
    expect(pools(`<add name="P"><environmentVariables>${list}</environmentVariables></add>`)).toEqual([
      'COR_PROFILER = no file @ / /app', 'COR_PROFILER_PATH_64 = %windir%\\p.dll @ / /app', 'DOTNET_STARTUP_HOOKS = C:\\h.dll @ / /app', 'PATH = no file @ / /app',
    ]);
  });
  test('defaults hold for every pool that says nothing else', () => {
    const defaults = '<applicationPoolDefaults CLRConfigFile="C:\\d.config"><environmentVariables><add name="COR_PROFILER_PATH" value="C:\\p.dll" /></environmentVariables></applicationPoolDefaults>';
    expect(pools(`<add name="P" />${defaults}`)).toEqual(['CLRConfigFile = C:\\d.config @ / /app', 'COR_PROFILER_PATH = C:\\p.dll @ / /app']);
    const own = '<add name="P" CLRConfigFile=""><environmentVariables><remove name="cor_profiler_path" /></environmentVariables></add>';
    expect(pools(`${own}${defaults}`)).toEqual(['CLRConfigFile = C:\\d.config @ every pool with an application sets its own value', 'COR_PROFILER_PATH = C:\\p.dll @ every pool with an application sets its own value']);
  });
  test('a pool without applications', () => {
    expect(pools('<add name="P" /><add name="Q" CLRConfigFile="C:\\q.config" />')).toEqual(['CLRConfigFile = C:\\q.config @ no application runs in this pool']);
  });
});

describe('settings that need a switch', () => {
  const LOG = 'customLogPluginClsid="{22222222-2222-2222-2222-222222222222}"';
  const site = (inside: string): string => SITE.replace('</site>', `${inside}</site>`);

  test.each([
    ['a plug-in of a site', site(`<logFile logFormat="Custom" ${LOG} />`), 'customLogPluginClsid = no file @ / /app'],
    ['of another format', site(`<logFile logFormat="W3C" ${LOG} />`), 'customLogPluginClsid = no file @ no site that it is for has logFormat="Custom"'],
    ['of all sites', `${site('<logFile logFormat="Custom" />')}<siteDefaults><logFile ${LOG} /></siteDefaults>`, 'customLogPluginClsid = no file @ / /app'],
    ['of all sites, the only one has its own', `${site('<logFile logFormat="Custom" customLogPluginClsid="" />')}<siteDefaults><logFile ${LOG} /></siteDefaults>`, 'customLogPluginClsid = no file @ no site that it is for has logFormat="Custom"'],
  ])('custom log: %s', (_, sites, expected) => {
    const files = serverFiles(host({ sites }));
    expect(told(files, inSection('system.applicationHost/sites'))).toEqual([expected]);
  });
  test('the plug-in of a site has the scope of the site', () => {
    const files = serverFiles(host({ sites: site(`<logFile logFormat="Custom" ${LOG} />`) }));
    expect(registrations(files, serverOf(files)).find(inSection('system.applicationHost/sites'))).toMatchObject({ scope: 'site:Main', configPath: 'Main' });
  });

  test('custom actions of failed-request tracing', () => {
    const trace = '<system.webServer><tracing><traceFailedRequests><add path="*" customActionExe="C:\\x.exe" customActionParams="1" /></traceFailedRequests></tracing></system.webServer>';
    const action = (tracing: string, where: string): string[] => told(serverFiles(host({ sites: site(tracing), locations: where === '' ? trace : '' }), where === '' ? {} : { [where]: `<configuration>${trace}</configuration>` }), inSection('system.webServer/tracing/traceFailedRequests'));
    expect(action('<traceFailedRequestsLogging enabled="true" customActionsEnabled="true" />', '')).toEqual(['customActionExe = C:\\x.exe @ / /app']);
    expect(action('<traceFailedRequestsLogging enabled="true" customActionsEnabled="true" />', 'C:\\app\\web.config')).toEqual(['customActionExe = C:\\x.exe @ /app']);
    expect(action('<traceFailedRequestsLogging enabled="true" />', '')).toEqual(['customActionExe = C:\\x.exe @ traceFailedRequestsLogging@customActionsEnabled of site "Main" is not true']);
    expect(action('<traceFailedRequestsLogging customActionsEnabled="true" />', '')).toEqual(['customActionExe = C:\\x.exe @ failed-request tracing of site "Main" is not enabled']);
  });

  test('auto-start providers: the applications that use them, and no other', () => {
    const providers = '<serviceAutoStartProviders><add name="Warm" type="W.Up, W" /><add name="Cold" type="C.Up, C" /></serviceAutoStartProviders>';
    const sites = SITE.replace('path="/app"', 'path="/app" serviceAutoStartEnabled="true" serviceAutoStartProvider="Warm"');
    expect(told(inHost(providers, sites), inSection('system.applicationHost/serviceAutoStartProviders'))).toEqual([
      'Warm = W.Up, W @ /app', 'Cold = C.Up, C @ no application has serviceAutoStartEnabled="true" and serviceAutoStartProvider="Cold"',
    ]);
  });
});

describe('sections of IIS that name code', () => {
  test('listener adapters: the stock ones name nothing', () => {
    expect(told(inHost('<listenerAdapters><add name="http" /><add name="net.x" protocolManagerDll="C:\\pm.dll" /></listenerAdapters>'), inSection('system.applicationHost/listenerAdapters'))).toEqual(['net.x = C:\\pm.dll @ / /app']);
  });
  test('compression schemes, in a web.config too', () => {
    const scheme = '<httpCompression><scheme name="gz" dll="C:\\gz.dll" /></httpCompression>';
    const files = serverFiles(host({ locked: scheme.replaceAll('gz', 'br') }), { 'C:\\app\\web.config': `<configuration><system.webServer>${scheme}</system.webServer></configuration>` });
    expect(told(files, inSection('system.webServer/httpCompression'))).toEqual(['br = C:\\br.dll @ / /app', 'gz = C:\\gz.dll @ /app']);
  });
  test.each([
    ['system.webServer/rewrite/providers', '<rewrite><providers><provider name="DB" type="D.Provider, D" /></providers></rewrite>', ['DB = D.Provider, D @ / /app']],
    ['system.webServer/webdav/globalSettings', '<webdav><globalSettings><propertyStores><add name="s" image="C:\\s.dll" image32="C:\\s32.dll" /></propertyStores><lockStores><add name="l" image="C:\\l.dll" /></lockStores></globalSettings></webdav>', ['s = C:\\s.dll @ / /app', 's = C:\\s32.dll @ / /app', 'l = C:\\l.dll @ / /app']],
    ['system.webServer/httpPlatform', '<httpPlatform processPath="C:\\j\\java.exe" arguments="-jar x.jar" />', ['processPath = C:\\j\\java.exe @ / /app']],
    ['system.webServer/iisnode', '<iisnode nodeProcessCommandLine="&quot;%programfiles%\\nodejs\\node.exe&quot; --require x" interceptor="C:\\i.js" />', ['nodeProcessCommandLine = %programfiles%\\nodejs\\node.exe @ / /app', 'interceptor = C:\\i.js @ / /app']],
    ['system.webServer/fastCgi', '<fastCgi><application fullPath="C:\\php\\php-cgi.exe"><environmentVariables><environmentVariable name="PHPRC" value="C:\\ini" /><environmentVariable name="X" value="1" /></environmentVariables></application></fastCgi>', ['null = C:\\php\\php-cgi.exe @ / /app', 'PHPRC = no file @ / /app']],
  ])('%s', (section, xml, expected) => {
    expect(told(server(xml), inSection(section))).toEqual(expected);
  });
  test('FTP providers: a type or a class id, for the FTP service', () => {
    const files = serverFiles(host({ locations: `<system.ftpServer><providerDefinitions><add name="T" type="F.Auth, F" /><add name="C" clsid="{3}" />
      <add name="IisManagerAuth" type="Microsoft.Web.FtpServer.Security.IisManagerAuthenticationProvider, Microsoft.Web.FtpServer, version=7.5.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35" /></providerDefinitions></system.ftpServer>` }));
    expect(told(files, inSection('system.ftpServer/providerDefinitions'))).toEqual(['T = F.Auth, F @ no worker process loads it: the FTP service does', 'C = no file @ no worker process loads it: the FTP service does']);
  });
});

describe('the process of an ASP.NET Core application', () => {
  const core = (attributes: string, inside = ''): string[] =>
    told(serverFiles(host(), { 'C:\\app\\web.config': `<configuration><location path="." inheritInChildApplications="false"><system.webServer><aspNetCore ${attributes}>${inside}</aspNetCore></system.webServer></location></configuration>` }), inSection('system.webServer/aspNetCore'));

  test.each([
    ['processPath="dotnet" arguments=".\\Shop.dll" hostingModel="inprocess"', 'processPath = C:\\app\\Shop.dll @ /app'],
    ['processPath="%ProgramFiles%\\dotnet\\dotnet.exe" arguments="exec &quot;C:\\x y\\z.dll&quot; a.dll"', 'processPath = C:\\x y\\z.dll @ /app'],
    ['processPath=".\\Shop.exe"', 'processPath = C:\\app\\Shop.exe @ /app'],
    ['processPath="powershell.exe" arguments="-enc AA"', 'processPath = powershell.exe @ /app'],
  ])('%s', (attributes, expected) => {
    expect(core(attributes)).toEqual([expected]);
  });
  test('its variables', () => {
    expect(core('processPath=".\\a.exe"', '<environmentVariables><environmentVariable name="DOTNET_STARTUP_HOOKS" value="C:\\h.dll" /><environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Production" /></environmentVariables>')).toEqual(['processPath = C:\\app\\a.exe @ /app', 'DOTNET_STARTUP_HOOKS = C:\\h.dll @ /app']);
  });
});

describe('where a setting reaches', () => {
  const MEMBERSHIP = '<system.web><membership><providers><add name="M" type="E.M, E" /></providers></membership></system.web>';
  const isM = (r: RawRegistration): boolean => r.name === 'M';
  const at = (path: string, content: string, parts: Parameters<typeof host>[0] = {}): string[] => told(serverFiles(host(parts), { [path]: `<configuration>${content}</configuration>` }), isM);

  test('a web.config: its application and those below, without inheritance its own alone', () => {
    expect(at('C:\\www\\web.config', MEMBERSHIP)).toEqual(['M = E.M, E @ / /app']);
    expect(at('C:\\www\\web.config', `<location path="." inheritInChildApplications="false">${MEMBERSHIP}</location>`)).toEqual(['M = E.M, E @ /']);
    expect(at('C:\\www\\sub\\web.config', MEMBERSHIP)).toEqual(['M = E.M, E @ /']);
    expect(at('C:\\app\\web.config', MEMBERSHIP)).toEqual(['M = E.M, E @ /app']);
  });
  test('a folder that two applications share', () => {
    expect(at('C:\\www\\web.config', MEMBERSHIP, { sites: `<site name="A" id="1"><application path="/"><virtualDirectory path="/" physicalPath="C:\\www" /></application></site>
      <site name="B" id="2"><application path="/"><virtualDirectory path="/" physicalPath="c:\\WWW\\" /></application><application path="/x"><virtualDirectory path="/" physicalPath="C:\\x" /></application></site>`,
    pools: '<add name="DefaultAppPool" managedRuntimeVersion="v4.0" />' })).toEqual(['M = E.M, E @ / / /x']);
  });
  test('files that are not read', () => {
    const ignored = 'M = E.M, E @ IIS does not read this line: web.config files are ignored here, or the section cannot be used at this level';
    expect(at('C:\\www\\web.config', MEMBERSHIP, { pools: '<add name="P" managedRuntimeVersion="v4.0" enableConfigurationOverride="false" />' })).toEqual([ignored]);
    const noSub = SITE.replace('physicalPath="C:\\www"', 'physicalPath="C:\\www" allowSubDirConfig="false"');
    expect(at('C:\\www\\sub\\web.config', MEMBERSHIP, { sites: noSub })).toEqual([ignored]);
    expect(at('C:\\www\\web.config', MEMBERSHIP, { sites: noSub })).toEqual(['M = E.M, E @ / /app']);
    expect(at('C:\\www\\web.config', '<system.applicationHost><serviceAutoStartProviders><add name="M" type="E.M, E" /></serviceAutoStartProviders></system.applicationHost>')).toEqual(['M = E.M, E @ the section may stand in applicationHost.config only (500.19)']);
    expect(at('C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\web.config', '<system.webServer><rewrite><providers><provider name="M" type="E.M, E" /></providers></rewrite></system.webServer>')).toEqual(['M = E.M, E @ IIS reads its own sections from applicationHost.config on, not from the files of .NET']);
  });
  test('a pool without managed code', () => {
    expect(at('C:\\www\\web.config', MEMBERSHIP, { pools: '<add name="P" managedRuntimeVersion="" />' })).toEqual(['M = E.M, E @ no application that reads it runs managed code']);
  });
});
