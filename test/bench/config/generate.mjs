// A server with many sites, made of the sample's applicationHost.config: the same for the same numbers.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const SAMPLE = path.join(root, 'test/fixtures/sample/evidence/C/Windows/System32/inetsrv/config/applicationHost.config');
const INETSRV = 'C/Windows/System32/inetsrv/config';
const POOLS = [
  'managedRuntimeVersion="v4.0"',
  'managedRuntimeVersion="v4.0" autoStart="true" startMode="AlwaysRunning"',
  'managedRuntimeVersion="v4.0" managedPipelineMode="Classic"',
  'managedRuntimeVersion="v4.0" enable32BitAppOnWin64="true"',
  'managedRuntimeVersion="v2.0"',
  'managedRuntimeVersion=""',
];

const number = (n, width) => String(n).padStart(width, '0');
const siteName = (s) => `Customer ${number(s, 3)}`;
const siteFolder = (s) => `sites\\customer${number(s, 3)}`;

/** Application number `a` of a site: `/` is the first, some lie below another one. */
const applicationPath = (a) => (a === 0 ? '/' : a % 3 === 0 ? `/app${a - 1}/service` : `/app${a}`);
const applicationFolder = (s, a) => `${siteFolder(s)}${a === 0 ? '\\root' : `\\app${a}`}`;

function pool(s) {
  return `            <add name="Pool ${number(s, 3)}" ${POOLS[s % POOLS.length]}>
                <processModel identityType="ApplicationPoolIdentity" idleTimeout="00:20:00" />
                <recycling logEventOnRecycle="Time, Memory, PrivateMemory"><periodicRestart time="1.05:00:00" /></recycling>
            </add>\n`;
}

function site(s, applications) {
  const list = Array.from({ length: applications }, (_, a) => `                <application path="${applicationPath(a)}" applicationPool="Pool ${number(s, 3)}">
                    <virtualDirectory path="/" physicalPath="D:\\${applicationFolder(s, a)}" />
${a === 0 ? `                    <virtualDirectory path="/shared" physicalPath="D:\\sites\\shared" userName="" password="" />\n` : ''}                </application>\n`);
  return `            <site name="${siteName(s)}" id="${s + 1}" serverAutoStart="true">
${list.join('')}                <bindings>
                    <binding protocol="http" bindingInformation="*:80:customer${number(s, 3)}.example" />
                    <binding protocol="https" bindingInformation="*:443:customer${number(s, 3)}.example" sslFlags="1" />
                </bindings>
                <logFile logFormat="W3C" directory="D:\\logs\\customer${number(s, 3)}" logExtFileFlags="Date, Time, ClientIP, UserName, ServerIP, Method, UriStem, UriQuery, HttpStatus, Win32Status, TimeTaken, ServerPort, UserAgent, Referer, HttpSubStatus" />
            </site>\n`;
}

function location(s, a) {
  const at = applicationPath(a) === '/' ? siteName(s) : `${siteName(s)}${applicationPath(a)}`;
  const handlers = [
    `<add name="Legacy ${a}" path="*.legacy${a}" verb="GET,HEAD,POST" modules="IsapiModule" scriptProcessor="D:\\${applicationFolder(s, a)}\\legacy.dll" resourceType="Unspecified" requireAccess="Script" preCondition="bitness64" />`,
    '<remove name="WebDAV" />',
    `<add name="Report ${a}" path="report.axd" verb="GET" type="Customer.Web.ReportHandler, Customer.Web" preCondition="integratedMode" />`,
  ];
  return `    <location path="${at}">
        <system.webServer>
            <handlers accessPolicy="Read, Script">
                ${handlers.slice(0, 1 + (a % 3)).join('\n                ')}
            </handlers>
            <security>
                <authentication>
                    <anonymousAuthentication enabled="${a % 2 === 0}" userName="IUSR" />
                    <windowsAuthentication enabled="${a % 2 === 1}"><providers><clear /><add value="Negotiate" /><add value="NTLM" /></providers></windowsAuthentication>
                    <basicAuthentication enabled="false" />
                </authentication>
                <requestFiltering><requestLimits maxAllowedContentLength="104857600" /></requestFiltering>
                <access sslFlags="Ssl, Ssl128" />
            </security>
            <httpErrors errorMode="DetailedLocalOnly"><remove statusCode="404" /><error statusCode="404" path="D:\\${siteFolder(s)}\\errors\\404.htm" responseMode="File" /></httpErrors>
            <staticContent><clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="1.00:00:00" /></staticContent>
        </system.webServer>
    </location>\n`;
}

