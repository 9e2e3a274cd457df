import type { Edit } from './scenario.ts';

type Part = Partial<Edit>;
const of = (...parts: readonly Part[]): Edit[] => parts.map((p) => ({ element: 'add', attributes: {}, children: [], ...p }));
const module = (name: string, image: string, preCondition?: string): Part => ({ install: { name, image, ...(preCondition === undefined ? {} : { preCondition }) } });
const section = (path: string, overrideModeDefault = 'Allow'): Part => {
  const parts = path.split('/');
  return { add: `configSections${parts.slice(0, -1).map((p) => `/sectionGroup[name=${p}]`).join('')}`, element: 'section', attributes: { name: parts.at(-1) ?? '', overrideModeDefault } };
};
const REWRITE = of(section('system.webServer/rewrite/globalRules'), section('system.webServer/rewrite/rules'), section('system.webServer/rewrite/providers'), section('system.webServer/rewrite/outboundRules'), section('system.webServer/rewrite/allowedServerVariables', 'Deny'), module('RewriteModule', '%SystemRoot%\\system32\\inetsrv\\rewrite.dll'));
const V15 = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15';
const HIVE = 'C:\\Program Files\\Common Files\\Microsoft Shared\\Web Server Extensions\\16\\isapi';

/** Entries that the installers of products write, from their public documentation. */
export const PRODUCTS: Readonly<Record<string, readonly Edit[]>> = {
  'rewrite': REWRITE,
  'arr': [...REWRITE, ...of(section('system.webServer/proxy'), section('webFarms', 'Deny'), module('ApplicationRequestRouting', '%ProgramFiles%\\IIS\\Application Request Routing\\requestRouter.dll'), { set: 'system.webServer/proxy', attributes: { enabled: 'true' } })],
  'aspnetcore': of(section('system.webServer/aspNetCore'), module('AspNetCoreModuleV2', '%ProgramFiles%\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll')),
  'cors': of(section('system.webServer/cors'), module('CorsModule', '%windir%\\System32\\inetsrv\\iiscors.dll')),
  'iisnode': of(section('system.webServer/iisnode'), module('iisnode', '%ProgramFiles%\\iisnode\\iisnode.dll')),
  'httpplatform': of(section('system.webServer/httpPlatform'), module('httpPlatformHandler', '%SystemRoot%\\system32\\inetsrv\\httpPlatformHandler.dll')),
  'shibboleth': of(module('ShibNative', 'C:\\opt\\shibboleth-sp\\lib64\\shibboleth\\iis7_shib.dll', 'bitness64')),
  'wsus': of({ add: 'system.webServer/httpCompression', element: 'scheme', attributes: { name: 'xpress', doStaticCompression: 'false', doDynamicCompression: 'true', dll: 'C:\\Windows\\system32\\inetsrv\\suscomp.dll', staticCompressionLevel: '10', dynamicCompressionLevel: '0' } }),
  'iis-compression': of({ add: 'system.webServer/httpCompression', element: 'scheme', attributes: { name: 'br', dll: '%ProgramFiles%\\IIS\\IIS Compression\\iisbrotli.dll' } }),
  'php': of(
    { add: 'system.webServer/fastCgi', element: 'application', attributes: { fullPath: 'C:\\PHP\\v8.3\\php-cgi.exe', instanceMaxRequests: '10000' } },
    { add: 'isapiCgiRestriction', attributes: { path: 'C:\\PHP\\v8.3\\php-cgi.exe', allowed: 'true', description: 'PHP via FastCGI' } },
    { add: 'handlers', first: true, attributes: { name: 'PHP_via_FastCGI', path: '*.php', verb: 'GET,HEAD,POST', modules: 'FastCgiModule', scriptProcessor: 'C:\\PHP\\v8.3\\php-cgi.exe', resourceType: 'Either', requireAccess: 'Script' } },
  ),
  'exchange': of(
    module('kerbauth', `${V15}\\Bin\\kerbauth.dll`, 'bitness64'), module('exppw', `${V15}\\ClientAccess\\Owa\\auth\\exppw.dll`, 'bitness64'), module('cafe_exppw', `${V15}\\FrontEnd\\HttpProxy\\bin\\exppw.dll`, 'bitness64'),
    module('WSMan', 'C:\\Windows\\system32\\wsmsvc.dll'),
    { add: 'isapiFilters', element: 'filter', attributes: { name: 'Exchange OWA Cookie Authentication ISAPI Filter', path: `${V15}\\ClientAccess\\owa\\auth\\owaauth.dll`, enabled: 'true', preCondition: 'bitness64' } },
    { add: 'isapiFilters', element: 'filter', attributes: { name: 'Exchange ActiveSync ISAPI Filter', path: `${V15}\\FrontEnd\\HttpProxy\\bin\\AirFilter.dll`, enabled: 'true', preCondition: 'bitness64' } },
    { add: 'isapiCgiRestriction', attributes: { path: '%windir%\\system32\\RpcProxy\\RpcProxy.dll', allowed: 'true', groupId: 'RPC over HTTP', description: 'RPC Proxy' } },
    module('PasswordExpiryModule', '%windir%\\system32\\RpcProxy\\RpcProxy.dll', 'bitness64'),
  ),
  'sharepoint': of(
    module('SPNativeRequestModule', `${HIVE}\\spnativerequestmodule.dll`, 'integratedMode'), module('SharePoint16Module', `${HIVE}\\owssvr.dll`, 'integratedMode'),
    { add: 'isapiCgiRestriction', attributes: { path: `${HIVE}\\owssvr.dll`, allowed: 'true', groupId: 'WSSv16', description: 'SharePoint' } },
  ),
};
