import { describe, expect, test } from 'vitest';
import { loadedBy, registrations, type ConfigurationFiles, type RawRegistration } from '../../../electron/iis/index.ts';
import { redirectionOf } from '../../../electron/iis/places/redirection.ts';
import { host, serverFiles, serverOf } from './support.ts';

const CONFIG = 'C:\\Windows\\System32\\inetsrv\\config';
const dotNet = (folder: string, version: string, name: string): string => `C:\\Windows\\Microsoft.NET\\${folder}\\${version}\\Config\\${name}`;
const ROOT = dotNet('Framework64', 'v4.0.30319', 'web.config');
const MACHINE = dotNet('Framework64', 'v4.0.30319', 'machine.config');
const SYSTEM_WEB = 'Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a';

interface Line { readonly line: RawRegistration; readonly by: readonly string[]; readonly dormant: string | undefined }

function linesOf(files: ConfigurationFiles, pick: (r: RawRegistration) => boolean): Line[] {
  const server = serverOf(files);
  const lines = registrations(files, server);
  const loading = loadedBy(files, server, lines);
  return lines.filter(pick).map((line) => ({ line, by: (loading.loadedBy.get(line.key) ?? []).map((l) => `${l.site}${l.application}`), dormant: loading.dormant.get(line.key) }));
}

const inFile = (path: string) => (r: RawRegistration): boolean => r.path === path;
const pools = (...list: string[]): string => list.map((attributes, i) => `<add name="P${i}" ${attributes} />`).join('');
const sites = (count: number): string =>
  `<site name="Main" id="1">${Array.from({ length: count }, (_, i) => `<application path="/${i === 0 ? '' : `a${i}`}" applicationPool="P${i}"><virtualDirectory path="/" physicalPath="C:\\w${i}" /></application>`).join('')}</site>`;