/** Four kinds of web.config, as different applications write them. */
function webConfig(s, a) {
  const server = [
    `<modules runAllManagedModulesForAllRequests="true"><remove name="FormsAuthentication" /><add name="Audit${a}" type="Customer.Web.AuditModule, Customer.Web" preCondition="managedHandler" /></modules>`,
    `<handlers><remove name="ExtensionlessUrlHandler-Integrated-4.0" /><add name="ExtensionlessUrlHandler-Integrated-4.0" path="*." verb="*" type="System.Web.Handlers.TransferRequestHandler" preCondition="integratedMode,runtimeVersionv4.0" /><add name="Upload${a}" path="upload.ashx" verb="POST" type="Customer.Web.Upload${a}, Customer.Web" /></handlers>`,
    `<modules><add name="Rewriter${a}" type="Customer.Web.Rewriter, Customer.Web" /><add name="CustomerSession${a}" type="Customer.Web.SessionModule, Customer.Web" /></modules>\n    <handlers><remove name="aspNetCore" /><add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" /></handlers>`,
    '<defaultDocument><files><clear /><add value="default.aspx" /></files></defaultDocument>\n    <httpProtocol><customHeaders><remove name="X-Powered-By" /><add name="X-Frame-Options" value="SAMEORIGIN" /></customHeaders></httpProtocol>',
  ][(s + a) % 4];
  const bindings = ['Newtonsoft.Json', 'System.Web.Mvc', 'System.Web.WebPages', 'WebGrease', 'Antlr3.Runtime'].slice(0, (s + a) % 6)
    .map((name) => `      <dependentAssembly><assemblyIdentity name="${name}" publicKeyToken="30ad4fe6b2a6aeed" culture="neutral" /><bindingRedirect oldVersion="0.0.0.0-13.0.0.0" newVersion="13.0.0.0" /></dependentAssembly>\n`);
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <appSettings>
    <add key="webpages:Version" value="3.0.0.0" />
    <add key="Customer:Name" value="${siteName(s)}" />
    <add key="Customer:Application" value="${applicationPath(a)}" />
    <add key="aspnet:UseTaskFriendlySynchronizationContext" value="true" />
  </appSettings>
  <connectionStrings>
    <add name="Main" connectionString="Data Source=sql01;Initial Catalog=customer${number(s, 3)};Integrated Security=True" providerName="System.Data.SqlClient" />
  </connectionStrings>
  <system.web>
    <compilation debug="false" targetFramework="4.7.2"><assemblies><add assembly="System.Web.Abstractions, Version=4.0.0.0, Culture=neutral, PublicKeyToken=31BF3856AD364E35" /></assemblies></compilation>
    <httpRuntime targetFramework="4.7.2" maxRequestLength="102400" />
    <authentication mode="Forms"><forms loginUrl="~/Account/Login" timeout="2880" /></authentication>
    <httpModules><add name="Audit${a}" type="Customer.Web.AuditModule, Customer.Web" /></httpModules>
    <pages><namespaces><add namespace="System.Web.Helpers" /><add namespace="System.Web.Mvc" /><add namespace="System.Web.Routing" /></namespaces></pages>
  </system.web>
  <system.webServer>
    <validation validateIntegratedModeConfiguration="false" />
    ${server}
  </system.webServer>
  <runtime>
    <assemblyBinding xmlns="urn:schemas-microsoft-com:asm.v1">
${bindings.join('')}    </assemblyBinding>
  </runtime>
</configuration>\n`;
}

function rootWebConfig(version) {
  const modules = ['OutputCache', 'Session', 'WindowsAuthentication', 'FormsAuthentication', 'PassportAuthentication', 'RoleManager', 'UrlAuthorization', 'FileAuthorization', 'AnonymousIdentification', 'Profile', 'ErrorHandlerModule', 'ServiceModel', 'UrlRoutingModule', 'ScriptModule'];
  const handlers = ['trace.axd', 'WebResource.axd', '*.axd', '*.aspx', '*.ashx', '*.asmx', '*.rem', '*.soap', '*.asax', '*.ascx', '*.master', '*.skin', '*.browser', '*.sitemap', '*.config', '*.cs', '*.csproj', '*.vb', '*.vbproj', '*.webinfo', '*.licx', '*.resx', '*.resources', '*.mdb', '*.vjsproj', '*.java', '*.jsl', '*.ldb', '*.ad', '*.dd', '*.ldd', '*.sd', '*.cd', '*.adprototype', '*.lddprototype', '*.sdm', '*.sdmDocument', '*.mdf', '*.ldf', '*.exclude', '*.refresh', '*.svc', '*.rules', '*.xoml', '*.xamlx', '*.aspq', '*.cshtml', '*.cshtm', '*.vbhtml', '*.vbhtm'];
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
    <system.web>
        <httpModules>
${modules.map((m) => `            <add name="${m}" type="System.Web.${m}Module" />\n`).join('')}        </httpModules>
        <httpHandlers>
${handlers.map((h) => `            <add path="${h}" verb="*" type="System.Web.HttpForbiddenHandler, ${version}" validate="True" />\n`).join('')}            <add path="*" verb="GET,HEAD,POST" type="System.Web.DefaultHttpHandler" validate="True" />
        </httpHandlers>
    </system.web>
</configuration>\n`;
}

