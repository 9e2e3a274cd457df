import { foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import { STOCK } from '../../../knowledge/index.ts';
import { notFound, rule } from '../../rule.ts';
import { Subject, distinctRefs, refsOf, registeredWords } from '../../words.ts';
import { CASE_ONLY_CLONE } from '../../texts/registration.ts';

const CLASSES = { 'native-module': 'module', 'managed-module': 'module', 'isapi-filter': 'filter' } as const;

/** The first that is another; of a hundred thousand spellings no list is made for each. */
function otherThan(name: string, names: Iterable<string>): string | undefined {
  for (const other of names) if (other !== name) return other;
  return undefined;
}

/** IIS compares these names with case, people and appcmd listings hardly do. */
export const caseOnlyClone = rule(
  'case-only-clone',
  CASE_ONLY_CLONE,
  ({ components }) => {
    const names = new Map<string, Set<string>>();
    const note = (cls: string, name: string): void => {
      const key = `${cls}:${foldCase(name)}`;
      names.set(key, (names.get(key) ?? new Set()).add(name));
    };
    STOCK.moduleNames.forEach((n) => note('module', n));
    STOCK.filterNames.forEach((n) => note('filter', n));
    const classOf = (kind: string): string | null => CLASSES[kind as keyof typeof CLASSES] ?? null;
    for (const c of components) {
      const cls = classOf(c.kind);
      if (cls !== null && c.name !== null && c.registrations.length > 0) note(cls, c.name);
    }
    return components.flatMap((c) => {
      const cls = classOf(c.kind);
      if (cls === null || c.name === null || c.origin !== 'unknown' || c.registrations.length === 0) return [];
      const twin = otherThan(c.name, names.get(`${cls}:${foldCase(c.name)}`) ?? []);
      if (twin === undefined) return [];
      return [{
        severity: c.kind === 'managed-module' ? ('medium' as const) : ('high' as const),
        title: `${Subject(c)} differs from "${twin}" only by case`,
        component: c,
        subject: '',
        supports: [`IIS compares names with case: "${c.name}" and "${twin}" are two entries.`, ...registeredWords(c)],
        refutes: ['A typing slip in a hand-written entry that was meant to switch on the stock module.'],
        refs: distinctRefs(refsOf(c)),
        attack: ['T1036.005'],
        first: c.firstSeen,
      }];
    });
  },
  (c) => (c.origin === 'unknown' && c.kind in CLASSES && c.name !== null && c.registrations.length > 0 ? notFound(`No name of this server or of Windows differs from "${quote(c.name)}" by case alone.`) : null),
);
