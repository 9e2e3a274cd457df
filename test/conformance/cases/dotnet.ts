import { type CaseFiles, type CaseGroup, dormant, effective, invalid } from '../case.ts';
import { appHost, CLASSIC, configuration, managed, modules, systemWeb } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const CHAIN = 'system.web is inherited from machine.config, then the root web.config, then the web.config files of site and application.';
const VERBS = 'If several add elements have the same verb and path, the last overrides the others.';
const httpModules = (...names: readonly string[]): string => systemWeb(`<httpModules>\n${names.map((name) => managed(name)).join('\n')}\n</httpModules>`);
const httpHandlers = (...entries: readonly string[]): string => systemWeb(`<httpHandlers>\n${entries.join('\n')}\n</httpHandlers>`);
const map = (verb: string, path: string, type = 'T'): string => `<add verb="${verb}" path="${path}" type="${type}" />`;
const EMPTY = configuration('');
const ROOT = { machine: EMPTY, root: httpModules('R') };
const host = appHost({ pools: CLASSIC });
const handlersOf = (root: string, www: string): CaseFiles => ({ machine: EMPTY, root, www });
const pool = (attributes: string): string => appHost({ pools: `<add name="P" managedPipelineMode="Classic" ${attributes} />` });

export const DOTNET: CaseGroup = {
  group: 'system.web',
  cases: [
    {
      id: 'dotnet-root', title: 'the root web.config',
      rule: CHAIN,
      reference: PAGE.aspNetHierarchy, confidence: 'documented',
      host, files: ROOT, expect: { httpModules: effective('R @root:3') },
    },
    {
      id: 'dotnet-machine', title: 'machine.config, root web.config and site in that order',
      rule: CHAIN,
      reference: PAGE.aspNetHierarchy, confidence: 'documented',
      host, files: { machine: httpModules('M'), root: httpModules('R'), www: httpModules('S') },
      expect: { httpModules: effective('M @machine:3', 'R @root:3', 'S @www:3') },
    },
    {
      id: 'dotnet-application', title: 'an application inherits from its site',
      rule: CHAIN,
      reference: PAGE.aspNetHierarchy, confidence: 'documented',
      host, files: { ...ROOT, www: httpModules('S'), app: httpModules('X') }, app: '/app', expect: { httpModules: effective('R', 'S', 'X @app:3') },
    },
    {
      id: 'dotnet-remove', title: 'a site removes a module of the root',
      rule: 'remove takes a module out of the inherited list.',
      reference: PAGE.httpModules, confidence: 'documented',
      host, files: { ...ROOT, www: systemWeb('<httpModules><remove name="R" /></httpModules>') }, expect: { httpModules: effective() },
    },
    {
      id: 'dotnet-clear', title: 'a site clears the list',
      rule: 'clear takes all modules out.',
      reference: PAGE.httpModules, confidence: 'documented',
      host, files: { ...ROOT, www: systemWeb('<httpModules><clear /><add name="S" type="T.S" /></httpModules>') }, expect: { httpModules: effective('S') },
    },
    {
      id: 'dotnet-duplicate', title: 'a module of the root again',
      rule: 'httpModules does not allow duplicates of its key name.',
      reference: SCHEMA.httpModules, confidence: 'schema',
      host, files: { ...ROOT, www: httpModules('R') }, expect: { httpModules: invalid(/R/) },
    },
    {
      id: 'dotnet-handlers-prepend', title: 'handlers of the site come first',
      rule: 'httpHandlers has mergeAppend="false".',
      reference: SCHEMA.httpHandlers, confidence: 'schema',
      host, files: handlersOf(httpHandlers(map('*', '*.aspx')), httpHandlers(map('*', '*.shop'), map('GET', '*.img'))),
      expect: { httpHandlers: effective('* *.shop @www:3', 'GET *.img @www:4', '* *.aspx @root:3') },
    },
    {
      id: 'dotnet-handlers-same', title: 'the same verb and path',
      rule: VERBS,
      reference: PAGE.httpHandlers, confidence: 'documented',
      host, files: handlersOf(httpHandlers(map('*', '*.aspx', 'T.Stock')), httpHandlers(map('*', '*.aspx', 'T.Evil'))),
      expect: { httpHandlers: effective({ entry: '* *.aspx @www:3', type: 'T.Evil', overrides: ['root:3'] }) },
    },
    {
      id: 'dotnet-handlers-same-file', title: 'the same verb and path in one file',
      rule: VERBS,
      reference: PAGE.httpHandlers, confidence: 'documented',
      host, files: handlersOf(configuration(''), httpHandlers(map('*', '*.aspx', 'T.First'), map('*', '*.aspx', 'T.Last'))),
      expect: { httpHandlers: effective({ entry: '* *.aspx @www:4', type: 'T.Last' }) },
    },
    {
      id: 'dotnet-handlers-other-verb', title: 'another verb for the same path',
      rule: 'verb and path together are the key.',
      reference: SCHEMA.httpHandlers, confidence: 'schema',
      host, files: handlersOf(httpHandlers(map('*', '*.aspx')), httpHandlers(map('GET', '*.aspx'))),
      expect: { httpHandlers: effective('GET *.aspx', '* *.aspx') },
    },
    {
      id: 'dotnet-handlers-remove', title: 'remove with the same verb and path',
      rule: 'remove must match verb and path of an earlier add exactly.',
      reference: PAGE.httpHandlers, confidence: 'documented',
      host,
      files: handlersOf(httpHandlers(map('*', '*.aspx'), map('*', '*.asmx')), systemWeb('<httpHandlers><remove verb="*" path="*.asmx" /></httpHandlers>')),
      expect: { httpHandlers: effective('* *.aspx') },
    },
    {
      id: 'dotnet-handlers-remove-wildcard', title: 'remove knows no wildcards',
      rule: 'remove must match exactly; wildcards are not supported.',
      reference: PAGE.httpHandlers, confidence: 'documented', assumes: /remove/i,
      host, files: handlersOf(httpHandlers(map('GET', '*.aspx')), systemWeb('<httpHandlers><remove verb="*" path="*" /></httpHandlers>')),
      expect: { httpHandlers: effective('GET *.aspx') },
    },
    {
      id: 'dotnet-integrated', title: 'httpModules in an Integrated pool',
      rule: 'In the integrated pipeline httpModules and httpHandlers are not used; IIS answers 500.22 or 500.23.',
      reference: PAGE.integratedBreaks, confidence: 'documented', assumes: /500\.22/,
      host: appHost(), files: { ...ROOT, www: httpModules('S') }, expect: { httpModules: effective(dormant('R', /Integrated/), dormant('S', /Integrated/)) },
    },
    {
      id: 'dotnet-classic-modules', title: 'modules of system.webServer beside them',
      rule: 'In a Classic pool managed modules come from httpModules.',
      reference: PAGE.pool, confidence: 'documented',
      host, files: { ...ROOT, www: modules(managed('S')) }, expect: { httpModules: effective('R'), modules: effective('A', 'B', dormant('S', /Classic/)) },
    },
    {
      id: 'dotnet-32', title: 'a 32-bit pool reads Framework, not Framework64',
      rule: 'Each bitness of .NET has a Config folder of its own.',
      reference: PAGE.aspNetHierarchy, confidence: 'documented',
      host: pool('managedRuntimeVersion="v4.0" enable32BitAppOnWin64="true"'),
      files: { machine: EMPTY, root: httpModules('R64'), machine32: EMPTY, root32: httpModules('R32') }, expect: { httpModules: effective('R32 @root32:3') },
    },
    {
      id: 'dotnet-v2', title: 'a pool with v2.0 reads v2.0.50727',
      rule: 'Each version of .NET has a Config folder of its own.',
      reference: PAGE.aspNetHierarchy, confidence: 'documented',
      host: pool('managedRuntimeVersion="v2.0"'), files: { machine: EMPTY, root: httpModules('R4'), 'machinev2.0': EMPTY, 'rootv2.0': httpModules('R2') },
      expect: { httpModules: effective('R2 @rootv2.0:3') },
    },
    {
      id: 'dotnet-no-code', title: 'a pool without managed code',
      rule: 'managedRuntimeVersion="" loads no .NET runtime.',
      reference: PAGE.pool, confidence: 'documented',
      host: pool('managedRuntimeVersion=""'), files: { www: httpModules('S') }, expect: { httpModules: effective(dormant('S', /managed code/)) },
    },
    {
      id: 'dotnet-not-in-apphost', title: 'system.web in applicationHost.config',
      rule: 'The interfaces of .NET read machine.config and web.config files, not applicationHost.config.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ pools: CLASSIC, more: '<location path="Main"><system.web><httpModules><add name="Odd" type="T.Odd" /></httpModules></system.web></location>' }),
      files: ROOT, expect: { httpModules: effective('R') },
    },
    {
      id: 'dotnet-location-of-root', title: 'a location tag of the root web.config for a site',
      rule: 'Location tags may stand in any configuration file, with the site in the path.',
      reference: PAGE.aspNetHierarchy, confidence: 'documented',
      host,
      files: { machine: EMPTY, root: configuration('<location path="Main"><system.web><httpModules>\n<add name="L" type="T.L" />\n</httpModules></system.web></location>') },
      expect: { httpModules: effective('L @root:3') },
    },
    {
      id: 'dotnet-lock', title: 'the root web.config locks httpModules',
      rule: 'allowOverride="false": web.config files below cannot change the section.',
      reference: PAGE.location, confidence: 'documented',
      host,
      files: { machine: EMPTY, root: configuration('<location allowOverride="false"><system.web><httpModules /></system.web></location>'), www: httpModules('S') },
      expect: { httpModules: invalid(/httpModules/) },
    },
    {
      id: 'dotnet-child-applications', title: 'inheritInChildApplications="false" of a site',
      rule: 'Settings of such a location tag are not inherited by applications below.',
      reference: PAGE.location, confidence: 'documented',
      host,
      files: { ...ROOT, www: configuration('<location path="." inheritInChildApplications="false"><system.web><httpModules><add name="S" type="T.S" /></httpModules></system.web></location>') },
      app: '/app', expect: { httpModules: effective('R') },
    },
    {
      id: 'dotnet-directory', title: 'httpModules in a sub-folder where machine.config says MachineToApplication',
      rule: 'machine.config declares its sections; MachineToApplication goes down to the root folder of an application.',
      reference: PAGE.deepDive, confidence: 'documented',
      host,
      files: { ...ROOT, machine: configuration('<configSections><sectionGroup name="system.web"><section name="httpModules" type="T" allowDefinition="MachineToApplication" /></sectionGroup></configSections>'), 'www/up': httpModules('U') },
      url: 'up', expect: { httpModules: invalid(/MachineToApplication/) },
    },
    {
      id: 'dotnet-directory-everywhere', title: 'httpModules in a sub-folder where machine.config says nothing',
      rule: 'httpModules can be declared at any level of the hierarchy, also in the web.config of a physical directory.',
      reference: PAGE.httpModules, confidence: 'documented',
      host,
      files: { ...ROOT, machine: configuration('<configSections><sectionGroup name="system.web"><section name="httpModules" type="T" /></sectionGroup></configSections>'), 'www/up': httpModules('U') },
      url: 'up', expect: { httpModules: effective('R', 'U') },
    },
    {
      id: 'dotnet-handlers-directory', title: 'httpHandlers in a sub-folder',
      rule: 'httpHandlers can be declared at any level of the hierarchy.',
      reference: PAGE.httpHandlers, confidence: 'documented',
      host, files: { machine: EMPTY, root: httpHandlers(map('*', '*.aspx')), 'www/up': httpHandlers(map('*', '*.up')) }, url: 'up/x.up', expect: { httpHandlers: effective('* *.up @www/up:3', '* *.aspx') },
    },
    {
      id: 'dotnet-duplicate-letter-case', title: 'a module of the root in another letter case',
      rule: 'The key name of httpModules is not marked caseSensitive.',
      reference: SCHEMA.httpModules, confidence: 'schema',
      host, files: { ...ROOT, www: httpModules('r') }, expect: { httpModules: invalid(/r/i) },
    },
    {
      id: 'dotnet-web-server-of-root', title: 'system.webServer in the root web.config',
      rule: 'The root file of system.webServer is applicationHost.config.',
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { machine: EMPTY, root: modules(managed('Odd')) }, expect: { modules: effective('A', 'B') },
    },
  ],
};
