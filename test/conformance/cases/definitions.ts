import { type CaseGroup, effective, invalid } from '../case.ts';
import { application, appHost, configuration, handler, handlers, HANDLER_H, location, managed, modules, MODULES_AB, site, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const TO_APPLICATION = 'MachineToApplication: the section can be set down to the web.config in the root folder of an application.';
const EVERYWHERE = 'Everywhere: the section can be set in any file, also in virtual directories that are not applications and folders below.';
const AT_PARENT = 'A location tag is considered to be at the level of its file, which matters for what level can specify what sections.';
const DECLARE = 'configSections is where sections are registered; a section without its line there does not exist.';
const VIRTUAL = appHost({ sites: site(application('/', 'www', 'P', '<virtualDirectory path="/v" physicalPath="C:\\v" />')) });
const BARE = appHost().replace(/<configSections>[^]*<\/configSections>/, '');
const ONLY = /500\.19/;
const FILTERS = '<isapiFilters><filter name="F" path="C:\\f.dll" /></isapiFilters>';

export const DEFINITIONS: CaseGroup = {
  group: 'declared sections',
  cases: [
    {
      id: 'definition-application', title: 'modules in the root folder of an application',
      rule: TO_APPLICATION,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { app: modules(managed('X')) }, app: '/app', expect: { modules: effective('A', 'B', 'X') },
    },
    {
      id: 'definition-directory', title: 'modules in a sub-folder',
      rule: TO_APPLICATION,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { 'www/up': modules(managed('U')) }, url: 'up', expect: { modules: invalid(/500\.19.*MachineToApplication/) },
    },
    {
      id: 'definition-directory-of-application', title: 'modules in a sub-folder of an application',
      rule: TO_APPLICATION,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { 'app/up': modules(managed('U')) }, app: '/app', url: 'up/x.aspx', expect: { modules: invalid(/500\.19.*MachineToApplication/) },
    },
    {
      id: 'definition-virtual-directory', title: 'modules in a virtual directory that is no application',
      rule: TO_APPLICATION,
      reference: PAGE.deepDive, confidence: 'documented',
      host: VIRTUAL, files: { v: modules(managed('V')) }, url: 'v', expect: { modules: invalid(/500\.19.*MachineToApplication/) },
    },
    {
      id: 'definition-handlers-virtual-directory', title: 'handlers in a virtual directory',
      rule: EVERYWHERE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: VIRTUAL, files: { v: handlers(handler('V')) }, url: 'v', expect: { handlers: effective('V', 'H') },
    },
    {
      id: 'definition-handlers-below-virtual-directory', title: 'handlers in a folder below a virtual directory',
      rule: EVERYWHERE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: VIRTUAL, files: { 'v/w': handlers(handler('W')) }, url: 'v/w', expect: { handlers: effective('W', 'H') },
    },
    {
      id: 'definition-filters-directory', title: 'isapiFilters in a sub-folder',
      rule: TO_APPLICATION,
      reference: SCHEMA.declarations, confidence: 'schema',
      host: appHost({ unlocked: `${MODULES_AB}\n<isapiFilters />` }), files: { 'www/up': web(FILTERS) }, url: 'up', expect: { isapiFilters: invalid(/500\.19.*MachineToApplication/) },
    },
    {
      id: 'definition-apphost-only', title: 'a section that is AppHostOnly, in a web.config',
      rule: 'AppHostOnly: the section can be set in applicationHost.config only.',
      reference: SCHEMA.declarations, confidence: 'schema',
      host: appHost({ declare: { modules: 'allowDefinition="AppHostOnly" overrideModeDefault="Allow"' } }), files: { www: modules(managed('S')) },
      expect: { modules: invalid(/500\.19.*AppHostOnly/) },
    },
    {
      id: 'definition-machine-only', title: 'a section that is MachineOnly, in a web.config',
      rule: 'MachineOnly: the section can be set in applicationHost.config or machine.config only.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ declare: { modules: 'allowDefinition="MachineOnly" overrideModeDefault="Allow"' } }), files: { www: modules(managed('S')) },
      expect: { modules: invalid(/500\.19.*MachineOnly/) },
    },
    {
      id: 'definition-machine-only-server', title: 'a section that is MachineOnly, in applicationHost.config',
      rule: 'MachineOnly: the section can be set in applicationHost.config or machine.config only.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ declare: { modules: 'allowDefinition="MachineOnly" overrideModeDefault="Allow"' } }), expect: { modules: effective('A', 'B') },
    },
    {
      id: 'definition-root-web', title: 'a section that is MachineToRootWeb, in a web.config',
      rule: 'MachineToRootWeb: the section can be set down to the root web.config only.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ declare: { handlers: 'allowDefinition="MachineToRootWeb"' } }), files: { www: handlers(handler('K')) },
      expect: { handlers: invalid(/500\.19.*MachineToRootWeb/) },
    },
    {
      id: 'definition-everywhere', title: 'allowDefinition="Everywhere" for modules',
      rule: EVERYWHERE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ declare: { modules: 'allowDefinition="Everywhere"' } }), files: { 'www/up': modules(managed('U')) }, url: 'up', expect: { modules: effective('A', 'B', 'U') },
    },
    {
      id: 'definition-location-of-server', title: 'modules for a folder in a location tag of applicationHost.config',
      rule: AT_PARENT,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/up', `<modules>${managed('L')}</modules>`) }), url: 'up', expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'definition-location-of-application', title: 'modules for a folder in a location tag of the application\'s web.config',
      rule: AT_PARENT,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('up', `<modules>${managed('L')}</modules>`)) }, url: 'up', expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'definition-filters-location', title: 'isapiFilters for a site in a location tag',
      rule: 'Filters of one site stand in a location tag of applicationHost.config.',
      reference: PAGE.isapiFilters, confidence: 'documented',
      host: appHost({ root: FILTERS, more: location('Main', '<isapiFilters><filter name="G" path="C:\\g.dll" /></isapiFilters>') }),
      expect: { isapiFilters: effective('F', 'G') },
    },
    {
      id: 'definition-allow-location', title: 'allowLocation="false" and a location tag',
      rule: 'allowLocation="false" keeps a section out of location tags; documented for .NET, taken over for sections of IIS.',
      reference: PAGE.section, confidence: 'assumed', assumes: /allowLocation/,
      host: appHost({ declare: { handlers: 'allowLocation="false"' }, root: HANDLER_H, unlocked: MODULES_AB, more: location('Main', `<handlers>${handler('L')}</handlers>`) }),
      expect: { handlers: invalid(/500\.19.*allowLocation/) },
    },
    {
      id: 'definition-allow-location-root', title: 'allowLocation="false" and the root of a file',
      rule: 'allowLocation concerns location tags only.',
      reference: PAGE.section, confidence: 'documented',
      host: appHost({ declare: { handlers: 'allowLocation="false"' }, root: HANDLER_H, unlocked: MODULES_AB }), files: { www: handlers(handler('K')) },
      expect: { handlers: effective('K', 'H') },
    },
    {
      id: 'definition-undeclared-server', title: 'a section without its line in configSections',
      rule: DECLARE,
      reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost({ declare: { isapiFilters: null }, root: FILTERS }), expect: { isapiFilters: invalid(ONLY) },
    },
    {
      id: 'definition-undeclared-web-config', title: 'a section of a product that is not installed, in a web.config',
      rule: 'IIS does not know elements of modules that are not installed, URL Rewrite for one, and answers 500.19 (0x8007000d).',
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { www: web(`<rewrite><rules /></rewrite><handlers>${handler('K')}</handlers>`) },
      expect: { handlers: invalid(/500\.19.*rewrite/), modules: invalid(/500\.19.*rewrite/) },
    },
    {
      id: 'definition-declared-other', title: 'another section that is declared, in a web.config',
      rule: 'Sections are registered in configSections.',
      reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost(),
      files: { www: web(`<staticContent><mimeMap fileExtension=".x" mimeType="text/plain" /></staticContent><handlers>${handler('K')}</handlers>`) },
      expect: { handlers: effective('K', 'H') },
    },
    {
      id: 'definition-undeclared-inherited', title: 'a web.config with such a section concerns the applications below',
      rule: 'The web.config of the parent is part of the configuration of the application.',
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { www: web('<rewrite><rules /></rewrite>') }, app: '/app', expect: { modules: invalid(/500\.19.*rewrite/), handlers: invalid(/500\.19.*rewrite/) },
    },
    {
      id: 'definition-undeclared-ignored', title: 'unless the pool reads no web.config',
      rule: 'enableConfigurationOverride="false" ignores all web.config files.',
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '<add name="P" enableConfigurationOverride="false" managedRuntimeVersion="v4.0" />' }),
      files: { www: web('<rewrite><rules /></rewrite>') }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'definition-undeclared-group', title: 'a section group that nobody declared',
      rule: 'IIS does not identify the element and answers 500.19 (0x8007000d).',
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { www: web('<shop><prices /></shop>') }, expect: { modules: invalid(/500\.19.*shop/) },
    },
    {
      id: 'definition-undeclared-letter-case', title: 'a section in another letter case',
      rule: 'XML names are case-sensitive: Modules is not modules.',
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { www: web('<Modules><add name="S" type="T.S" /></Modules>') }, expect: { modules: invalid(/500\.19.*Modules/) },
    },
    {
      id: 'definition-other-root', title: 'a web.config with another root element',
      rule: 'All content stands inside a configuration element.',
      reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost(), files: { www: '<config><system.webServer><modules /></system.webServer></config>' }, expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'definition-undeclared-directory', title: 'such a section in a folder concerns that folder',
      rule: 'A web.config counts for its folder and below.',
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { 'www/up': web('<rewrite><rules /></rewrite>') }, expect: { handlers: effective('H') },
    },
    {
      id: 'definition-own-declaration', title: 'a web.config declares a section of its own',
      rule: 'configSections of a web.config add sections for that level and below.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(),
      files: { www: configuration(`<configSections><section name="shop" type="T.Shop" /></configSections>\n<shop open="true" /><system.webServer><handlers>${handler('K')}</handlers></system.webServer>`) },
      expect: { handlers: effective('K', 'H') },
    },
    {
      id: 'definition-parent-declaration', title: 'a section declared by the parent',
      rule: 'configSections of a web.config add sections for that level and below.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(),
      files: { www: configuration('<configSections><section name="shop" type="T.Shop" /></configSections>'), 'www/up': configuration('<shop open="true" />') },
      url: 'up', expect: { handlers: effective('H') },
    },
    {
      id: 'definition-redeclare', title: 'a web.config declares a section of the server again',
      rule: 'web.config files cannot redefine sections that were registered at a parent level.',
      reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost({ unlocked: null, root: `${MODULES_AB}\n${HANDLER_H}` }),
      files: { www: configuration(`<configSections><sectionGroup name="system.webServer"><section name="modules" overrideModeDefault="Allow" /></sectionGroup></configSections>\n<system.webServer><modules>${managed('S')}</modules></system.webServer>`) },
      expect: { modules: invalid(ONLY) },
    },
    {
      id: 'definition-none-at-all', title: 'an applicationHost.config without configSections',
      rule: 'What declares nothing at all is a part of a file; the declarations of an installed server stand in.',
      reference: PAGE.applicationHost, confidence: 'assumed', assumes: /configSections/,
      host: BARE, files: { www: modules(managed('S')) }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'definition-none-at-all-locked', title: 'and modules is locked, as it is when IIS is installed',
      rule: 'What declares nothing at all is a part of a file; the declarations of an installed server stand in.',
      reference: PAGE.applicationHost, confidence: 'assumed', assumes: /configSections/,
      host: BARE.replace(' overrideMode="Allow"', ''), files: { www: modules(managed('S')) }, expect: { modules: invalid(/500\.19.*0x80070021/) },
    },
    {
      id: 'definition-dotnet-sections', title: 'sections of .NET, which machine.config declares',
      rule: 'Sections outside system.webServer are declared in machine.config; without that file they are not held against a web.config.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(),
      files: { www: configuration(`<appSettings /><connectionStrings /><system.web><compilation debug="false" /></system.web><runtime />\n<system.webServer><handlers>${handler('K')}</handlers></system.webServer>`) },
      expect: { handlers: effective('K', 'H'), modules: effective('A', 'B') },
    },
  ],
};
