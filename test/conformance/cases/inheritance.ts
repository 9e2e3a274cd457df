import { type CaseGroup, effective, invalid } from '../case.ts';
import { application, appHost, handler, handlers, managed, modules, site } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const CHILD_INHERITS = 'Configuration of a level of the URL namespace inherits down to the levels below it.';
const BY_URL = 'web.config files are read from the folders that the virtual paths map to, not from parent folders on the disk.';
const IMAGES = '<virtualDirectory path="/img" physicalPath="C:\\img" />';
const withDirectory = (directories: string): string => appHost({ sites: site(application('/', 'www', 'P', directories) + application('/app', 'app')) });

export const INHERITANCE: CaseGroup = {
  group: 'inheritance',
  cases: [
    {
      id: 'inheritance-server', title: 'without any web.config the server level is what counts', rule: 'applicationHost.config holds the global defaults of the web server.',
      reference: PAGE.configurationSystem, confidence: 'documented', host: appHost(),
      expect: { modules: effective('A @host(name="A" />)', 'B @host(name="B" />)'), handlers: effective('H @host(name="H")') },
    },
    {
      id: 'inheritance-site', title: 'the web.config of a site adds to the server level', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: modules(managed('S')) }, expect: { modules: effective('A @host', 'B @host', { entry: 'S @www:3', type: 'T.S', overrides: [] }) },
    },
    {
      id: 'inheritance-application-without-file', title: 'an application inherits from its site', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: modules(managed('S')) }, app: '/app', expect: { modules: effective('A @host', 'B @host', 'S @www:3') },
    },
    {
      id: 'inheritance-application-with-file', title: 'server, site and application in that order', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: modules(managed('S')), app: modules(managed('X')) }, app: '/app', expect: { modules: effective('A @host', 'B @host', 'S @www:3', 'X @app:3') },
    },
    {
      id: 'inheritance-not-upwards', title: 'a site does not see what its application adds', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { app: modules(managed('X')) }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'inheritance-other-site', title: 'a site does not see what another site adds', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www')) + site(application('/', 'second'), 'Second', 2) }), files: { www: modules(managed('S')) },
      site: 'Second', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'inheritance-directory', title: 'a directory below the application has its own web.config', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { 'www/up': handlers(handler('U')) }, url: 'up', expect: { handlers: effective('U @www/up:3', 'H @host') },
    },
    {
      id: 'inheritance-directory-not-application', title: 'the application itself does not have the handler of its directory', rule: CHILD_INHERITS, reference: PAGE.deepDive,
      confidence: 'documented', host: appHost(), files: { 'www/up': handlers(handler('U')) }, expect: { handlers: effective('H') },
    },
    {
      id: 'inheritance-sibling-directory', title: 'a directory does not see its neighbour', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { 'www/up': handlers(handler('U')) }, url: 'down', expect: { handlers: effective('H') },
    },
    {
      id: 'inheritance-similar-name', title: 'a path that only begins like another is not below it', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { 'www/up': handlers(handler('U')) }, url: 'upload', expect: { handlers: effective('H') },
    },
    {
      id: 'inheritance-deep-directories', title: 'three levels of directories', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented', host: appHost(),
      files: { www: handlers(handler('W')), 'www/a': handlers(handler('A1')), 'www/a/b': handlers(handler('B1')) }, url: 'a/b',
      expect: { handlers: effective('B1 @www/a/b:3', 'A1 @www/a:3', 'W @www:3', 'H @host') },
    },
    {
      id: 'inheritance-file-in-directory', title: 'a file has the configuration of its folder', rule: 'web.config applies to the whole folder, that is to all files in it.',
      reference: PAGE.deepDive, confidence: 'documented', host: appHost(), files: { 'www/up': handlers(handler('U')) }, url: 'up/shell.axd', expect: { handlers: effective('U', 'H') },
    },
    {
      id: 'inheritance-physical-folder-of-application', title: 'the folder below the site that has the name of an application elsewhere is not read', rule: BY_URL,
      reference: PAGE.deepDive, confidence: 'documented', host: appHost(), files: { 'www/app': modules(managed('Decoy')) }, app: '/app', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'inheritance-parent-folder', title: 'a web.config above the folder of the site is not read', rule: BY_URL, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'inetpub\\www')) }), files: { inetpub: modules(managed('Above')), 'inetpub/www': modules(managed('S')) },
      expect: { modules: effective('A', 'B', 'S @inetpub/www:3') },
    },
    {
      id: 'inheritance-nested-application', title: 'an application inside another one inherits from it', rule: CHILD_INHERITS, reference: PAGE.sites, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www') + application('/app', 'app') + application('/app/sub', 'sub')) }),
      files: { app: modules(managed('X')), sub: modules(managed('Y')) }, app: '/app/sub', expect: { modules: effective('A', 'B', 'X @app:3', 'Y @sub:3') },
    },
    {
      id: 'inheritance-deep-application', title: 'an application two folders down inherits from the site and the folder between', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www') + application('/a/b', 'deep')) }),
      files: { www: handlers(handler('W')), 'www/a': handlers(handler('M')), deep: handlers(handler('D')) }, app: '/a/b', expect: { handlers: effective('D @deep:3', 'M @www/a:3', 'W @www:3', 'H') },
    },
    {
      id: 'inheritance-virtual-directory', title: 'a virtual directory maps a path to another folder', rule: 'A virtual directory maps a directory name of the URL to a physical directory.',
      reference: PAGE.virtualDirectory, confidence: 'documented', host: withDirectory(IMAGES), files: { img: handlers(handler('I')), www: handlers(handler('W')) }, url: 'img/a.png',
      expect: { handlers: effective('I @img:3', 'W @www:3', 'H') },
    },
    {
      id: 'inheritance-virtual-directory-shadows-folder', title: 'the real folder of that name is not read', rule: 'A virtual directory maps a directory name of the URL to a physical directory.',
      reference: PAGE.virtualDirectory, confidence: 'documented', host: withDirectory(IMAGES), files: { 'www/img': handlers(handler('Decoy')) }, url: 'img', expect: { handlers: effective('H') },
    },
    {
      id: 'inheritance-nested-virtual-directories', title: 'the longest virtual directory decides, and the outer one is inherited', rule: CHILD_INHERITS, reference: PAGE.virtualDirectory,
      confidence: 'documented', host: withDirectory(`${IMAGES}<virtualDirectory path="/img/deep" physicalPath="C:\\deep" />`),
      files: { img: handlers(handler('I')), 'img/deep': handlers(handler('Decoy')), deep: handlers(handler('D')) }, url: 'img/deep/x', expect: { handlers: effective('D @deep:3', 'I @img:3', 'H') },
    },
    {
      id: 'inheritance-folder-in-virtual-directory', title: 'a folder below a virtual directory', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: withDirectory(IMAGES), files: { 'img/x': handlers(handler('X')) }, url: 'img/x', expect: { handlers: effective('X @img/x:3', 'H') },
    },
    {
      id: 'inheritance-shared-folder', title: 'two applications on one folder share its web.config', rule: 'Several virtual paths that point to the same physical folder share the web.config in it.',
      reference: PAGE.deepDive, confidence: 'documented', host: appHost({ sites: site(application('/', 'www') + application('/one', 'app') + application('/two', 'app')) }),
      files: { app: modules(managed('X')) }, app: '/two', expect: { modules: effective('A', 'B', 'X @app:3') },
    },
    {
      id: 'inheritance-application-on-parent-folder', title: 'an application on the folder of its own site reads the file twice', rule: 'The same web.config is applied at both levels, so that its entries are duplicates (0x800700B7).',
      reference: PAGE.sharedFolder, confidence: 'documented', host: appHost({ sites: site(application('/', 'www') + application('/app', 'www')) }),
      files: { www: modules(managed('S')) }, app: '/app', expect: { modules: invalid(/500\.19.*0x800700B7/) },
    },
    {
      id: 'inheritance-parent-of-that-application', title: 'its site is still well', rule: 'The duplicate arises at the lower level only.', reference: PAGE.sharedFolder, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www') + application('/app', 'www')) }), files: { www: modules(managed('S')) }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'inheritance-virtual-directory-on-site-folder', title: 'a virtual directory on the folder of its own site reads the file twice', rule: 'The same web.config is applied at both levels, so that its entries are duplicates (0x800700B7).',
      reference: PAGE.sharedFolder, confidence: 'documented', host: withDirectory('<virtualDirectory path="/myapp" physicalPath="C:\\www" />'), files: { www: handlers(handler('W')) }, url: 'myapp', expect: { handlers: invalid(/500\.19.*0x800700B7/) },
    },
    {
      id: 'inheritance-name-begins-like-application', title: 'a folder whose name begins like an application belongs to the site', rule: CHILD_INHERITS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { 'www/apple': handlers(handler('W')), app: handlers(handler('X')) }, url: 'apple', expect: { handlers: effective('W @www/apple:3', 'H') },
    },
    {
      id: 'inheritance-virtual-directory-of-application', title: 'a virtual directory of an application below the site', rule: CHILD_INHERITS, reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www') + application('/app', 'app', 'P', IMAGES)) }), files: { www: handlers(handler('W')), app: handlers(handler('X')), img: handlers(handler('I')) }, app: '/app', url: 'img/a.png',
      expect: { handlers: effective('I @img:3', 'X @app:3', 'W @www:3', 'H') },
    },
    {
      id: 'inheritance-letter-case', title: 'names of sites and paths of applications are found in any letter case', rule: 'site@name and application@path are not marked caseSensitive.',
      reference: SCHEMA.sites, confidence: 'schema', host: appHost(), files: { app: modules(managed('X')) }, site: 'MAIN', app: '/APP', expect: { modules: effective('A', 'B', 'X') },
    },
    {
      id: 'inheritance-expanded-path', title: 'variables in physicalPath are expanded', rule: 'virtualDirectory@physicalPath is marked expanded.', reference: SCHEMA.sites, confidence: 'schema',
      host: appHost({ sites: site('<application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="%SystemDrive%\\inetpub\\wwwroot" /></application>') }),
      files: { 'inetpub/wwwroot': modules(managed('S')) }, expect: { modules: effective('A', 'B', 'S @inetpub/wwwroot:3') },
    },
    {
      id: 'inheritance-layout', title: 'sites with their applications and pools', rule: 'A site contains applications, an application virtual directories; each application names its pool.',
      reference: PAGE.sites, confidence: 'documented', host: appHost({ sites: site(application('/', 'www') + application('/app', 'app', 'Q')) + site(application('/', 'b', 'Q'), 'Second', 2), pools: '<add name="P" /><add name="Q" />' }),
      sites: ['Main: / P, /app Q', 'Second: / Q'],
    },
  ],
};
