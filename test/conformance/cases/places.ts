import type { CaseGroup, ConformanceCase } from '../case.ts';
import { appHost, CLASSIC, configuration, systemWeb, web } from '../files.ts';
import { PAGE } from '../references.ts';

const IIS = 'https://learn.microsoft.com/en-us/iis/configuration/system.webserver';
const HOST = 'https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost';
const NET = 'https://learn.microsoft.com/en-us/previous-versions/dotnet/netframework-4.0';
const EVIL = 'Evil.Type, Evil, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null';

/** A setting that names code, in applicationHost.config or in the web.config of the site. */
function row(id: string, title: string, rule: string, reference: string, where: 'host' | 'www', content: string, line: string): ConformanceCase {
  const base = { id: `place-${id}`, title, rule, reference, confidence: 'documented' as const, registered: [line] };
  return where === 'host' ? { ...base, host: appHost({ more: content }) } : { ...base, host: appHost(), files: { www: content } };
}

export const PLACES: CaseGroup = {
  group: 'settings that name code',
  cases: [
    row('compression', 'a DLL of a compression scheme', 'httpCompression/scheme@dll names the DLL of a scheme.', `${IIS}/httpcompression/scheme`, 'host', '<system.webServer><httpCompression>\n<scheme name="evil" dll="C:\\evil.dll" />\n</httpCompression></system.webServer>', 'other evil server @host(C:\\evil.dll)'),
    row('auto-start', 'a provider that starts applications', 'serviceAutoStartProviders/add@type names a managed type.', `${HOST}/serviceautostartproviders/`, 'host', `<system.applicationHost><serviceAutoStartProviders>\n<add name="Warm" type="${EVIL}" />\n</serviceAutoStartProviders></system.applicationHost>`, 'other Warm server @host(name="Warm")'),
    row('listener', 'a listener adapter with its own DLL', 'listenerAdapters/add@protocolManagerDll names a DLL.', `${HOST}/listeneradapters/add`, 'host', '<system.applicationHost><listenerAdapters>\n<add name="net.evil" protocolManagerDll="C:\\pm.dll" protocolManagerDllInitFunction="Init" />\n</listenerAdapters></system.applicationHost>', 'other net.evil server @host(pm.dll)'),
    row('failed-request-action', 'a program that a failed request starts', 'traceFailedRequests/add@customActionExe names a program.', `${IIS}/tracing/tracefailedrequests/add/`, 'www', web('<tracing><traceFailedRequests>\n<add path="*" customActionExe="C:\\evil.exe" />\n</traceFailedRequests></tracing>'), 'other customActionExe site:Main @www:3'),
    row('rewrite-provider', 'a provider of URL Rewrite', 'rewrite/providers/provider@type names a managed type.', 'https://learn.microsoft.com/en-us/iis/extensions/url-rewrite-module/using-custom-rewrite-providers-with-url-rewrite-module', 'www', web(`<rewrite><providers>\n<provider name="Db" type="${EVIL}" />\n</providers></rewrite>`), 'other Db site:Main @www:3'),
    row('assembly', 'an assembly that pages are compiled with', 'compilation/assemblies/add@assembly names an assembly.', `${NET}/bfyb45k1(v=vs.100)`, 'www', systemWeb('<compilation><assemblies>\n<add assembly="Evil, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null" />\n</assemblies></compilation>'), 'other assemblies site:Main @www:3'),
    row('build-provider', 'a build provider', 'compilation/buildProviders/add@type names a managed type.', `${NET}/h0e51sw9(v=vs.100)`, 'www', systemWeb(`<compilation><buildProviders>\n<add extension=".txt" type="${EVIL}" />\n</buildProviders></compilation>`), 'other .txt site:Main @www:3'),
    row('expression-builder', 'an expression builder', 'compilation/expressionBuilders/add@type names a managed type.', `${NET}/ms228120(v=vs.100)`, 'www', systemWeb(`<compilation><expressionBuilders>\n<add expressionPrefix="Evil" type="${EVIL}" />\n</expressionBuilders></compilation>`), 'other Evil site:Main @www:3'),
    row('membership', 'a membership provider', 'membership/providers/add@type names a managed type.', `${NET}/6d4936ht(v=vs.100)`, 'www', systemWeb(`<membership><providers>\n<add name="Users" type="${EVIL}" />\n</providers></membership>`), 'other Users site:Main @www:3'),
    row('session-state', 'a session state provider', 'sessionState/providers/add@type names a managed type.', `${NET}/h6bb9cz9(v=vs.100)`, 'www', systemWeb(`<sessionState><providers>\n<add name="Store" type="${EVIL}" />\n</providers></sessionState>`), 'other Store site:Main @www:3'),
    row('fastcgi', 'a FastCGI application', 'fastCgi/application@fullPath names a program.', PAGE.fastCgiApplication, 'host', '<location path="."><system.webServer><fastCgi>\n<application fullPath="C:\\php\\php-cgi.exe" />\n</fastCgi></system.webServer></location>', 'cgi C:\\php\\php-cgi.exe server @host(php-cgi.exe)'),
    {
      id: 'place-pool-profiler', title: 'a profiler in the environment of a pool', rule: 'environmentVariables/add gives variables to the worker processes of a pool.', reference: `${HOST}/applicationpools/add/environmentvariables/`, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="v4.0"><environmentVariables>\n<add name="COR_PROFILER_PATH" value="C:\\evil.dll" />\n</environmentVariables></add>' }), registered: ['other COR_PROFILER_PATH server @host(COR_PROFILER_PATH)'],
    },
    {
      id: 'place-pool-clr-config', title: 'a .NET configuration file of a pool', rule: 'CLRConfigFile names the .NET configuration file of a pool.', reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '\n<add name="P" managedRuntimeVersion="v4.0" CLRConfigFile="C:\\clr.config" />' }), registered: ['other CLRConfigFile server @host(clr.config)'],
    },
    {
      id: 'place-pool-failure', title: 'a program that runs when a pool fails', rule: 'failure@autoShutdownExe names a program.', reference: `${HOST}/applicationpools/add/failure`, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="v4.0">\n<failure autoShutdownExe="C:\\evil.exe" />\n</add>' }), registered: ['other autoShutdownExe server @host(autoShutdownExe)'],
    },
    {
      id: 'place-log-plug-in', title: 'a log plug-in of a site', rule: 'logFile@customLogPluginClsid names the COM class of a log plug-in.', reference: `${HOST}/sites/site/logfile/`, confidence: 'documented',
      host: appHost({ sites: '<site name="Main" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" /></application>\n<logFile logFormat="Custom" customLogPluginClsid="{01234567-89AB-CDEF-0123-456789ABCDEF}" />\n</site>' }), registered: ['other customLogPluginClsid site:Main @host(customLogPluginClsid)'],
    },
    {
      id: 'place-management', title: 'a module provider of IIS Manager', rule: 'administration.config registers managed code of IIS Manager in moduleProviders.', reference: 'https://learn.microsoft.com/en-us/iis/develop/extending-the-management-ui/how-to-create-a-simple-iis-manager-module', confidence: 'documented',
      host: appHost(), files: { administration: configuration(`<moduleProviders>\n<add name="Evil" type="${EVIL}" />\n</moduleProviders>`) }, registered: ['other Evil server @administration:3'],
    },
    {
      id: 'place-machine-module', title: 'httpModules of the root web.config', rule: 'The root web.config holds the modules of all Classic applications.', reference: PAGE.aspNetHierarchy, confidence: 'documented',
      host: appHost({ pools: CLASSIC }), files: { machine: configuration(''), root: systemWeb('<httpModules>\n<add name="Planted" type="Evil.M, Evil" />\n</httpModules>') }, registered: ['managed-module Planted server @root:3'],
    },
    {
      id: 'place-unknown-section', title: 'a section of nobody names no code', rule: 'What is no known place is not a registration.', reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration('<appSettings>\n<add key="Theme" value="Dark" />\n</appSettings>') }, notRegistered: ['other Theme site:Main'],
    },
  ],
};
