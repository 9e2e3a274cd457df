import type { CaseGroup } from '../case.ts';
import { application, appHost, configuration, handlers, location, managed, modules, site, systemWeb, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const LINE = 'Each line that names code is a registration, whatever becomes of it.';
const RESTRICTED = '<security><isapiCgiRestriction>\n<add path="C:\\php\\php-cgi.exe" allowed="true" />\n</isapiCgiRestriction></security>';

export const REGISTERED: CaseGroup = {
  group: 'registrations',
  cases: [
    {
      id: 'registered-global-module', title: 'a native module of the server',
      rule: LINE,
      reference: PAGE.globalModulesAdd, confidence: 'documented',
      host: appHost(), registered: ['native-module A server @host(name="A" image)'],
    },
    {
      id: 'registered-managed-module', title: 'a managed module of a site',
      rule: LINE,
      reference: PAGE.modulesAdd, confidence: 'documented',
      host: appHost(), files: { www: modules(managed('S')) }, registered: ['managed-module S site:Main @www:3'],
    },
    {
      id: 'registered-application', title: 'a managed module of an application',
      rule: LINE,
      reference: PAGE.modulesAdd, confidence: 'documented',
      host: appHost(), files: { app: modules(managed('X')) }, registered: ['managed-module X app:Main/app @app:3'],
    },
    {
      id: 'registered-directory', title: 'a handler of a folder',
      rule: LINE,
      reference: PAGE.handlersAdd, confidence: 'documented',
      host: appHost(), files: { 'www/up': handlers('<add name="U" path="*.u" verb="*" type="T.U" />') },
      registered: ['managed-handler U dir:Main/up @www/up:3'],
    },
    {
      id: 'registered-location', title: 'a location tag of the server',
      rule: 'A location tag has the scope of its path.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', `<modules>${managed('L')}</modules>`) }), registered: ['managed-module L app:Main/app @host(T.L)'],
    },
    {
      id: 'registered-virtual-directory', title: 'a handler of a virtual directory',
      rule: LINE,
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www', 'P', '<virtualDirectory path="/v" physicalPath="D:\\files" />').replace('D:', 'C:')) }),
      files: { files: handlers('<add name="V" path="*.v" verb="*" type="T.V" />') }, registered: ['managed-handler V dir:Main/v @files:3'],
    },
    {
      id: 'registered-although-removed', title: 'an entry that a level below removes',
      rule: LINE,
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost(), files: { www: modules(managed('S')), app: web('<modules><remove name="S" /></modules>') },
      registered: ['managed-module S site:Main @www:3'],
    },
    {
      id: 'registered-although-cleared', title: 'an entry that its own file clears',
      rule: LINE,
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost(), files: { www: web(`<modules>\n${managed('S')}\n<clear />\n</modules>`) }, registered: ['managed-module S site:Main @www:3'],
    },
    {
      id: 'registered-although-locked', title: 'an entry of a section that is locked',
      rule: LINE,
      reference: PAGE.locking, confidence: 'documented',
      host: appHost({ unlocked: null, root: '<modules />' }), files: { www: modules(managed('S')) }, registered: ['managed-module S site:Main @www:3'],
    },
    {
      id: 'registered-not-commented', title: 'what is commented out is no registration',
      rule: 'Comments are not part of the content.',
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: modules(`<!-- ${managed('S')} -->`) }, notRegistered: ['managed-module S site:Main'],
    },
    {
      id: 'registered-include', title: 'an entry of an included file',
      rule: 'configSource moves the content of a section to another file.',
      reference: PAGE.gettingStarted, confidence: 'documented',
      host: appHost(), files: { www: web('<modules configSource="m.config" />'), 'www/m.config': `<modules>\n${managed('I')}\n</modules>` },
      registered: ['managed-module I site:Main @www/m.config:2'],
    },
    {
      id: 'registered-isapi-handler', title: 'an ISAPI extension',
      rule: 'A handler with IsapiModule names the DLL in scriptProcessor.',
      reference: PAGE.handlersAdd, confidence: 'documented',
      host: appHost(), files: { www: handlers('<add name="I" path="*.i" verb="*" modules="IsapiModule" scriptProcessor="C:\\i.dll" />') },
      registered: ['isapi-extension I site:Main @www:3'],
    },
    {
      id: 'registered-cgi-handler', title: 'a FastCGI program',
      rule: 'A handler with FastCgiModule names the program in scriptProcessor.',
      reference: PAGE.handlersAdd, confidence: 'documented',
      host: appHost(), files: { www: handlers('<add name="P" path="*.php" verb="*" modules="FastCgiModule" scriptProcessor="C:\\php\\php-cgi.exe" />') },
      registered: ['cgi P site:Main @www:3'],
    },
    {
      id: 'registered-filter', title: 'an ISAPI filter of a site',
      rule: 'isapiFilters/filter names a DLL.',
      reference: SCHEMA.isapiFilters, confidence: 'schema',
      host: appHost({ more: location('Main', '<isapiFilters><filter name="F" path="C:\\f.dll" /></isapiFilters>') }),
      registered: ['isapi-filter F site:Main @host(f.dll)'],
    },
    {
      id: 'registered-restriction', title: 'a program that isapiCgiRestriction allows',
      rule: 'isapiCgiRestriction/add names a program.',
      reference: SCHEMA.isapiCgiRestriction, confidence: 'schema',
      host: appHost({ root: RESTRICTED }), registered: ['cgi C:\\php\\php-cgi.exe server @host(php-cgi.exe)'],
    },
    {
      id: 'registered-http-module', title: 'httpModules of a site',
      rule: 'httpModules/add names a type.',
      reference: SCHEMA.httpModules, confidence: 'schema',
      host: appHost(), files: { www: systemWeb(`<httpModules>\n${managed('N')}\n</httpModules>`) }, registered: ['managed-module N site:Main @www:3'],
    },
    {
      id: 'registered-ignored-folder', title: 'a folder of the disk that another mapping hides',
      rule: 'The file is on the disk but at no URL under that name.',
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost(), files: { app: configuration('') }, notRegistered: ['managed-module X app:Main/app'],
    },
    {
      id: 'registered-pool-loader', title: 'a managed loader of a pool',
      rule: 'managedRuntimeLoader names a DLL; webengine4.dll is the default.',
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="v4.0" managedRuntimeLoader="evil.dll" />' }),
      registered: ['other managedRuntimeLoader server @host(evil.dll)'],
    },
    {
      id: 'registered-pool-loader-stock', title: 'the loader as installed',
      rule: 'managedRuntimeLoader names a DLL; webengine4.dll is the default.',
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="v4.0" managedRuntimeLoader="webengine4.dll" />' }),
      notRegistered: ['other managedRuntimeLoader server'],
    },
  ],
};
