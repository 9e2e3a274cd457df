import { rule } from '../rule.ts';
import { historyOf, isManaged } from '../weigh.ts';
import { Subject, between, distinctRefs, refsOf } from '../words.ts';

/** The configuration copies show when the entry came. */
export const appearedInHistory = rule(
  'appeared-in-history',
  {
    title: 'Component that came or changed within the configuration history',
    condition: 'A later copy of the configuration has the entry of an unknown component and the copy before has not, or has it with other attributes.',
    severityHow: 'medium for native code and programs, low for managed types; nothing for components of the baseline and of known products.',
    reference: 'Microsoft Learn, Using Configuration History with IIS 7',
  },
  (facts) =>
    facts.components.flatMap((c) => {
      if (c.origin !== 'unknown' || c.registrations.length === 0 || c.kind === 'other') return [];
      const own = historyOf(c, facts).filter((x) => x.what === 'added' || x.what === 'changed');
      const [first] = own;
      if (first === undefined) return [];
      return [{
        severity: isManaged(c) ? ('low' as const) : ('medium' as const),
        title: `${Subject(c)} was ${first.what} ${between(first)} of the configuration`,
        component: c,
        subject: '',
        supports: own.slice(0, 5).map((x) => `${x.section}: "${x.name}" ${x.what} ${between(x)}${x.after === null ? '' : `: ${x.after.slice(0, 200)}`}.`),
        refutes: ['A change record or an installer log of that time names this component.', 'The copy before is incomplete or of another server.'],
        refs: distinctRefs([...own.flatMap((x) => x.refs), ...refsOf(c)]),
        first: c.firstSeen,
      }];
    }),
);