describe('machine.config and root web.config', () => {
  const modules = (type: string): string => `<configuration><system.web><httpModules><add name="Planted" type="${type}" /></httpModules></system.web></configuration>`;

  test('a module of each root is loaded by the Classic pools of that version and bitness alone', () => {
    const classic = 'managedPipelineMode="Classic"';
    const text = host({ sites: sites(3), pools: pools(`managedRuntimeVersion="v4.0" ${classic}`, `managedRuntimeVersion="v4.0" enable32BitAppOnWin64="true" ${classic}`, `managedRuntimeVersion="v2.0" ${classic}`) });
    const folders: [string, string][] = [['Framework64', 'v4.0.30319'], ['Framework', 'v4.0.30319'], ['Framework64', 'v2.0.50727'], ['Framework', 'v2.0.50727'], ['Framework', 'v1.1.4322']];
    const others = folders.flatMap(([f, v]) => [[dotNet(f, v, 'web.config'), modules('Evil.M, Evil')], [dotNet(f, v, 'machine.config'), '<configuration />']]);
    const found = linesOf(serverFiles(text, Object.fromEntries(others)), (r) => r.name === 'Planted');
    expect(found.map(({ line, by }) => `${line.path?.replace(/^.*NET\\|\\Config.*$/g, '')} ${line.scope} ${line.kind} ${by.join(',')}`)).toEqual([
      'Framework64\\v4.0.30319 server managed-module Main/', 'Framework\\v4.0.30319 server managed-module Main/a1', 'Framework64\\v2.0.50727 server managed-module Main/a2',
      'Framework\\v2.0.50727 server managed-module ', 'Framework\\v1.1.4322 server managed-module ',
    ]);
    expect(found[3]?.dormant).toBe('only 32-bit pools of .NET v2.0 read this file, and no application runs in one');
  });

  test('an Integrated pool does not use it, and says so', () => {
    const files = serverFiles(host({ sites: sites(1), pools: pools('managedRuntimeVersion="v4.0"') }), { [ROOT]: modules('Evil.M, Evil'), [MACHINE]: '<configuration />' });
    expect(linesOf(files, inFile(ROOT))).toMatchObject([{ by: [], dormant: expect.stringContaining('Integrated') }]);
  });

  test('of the settings only what is not of the platform is a component, stock modules and handlers are', () => {
    const root = `<configuration><system.web>
      <httpModules><add name="Session" type="System.Web.SessionState.SessionStateModule" /></httpModules>
      <httpHandlers><add path="*.aspx" verb="*" type="System.Web.UI.PageHandlerFactory" /></httpHandlers>
      <compilation><assemblies><add assembly="mscorlib" /><add assembly="System.Web, ${SYSTEM_WEB}" /><add assembly="Evil.Base, Version=1.0.0.0" /><add assembly="*" /></assemblies>
        <buildProviders><add extension=".aspx" type="System.Web.Compilation.PageBuildProvider" /></buildProviders></compilation>
      <membership><providers><add name="AspNetSqlMembershipProvider" type="System.Web.Security.SqlMembershipProvider, System.Web, ${SYSTEM_WEB}" /></providers></membership>
    </system.web></configuration>`;
    const machine = `<configuration><configSections><section name="system.codedom" type="System.CodeDom.Compiler.CodeDomConfigurationHandler, System, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089" /></configSections>
      <system.data><DbProviderFactories><add name="Sql" invariant="s" type="System.Data.SqlClient.SqlClientFactory, System.Data, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089" />
        <add name="Mine" invariant="m" type="Evil.Factory, Evil, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef" /></DbProviderFactories></system.data></configuration>`;
    const files = serverFiles(host({ sites: sites(1), pools: pools('managedRuntimeVersion="v4.0"') }), { [ROOT]: root, [MACHINE]: machine });
    const found = linesOf(files, (r) => r.path === ROOT || r.path === MACHINE);
    expect(found.map(({ line, by }) => `${line.section} ${line.kind} ${line.type} ${by.join()}`)).toEqual([
      'system.data other Evil.Factory, Evil, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef Main/',
      'system.web/httpModules managed-module System.Web.SessionState.SessionStateModule ', 'system.web/httpHandlers managed-handler System.Web.UI.PageHandlerFactory ',
      'system.web/compilation other *, Evil.Base, Version=1.0.0.0 Main/',
    ]);
  });

  test('Aspnet.config gives an application domain manager to every pool that has no file of its own', () => {
    const path = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Aspnet.config';
    const files = { [path]: '<configuration><runtime><legacyUnhandledExceptionPolicy enabled="false" /><appDomainManagerAssembly value="E" /><appDomainManagerType value="E.M" /></runtime></configuration>' };
    const of = (second: string): Line[] => linesOf(serverFiles(host({ sites: sites(2), pools: pools(`managedRuntimeVersion="v4.0" CLRConfigFile="C:\\c.config"`, second) }), files), inFile(path));
    expect(of('managedRuntimeVersion="v4.0"')).toMatchObject([{ line: { kind: 'other', type: 'E.M, E', scope: 'server' }, by: ['Main/a1'] }]);
    expect(of('managedRuntimeVersion="v2.0"')).toMatchObject([{ by: [], dormant: 'every pool that would read Aspnet.config has a CLRConfigFile instead' }]);
  });

  test('the CLRConfigFile of a pool, or of all pools, is read as Aspnet.config is, by those pools alone', () => {
    const aspnet = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Aspnet.config';
    const manager = '<configuration><runtime><appDomainManagerAssembly value="E" /><appDomainManagerType value="E.M" /></runtime></configuration>';
    const of = (path: string, first: string, defaults: string): Line[] => linesOf(
      serverFiles(host({ sites: sites(3), pools: `${pools(first, 'managedRuntimeVersion="v4.0" CLRConfigFile="C:\\p1.config"', 'managedRuntimeVersion=""')}${defaults}` }), { [aspnet]: manager, 'C:\\p.config': manager, 'C:\\p1.config': '<configuration />' }), inFile(path));
    const all = '<applicationPoolDefaults CLRConfigFile="%SystemDrive%\\P.config" />';
    expect(of('C:\\p.config', 'managedRuntimeVersion="v4.0"', all)).toMatchObject([{ line: { kind: 'other', type: 'E.M, E', scope: 'server', line: 1 }, by: ['Main/'] }]);
    expect(of(aspnet, 'managedRuntimeVersion="v4.0"', all)).toMatchObject([{ by: [], dormant: 'every pool that would read Aspnet.config has a CLRConfigFile instead' }]);
    expect(of('C:\\p.config', 'managedRuntimeVersion="v4.0" CLRConfigFile="C:\\p.config"', '')).toMatchObject([{ by: ['Main/'] }]);
    expect(of('C:\\p.config', 'managedRuntimeVersion="" CLRConfigFile="C:\\p.config"', '')).toMatchObject([{ by: [], dormant: expect.stringMatching(/no application that reads it runs managed code/) }]);
    expect(of('C:\\p.config', 'managedRuntimeVersion="v4.0"', '<add name="idle" CLRConfigFile="C:\\p.config" />')).toMatchObject([{ by: [], dormant: 'no application runs in a pool that names this file as its CLRConfigFile' }]);
  });

  test('the CLRConfigFile of a pool without managed code is not read', () => {
    const files = serverFiles(host({ sites: sites(2), pools: pools('managedRuntimeVersion="" CLRConfigFile="C:\\p.config"', 'managedRuntimeVersion="v4.0" CLRConfigFile="C:\\p.config"') }));
    expect(linesOf(files, (r) => r.name === 'CLRConfigFile')).toMatchObject([{ by: [], dormant: 'the pools that it is for run no managed code, so nothing reads the file' }, { by: ['Main/a1'], dormant: undefined }]);
  });

  test('a pool without managed code reads no setting of .NET', () => {
    const files = serverFiles(host({ sites: sites(1), pools: pools('managedRuntimeVersion=""') }), { [MACHINE]: '<configuration><system.diagnostics><trace><listeners><add name="L" type="Evil.L, Evil" /></listeners></trace></system.diagnostics></configuration>' });
    expect(linesOf(files, inFile(MACHINE))).toMatchObject([{ by: [], dormant: 'only 64-bit pools of .NET v4.0 read this file, and no application runs in one' }]);
  });
});

