import { type CaseGroup, type ConformanceCase, dormant, effective, type ExpectedEntry } from '../case.ts';
import { appHost, CLASSIC, GLOBAL, location, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const ACCESS = 'A handler needs the access that requireAccess names, and accessPolicy must give it.';
const LISTED = 'An ISAPI extension or CGI program runs only when isapiCgiRestriction allows it.';
const NOT_LISTED = 'notListedIsapisAllowed and notListedCgisAllowed let programs run that are not in the list.';
const MODULES = '<modules><add name="IsapiModule" /><add name="CgiModule" /><add name="FastCgiModule" /><add name="A" /></modules>';
const ISAPI = '<add name="X" path="*.x" verb="*" modules="IsapiModule" scriptProcessor="%windir%\\x.dll" />';
const CGI = '<add name="X" path="*.cgi" verb="*" modules="CgiModule" scriptProcessor="C:\\cgi\\x.exe" />';
const PHP = (script: string): string => `<add name="X" path="*.php" verb="*" modules="FastCgiModule" scriptProcessor="${script}" />`;
const restriction = (entries: string, attributes = ''): string => `<security><isapiCgiRestriction ${attributes}>${entries}</isapiCgiRestriction></security>`;

interface Server {
  readonly handler: string;
  readonly policy?: string;
  readonly root?: string;
  readonly pool?: string;
  readonly modules?: string;
  readonly globalModules?: string;
  readonly more?: string;
}

/** A server with one handler, X. */
const server = ({ handler, policy = 'accessPolicy="Read, Script"', root = '', pool, modules = MODULES, globalModules, more }: Server): string => appHost({
  root, unlocked: `${modules}\n<handlers ${policy}>${handler}</handlers>`, ...(pool === undefined ? {} : { pools: pool }), ...(globalModules === undefined ? {} : { globalModules }), ...(more === undefined ? {} : { more }),
});
const managed = (requireAccess: string): string => `<add name="X" path="x" verb="*" type="T.X" ${requireAccess}/>`;
const RUNS: ExpectedEntry = 'X';
const sleeps = (why: RegExp): ExpectedEntry => dormant('X', why);

function row(id: string, title: string, rule: string, reference: string, host: string, expected: ExpectedEntry, site?: string): ConformanceCase {
  // Every answer about a FastCGI handler owns up to what `fastcgi-restriction` is about.
  return { ...(id.startsWith('fastcgi') ? { assumes: /FastCGI/ } : {}), id, title, rule, reference, confidence: reference.startsWith('https:') ? 'documented' : 'schema', host, files: site === undefined ? {} : { www: site }, expect: { handlers: effective(expected) } };
}
const fast = (application: string): string => `<fastCgi>${application}</fastCgi>`;

export const HANDLER_STATES: CaseGroup = {
  group: 'handlers that run',
  cases: [
    row('access-script', 'Script is required and given', ACCESS, PAGE.handlersAdd, server({ handler: managed('') }), RUNS),
    row('access-default-policy', 'accessPolicy is Read unless said otherwise', 'accessPolicy has the default Read, requireAccess the default Script.', SCHEMA.handlers, server({ handler: managed(''), policy: '' }), sleeps(/Script/)),
    row('access-read', 'Read is required and given', ACCESS, PAGE.handlersAdd, server({ handler: managed('requireAccess="Read" '), policy: '' }), RUNS),
    row('access-none', 'None is required', 'requireAccess="None": the handler has no access requirements.', PAGE.handlersAdd, server({ handler: managed('requireAccess="None" '), policy: 'accessPolicy="None"' }), RUNS),
    row('access-execute', 'Execute is required and not given', ACCESS, PAGE.handlersAdd, server({ handler: managed('requireAccess="Execute" ') }), sleeps(/Execute/)),
    row('access-execute-given', 'Execute is required and given', ACCESS, PAGE.handlersAdd, server({ handler: managed('requireAccess="Execute" '), policy: 'accessPolicy="Read, Script, Execute"' }), RUNS),
    row('access-write', 'Write is required and not given', ACCESS, PAGE.handlersAdd, server({ handler: managed('requireAccess="Write" ') }), sleeps(/Write/)),
    row('access-site-takes-away', 'the web.config of the site takes Script away', 'accessPolicy is an attribute of handlers and overridden as such.', PAGE.handlers, server({ handler: managed('') }), sleeps(/Script/), web('<handlers accessPolicy="Read" />')),
    row('access-site-gives', 'the web.config of the site gives Execute', 'accessPolicy is an attribute of handlers and overridden as such.', PAGE.handlers, server({ handler: managed('requireAccess="Execute" ') }), RUNS, web('<handlers accessPolicy="Read, Script, Execute" />')),
    row('access-clear-keeps-policy', 'clear leaves accessPolicy alone', 'clear removes elements; attributes are different from elements.', PAGE.locking, server({ handler: '' }), RUNS, web('<handlers><clear /><add name="X" path="x" verb="*" type="T.X" /></handlers>')),
    row('access-location', 'a location tag of the server gives Execute to one site', 'accessPolicy is an attribute of handlers and overridden as such.', PAGE.handlers, server({ handler: managed('requireAccess="Execute" '), more: location('Main', '<handlers accessPolicy="Read, Script, Execute" />') }), RUNS),
    row('access-location-elsewhere', 'and not to another path', 'accessPolicy is an attribute of handlers and overridden as such.', PAGE.handlers, server({ handler: managed('requireAccess="Execute" '), more: location('Main/upload', '<handlers accessPolicy="Read, Script, Execute" />') }), sleeps(/Execute/)),
    row('isapi-allowed', 'an ISAPI extension that is allowed', LISTED, PAGE.isapiCgiRestriction, server({ handler: ISAPI, root: restriction('<add path="%windir%\\x.dll" allowed="true" />') }), RUNS),
    row('isapi-expanded', 'path written without variable and in another letter case', 'path and scriptProcessor are marked expanded, path is not caseSensitive.', SCHEMA.isapiCgiRestriction, server({ handler: ISAPI, root: restriction('<add path="c:\\WINDOWS\\X.dll" allowed="true" />') }), RUNS),
    row('isapi-denied', 'an ISAPI extension that is denied', LISTED, PAGE.isapiCgiRestriction, server({ handler: ISAPI, root: restriction('<add path="%windir%\\x.dll" allowed="false" />') }), sleeps(/isapiCgiRestriction/)),
    row('isapi-denied-despite-not-listed', 'denied although unlisted ones are allowed', LISTED, PAGE.isapiCgiRestriction, server({ handler: ISAPI, root: restriction('<add path="%windir%\\x.dll" allowed="false" />', 'notListedIsapisAllowed="true"') }), sleeps(/isapiCgiRestriction/)),
    row('isapi-not-listed', 'an ISAPI extension that is not listed', LISTED, PAGE.isapiCgiRestriction, server({ handler: ISAPI, root: restriction('<add path="C:\\other.dll" allowed="true" />') }), sleeps(/isapiCgiRestriction/)),
    row('isapi-not-listed-allowed', 'unlisted ISAPI extensions are allowed', NOT_LISTED, PAGE.isapiCgiRestriction, server({ handler: ISAPI, root: restriction('', 'notListedIsapisAllowed="true"') }), RUNS),
    row('isapi-not-listed-cgi-allowed', 'unlisted CGI programs are allowed, not ISAPI extensions', NOT_LISTED, PAGE.isapiCgiRestriction, server({ handler: ISAPI, root: restriction('', 'notListedCgisAllowed="true"') }), sleeps(/isapiCgiRestriction/)),
    row('cgi-allowed', 'a CGI program that is allowed', LISTED, PAGE.isapiCgiRestriction, server({ handler: CGI, root: restriction('<add path="C:\\cgi\\x.exe" allowed="true" />') }), RUNS),
    row('cgi-not-listed', 'a CGI program that is not listed', LISTED, PAGE.isapiCgiRestriction, server({ handler: CGI, root: restriction('', 'notListedIsapisAllowed="true"') }), sleeps(/isapiCgiRestriction/)),
    row('cgi-not-listed-allowed', 'unlisted CGI programs are allowed', NOT_LISTED, PAGE.isapiCgiRestriction, server({ handler: CGI, root: restriction('', 'notListedCgisAllowed="true"') }), RUNS),
    row('fastcgi-listed', 'a FastCGI process that is listed', 'A FastCGI handler names a process that the fastCgi section lists.', PAGE.fastCgi, server({ handler: PHP('C:\\php\\php-cgi.exe'), root: fast('<application fullPath="C:\\php\\php-cgi.exe" />') }), RUNS),
    row('fastcgi-not-listed', 'a FastCGI process that is not listed', 'A FastCGI handler names a process that the fastCgi section lists.', PAGE.fastCgi, server({ handler: PHP('C:\\php\\php-cgi.exe'), root: fast('<application fullPath="C:\\other\\php-cgi.exe" />') }), sleeps(/fastCgi/)),
    row('fastcgi-arguments', 'with arguments behind a bar', 'fullPath and arguments together are the key of a FastCGI application.', SCHEMA.fastCgi, server({ handler: PHP('C:\\php\\php-cgi.exe|-d a=b'), root: fast('<application fullPath="C:\\php\\php-cgi.exe" arguments="-d a=b" />') }), RUNS),
    row('fastcgi-other-arguments', 'with other arguments', 'fullPath and arguments together are the key of a FastCGI application.', SCHEMA.fastCgi, server({ handler: PHP('C:\\php\\php-cgi.exe|-d a=c'), root: fast('<application fullPath="C:\\php\\php-cgi.exe" arguments="-d a=b" />') }), sleeps(/fastCgi/)),
    row('fastcgi-missing-arguments', 'without the arguments', 'fullPath and arguments together are the key of a FastCGI application.', SCHEMA.fastCgi, server({ handler: PHP('C:\\php\\php-cgi.exe'), root: fast('<application fullPath="C:\\php\\php-cgi.exe" arguments="-d a=b" />') }), sleeps(/fastCgi/)),
    row('fastcgi-expanded', 'with a variable on one side', 'fullPath is marked expanded and not caseSensitive.', SCHEMA.fastCgi, server({ handler: PHP('%SystemDrive%\\PHP\\php-cgi.exe'), root: fast('<application fullPath="C:\\php\\php-cgi.exe" />') }), RUNS),
    {
      id: 'fastcgi-restriction', title: 'a FastCGI process that isapiCgiRestriction does not list', rule: 'isapiCgiRestriction is taken not to be asked for FastCGI processes.', reference: PAGE.fastCgi, confidence: 'assumed', assumes: /FastCGI/i,
      host: server({ handler: PHP('C:\\php\\php-cgi.exe'), root: `${fast('<application fullPath="C:\\php\\php-cgi.exe" />')}${restriction('')}` }), expect: { handlers: effective(RUNS) },
    },
    row('module-of-handler-missing', 'the module of the handler is not enabled', 'A handler with a bad module in its module list answers 500.21.', PAGE.statusCodes, server({ handler: ISAPI, modules: '<modules><add name="A" /></modules>', root: restriction('', 'notListedIsapisAllowed="true"') }), sleeps(/IsapiModule/)),
    row('module-of-handler-not-installed', 'the module of the handler is not installed', 'A native module must be installed before it can be enabled.', PAGE.modulesOverview, server({ handler: ISAPI, globalModules: '<add name="A" image="a.dll" />', root: restriction('', 'notListedIsapisAllowed="true"') }), sleeps(/IsapiModule/)),
    row('module-of-handler-other-bitness', 'the module of the handler is for the other bitness', 'IIS loads the module only in processes of that bitness.', PAGE.globalModulesAdd, server({ handler: ISAPI, globalModules: GLOBAL.replace('isapimodule.dll"', 'isapimodule.dll" preCondition="bitness32"'), root: restriction('', 'notListedIsapisAllowed="true"') }), sleeps(/IsapiModule/)),
    row('module-of-handler-removed', 'the site removes the module of the handler', 'After a module is removed from an application it is not active there.', PAGE.modulesOverview, server({ handler: ISAPI, root: restriction('', 'notListedIsapisAllowed="true"') }), sleeps(/IsapiModule/), web('<modules><remove name="IsapiModule" /></modules>')),
    row('modules-of-handler', 'one of several modules of the handler is not enabled', 'A handler with a bad module in its module list answers 500.21.', PAGE.statusCodes, server({ handler: '<add name="X" path="*" verb="*" modules="A,Gone" requireAccess="Read" />' }), sleeps(/Gone/)),
    row('modules-of-handler-all', 'all modules of the handler are enabled', 'modules names one or more modules with commas.', PAGE.handlersAdd, server({ handler: '<add name="X" path="*" verb="*" modules="A,IsapiModule" requireAccess="Read" />' }), RUNS),
    row('handler-managed-classic', 'a managed handler in a Classic pool', 'ManagedPipelineHandler belongs to the integrated pipeline; elsewhere it is a bad module (500.21).', PAGE.statusCodes, server({ handler: managed(''), pool: CLASSIC }), sleeps(/Classic/)),
    row('handler-managed-no-code', 'a managed handler in a pool without managed code', 'managedRuntimeVersion="" loads no .NET runtime.', PAGE.pool, server({ handler: managed(''), pool: '<add name="P" managedRuntimeVersion="" />' }), sleeps(/managed code/)),
    row('dll-stock', 'the *.dll handler as installed', 'The stock handler requires Execute; the stock accessPolicy is Read, Script.', PAGE.handlersAdd, server({ handler: '<add name="X" path="*.dll" verb="*" modules="IsapiModule" resourceType="File" requireAccess="Execute" allowPathInfo="true" />' }), sleeps(/Execute/)),
    row('dll-execute', 'the *.dll handler where Execute is given', 'A DLL in the content runs where accessPolicy has Execute.', PAGE.handlersAdd, server({ handler: '<add name="X" path="*.dll" verb="*" modules="IsapiModule" resourceType="File" requireAccess="Execute" allowPathInfo="true" />', policy: 'accessPolicy="Read, Script, Execute"' }), RUNS),
  ],
};
