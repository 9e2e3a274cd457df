import { notEvaluable, notFound, rule } from '../../rule.ts';
import { reasonSentences, signatureWords } from '../../signatures.ts';
import { Subject, distinctRefs, fileOf, fileWords, refsOf, registeredWords, tableRef } from '../../words.ts';
import { SIGNATURE_TAMPERED } from '../../texts/image.ts';

/** Code whose signature shows that its content is not what was signed. */
export const signatureTampered = rule(
  'signature-tampered',
  SIGNATURE_TAMPERED,
  ({ components, images }) =>
    components.flatMap((c) => c.signatures.filter((s) => s.status === 'tampered' || s.status === 'malformed').map((s) => {
      const file = fileOf(c, s);
      const changed = s.status === 'tampered';
      return {
        severity: changed ? ('high' as const) : ('medium' as const),
        title: `${Subject(c)}: ${changed ? 'the file was changed after it was signed' : 'the signature of the file is damaged'}${s.which === 'file32' ? ' (the one that 32-bit processes load)' : ''}`,
        component: c,
        subject: s.which,
        supports: [`Of ${file?.path ?? file?.evidencePath ?? 'the file'}: ${signatureWords(s)}.`, ...reasonSentences(s), ...registeredWords(c), fileWords(c)],
        refutes: [
          'The file was damaged when it was collected: the one on the server has another hash.',
          'The vendor\'s own installer or updater writes into the file after signing: a fresh installation has a file of the same hash.',
        ],
        refs: distinctRefs([...tableRef(images, file), ...refsOf(c)]),
        attack: ['T1553.002', 'T1554'],
        first: c.firstSeen,
      };
    })),
  (c) => {
    if (c.fileStatus === 'not-collected') return notEvaluable(`Its file was not collected, so that its signature cannot be checked: ${c.image ?? c.type ?? ''}.`);
    const checked = c.signatures.filter((s) => s.status !== 'not-checked');
    if (checked.length > 0) return notFound(...checked.map((s) => `Of ${fileOf(c, s)?.path ?? 'its file'}: ${signatureWords(s)}.`));
    return c.file === null ? null : notEvaluable('Its signature was not checked.');
  },
);
