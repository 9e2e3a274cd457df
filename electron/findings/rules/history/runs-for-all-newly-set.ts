import { quote } from '../../../../shared/base/limits.ts';
import { UNKNOWN_MOMENT } from '../../../../shared/model/index.ts';
import { entryAttribute } from '../../../components/index.ts';
import { rule } from '../../rule.ts';
import { between, distinctRefs } from '../../words.ts';

const SWITCH = 'runAllManagedModulesForAllRequests';
const isOn = (text: string | null): boolean => text !== null && /^(?:true|1)$/i.test(entryAttribute(text, SWITCH) ?? '');

/** A switch that takes every preCondition "managedHandler" out of force. */
export const runsForAllNewlySet = rule(
  'runs-for-all-newly-set',
  {
    title: 'All managed modules run for all requests since a change',
    condition: 'Between two copies of a configuration file modules@runAllManagedModulesForAllRequests was set to true.',
    severityHow: 'low for the whole server, info for one site or application.',
    reference: 'Microsoft Learn, modules (runAllManagedModulesForAllRequests)',
    version: 1,
    weight: 0,
    meaning: 'Managed modules with the preCondition managedHandler are left out for static files. With this switch they see every request, so that a module that hides in an application also sees what it was not meant for.',
    rarity: 'common as a setting of old applications; rare as a change of a server that runs',
    relevance: 'low alone: it widens what managed modules see, and loads nothing',
    falsePositives: ['Deployments of ASP.NET MVC and Web Forms routing of the years before 2012 set it.'],
    supportedBy: ['An unknown managed module came at the same time.'],
    refutedBy: ['A deployment of the application at that time is on record.'],
    attack: ['T1505.004'],
    d3fend: ['D3-SWI', 'D3-RC'],
    references: ['Microsoft Learn, Modules: https://learn.microsoft.com/iis/configuration/system.webserver/modules/'],
  },
  ({ changes, copies }) =>
    changes.filter((c) => c.section === 'system.webServer/modules' && c.refs.length > 0 && isOn(c.after) && !isOn(c.before)).map((c) => {
      const copy = copies.find((x) => x.id === c.to);
      return {
        severity: c.scope === 'server' ? ('low' as const) : ('info' as const),
        title: `Managed modules run for all requests (${quote(c.scope, 120)}) since a change ${between(c)} of the configuration`,
        component: null,
        subject: [c.scope, c.from, c.to].join('\u0000'),
        supports: [`${SWITCH} came ${between(c)}: ${(c.after ?? '').slice(0, 200)}`, 'The preCondition managedHandler of managed modules has no effect there.'],
        refutes: ['A deployment of an application at that time brought it, by its package.'],
        refs: distinctRefs(c.refs),
        first: copy === undefined ? UNKNOWN_MOMENT : { ...copy.moment, order: copy.order },
      };
    }),
);
