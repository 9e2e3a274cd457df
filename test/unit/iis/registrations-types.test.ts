import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { readLooseWebConfig, registrations } from '../../../electron/iis/index.ts';
import { configurationFile, host, POOL, serverFiles, serverOf } from './support.ts';

/** What a web.config names, as `SECTION NAME = VALUE`. */
const named = (content: string): string[] =>
  readLooseWebConfig(configurationFile('C:\\www\\web.config', `<configuration>${content}</configuration>`)).map((r) => `${r.section} ${r.kind === 'other' ? '' : `${r.kind} `}${r.name} = ${r.image ?? r.type ?? 'no file'}`);
const web = (content: string): string[] => named(`<system.web>${content}</system.web>`);

describe('types in sections of system.web', () => {
  test.each([
    ['<sessionState mode="Custom" customProvider="R" sessionIDManagerType="E.Ids, E"><providers><add name="R" type="E.Store" /></providers></sessionState>', ['sessionState sessionIDManagerType = E.Ids, E', 'sessionState R = E.Store']],
    ['<membership><providers><clear /><add name="M" type="NoNamespace" /></providers></membership>', ['membership M = NoNamespace']],
    ['<roleManager><providers><add name="R" type="E.Roles, E" /></providers></roleManager>', ['roleManager R = E.Roles, E']],
    ['<profile inherits="E.Profile, E"><providers><add name="P" type="E.P, E" /></providers><properties><add name="x" type="string" /><add name="y" type="E.Y" /></properties></profile>', ['profile inherits = E.Profile, E', 'profile P = E.P, E', 'profile y = E.Y']],
    ['<siteMap><providers><add name="S" type="E.S" /></providers></siteMap>', ['siteMap S = E.S']],
    ['<healthMonitoring><eventMappings><add name="V" type="E.V, E" /></eventMappings><providers><add name="W" type="E.W, E" /></providers></healthMonitoring>', ['healthMonitoring V = E.V, E', 'healthMonitoring W = E.W, E']],
    ['<webServices><soapExtensionTypes><add type="E.Soap, E" priority="1" group="0" /></soapExtensionTypes></webServices>', ['webServices soapExtensionTypes = E.Soap, E']],
    ['<httpRuntime encoderType="E.Enc, E" requestValidationType="E.Val" maxRequestLength="4096" />', ['httpRuntime encoderType = E.Enc, E', 'httpRuntime requestValidationType = E.Val']],
    ['<webParts><personalization><providers><add name="P" type="E.P, E" /></providers></personalization></webParts>', ['webParts P = E.P, E']],
    ['<caching><outputCache><providers><add name="C" type="E.C, E" /></providers></outputCache></caching>', ['caching/outputCache C = E.C, E']],
    ['<pages pageBaseType="E.Page" pageParserFilterType="E.F, E"><controls><add tagPrefix="x" namespace="E" assembly="E.Controls" /></controls><tagMapping><add tagType="System.Web.UI.WebControls.Label" mappedTagType="E.Label" /></tagMapping></pages>', ['pages pageBaseType = E.Page', 'pages pageParserFilterType = E.F, E', 'pages x = *, E.Controls', 'pages mappedTagType = E.Label']],
    ['<globalization resourceProviderFactoryType="E.R" culture="de-DE" />', ['globalization resourceProviderFactoryType = E.R']],
    ['<machineKey dataProtectorType="E.D, E" validationKey="AA" />', ['machineKey dataProtectorType = E.D, E']],
    ['<protocols><add name="x" processHandlerType="E.P, E" appDomainHandlerType="E.A, E" /></protocols>', ['protocols processHandlerType = E.P, E', 'protocols appDomainHandlerType = E.A, E']],
  ])('%s', (xml, expected) => {
    expect(web(xml)).toEqual(expected.map((e) => `system.web/${e}`));
  });

  test('compilation: assemblies, build providers and expression builders', () => {
    const found = web(`<compilation assemblyPostProcessorType="E.Post, E"><assemblies><add assembly="E.Lib" /><remove assembly="X" /></assemblies>
      <buildProviders><add extension=".x" type="E.B, E" /><add extension=".ashx" type="System.Web.Compilation.WebHandlerBuildProvider" /><add extension=".config" type="System.Web.Compilation.PageBuildProvider" /></buildProviders>
      <expressionBuilders><add expressionPrefix="P" type="E.X" /></expressionBuilders><folderLevelBuildProviders><add name="F" type="E.F, E" /></folderLevelBuildProviders></compilation>`);
    expect(found.map((f) => f.replace('system.web/compilation ', ''))).toEqual(['assemblyPostProcessorType = E.Post, E', 'assemblies = *, E.Lib', '.x = E.B, E', '.config = System.Web.Compilation.PageBuildProvider', 'P = E.X', 'F = E.F, E']);
  });

  test('words that are no types, and types of the platform', () => {
    expect(web(`<authentication mode="Forms" /><customErrors mode="Off" /><trace enabled="true" /><sessionState mode="InProc" />
      <membership><providers><add name="S" type="System.Web.Security.SqlMembershipProvider" /></providers></membership>
      <browserCaps><filter type="x/y" /></browserCaps><profile><properties><add name="n" type="string" /></properties></profile>`)).toEqual([]);
  });
  test('a name of the platform in an assembly of somebody else is not of the platform', () => {
    expect(web('<roleManager><providers><add name="R" type="System.Web.Security.SqlRoleProvider, Evil" /></providers></roleManager>')).toEqual(['system.web/roleManager R = System.Web.Security.SqlRoleProvider, Evil']);
    expect(web('<roleManager><providers><add name="R" type="System.Web.Security.SqlRoleProvider, System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef" /></providers></roleManager>')).toHaveLength(1);
  });
});

