import { type CaseGroup, dormant, effective } from '../case.ts';
import { appHost, GLOBAL, location, MODULES_AB, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const filters = (...entries: readonly string[]): string => `<isapiFilters>\n${entries.join('\n')}\n</isapiFilters>`;
const F = '<filter name="F" path="%windir%\\f.dll" />';
const G = '<filter name="G" path="C:\\g.dll" />';
const RESTRICTED = '<security><isapiCgiRestriction>\n<add path="C:\\a.dll" allowed="true" />\n<add path="C:\\b.dll" allowed="false" />\n</isapiCgiRestriction></security>';

export const FILTERS: CaseGroup = {
  group: 'ISAPI filters and restrictions',
  cases: [
    {
      id: 'filter-order', title: 'filters in the order of the file',
      rule: 'isapiFilters appends.',
      reference: SCHEMA.isapiFilters, confidence: 'schema',
      host: appHost({ root: filters(G, F) }), expect: { isapiFilters: effective('G', { entry: 'F @host(f.dll)', image: '%windir%\\f.dll' }) },
    },
    {
      id: 'filter-enabled', title: 'enabled is true unless said otherwise',
      rule: 'enabled has the default true.',
      reference: SCHEMA.isapiFilters, confidence: 'schema',
      host: appHost({ root: filters(F) }), expect: { isapiFilters: effective('F') },
    },
    {
      id: 'filter-disabled', title: 'enabled="false"',
      rule: 'enabled says whether the filter is enabled.',
      reference: PAGE.isapiFilter, confidence: 'documented',
      host: appHost({ root: filters(F.replace(' />', ' enabled="false" />'), G) }), expect: { isapiFilters: effective(dormant('F', /enabled/), 'G') },
    },
    {
      id: 'filter-of-site', title: 'filters of a site behind those of the server',
      rule: 'Filters are configured for the server and, in a location tag, for a site.',
      reference: PAGE.isapiFilters, confidence: 'documented',
      host: appHost({ root: filters(F), more: location('Main', filters(G)) }), expect: { isapiFilters: effective('F', 'G') },
    },
    {
      id: 'filter-of-other-site', title: 'filters of another site',
      rule: 'Filters are configured for the server and, in a location tag, for a site.',
      reference: PAGE.isapiFilters, confidence: 'documented',
      host: appHost({ root: filters(F), more: location('Other', filters(G)) }), expect: { isapiFilters: effective('F') },
    },
    {
      id: 'filter-removed-for-site', title: 'a filter removed for one site',
      rule: 'remove takes one filter out of the inherited list.',
      reference: PAGE.isapiFilters, confidence: 'documented',
      host: appHost({ root: filters(F, G), more: location('Main', '<isapiFilters><remove name="F" /></isapiFilters>') }),
      expect: { isapiFilters: effective('G') },
    },
    {
      id: 'filter-unlocked', title: 'filters in a web.config where the section is unlocked',
      rule: 'An unlocked section may be set down to the root of an application.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ unlocked: `${MODULES_AB}\n${filters(F)}` }), files: { www: web(filters(G)) }, expect: { isapiFilters: effective('F', 'G @www:3') },
    },
    {
      id: 'filter-without-module', title: 'without IsapiFilterModule no filter is loaded',
      rule: 'IsapiFilterModule loads the filters; removed from the server, none runs.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ globalModules: GLOBAL.split('\n').filter((line) => !line.includes('Filter')).join('\n'), root: filters(F) }),
      expect: { isapiFilters: effective(dormant('F', /IsapiFilterModule/)) },
    },
    {
      id: 'filter-module-not-loaded', title: 'nor where IsapiFilterModule is for the other bitness',
      rule: 'IsapiFilterModule loads the filters; where its precondition fails, none runs.',
      reference: PAGE.globalModulesAdd, confidence: 'documented',
      host: appHost({ globalModules: GLOBAL.replace('isapifiltermodule.dll"', 'isapifiltermodule.dll" preCondition="bitness32"'), root: filters(F) }),
      expect: { isapiFilters: effective(dormant('F', /IsapiFilterModule/)) },
    },
    {
      id: 'restriction-states', title: 'allowed and denied programs',
      rule: 'allowed says whether the program may run.',
      reference: PAGE.isapiCgiRestrictionAdd, confidence: 'documented',
      host: appHost({ root: RESTRICTED }), expect: { isapiCgiRestriction: effective('C:\\a.dll', dormant('C:\\b.dll', /allowed/)) },
    },
    {
      id: 'restriction-in-web-config', title: 'a web.config cannot allow a program',
      rule: 'isapiCgiRestriction can only be configured at the server level in applicationHost.config.',
      reference: PAGE.isapiCgiRestriction, confidence: 'documented',
      host: appHost({ root: RESTRICTED }),
      files: { www: web('<security><isapiCgiRestriction><add path="C:\\evil.exe" allowed="true" /></isapiCgiRestriction></security>') },
      expect: { isapiCgiRestriction: effective('C:\\a.dll', dormant('C:\\b.dll', /allowed/)) },
    },
    {
      id: 'global-modules-in-web-config', title: 'a web.config cannot install a native module',
      rule: 'globalModules can be set only at the server level.',
      reference: PAGE.modulesOverview, confidence: 'documented',
      host: appHost({ globalModules: '<add name="A" image="a.dll" />' }),
      files: { www: web('<globalModules><add name="Evil" image="C:\\evil.dll" /></globalModules>') }, expect: { globalModules: effective('A') },
    },
    {
      id: 'restriction-of-server', title: 'a location tag for a site changes nothing of the list of the server',
      rule: 'isapiCgiRestriction is AppHostOnly: one list for the server.',
      reference: PAGE.isapiCgiRestriction, confidence: 'assumed', assumes: null,
      host: appHost({ root: RESTRICTED, more: location('Main', '<security><isapiCgiRestriction><add path="C:\\c.dll" allowed="true" /></isapiCgiRestriction></security>') }),
      expect: { isapiCgiRestriction: effective('C:\\a.dll', dormant('C:\\b.dll', /allowed/)) },
    },
  ],
};
