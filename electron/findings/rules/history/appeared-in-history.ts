import type { Component, ConfigChange } from '../../../../shared/model/index.ts';
import { sectionName } from '../../../components/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { notEvaluable, notFound, rule } from '../../rule.ts';
import { arrivalIn, arrivalWords, historyOf, isManaged } from '../../weigh.ts';
import { Subject, between, distinctRefs, refsOf, subjectOf } from '../../words.ts';
import { APPEARED_IN_HISTORY } from '../../texts/history.ts';

/** The component itself came, or an entry of a component that the copy before has too, or that another file names. */
function titleOf(c: Component, first: ConfigChange, facts: RuleFacts): string {
  const arrival = arrivalIn(c, facts);
  if (arrival !== null) return `${Subject(c)} ${arrivalWords(arrival)} ${between(arrival)} of the configuration`;
  return `An entry of ${subjectOf(c)} was ${first.what} ${between(first)} of the configuration (${sectionName(first.section)}, ${first.scope})`;
}

/** The configuration copies show when the entry came. */
export const appearedInHistory = rule(
  'appeared-in-history',
  APPEARED_IN_HISTORY,
  (facts) =>
    facts.components.flatMap((c) => {
      if (c.origin !== 'unknown' || c.registrations.length === 0 || c.kind === 'other') return [];
      const own = historyOf(c, facts).filter((x) => x.what === 'added' || x.what === 'changed');
      const [first] = own;
      if (first === undefined) return [];
      return [{
        severity: isManaged(c) ? ('low' as const) : ('medium' as const),
        title: titleOf(c, first, facts),
        component: c,
        subject: '',
        supports: own.slice(0, 5).map((x) => `${x.section}: "${x.name}" ${x.what} ${between(x)}${x.after === null ? '' : `: ${x.after.slice(0, 200)}`}.`),
        refutes: ['A change record or an installer log of that time names this component.', 'The copy before is incomplete or of another server.'],
        refs: distinctRefs([...own.flatMap((x) => x.refs), ...refsOf(c)]),
        first: c.firstSeen,
        // An entry more of a component that was there says less than its coming.
        weight: arrivalIn(c, facts) === null ? 0 : 1,
      }];
    }),
  (c, { copies }) => {
    if (c.origin !== 'unknown' || c.registrations.length === 0 || c.kind === 'other') return null;
    if (copies.length < 2) return notEvaluable('No earlier copy of the configuration is in the evidence (inetpub\\history, backups, volume shadow copies): nothing says when it came.');
    return notFound(`None of the changes between the ${copies.length} copies of configuration files that were compared is about its entries.`);
  },
);
