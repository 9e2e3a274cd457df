import { type CaseGroup, type ConformanceCase, dormant, effective, type ExpectedEntry } from '../case.ts';
import { appHost, GLOBAL, HANDLER_H, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const BITS32 = 'managedRuntimeVersion="v4.0" enable32BitAppOnWin64="true"';
const CLASSIC = 'managedRuntimeVersion="v4.0" managedPipelineMode="Classic"';
const V4 = 'managedRuntimeVersion="v4.0"';
const V2 = 'managedRuntimeVersion="v2.0"';
const V1 = 'managedRuntimeVersion="v1.1"';
const NONE = 'managedRuntimeVersion=""';

/** preCondition, pool, and why the module does not run there (null: it runs). */
type Row = readonly [id: string, preCondition: string, pool: string, why: RegExp | null];

const TOKENS: readonly Row[] = [
  ['bitness64-in-64', 'bitness64', V4, null],
  ['bitness64-in-32', 'bitness64', BITS32, /bitness64/],
  ['bitness32-in-32', 'bitness32', BITS32, null],
  ['bitness32-in-64', 'bitness32', V4, /bitness32/],
  ['integrated-in-integrated', 'integratedMode', V4, null],
  ['integrated-in-classic', 'integratedMode', CLASSIC, /integratedMode/],
  ['runtime4-in-4', 'runtimeVersionv4.0', V4, null],
  ['runtime4-in-2', 'runtimeVersionv4.0', V2, /runtimeVersionv4\.0/],
  ['runtime2-in-2', 'runtimeVersionv2.0', V2, null],
  ['runtime2-in-4', 'runtimeVersionv2.0', V4, /runtimeVersionv2\.0/],
  ['runtime1-in-1', 'runtimeVersionv1.1', V1, null],
  ['runtime1-in-4', 'runtimeVersionv1.1', V4, /runtimeVersionv1\.1/],
  ['runtime4-in-none', 'runtimeVersionv4.0', NONE, /runtimeVersionv4\.0/],
  ['runtime2-in-none', 'runtimeVersionv2.0', NONE, /runtimeVersionv2\.0/],
  ['all-hold', 'integratedMode,runtimeVersionv4.0,bitness64', V4, null],
  ['first-fails', 'bitness32,runtimeVersionv4.0', V4, /bitness32/],
  ['last-fails', 'integratedMode,runtimeVersionv4.0,bitness64', BITS32, /bitness64/],
  ['empty', '', V4, null],
  ['managed-handler', 'managedHandler', V4, null],
  ['managed-handler-and-version', 'managedHandler,runtimeVersionv2.0', V4, /runtimeVersionv2\.0/],
];

const state = (name: string, why: RegExp | null): ExpectedEntry => (why === null ? name : dormant(name, why));

function poolCase([id, preCondition, pool, why]: Row): ConformanceCase {
  return {
    id: `precondition-${id}`, title: `preCondition "${preCondition}" in a pool with ${pool}`, rule: 'All values of preCondition must hold for the pool that loads the entry.',
    reference: PAGE.modulesAdd, confidence: 'documented', host: appHost({ pools: `<add name="P" ${pool} />`, unlocked: `<modules><add name="A" preCondition="${preCondition}" /></modules>` }),
    expect: { modules: effective(state('A', why)) },
  };
}

const inPool = (preCondition: string, pool = V4): string => appHost({ pools: `<add name="P" ${pool} />`, unlocked: `<modules><add name="A" preCondition="${preCondition}" /></modules>` });
const FORMS = '<modules><add name="Forms" type="T.Forms" preCondition="managedHandler" /></modules>';
const globally = (preCondition: string, onModule = ''): string => appHost({ globalModules: `<add name="A" image="a.dll" preCondition="${preCondition}" />`, unlocked: `<modules><add name="A" ${onModule}/></modules>` });

export const PRECONDITIONS: CaseGroup = {
  group: 'preconditions',
  cases: [
    ...TOKENS.map(poolCase),
    {
      id: 'precondition-classic-in-classic', title: 'classicMode in a Classic pool',
      rule: 'classicMode, which all shipped files write, holds in a Classic pool.',
      reference: PAGE.handlers, confidence: 'documented',
      host: inPool('classicMode', CLASSIC), expect: { modules: effective('A') },
    },
    {
      id: 'precondition-classic-in-integrated', title: 'classicMode in an Integrated pool',
      rule: 'classicMode holds in a Classic pool only.',
      reference: PAGE.handlers, confidence: 'documented',
      host: inPool('classicMode'), expect: { modules: effective(dormant('A', /classicMode/)) },
    },
    {
      id: 'precondition-isapi-in-classic', title: 'ISAPIMode in a Classic pool',
      rule: 'ISAPIMode, which only the reference pages write, is taken for classicMode.',
      reference: PAGE.handlersAdd, confidence: 'assumed', assumes: /ISAPIMode/,
      host: inPool('ISAPIMode', CLASSIC), expect: { modules: effective('A') },
    },
    {
      id: 'precondition-isapi-in-integrated', title: 'ISAPIMode in an Integrated pool',
      rule: 'ISAPIMode, which only the reference pages write, is taken for classicMode.',
      reference: PAGE.handlersAdd, confidence: 'assumed', assumes: /ISAPIMode/,
      host: inPool('ISAPIMode'), expect: { modules: effective(dormant('A', /ISAPIMode/)) },
    },
    {
      id: 'precondition-unknown', title: 'a value that nobody knows',
      rule: 'A module with an invalid precondition is not loaded; event 2296 is written.',
      reference: PAGE.preconditionEvent, confidence: 'documented',
      host: inPool('appPoolName=Shop'), expect: { modules: effective(dormant('A', /2296/)) },
    },
    {
      id: 'precondition-letter-case', title: 'a value in another letter case',
      rule: 'preCondition is marked caseSensitive, so that Bitness64 is not bitness64.',
      reference: SCHEMA.modules, confidence: 'schema',
      host: inPool('Bitness64'), expect: { modules: effective(dormant('A', /Bitness64/)) },
    },
    {
      id: 'precondition-runtime-letter-case', title: 'RuntimeVersionV4.0',
      rule: 'preCondition is marked caseSensitive.',
      reference: SCHEMA.modules, confidence: 'schema',
      host: inPool('RuntimeVersionV4.0'), expect: { modules: effective(dormant('A', /RuntimeVersionV4\.0/)) },
    },
    {
      id: 'precondition-blanks', title: 'blanks around the values',
      rule: 'Blanks around the values are ignored.',
      reference: PAGE.modulesAdd, confidence: 'assumed', assumes: /blank|space/i,
      host: inPool('integratedMode, bitness64'), expect: { modules: effective('A') },
    },
    {
      id: 'precondition-global', title: 'a global module whose precondition fails',
      rule: 'The global module is not loaded, and its entry in modules has nothing to enable.',
      reference: PAGE.globalModulesAdd, confidence: 'documented',
      host: globally('bitness32'),
      expect: { globalModules: effective(dormant('A', /bitness32/)), modules: effective(dormant('A', /bitness32|globalModules/)) },
    },
    {
      id: 'precondition-global-holds', title: 'a global module whose precondition holds',
      rule: 'The values of the pool decide.',
      reference: PAGE.globalModulesAdd, confidence: 'documented',
      host: globally('integratedMode,runtimeVersionv4.0,bitness64'), expect: { globalModules: effective('A'), modules: effective('A') },
    },
    {
      id: 'precondition-both', title: 'the global module loads, its entry in modules does not hold',
      rule: 'preCondition stands on globalModules and on modules; both must hold.',
      reference: PAGE.modulesAdd, confidence: 'documented',
      host: globally('bitness64', 'preCondition="classicMode" '), expect: { globalModules: effective('A'), modules: effective(dormant('A', /classicMode/)) },
    },
    {
      id: 'precondition-handler', title: 'a handler for the other bitness',
      rule: 'IIS loads the handler only in processes of that bitness.',
      reference: PAGE.handlersAdd, confidence: 'documented',
      host: appHost({ unlocked: '<handlers accessPolicy="Read, Script">\n<add name="H64" path="*" verb="*" type="T.H" preCondition="integratedMode,bitness64" />\n<add name="H32" path="*" verb="*" type="T.H" preCondition="integratedMode,bitness32" />\n</handlers>' }),
      expect: { handlers: effective('H64', dormant('H32', /bitness32/)) },
    },
    {
      id: 'precondition-filter', title: 'an ISAPI filter for the other bitness',
      rule: 'preCondition of a filter is judged as that of a module.',
      reference: PAGE.isapiFilter, confidence: 'documented',
      host: appHost({ root: '<isapiFilters><filter name="F" path="C:\\f.dll" preCondition="bitness32,runtimeVersionv4.0" /><filter name="G" path="C:\\g.dll" preCondition="bitness64,runtimeVersionv4.0" /></isapiFilters>' }),
      expect: { isapiFilters: effective(dormant('F', /bitness32/), 'G') },
    },
    {
      id: 'precondition-managed-module', title: 'a managed module for another .NET version',
      rule: 'All values of preCondition must hold.',
      reference: PAGE.modulesAdd, confidence: 'documented',
      host: appHost({ unlocked: '<modules>\n<add name="M2" type="T.M" preCondition="managedHandler,runtimeVersionv2.0" />\n<add name="M4" type="T.M" preCondition="managedHandler,runtimeVersionv4.0" />\n</modules>' }),
      expect: { modules: effective(dormant('M2', /runtimeVersionv2\.0/), 'M4') },
    },
    {
      id: 'precondition-run-all', title: 'runAllManagedModulesForAllRequests',
      rule: 'With it the managedHandler precondition has no effect; the others hold as before.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ unlocked: '<modules runAllManagedModulesForAllRequests="true">\n<add name="M" type="T.M" preCondition="managedHandler" />\n<add name="M2" type="T.M2" preCondition="managedHandler,runtimeVersionv2.0" />\n</modules>' }),
      expect: { modules: effective('M', dormant('M2', /runtimeVersionv2\.0/)) },
    },
    {
      id: 'precondition-run-all-of-site', title: 'the site switches it on',
      rule: 'runAllManagedModulesForAllRequests is an attribute of modules and inherited as such.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ unlocked: FORMS }), files: { www: web('<modules runAllManagedModulesForAllRequests="true" />') },
      expect: { modules: effective({ entry: 'Forms', runsFor: 'every request' }) },
    },
    {
      id: 'precondition-run-all-inherited', title: 'its applications inherit it',
      rule: 'runAllManagedModulesForAllRequests is an attribute of modules and inherited as such.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ unlocked: FORMS }), files: { www: web('<modules runAllManagedModulesForAllRequests="true" />') }, app: '/app', expect: { modules: effective({ entry: 'Forms', runsFor: 'every request' }) },
    },
    {
      id: 'precondition-run-all-taken-back', title: 'an application takes it back',
      rule: 'runAllManagedModulesForAllRequests is an attribute of modules and inherited as such.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ unlocked: FORMS }),
      files: { www: web('<modules runAllManagedModulesForAllRequests="true" />'), app: web('<modules runAllManagedModulesForAllRequests="false" />') },
      app: '/app', expect: { modules: effective({ entry: 'Forms', runsFor: 'requests for managed handlers' }) },
    },
    {
      id: 'precondition-managed-handler-requests', title: 'managedHandler keeps a module to managed handlers',
      rule: 'With managedHandler the module runs only for requests that a managed handler answers.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ unlocked: FORMS }), expect: { modules: effective({ entry: 'Forms', runsFor: 'requests for managed handlers' }) },
    },
    {
      id: 'precondition-no-managed-handler', title: 'a managed module without managedHandler runs for static files too',
      rule: 'Without managedHandler the module applies to content that no managed handler serves.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ unlocked: FORMS.replace(' preCondition="managedHandler"', '') }),
      expect: { modules: effective({ entry: 'Forms', runsFor: 'every request' }) },
    },
    {
      id: 'module-not-installed', title: 'a native module that globalModules does not have',
      rule: 'A native module must be installed in globalModules before it can be enabled.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ unlocked: `<modules><add name="Gone" /></modules>\n${HANDLER_H}` }), expect: { modules: effective(dormant('Gone', /globalModules/)) },
    },
    {
      id: 'module-other-letter-case', title: 'a native module in another letter case',
      rule: 'Names of modules are marked caseSensitive.',
      reference: SCHEMA.globalModules, confidence: 'schema',
      host: appHost({ unlocked: '<modules><add name="a" /></modules>' }), expect: { modules: effective(dormant('a', /globalModules/)) },
    },
    {
      id: 'module-image', title: 'a native module has the image of its global module',
      rule: 'An entry of modules without type names a native module of globalModules.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ globalModules: `${GLOBAL}\n<add name="N" image="C:\\Program Files\\n.dll" />`, unlocked: '<modules><add name="N" /></modules>' }),
      expect: { modules: effective({ entry: 'N', image: 'C:\\Program Files\\n.dll' }) },
    },
    {
      id: 'module-managed', title: 'a managed module needs no entry in globalModules',
      rule: 'A managed module needs no entry in globalModules.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ globalModules: '<add name="Z" image="z.dll" />', unlocked: '<modules><add name="M" type="T.M" /></modules>' }),
      expect: { modules: effective({ entry: 'M', type: 'T.M' }) },
    },
    {
      id: 'module-managed-classic', title: 'a managed module in a Classic pool',
      rule: 'Managed modules of system.webServer work in the integrated pipeline.',
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: `<add name="P" ${CLASSIC} />`, unlocked: '<modules><add name="M" type="T.M" /></modules>' }),
      expect: { modules: effective(dormant('M', /Classic/)) },
    },
    {
      id: 'module-managed-no-code', title: 'a managed module in a pool without managed code',
      rule: 'managedRuntimeVersion="" loads no .NET runtime.',
      reference: PAGE.pool, confidence: 'documented',
      host: appHost({ pools: `<add name="P" ${NONE} />`, unlocked: '<modules><add name="M" type="T.M" /></modules>' }),
      expect: { modules: effective(dormant('M', /managed code/)) },
    },
  ],
};
