import { sectionName } from '../../../components/index.ts';
import { notEvaluable, notFound, rule } from '../../rule.ts';
import { isUsedName } from '../../weigh.ts';
import { Subject, between, distinctRefs, kindWords, lineOf, refsOf, registeredWords } from '../../words.ts';
import { ENABLED_NOT_GLOBAL } from '../../texts/registration.ts';

/** A native module is switched on and nothing loads it: one half of a registration. */
export const enabledNotGlobal = rule(
  'enabled-not-global',
  ENABLED_NOT_GLOBAL,
  ({ components, registrations, changes, complete }) => {
    // Without a single global entry the file that would hold them was not read.
    if (!complete || !registrations.some((r) => sectionName(r.section) === 'globalModules')) return [];
    return components
      .filter((c) => c.kind === 'native-module' && c.image === null && c.registrations.some((r) => sectionName(r.section) === 'modules'))
      .map((c) => {
        const removed = changes.filter((x) => x.what === 'removed' && x.name === c.name && sectionName(x.section) === 'globalModules');
        const used = c.name !== null && isUsedName(c.name);
        return {
          severity: removed.length > 0 && !used ? ('medium' as const) : used ? ('info' as const) : ('low' as const),
          title: `${Subject(c)} is switched on, but no globalModules entry loads it`,
          component: c,
          subject: '',
          supports: [...registeredWords(c), 'No globalModules entry has this name; IIS compares names with case.', ...removed.map((x) => `A ${kindWords(x.kind)} of this name was removed ${between(x)}.`)],
          refutes: ['A role or product was uninstalled and left this entry behind.', 'The entry was meant for a server where the module is installed.'],
          refs: distinctRefs([...refsOf(c), ...removed.flatMap((x) => x.refs)]),
          first: c.firstSeen,
        };
      });
  },
  (c, { complete }) => {
    if (c.kind !== 'native-module') return null;
    const entry = c.registrations.find((r) => sectionName(r.section) === 'globalModules');
    if (entry !== undefined) return notFound(`A globalModules entry loads it (${lineOf(entry)}).`);
    return complete || c.registrations.length === 0 ? null : notEvaluable('A configuration file could not be read to its end: the globalModules entry may stand behind the damage.');
  },
);