const MACHINE = '<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n    <configSections><sectionGroup name="system.web"><section name="httpModules" type="System.Web.Configuration.HttpModulesSection" /><section name="httpHandlers" type="System.Web.Configuration.HttpHandlersSection" /></sectionGroup></configSections>\n    <system.web><processModel autoConfig="true" /></system.web>\n</configuration>\n';

/**
 * Writes the configuration of one server into a folder, as a collection of drives `C` and `D`.
 * @returns evidence paths of all files, with their bytes
 */
export function generateServer(folder, { sites, applications }) {
  const each = Array.from({ length: sites }, (_, s) => Math.floor(((s + 1) * applications) / sites) - Math.floor((s * applications) / sites));
  const files = new Map();
  const host = readFileSync(SAMPLE, 'utf8')
    .replace(/<applicationPools>[^]*?(\s*<applicationPoolDefaults)/, (_, rest) => `<applicationPools>\n${each.map((_, s) => pool(s)).join('')}${rest}`)
    .replace(/<sites>[^]*?(\s*<siteDefaults)/, (_, rest) => `<sites>\n${each.map((count, s) => site(s, count)).join('')}${rest}`)
    .replace(/\s*<location path="(?!")[^]*<\/location>/, '')
    .replace(/<\/configuration>\s*$/, () => `${each.map((count, s) => Array.from({ length: count }, (_, a) => location(s, a)).join('')).join('')}</configuration>\n`);
  files.set(`${INETSRV}/applicationHost.config`, host);
  for (const frame of ['Framework', 'Framework64']) {
    for (const version of ['v4.0.30319', 'v2.0.50727']) {
      files.set(`C/Windows/Microsoft.NET/${frame}/${version}/Config/machine.config`, MACHINE);
      files.set(`C/Windows/Microsoft.NET/${frame}/${version}/Config/web.config`, rootWebConfig(version));
    }
  }
  for (const [s, count] of each.entries()) {
    for (let a = 0; a < count; a++) files.set(`D/${applicationFolder(s, a).replaceAll('\\', '/')}/web.config`, webConfig(s, a));
  }
  for (const [name, text] of files) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return files;
}

if (process.argv[1] === import.meta.filename) {
  const [folder, sites = '500', applications = '3000'] = process.argv.slice(2);
  if (folder === undefined) throw new Error('node generate.mjs FOLDER [SITES [APPLICATIONS]]');
  const files = generateServer(folder, { sites: Number(sites), applications: Number(applications) });
  console.log(`${files.size} files, ${([...files.values()].reduce((n, t) => n + t.length, 0) / 1e6).toFixed(1)} MB, applicationHost.config ${(files.get(`${INETSRV}/applicationHost.config`).length / 1e6).toFixed(1)} MB`);
}
