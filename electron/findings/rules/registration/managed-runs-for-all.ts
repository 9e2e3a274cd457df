import { attributeOf, sectionName } from '../../../components/index.ts';
import { preConditions } from '../../../knowledge/index.ts';
import { notFound, rule } from '../../rule.ts';
import { Subject, distinctRefs, refsOf, registrationRef } from '../../words.ts';
import { MANAGED_RUNS_FOR_ALL } from '../../texts/registration.ts';

/** A supporting fact: common in legitimate software, so never more than info. */
export const managedRunsForAll = rule(
  'managed-runs-for-all',
  MANAGED_RUNS_FOR_ALL,
  ({ components }) =>
    components.flatMap((c) => {
      if (c.kind !== 'managed-module' || c.origin !== 'unknown') return [];
      const open = c.registrations.filter((r) => sectionName(r.section) === 'modules' && !preConditions(attributeOf(r, 'preCondition')).has('managedHandler'));
      if (open.length === 0) return [];
      return [{
        severity: 'info' as const,
        title: `${Subject(c)} runs for every request, not only for managed ones`,
        component: c,
        subject: '',
        supports: [`${open.length} of its ${c.registrations.length} registrations lack the preCondition managedHandler.`],
        refutes: ['Many products omit it; alone it means nothing.'],
        refs: distinctRefs([...open.map(registrationRef), ...refsOf(c)]),
        first: c.firstSeen,
      }];
    }),
  (c) => (c.kind === 'managed-module' && c.origin === 'unknown' && c.registrations.some((r) => sectionName(r.section) === 'modules') ? notFound('Every entry of it has the preCondition managedHandler.') : null),
);