describe('types in other sections of .NET and of products', () => {
  test.each([
    ['<system.serviceModel><extensions><behaviorExtensions><add name="b" type="E.B, E" /></behaviorExtensions></extensions></system.serviceModel>', ['system.serviceModel/extensions b = E.B, E']],
    ['<system.serviceModel><behaviors><serviceBehaviors><behavior><serviceAuthorization serviceAuthorizationManagerType="E.A, E" /><userNameAuthentication customUserNamePasswordValidatorType="E.V, E" /></behavior></serviceBehaviors></behaviors><bindings><basicHttpBinding><binding><security><transport clientCredentialType="Windows" /></security></binding></basicHttpBinding></bindings></system.serviceModel>',
      ['system.serviceModel/behaviors serviceAuthorizationManagerType = E.A, E', 'system.serviceModel/behaviors customUserNamePasswordValidatorType = E.V, E']],
    ['<system.serviceModel><serviceHostingEnvironment><serviceActivations><add factory="E.F, E" service="E.S" relativeAddress="x.svc" /></serviceActivations></serviceHostingEnvironment></system.serviceModel>', ['system.serviceModel/serviceHostingEnvironment factory = E.F, E']],
    ['<system.codedom><compilers><compiler language="c#" extension=".cs" type="E.Provider, E" /></compilers></system.codedom>', ['system.codedom .cs = E.Provider, E']],
    ['<system.diagnostics><trace><listeners><add name="L" type="E.L, E" /></listeners></trace><sharedListeners><add name="T" type="System.Diagnostics.TextWriterTraceListener" initializeData="x.log" /></sharedListeners></system.diagnostics>', ['system.diagnostics L = E.L, E']],
    ['<system.net><authenticationModules><add type="E.A, E" /></authenticationModules><webRequestModules><add prefix="x" type="E.W, E" /></webRequestModules><defaultProxy><module type="E.P, E" /></defaultProxy></system.net>', ['system.net/authenticationModules authenticationModules = E.A, E', 'system.net/webRequestModules x = E.W, E', 'system.net/defaultProxy defaultProxy = E.P, E']],
    ['<configSections><sectionGroup name="g"><section name="s" type="E.Handler, E" /></sectionGroup><section name="a" type="System.Configuration.NameValueSectionHandler" /></configSections><g><s><x type="E.X, E" /><x type="Warn" kind="E.Y, E" /></s></g>', ['configSections g/s = E.Handler, E', 'g/s s = E.X, E']],
    ['<log4net><appender name="F" type="log4net.Appender.FileAppender" /><appender name="G" type="E.Appender, E" /></log4net>', ['log4net G = E.Appender, E']],
    ['<configProtectedData><providers><add name="Mine" type="E.Protect, E" /><add name="R" type="System.Configuration.RsaProtectedConfigurationProvider, System.Configuration, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a" /></providers></configProtectedData>', ['configProtectedData Mine = E.Protect, E']],
    ['<appSettings><add key="owin:AppStartup" value="E.Startup, E" /><add key="type" value="E.X, E" /></appSettings>', ['appSettings owin:AppStartup = E.Startup, E']],
    ['<connectionStrings><add name="x" connectionString="y" providerName="E.P, E" type="E.X, E" /></connectionStrings>', []],
  ])('%s', (xml, expected) => {
    expect(named(xml)).toEqual(expected);
  });

  test('runtime: the application domain manager, addresses and folders of assemblies', () => {
    const asm = 'xmlns="urn:schemas-microsoft-com:asm.v1"';
    expect(named(`<runtime><appDomainManagerAssembly value="E, Version=1.0.0.0" /><appDomainManagerType value="E.Manager" />
      <assemblyBinding ${asm}><probing privatePath="bin;bin\\more" /><dependentAssembly><assemblyIdentity name="N" publicKeyToken="30ad4fe6b2a6aeed" /><bindingRedirect oldVersion="0.0.0.0-9.0.0.0" newVersion="9.0.0.0" /></dependentAssembly>
      <dependentAssembly><assemblyIdentity name="X" /><codeBase version="1.0.0.0" href="file:///C:/ProgramData/x.dll" /></dependentAssembly>
      <dependentAssembly><assemblyIdentity name="Y" /><codeBase version="1.0.0.0" href="http://h/y.dll" /></dependentAssembly>
      <dependentAssembly><assemblyIdentity name="Z" /><codeBase version="1.0.0.0" href="lib/z.dll" /></dependentAssembly>
      <dependentAssembly><assemblyIdentity name="Microsoft.Exchange.Net" /><codeBase version="15.0.0.0" href="file:///C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\Microsoft.Exchange.Net.dll" /></dependentAssembly></assemblyBinding>
      <assemblyBinding ${asm}><probing privatePath="upload" /></assemblyBinding></runtime>`)).toEqual([
      'runtime appDomainManagerType = E.Manager, E, Version=1.0.0.0', 'runtime codeBase of X = C:\\ProgramData\\x.dll', 'runtime codeBase of Y = http://h/y.dll', 'runtime codeBase of Z = C:\\www\\lib\\z.dll', 'runtime probing = no file',
    ]);
  });

  test('location tags count, and do not nest', () => {
    const membership = '<system.web><membership><providers><add name="M" type="E.M, E" /></providers></membership></system.web>';
    expect(named(`<location path="a">${membership}</location><location path="b"><location path="c">${membership}</location></location>`)).toEqual(['system.web/membership M = E.M, E']);
  });
  test('configSource is followed', () => {
    const files = serverFiles(host({ pools: POOL }), { 'C:\\www\\web.config': '<configuration><system.web><membership configSource="c\\m.config" /></system.web></configuration>', 'C:\\www\\c\\m.config': '<membership><providers><add name="M" type="E.M, E" /></providers></membership>' });
    expect(registrations(files, serverOf(files)).filter((r) => r.name === 'M')).toMatchObject([{ path: 'C:\\www\\c\\m.config', scope: 'site:Main', type: 'E.M, E' }]);
  });
});

