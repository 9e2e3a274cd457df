import { type CaseGroup, effective } from '../case.ts';
import { application, appHost, CLASSIC, configuration, handler, handlers, location, managed, modules, POOL, site, systemWeb } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const POOL_RULE = 'enableConfigurationOverride="false" ignores the settings of all web.config files for that pool.';
const SUB = 'allowSubDirConfig="false": no web.config is looked for in directories below the virtual directory.';
const DEFAULTS = 'virtualDirectoryDefaults holds default values for virtual directories, in sites, site and application.';
const OFF = '<add name="P" managedRuntimeVersion="v4.0" enableConfigurationOverride="false" />';
const DEFAULT_OFF = '<applicationPoolDefaults enableConfigurationOverride="false" />';
const FILES = { www: handlers(handler('W')), 'www/up': handlers(handler('U')) };
const root = (attributes = '', before = ''): string => `<application path="/" applicationPool="P">${before}<virtualDirectory path="/" physicalPath="C:\\www" ${attributes}/></application>`;
const NO_SUB = '<virtualDirectoryDefaults allowSubDirConfig="false" />';
const HERE = effective('W', 'H');
const BOTH = effective('U', 'W', 'H');

export const SWITCHES: CaseGroup = {
  group: 'switches for web.config',
  cases: [
    {
      id: 'pool-off', title: 'a pool that reads no web.config',
      rule: POOL_RULE,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: OFF }), files: { www: modules(managed('S')) }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'pool-off-default', title: 'by applicationPoolDefaults',
      rule: 'applicationPoolDefaults holds default values for all pools.',
      reference: PAGE.poolDefaults, confidence: 'documented',
      host: appHost({ pools: `${POOL}${DEFAULT_OFF}` }), files: { www: modules(managed('S')) }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'pool-on-despite-default', title: 'the pool itself says otherwise',
      rule: 'A value of the pool comes before applicationPoolDefaults.',
      reference: PAGE.poolDefaults, confidence: 'documented',
      host: appHost({ pools: `${OFF.replace('false', 'true')}${DEFAULT_OFF}` }), files: { www: modules(managed('S')) },
      expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'pool-off-location', title: 'location tags of the server still count',
      rule: POOL_RULE,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: OFF, more: location('Main', `<modules>${managed('L')}</modules>`) }), files: { www: modules(managed('S')) },
      expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'pool-off-application', title: 'an application in such a pool below a site in another',
      rule: POOL_RULE,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: `${POOL}${OFF.replace('"P"', '"Q"')}`, sites: site(application('/', 'www') + application('/app', 'app', 'Q')) }),
      files: { www: modules(managed('S')), app: modules(managed('X')) }, app: '/app', expect: { modules: effective('A', 'B') },
    },
    {
      id: 'pool-off-site', title: 'an application in an ordinary pool below a site in such a pool',
      rule: POOL_RULE,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: `${OFF}${POOL.replace('"P"', '"Q"')}`, sites: site(application('/', 'www') + application('/app', 'app', 'Q')) }),
      files: { www: modules(managed('S')), app: modules(managed('X')) }, app: '/app', expect: { modules: effective('A', 'B', 'S', 'X') },
    },
    {
      id: 'pool-off-no-error', title: 'what is ignored cannot be invalid',
      rule: POOL_RULE,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: OFF }), files: { www: modules('<add name="A" />') }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'pool-off-damaged', title: 'nor does it matter that it is damaged',
      rule: POOL_RULE,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: OFF }), files: { www: '<configuration>' }, expect: { modules: effective('A', 'B') },
    },
    {
      id: 'sub-on', title: 'allowSubDirConfig is on unless said otherwise',
      rule: 'The default value of allowSubDirConfig is true.',
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site(root()) }), files: FILES, url: 'up', expect: { handlers: BOTH },
    },
    {
      id: 'sub-off', title: 'a folder below',
      rule: SUB,
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site(root('allowSubDirConfig="false" ')) }), files: FILES, url: 'up', expect: { handlers: HERE },
    },
    {
      id: 'sub-off-root', title: 'the root of the virtual directory itself',
      rule: SUB,
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site(root('allowSubDirConfig="false" ')) }), files: FILES, expect: { handlers: HERE },
    },
    {
      id: 'sub-off-sites', title: 'by virtualDirectoryDefaults of all sites',
      rule: DEFAULTS,
      reference: PAGE.virtualDirectoryDefaults, confidence: 'documented',
      host: appHost({ sites: site(root()) + NO_SUB }), files: FILES, url: 'up', expect: { handlers: HERE },
    },
    {
      id: 'sub-off-site', title: 'by virtualDirectoryDefaults of the site',
      rule: DEFAULTS,
      reference: SCHEMA.sites, confidence: 'schema',
      host: appHost({ sites: site(root() + NO_SUB) }), files: FILES, url: 'up', expect: { handlers: HERE },
    },
    {
      id: 'sub-off-application', title: 'by virtualDirectoryDefaults of the application',
      rule: DEFAULTS,
      reference: SCHEMA.sites, confidence: 'schema',
      host: appHost({ sites: site(root('', NO_SUB)) }), files: FILES, url: 'up', expect: { handlers: HERE },
    },
    {
      id: 'sub-on-despite-defaults', title: 'the virtual directory itself says otherwise',
      rule: 'A value of the element comes before the default elements.',
      reference: PAGE.virtualDirectoryDefaults, confidence: 'documented',
      host: appHost({ sites: site(root('allowSubDirConfig="true" ', NO_SUB)) }), files: FILES, url: 'up', expect: { handlers: BOTH },
    },
    {
      id: 'sub-nearer-default', title: 'the default of the site comes before that of all sites',
      rule: 'The nearer default element comes first.',
      reference: SCHEMA.sites, confidence: 'assumed', assumes: null,
      host: appHost({ sites: site(`${root()}<virtualDirectoryDefaults allowSubDirConfig="true" />`) + NO_SUB }), files: FILES, url: 'up', expect: { handlers: BOTH },
    },
    {
      id: 'sub-off-virtual-directory', title: 'another virtual directory of the application is not concerned',
      rule: SUB,
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site('<application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" allowSubDirConfig="false" /><virtualDirectory path="/v" physicalPath="C:\\v" /></application>') }),
      files: { v: handlers(handler('V')), 'v/w': handlers(handler('W')) }, url: 'v/w', expect: { handlers: effective('W', 'V', 'H') },
    },
    {
      id: 'sub-off-child-application', title: 'an application below has virtual directories of its own',
      rule: SUB,
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site(root('allowSubDirConfig="false" ') + application('/app', 'app')) }),
      files: { app: handlers(handler('X')), 'app/up': handlers(handler('U')) }, app: '/app', url: 'up', expect: { handlers: effective('U', 'X', 'H') },
    },
    {
      id: 'sub-off-location', title: 'a location tag still reaches the folder',
      rule: SUB,
      reference: PAGE.virtualDirectory, confidence: 'documented',
      host: appHost({ sites: site(root('allowSubDirConfig="false" ')), more: location('Main/up', `<handlers>${handler('L')}</handlers>`) }), files: FILES,
      url: 'up', expect: { handlers: effective('L', 'W', 'H') },
    },
    {
      id: 'pool-off-system-web', title: 'system.web of an ignored web.config',
      rule: POOL_RULE,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: CLASSIC.replace(' />', ' enableConfigurationOverride="false" />') }),
      files: { machine: configuration(''), root: systemWeb('<httpModules><add name="R" type="T.R" /></httpModules>'), www: systemWeb('<httpModules><add name="S" type="T.S" /></httpModules>') },
      expect: { httpModules: effective('R') },
    },
  ],
};
