import { needsNoEntry } from '../../components/index.ts';
import { abilitiesOf } from '../abilities.ts';
import { rule } from '../rule.ts';
import { signatureRefutes } from '../signatures.ts';
import { circumstances, isManaged, sentences, severityOf } from '../weigh.ts';
import { Subject, distinctRefs, fileWords, refsOf, registeredWords } from '../words.ts';

/** A registration that neither IIS nor a known product writes. */
export const unknownComponent = rule(
  'unknown-component',
  {
    title: 'Component that is neither stock nor a known product',
    condition: 'A registered module, filter, extension, handler or CGI program whose name with image (or type) is not in the baseline of IIS and of no known product.',
    severityHow: 'Native modules, filters and extensions: medium; high when folder, names or history speak against them (together 2 points). Managed types: info in an application of their own; low, medium or high with 1, 2 or 4 points. Other programs: low or medium; shells and other programs of Windows that run whatever they are given: high, medium where only permitted. As severe as the most severe other finding on the component itself, which then stands a step below.',
    reference: 'ATT&CK T1505.004; Microsoft Learn, IIS Modules Overview',
  },
  ({ components, ...rest }) => {
    const facts = { components, ...rest };
    return components
      // A <modules> entry without its global half is a finding of another rule.
      .filter((c) => c.origin === 'unknown' && c.registrations.length > 0 && c.kind !== 'other' && !c.registrations.every((r) => needsNoEntry(r.section)) && (c.kind !== 'native-module' || c.image !== null))
      .map((c) => {
        const found = circumstances(c, facts);
        const able = abilitiesOf(c, facts.images);
        return {
          severity: severityOf(c, found),
          title: `${Subject(c)} is neither part of IIS nor of a known product`,
          component: c,
          subject: '',
          supports: [`Baseline: ${c.originReason}.`, ...registeredWords(c), ...able.sentences, ...sentences(found), fileWords(c)],
          refutes: isManaged(c)
            ? ['The assembly belongs to the application: it is in its deployment package or its source repository.', ...signatureRefutes(c, 'A valid signature or strong name of a vendor whose product is installed here.')]
            : [...signatureRefutes(c, 'A valid signature of a vendor whose product is installed on this server.'), 'An installation record (ticket, installer log, package) that names this file.', 'The same registration and hash on a server known to be clean.'],
          refs: distinctRefs([...refsOf(c), ...found.flatMap((f) => f.refs), ...able.refs]),
          first: c.firstSeen,
        };
      });
  },
);