describe('any file', () => {
  const name = fc.constantFrom('system.web', 'compilation', 'providers', 'add', 'runtime', 'location', 'configSections', 'section', 'sectionGroup', '__proto__', 'constructor', 'x');
  const attribute = fc.tuple(fc.constantFrom('type', 'name', 'assembly', 'path', 'someType', 'value'), fc.string({ maxLength: 20 }));
  const element = fc.letrec((tie) => ({ leaf: fc.tuple(name, fc.constant([]), fc.constant([])), node: fc.tuple(name, fc.uniqueArray(attribute, { selector: (a) => a[0], maxLength: 3 }), fc.array(fc.oneof({ maxDepth: 5, depthIdentifier: 'node' }, tie('leaf'), tie('node')), { maxLength: 3, depthIdentifier: 'node' })) })).node as fc.Arbitrary<Node>;
  type Node = readonly [string, ReadonlyArray<readonly [string, string]>, readonly Node[]];
  const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\x20-\x7e]/g, '?');
  const write = ([tag, attributes, children]: Node): string => `<${tag} ${attributes.map(([k, v]) => `${k}="${escape(v)}"`).join(' ')}>${children.map(write).join('')}</${tag}>`;

  test('is read without a throw; every line has its own attribute, and no type-attribute is told twice', () => {
    fc.assert(fc.property(fc.array(element, { maxLength: 4 }), (nodes) => {
      const lines = readLooseWebConfig(configurationFile('C:\\x\\web.config', `<configuration>${nodes.map(write).join('\n')}</configuration>`));
      const settings = lines.filter((r) => r.kind === 'other').map((r) => r.key);
      expect(new Set(settings).size).toBe(settings.length);
    }), { numRuns: 200 });
  });
  test('100,000 entries are read within the time of a test', () => {
    const file = (n: number): ReturnType<typeof configurationFile> => configurationFile('C:\\x\\web.config', `<configuration><system.webServer><modules>${'<add name="a" type="E.M, E"/>'.repeat(n)}</modules></system.webServer></configuration>`);
    expect(readLooseWebConfig(file(100_000))).toHaveLength(100_000);
  }, 20_000);
});