describe('administration.config', () => {
  const admin = (type: string): string => `<configuration><system.webServer><management><authentication><providers><add name="A" type="${type}" /></providers></authentication>
    <trustedProviders><add type="${type}" /></trustedProviders></management></system.webServer><moduleProviders><add name="X" type="${type}" /></moduleProviders><location path="."><modules><add name="X" /></modules></location></configuration>`;
  const STOCK = 'Microsoft.Web.Management.Iis.Modules.ModulesModuleProvider, Microsoft.Web.Management.Iis, Version=10.0.0.0, Culture=neutral, PublicKeyToken=31BF3856AD364E35';

  test('a foreign provider runs in IIS Manager, never in a worker process', () => {
    const found = linesOf(serverFiles(host(), { [`${CONFIG}\\administration.config`]: admin('Evil.Provider, Evil') }), inFile(`${CONFIG}\\administration.config`));
    expect(found.map(({ line, by }) => `${line.section} ${line.kind} ${line.scope} ${by.length}`)).toEqual(['system.webServer/management/authentication other server 0', 'system.webServer/management/trustedProviders other server 0', 'moduleProviders other server 0']);
    expect(found[2]?.dormant).toContain('inetmgr.exe');
  });
  test('what Windows installs is no component', () => {
    expect(linesOf(serverFiles(host(), { [`${CONFIG}\\administration.config`]: admin(STOCK) }), inFile(`${CONFIG}\\administration.config`))).toEqual([]);
  });
});

describe('redirection.config', () => {
  const redirection = (attributes: string): string => `<configuration><configProtectedData><providers><add name="IISRsaProvider" type="" keyContainerName="k" /><add name="IISCngProvider" type="Microsoft.ApplicationHost.CngProtectedConfigurationProvider" /></providers></configProtectedData><configurationRedirection ${attributes} /></configuration>`;
  const files = (attributes: string, others: Readonly<Record<string, string>> = {}): ConfigurationFiles => serverFiles(host(), { [`${CONFIG}\\redirection.config`]: redirection(attributes), ...others });

  test.each([
    ['enabled="true" path="%SystemDrive%\\shared\\"', 'C:\\shared'], ['enabled="true" path="\\\\files\\iis$"', '\\\\files\\iis$'], ['enabled="false" path="C:\\shared"', null], ['', null],
  ])('%s', (attributes, folder) => {
    expect(redirectionOf(files(attributes))?.folder ?? null).toBe(folder);
  });
  test('moves administration.config too, and its stock providers are none of ours', () => {
    const admin = '<configuration><moduleProviders><add name="X" type="Evil.P, Evil" /></moduleProviders></configuration>';
    const moved = files('enabled="true" path="C:\\shared"', { 'C:\\shared\\administration.config': admin, [`${CONFIG}\\administration.config`]: admin });
    expect(linesOf(moved, (r) => r.name === 'X' || r.section === 'configProtectedData').map(({ line }) => line.path)).toEqual(['C:\\shared\\administration.config']);
  });
});
