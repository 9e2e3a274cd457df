import { type CaseGroup, effective, invalid, over } from '../case.ts';
import { application, appHost, configuration, handler, handlers, HANDLER_H, location, managed, modules, MODULES_AB, site, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const PATHS = 'The path of a location tag names a site, an application, a directory or a file, relative to the level of its file.';
const DOT = 'path "." and "" and no path at all mean the current level.';
const add = (name: string): string => `<modules>${managed(name)}</modules>`;
const map = (name: string): string => `<handlers>${handler(name)}</handlers>`;
const ORDER = 'How location tags are evaluated relative to web.config files below is deliberately not specified; here: the tag of the outer file first, then the file itself.';
const NESTED = site(application('/', 'www') + application('/app', 'app') + application('/app/sub', 'sub'));
const CHILD = 'inheritInChildApplications="false" keeps the settings of a location tag from applications in sub-directories.';

export const LOCATIONS: CaseGroup = {
  group: 'location tags',
  cases: [
    {
      id: 'location-dot', title: 'path "." in applicationHost.config is the server level', rule: DOT, reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost({ unlocked: null, more: location('.', `${MODULES_AB}\n${HANDLER_H}`, 'overrideMode="Allow"') }), files: { www: modules(managed('S')) }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'location-no-path', title: 'a location tag without path is the current level', rule: DOT, reference: PAGE.locking, confidence: 'documented',
      host: appHost({ unlocked: null, more: location(null, MODULES_AB, 'overrideMode="Allow"') }), files: { www: modules(managed('S')) }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'location-site', title: 'path SITE reaches the site', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', add('L')) }), expect: { modules: effective('A', 'B', 'L @host(T.L)') },
    },
    {
      id: 'location-site-children', title: 'and the applications below it', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', add('L')) }), app: '/app', expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'location-other-site', title: 'and no other site', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Other', add('L')) }), expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-application', title: 'path SITE/APP reaches the application', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', add('L')) }), app: '/app', expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'location-application-not-site', title: 'but not its site', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', add('L')) }), expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-directory', title: 'path SITE/DIR reaches a directory', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/up/deep', map('L')) }), url: 'up/deep/x', expect: { handlers: effective('L @host(T.L)', 'H') },
    },
    {
      id: 'location-directory-parent', title: 'but not the directory above', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/up/deep', map('L')) }), url: 'up', expect: { handlers: effective('H') },
    },
    {
      id: 'location-file', title: 'path SITE/DIR/FILE reaches one file', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/up/logon.aspx', map('L')) }), url: 'up/logon.aspx', expect: { handlers: effective('L', 'H') },
    },
    {
      id: 'location-file-only', title: 'but not its neighbour', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/up/logon.aspx', map('L')) }), url: 'up/other.aspx', expect: { handlers: effective('H') },
    },
    {
      id: 'location-virtual-directory', title: 'path SITE/APP/VDIR reaches a virtual directory', rule: PATHS, reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ sites: site(application('/', 'www') + application('/app', 'app', 'P', '<virtualDirectory path="/v" physicalPath="C:\\v" />')), more: location('Main/app/v', map('L')) }),
      app: '/app', url: 'v/x', expect: { handlers: effective('L', 'H') },
    },
    {
      id: 'location-order', title: 'the order of location tags in the file does not matter', rule: 'The order of location tags is of no importance; the levels are.', reference: PAGE.deepDive,
      confidence: 'documented', host: appHost({ more: location('Main/app', add('Inner')) + location('Main', add('Outer')) }), app: '/app', expect: { modules: effective('A', 'B', 'Outer', 'Inner') },
    },
    {
      id: 'location-same-path', title: 'the same path and section twice in one file', rule: 'Location tags of one file cannot name the same path unless for different sections.', reference: PAGE.deepDive,
      confidence: 'documented', host: appHost({ more: location('Main', add('L')) + location('Main', add('M')) }), expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'location-same-path-other-section', title: 'the same path twice with different sections', rule: 'Location tags of one file may name the same path for different sections.', reference: PAGE.deepDive,
      confidence: 'documented', host: appHost({ more: location('Main', add('L')) + location('Main', map('K')) }), expect: { modules: effective('A', 'B', 'L'), handlers: effective('K', 'H') },
    },
    {
      id: 'location-same-path-letter-case', title: 'the same path twice in another letter case', rule: 'Paths are compared without letter case, so that it is the same path twice.', reference: PAGE.deepDive,
      confidence: 'assumed', assumes: null, host: appHost({ more: location('Main', add('L')) + location('MAIN', add('M')) }), expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'location-same-path-web-config', title: 'the same path twice in a web.config', rule: 'Location tags of one file cannot name the same path unless for different sections.', reference: PAGE.deepDive,
      confidence: 'documented', host: appHost(), files: { www: configuration(location('up', map('L')) + location('up', map('M'))) }, url: 'up', expect: { handlers: invalid(/500\.19/) },
    },
    {
      id: 'location-root-and-dot', title: 'a section at the root of a file and in location "."', rule: 'A section cannot appear in one file both outside a location tag and inside location path=".".', reference: PAGE.locking,
      confidence: 'documented', host: appHost({ root: MODULES_AB, unlocked: null, more: location('.', add('L'), 'overrideMode="Allow"') }), expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'location-root-and-empty', title: 'the same with path ""', rule: 'path="" is the same as path=".".', reference: PAGE.locking, confidence: 'documented',
      host: appHost({ root: MODULES_AB, unlocked: '<modules />' }), expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'location-root-and-dot-web-config', title: 'the same in a web.config', rule: 'A section cannot appear in one file both outside a location tag and inside location path=".".', reference: PAGE.locking,
      confidence: 'documented', host: appHost(), files: { www: configuration(`<system.webServer>${map('R')}</system.webServer>${location('.', map('L'))}`) }, expect: { handlers: invalid(/500\.19/) },
    },
    {
      id: 'location-root-and-site', title: 'at the root and in a location of a deeper path', rule: 'Location tags for deeper paths leave the root of the file alone.', reference: PAGE.locking, confidence: 'documented',
      host: appHost({ root: MODULES_AB, unlocked: null, more: location('Main', add('L')) }), expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'location-web-config', title: 'a location tag in the web.config of a site', rule: 'In a web.config the path is relative to the level of that file.', reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('up', map('L'))) }, url: 'up/x', expect: { handlers: effective('L @www:3', 'H') },
    },
    {
      id: 'location-web-config-application', title: 'a location tag in the web.config of a site for an application', rule: 'In a web.config the path is relative to the level of that file.', reference: PAGE.deepDive,
      confidence: 'documented', host: appHost(), files: { www: configuration(location('app', add('L'))) }, app: '/app', expect: { modules: effective('A', 'B', 'L @www:3') },
    },
    {
      id: 'location-web-config-absolute', title: 'with the name of the site in front it names another path', rule: 'In a web.config the path is relative to the level of that file.', reference: PAGE.deepDive,
      confidence: 'documented', host: appHost(), files: { www: configuration(location('Main/app', add('L'))) }, app: '/app', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-web-config-dot', title: 'location "." in a web.config is the level of the file', rule: DOT, reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', add('L'))) }, expect: { modules: effective('A', 'B', 'L @www:3') },
    },
    {
      id: 'location-and-own-file', title: 'a location tag of the server and the web.config of the same application', rule: ORDER, reference: PAGE.deepDive, confidence: 'assumed', assumes: /order|location/i,
      host: appHost({ more: location('Main/app', add('L')) }), files: { app: modules(managed('X')) }, app: '/app', expect: { modules: effective('A', 'B', 'L', 'X') },
    },
    {
      id: 'location-and-own-file-handlers', title: 'the same for handlers, which are put in front', rule: ORDER, reference: PAGE.deepDive, confidence: 'assumed', assumes: /order|location/i,
      host: appHost({ more: location('Main/app', map('L')) }), files: { app: handlers(handler('X')) }, app: '/app', expect: { handlers: effective('X', 'L', 'H') },
    },
    {
      id: 'location-two-parents', title: 'location tags of two files for one application', rule: ORDER, reference: PAGE.deepDive, confidence: 'assumed', assumes: /order|location/i,
      host: appHost({ more: location('Main/app', add('L')) }), files: { www: configuration(location('app', add('M'))) }, app: '/app', expect: { modules: effective('A', 'B', 'L', 'M') },
    },
    {
      id: 'location-leading-slash', title: 'a path that begins with a slash', rule: 'Outer slashes of the path are ignored.', reference: PAGE.deepDive, confidence: 'assumed', assumes: /slash/i,
      host: appHost({ more: location('/Main', add('L')) }), expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'location-trailing-slash', title: 'a path that ends with a slash', rule: 'Outer slashes of the path are ignored.', reference: PAGE.deepDive, confidence: 'assumed', assumes: /slash/i,
      host: appHost({ more: location('Main/app/', add('L')) }), app: '/app', expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'location-letter-case', title: 'a path in another letter case', rule: 'site@name and application@path are not marked caseSensitive.', reference: SCHEMA.sites, confidence: 'schema',
      host: appHost({ more: location('MAIN/App', add('L')) }), app: '/app', expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'location-clear', title: 'a location tag clears for its path alone', rule: 'Location tags are evaluated according to the inheritance rules.', reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', '<modules><clear />\n<add name="B" preCondition="bitness64" /></modules>') }), app: '/app',
      expect: { modules: effective(over('B @host(preCondition="bitness64")', 'host(name="B" />)')) },
    },
    {
      id: 'location-clear-elsewhere', title: 'and not above it', rule: 'Location tags are evaluated according to the inheritance rules.', reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', '<modules><clear /></modules>') }), expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-no-child-applications', title: 'inheritInChildApplications="false" in the web.config of a site', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', add('S'), 'inheritInChildApplications="false"')) }, app: '/app', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-no-child-applications-own', title: 'the site itself has it', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', add('S'), 'inheritInChildApplications="false"')) }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'location-no-child-applications-directory', title: 'and so have its directories', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', map('S'), 'inheritInChildApplications="false"')) }, url: 'up', expect: { handlers: effective('S', 'H') },
    },
    {
      id: 'location-no-child-applications-server', title: 'inheritInChildApplications="false" in applicationHost.config', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost({ more: location('Main', add('S'), 'inheritInChildApplications="false"') }), app: '/app', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-child-applications', title: 'inheritInChildApplications="true" is the default', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', add('S'), 'inheritInChildApplications="true"')) }, app: '/app', expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'location-no-child-applications-clear', title: 'what the site clears for itself an application still has', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', '<modules><clear /></modules>', 'inheritInChildApplications="false"')) }, app: '/app', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-no-child-applications-of-application', title: 'for an application: the application has it', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost({ sites: NESTED, more: location('Main/app', add('L'), 'inheritInChildApplications="false"') }), app: '/app', expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'location-no-child-applications-of-application-below', title: 'and the application inside it has not', rule: CHILD, reference: PAGE.location, confidence: 'documented',
      host: appHost({ sites: NESTED, more: location('Main/app', add('L'), 'inheritInChildApplications="false"') }), app: '/app/sub', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'location-web-config-below-application', title: 'a location tag of a site for a folder of its application', rule: 'In a web.config the path is relative to the level of that file.', reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('app/up', map('L'))), app: handlers(handler('X')) }, app: '/app', url: 'up', expect: { handlers: effective('L @www:3', 'X', 'H') },
    },
    {
      id: 'location-group-twice', title: 'a section group written twice in one file', rule: 'Section groups only structure sections; two of one name hold their sections together.', reference: PAGE.deepDive,
      confidence: 'assumed', assumes: null, host: appHost(),
      files: { www: configuration(`<system.webServer>${add('S')}</system.webServer>\n<system.webServer>${map('S2')}</system.webServer>`) }, expect: { modules: effective('A', 'B', 'S @www:2'), handlers: effective('S2 @www:3', 'H') },
    },
    {
      id: 'location-section-twice', title: 'a section written twice at the root of one file', rule: 'A section may appear only once for one path in a file.', reference: PAGE.deepDive, confidence: 'assumed', assumes: null,
      host: appHost(), files: { www: web(`${map('S1')}\n${map('S2')}`) }, expect: { handlers: invalid(/500\.19/) },
    },
  ],
};
