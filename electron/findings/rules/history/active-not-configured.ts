import { foldCase } from '../../../../shared/base/compare.ts';
import { UNKNOWN_MOMENT } from '../../../../shared/model/index.ts';
import { originOf, refOfRegistration, sectionName, type RawRegistration } from '../../../components/index.ts';
import { canonicalImage } from '../../../knowledge/index.ts';
import { rule } from '../../rule.ts';
import { copyWords, kindWords } from '../../words.ts';
import { ACTIVE_NOT_CONFIGURED } from '../../texts/history.ts';

const key = (r: RawRegistration): string => [r.section, r.name ?? '', r.image === null ? '' : canonicalImage(r.image), foldCase(r.type ?? '')].join('\u0000');

/** What a running pool was started with can differ from what the configuration says now. */
export const activeNotConfigured = rule(
  'active-not-configured',
  ACTIVE_NOT_CONFIGURED,
  ({ registrations, active, complete }) => {
    if (!complete) return [];
    const configured = new Set(registrations.map(key));
    return active.flatMap((copy) =>
      copy.registrations
        .filter((r) => (r.image !== null || r.type !== null) && !configured.has(key(r)))
        .map((r) => {
          const { origin, reason } = originOf(r);
          const managed = r.kind === 'managed-module' || r.kind === 'managed-handler';
          return {
            severity: origin !== 'unknown' ? ('info' as const) : managed ? ('medium' as const) : ('high' as const),
            title: `Pool ${copy.pool} was started with ${kindWords(r.kind)} "${r.name ?? ''}" (${r.image ?? r.type ?? ''}), which the configuration no longer has`,
            component: null,
            subject: `${copy.pool}\u0000${key(r)}`,
            supports: [`The pool's copy has it in ${sectionName(r.section)}.`, ...(copy.equals === undefined ? [] : [`In its entries for code it equals ${copyWords(copy.equals)} of the configuration.`]), 'applicationHost.config in force has no equal entry: removed after the pool was started.', `Baseline: ${reason}.`],
            refutes: ['The pool was not recycled since a product was removed or updated.', 'The pool\'s copy is left over from an earlier start: compare its time with the pool\'s last start.'],
            refs: [refOfRegistration(r)],
            attack: ['T1070'],
            first: UNKNOWN_MOMENT,
          };
        }),
    );
  },
);
