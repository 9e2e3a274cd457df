import { sectionName } from '../../../components/index.ts';
import { rule } from '../../rule.ts';
import { Subject, distinctRefs, refsOf, registeredWords } from '../../words.ts';
import { GLOBAL_NOT_ENABLED } from '../../texts/registration.ts';

/** Global notifications need no <modules> entry: a module can see requests and stay off the modules list. */
export const globalNotEnabled = rule(
  'global-not-enabled',
  GLOBAL_NOT_ENABLED,
  ({ components, complete }) =>
    complete
      ? components
          .filter((c) => c.kind === 'native-module' && c.origin === 'unknown' && c.image !== null)
          .filter((c) => c.registrations.some((r) => sectionName(r.section) === 'globalModules') && !c.registrations.some((r) => sectionName(r.section) === 'modules'))
          .map((c) => ({
            severity: 'medium' as const,
            title: c.loadedBy.length > 0 ? `${Subject(c)} is loaded into worker processes without being on a modules list` : `${Subject(c)} is registered for loading and on no modules list`,
            component: c,
            subject: '',
            supports: [...registeredWords(c), 'No <modules> entry of the configuration that was read has its name.', ...(c.dormant === null ? [] : [`At present no process loads it: ${c.dormant}.`])],
            refutes: ['The module only needs to be loaded (a helper of another product) and has a valid signature of that vendor.', 'A web.config that was not collected switches it on.', 'It was switched off on purpose and never removed.'],
            refs: distinctRefs(refsOf(c)),
            first: c.firstSeen,
          }))
      : [],
);
