import type { CaseGroup } from '../case.ts';
import { appHost, configuration, site } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const DEFAULTS = 'A value that a pool does not have comes from applicationPoolDefaults, then from the schema.';
const APPLICATION_DEFAULTS = 'applicationDefaults holds default values for the applications of a site, or of all sites.';
const bare = '<application path="/"><virtualDirectory path="/" physicalPath="C:\\www" /></application>';
const named = (pool: string): string => `<applicationDefaults applicationPool="${pool}" />`;
const POOLS = '<add name="P" managedRuntimeVersion="v4.0" /><add name="Q" managedRuntimeVersion="v2.0" />';
const VERSION = (version: string): string => configuration(`<moduleProviders><add name="Modules" type="Microsoft.Web.Management.Iis.Modules.ModulesModuleProvider, Microsoft.Web.Management.Iis, Version=${version}.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35" /></moduleProviders>`);

export const POOLS_GROUP: CaseGroup = {
  group: 'pools',
  cases: [
    {
      id: 'pool-own-values', title: 'values of the pool itself',
      rule: DEFAULTS,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="v2.0" managedPipelineMode="Classic" enable32BitAppOnWin64="true" />' }),
      pool: { name: 'P', clr: 'v2.0', pipeline: 'Classic', bitness: 32 },
    },
    {
      id: 'pool-default-values', title: 'values of applicationPoolDefaults',
      rule: DEFAULTS,
      reference: PAGE.poolDefaults, confidence: 'documented',
      host: appHost({ pools: '<add name="P" /><applicationPoolDefaults managedRuntimeVersion="v4.0" managedPipelineMode="Classic" enable32BitAppOnWin64="true" />' }),
      pool: { clr: 'v4.0', pipeline: 'Classic', bitness: 32 },
    },
    {
      id: 'pool-own-before-default', title: 'the pool comes before applicationPoolDefaults',
      rule: DEFAULTS,
      reference: PAGE.poolDefaults, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="v2.0" managedPipelineMode="Integrated" enable32BitAppOnWin64="false" /><applicationPoolDefaults managedRuntimeVersion="v4.0" managedPipelineMode="Classic" enable32BitAppOnWin64="true" />' }),
      pool: { clr: 'v2.0', pipeline: 'Integrated', bitness: 64 },
    },
    {
      id: 'pool-empty-before-default', title: 'an empty version is a value too',
      rule: DEFAULTS,
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '<add name="P" managedRuntimeVersion="" /><applicationPoolDefaults managedRuntimeVersion="v4.0" />' }), pool: { clr: '' },
    },
    {
      id: 'pool-schema-values', title: 'values of the schema on IIS 8 and later',
      rule: 'Defaults: no managed code, Integrated, 64-bit.',
      reference: SCHEMA.pools, confidence: 'schema',
      host: appHost({ pools: '<add name="P" />' }), files: { administration: VERSION('10.0') }, pool: { clr: '', pipeline: 'Integrated', bitness: 64 },
    },
    {
      id: 'pool-schema-values-7', title: 'values of the schema on IIS 7.5',
      rule: 'The default of managedRuntimeVersion became "" with IIS 8.0; before it was v2.0.',
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: '<add name="P" />' }), files: { administration: VERSION('7.5') }, pool: { clr: 'v2.0' },
    },
    {
      id: 'pool-default-before-schema-7', title: 'applicationPoolDefaults comes before the schema of IIS 7.5',
      rule: DEFAULTS,
      reference: PAGE.poolDefaults, confidence: 'documented',
      host: appHost({ pools: '<add name="P" /><applicationPoolDefaults managedRuntimeVersion="" />' }), files: { administration: VERSION('7.5') },
      pool: { clr: '' },
    },
    {
      id: 'pool-letter-case', title: 'a pool is found in any letter case',
      rule: 'applicationPools/add@name is not marked caseSensitive.',
      reference: SCHEMA.pools, confidence: 'schema',
      host: appHost({ pools: '<add name="SHOP" managedRuntimeVersion="v2.0" />', sites: site('<application path="/" applicationPool="shop"><virtualDirectory path="/" physicalPath="C:\\www" /></application>') }),
      pool: { clr: 'v2.0' },
    },
    {
      id: 'pool-mode-letter-case', title: 'managedPipelineMode in another letter case',
      rule: 'The attribute is not marked caseSensitive.',
      reference: SCHEMA.pools, confidence: 'schema',
      host: appHost({ pools: '<add name="P" managedPipelineMode="classic" />' }), pool: { pipeline: 'Classic' },
    },
    {
      id: 'application-pool-of-application', title: 'the application names its pool',
      rule: APPLICATION_DEFAULTS,
      reference: PAGE.application, confidence: 'documented',
      host: appHost({ pools: POOLS, sites: site(bare.replace('path="/"', 'path="/" applicationPool="Q"') + named('P')) }), pool: { name: 'Q', clr: 'v2.0' },
    },
    {
      id: 'application-pool-of-site', title: 'the pool of applicationDefaults of the site',
      rule: APPLICATION_DEFAULTS,
      reference: PAGE.applicationDefaults, confidence: 'documented',
      host: appHost({ pools: POOLS, sites: site(bare + named('Q')) }), pool: { name: 'Q', clr: 'v2.0' },
    },
    {
      id: 'application-pool-of-sites', title: 'the pool of applicationDefaults of all sites',
      rule: APPLICATION_DEFAULTS,
      reference: PAGE.applicationDefaults, confidence: 'documented',
      host: appHost({ pools: POOLS, sites: site(bare) + named('Q') }), pool: { name: 'Q', clr: 'v2.0' },
    },
    {
      id: 'application-pool-nearer', title: 'the site comes before all sites',
      rule: 'The nearer default element comes first.',
      reference: SCHEMA.sites, confidence: 'assumed', assumes: null,
      host: appHost({ pools: POOLS, sites: site(bare + named('Q')) + named('P') }), pool: { name: 'Q' },
    },
  ],
};
