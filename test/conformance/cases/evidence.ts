import { type CaseGroup, effective, invalid, unknown } from '../case.ts';
import { application, appHost, CLASSIC, configuration, handler, handlers, HANDLER_H, managed, modules, MODULES_AB, site, systemWeb, web } from '../files.ts';
import { PAGE } from '../references.ts';

const NEEDED = 'IIS reads the web.config of every level on the way; without one of them nobody can tell the outcome.';
const BELOW = 'configSource names a file by a relative path in a sub-directory.';
const ALONE = 'A section with configSource has no other attribute and no child element.';
const ENCRYPTED = 'A protected section has its content in EncryptedData: it cannot be read, and it is not empty.';
const MALFORMED = 'IIS answers 500.19 (0x8007000d) for malformed XML; of evidence that is cut off nobody can tell what stood behind.';
const source = (name: string, more = ''): string => web(`<modules configSource="${name}" ${more}/>`);
const INCLUDED = `<modules>\n${managed('I')}\n</modules>`;

export const EVIDENCE: CaseGroup = {
  group: 'missing, damaged, included and encrypted',
  cases: [
    {
      id: 'missing-site', title: 'the web.config of the site was not collected',
      rule: NEEDED,
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { www: null },
      expect: { modules: unknown('www'), handlers: unknown('www'), isapiFilters: unknown('www'), globalModules: effective('A', 'B', 'IsapiModule', 'CgiModule', 'FastCgiModule', 'IsapiFilterModule'), isapiCgiRestriction: effective() },
    },
    {
      id: 'missing-parent', title: 'an application below that site',
      rule: NEEDED,
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { www: null, app: modules(managed('X')) }, app: '/app', expect: { modules: unknown('www') },
    },
    {
      id: 'missing-application', title: 'the web.config of an application was not collected',
      rule: NEEDED,
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { app: null }, app: '/app', expect: { modules: unknown('app') },
    },
    {
      id: 'missing-application-site', title: 'its site is not concerned',
      rule: NEEDED,
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { app: null }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'missing-both', title: 'both were not collected',
      rule: NEEDED,
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { www: null, app: null }, app: '/app', expect: { modules: unknown('www', 'app') },
    },
    {
      id: 'missing-directory', title: 'the web.config of a folder was not collected',
      rule: NEEDED,
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { 'www/up': null }, url: 'up', expect: { handlers: unknown('www/up') },
    },
    {
      id: 'missing-directory-application', title: 'the application is not concerned',
      rule: NEEDED,
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost(), files: { 'www/up': null }, expect: { handlers: effective('H') },
    },
    {
      id: 'missing-ignored-by-pool', title: 'a pool that reads no web.config does not miss it',
      rule: 'enableConfigurationOverride="false" ignores all web.config files.',
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="v4.0" enableConfigurationOverride="false" />' }), files: { www: null },
      expect: { modules: effective('A', 'B') },
    },
    {
      id: 'missing-ignored-by-directory', title: 'nor is one missed below allowSubDirConfig="false"',
      rule: 'allowSubDirConfig="false" looks for no web.config below.',
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site('<application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" allowSubDirConfig="false" /></application>') }),
      files: { 'www/up': null }, url: 'up', expect: { handlers: effective('H') },
    },
    {
      id: 'missing-machine', title: 'machine.config and the root web.config were not collected',
      rule: 'system.web begins at machine.config and the root web.config, system.webServer at applicationHost.config.',
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost({ pools: CLASSIC }),
      expect: { httpModules: unknown('machine', 'root'), httpHandlers: unknown('machine', 'root'), modules: effective('A', 'B'), globalModules: effective('A', 'B', 'IsapiModule', 'CgiModule', 'FastCgiModule', 'IsapiFilterModule') },
    },
    {
      id: 'missing-root', title: 'only the root web.config was not collected',
      rule: 'system.web begins at machine.config and the root web.config.',
      reference: PAGE.configurationSystem, confidence: 'documented',
      host: appHost({ pools: CLASSIC }), files: { machine: configuration('') }, expect: { httpModules: unknown('root') },
    },
    {
      id: 'damaged-site', title: 'the web.config of the site is cut off',
      rule: MALFORMED,
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { www: `<configuration><system.webServer><modules>\n${managed('S')}` },
      expect: { modules: unknown('www'), handlers: unknown('www') },
    },
    {
      id: 'damaged-application', title: 'that of an application does not concern its site',
      rule: MALFORMED,
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { app: '<configuration><system.webServer>' }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'damaged-server', title: 'applicationHost.config is cut off',
      rule: MALFORMED,
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost().replace('</configuration>', ''), expect: { modules: unknown('host'), globalModules: unknown('host') },
    },
    {
      id: 'damaged-empty', title: 'a web.config of no bytes',
      rule: 'All content stands inside a configuration element; a file without one is malformed.',
      reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost(), files: { www: '' }, expect: { modules: unknown('www') },
    },
    {
      id: 'encrypted-section', title: 'an encrypted section',
      rule: ENCRYPTED,
      reference: PAGE.protectedConfiguration, confidence: 'documented',
      host: appHost(), files: { www: web('<handlers configProtectionProvider="RsaProtectedConfigurationProvider"><EncryptedData /></handlers>') },
      expect: { handlers: unknown('www'), modules: effective('A', 'B') },
    },
    {
      id: 'encrypted-section-below', title: 'an application below it',
      rule: ENCRYPTED,
      reference: PAGE.protectedConfiguration, confidence: 'documented',
      host: appHost(),
      files: { www: web('<handlers configProtectionProvider="RsaProtectedConfigurationProvider"><EncryptedData /></handlers>'), app: handlers(handler('X')) },
      app: '/app', expect: { handlers: unknown('www') },
    },
    {
      id: 'encrypted-http-modules', title: 'encrypted httpModules in a Classic pool',
      rule: ENCRYPTED,
      reference: PAGE.protectedConfiguration, confidence: 'documented',
      host: appHost({ pools: CLASSIC }),
      files: { machine: configuration(''), root: configuration(''), www: systemWeb('<httpModules configProtectionProvider="DataProtectionConfigurationProvider"><EncryptedData /></httpModules>') },
      expect: { httpModules: unknown('www'), httpHandlers: effective(), modules: effective('A', 'B') },
    },
    {
      id: 'encrypted-without-provider', title: 'EncryptedData without the attribute that names the provider',
      rule: 'What is encrypted cannot be read, whatever else is written.',
      reference: PAGE.protectedConfiguration, confidence: 'assumed', assumes: null,
      host: appHost(), files: { www: web('<handlers><EncryptedData /></handlers>') }, expect: { handlers: unknown('www') },
    },
    {
      id: 'include', title: 'configSource in the same folder',
      rule: 'The page speaks of sub-directories only; a file beside the including one is taken as allowed.',
      reference: PAGE.gettingStarted, confidence: 'assumed', assumes: /same folder/,
      host: appHost(), files: { www: source('m.config'), 'www/m.config': INCLUDED }, expect: { modules: effective('A', 'B', 'I @www/m.config:2') },
    },
    {
      id: 'include-below', title: 'configSource in a sub-folder',
      rule: BELOW,
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: source('config\\m.config'), 'www/config/m.config': INCLUDED },
      expect: { modules: effective('A', 'B', 'I @www/config/m.config:2') },
    },
    {
      id: 'include-inherited', title: 'what is included is inherited',
      rule: 'configSource moves the content of a section to another file.',
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: source('c\\m.config'), 'www/c/m.config': INCLUDED }, app: '/app', expect: { modules: effective('A', 'B', 'I @www/c/m.config:2') },
    },
    {
      id: 'include-by-server', title: 'configSource in applicationHost.config is relative to its folder',
      rule: BELOW,
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost({ unlocked: null, root: `<modules configSource="sub\\m.config" />\n${HANDLER_H}` }),
      files: { 'Windows/System32/inetsrv/config/sub/m.config': MODULES_AB },
      expect: { modules: effective('A @Windows/System32/inetsrv/config/sub/m.config:2', 'B') },
    },
    {
      id: 'include-above', title: 'configSource above the folder',
      rule: BELOW,
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: source('..\\m.config'), 'm.config': INCLUDED }, expect: { modules: invalid(/500\.19.*configSource/) },
    },
    {
      id: 'include-above-inside', title: 'configSource that leaves the folder on the way',
      rule: BELOW,
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: source('a\\..\\..\\m.config'), 'm.config': INCLUDED, 'www/a/../../m.config': INCLUDED },
      expect: { modules: invalid(/500\.19.*configSource/) },
    },
    {
      id: 'include-absolute', title: 'configSource with a drive',
      rule: BELOW,
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: source('C:\\www\\m.config'), 'www/m.config': INCLUDED }, expect: { modules: invalid(/500\.19.*configSource/) },
    },
    {
      id: 'include-share', title: 'configSource on a share',
      rule: BELOW,
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: source('\\\\server\\share\\m.config') }, expect: { modules: invalid(/500\.19.*configSource/) },
    },
    {
      id: 'include-absent', title: 'the included file does not exist',
      rule: 'IIS cannot open the file and answers 500.19.',
      reference: PAGE.gettingStarted, confidence: 'assumed', assumes: null,
      host: appHost(), files: { www: source('m.config') }, expect: { modules: invalid(/500\.19.*m\.config/) },
    },
    {
      id: 'include-not-collected', title: 'the included file was not collected',
      rule: 'Without the included file nobody can tell the section.',
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: source('m.config'), 'www/m.config': null }, expect: { modules: unknown('www/m.config'), handlers: effective('H') },
    },
    {
      id: 'include-and-attribute', title: 'another attribute beside configSource',
      rule: ALONE,
      reference: PAGE.configSource, confidence: 'assumed', assumes: null,
      host: appHost(), files: { www: source('m.config', 'runAllManagedModulesForAllRequests="true" '), 'www/m.config': INCLUDED },
      expect: { modules: invalid(/500\.19.*configSource/) },
    },
    {
      id: 'include-and-elements', title: 'elements beside configSource',
      rule: ALONE,
      reference: PAGE.configSource, confidence: 'assumed', assumes: null,
      host: appHost(), files: { www: web(`<modules configSource="m.config">${managed('S')}</modules>`), 'www/m.config': INCLUDED },
      expect: { modules: invalid(/500\.19.*configSource/) },
    },
    {
      id: 'include-other-root', title: 'the included file has another root element',
      rule: 'The root element of an included file is the section.',
      reference: PAGE.configSource, confidence: 'assumed', assumes: /root/i,
      host: appHost(), files: { www: source('m.config'), 'www/m.config': `<configuration>${INCLUDED}</configuration>` },
      expect: { modules: invalid(/500\.19.*configSource/) },
    },
    {
      id: 'include-damaged', title: 'the included file is cut off',
      rule: MALFORMED,
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(), files: { www: source('m.config'), 'www/m.config': `<modules>\n${managed('I')}` }, expect: { modules: unknown('www/m.config') },
    },
    {
      id: 'include-locked', title: 'a locked section stays locked when it is included',
      rule: 'A locked section cannot be set at lower levels.',
      reference: PAGE.locking, confidence: 'documented',
      host: appHost({ unlocked: null, root: MODULES_AB }), files: { www: source('m.config'), 'www/m.config': INCLUDED },
      expect: { modules: invalid(/500\.19.*0x80070021/) },
    },
    {
      id: 'include-app-settings', title: 'appSettings file= has nothing to do with the lists',
      rule: 'The file attribute belongs to appSettings alone.',
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www')) }),
      files: { www: configuration('<appSettings file="secrets.config" />') , 'www/secrets.config': null },
      expect: { modules: effective('A', 'B'), handlers: effective('H') },
    },
  ],
};
