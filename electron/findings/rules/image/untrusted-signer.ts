import { quote } from '../../../../shared/base/limits.ts';
import type { Component, ComponentSignature, Severity } from '../../../../shared/model/index.ts';
import { notFound, rule } from '../../rule.ts';
import { isAnybodys, posesAsMicrosoft, reasonSentences, signatureWords } from '../../signatures.ts';
import { isNative } from '../../weigh.ts';
import { Subject, distinctRefs, fileOf, fileWords, refsOf, registeredWords, tableRef } from '../../words.ts';
import { UNTRUSTED_SIGNER } from '../../texts/image.ts';

function severityFor(c: Component, s: ComponentSignature): Severity {
  if (posesAsMicrosoft(s)) return 'high';
  if (s.status === 'wrong-usage') return 'medium';
  return isNative(c) && c.origin !== 'known-product' ? 'low' : 'info';
}

function titleOf(c: Component, s: ComponentSignature): string {
  if (posesAsMicrosoft(s)) return `${Subject(c)} is signed in a name that sounds like Microsoft's, by a certificate that nothing shows to be Microsoft's`;
  return `${Subject(c)} is signed with a certificate ${s.status === 'wrong-usage' ? 'that was not issued for code' : 'that leads to no known authority'}`;
}

/** A signature that fits the content and says nothing, since anybody could have made it. */
export const untrustedSigner = rule(
  'untrusted-signer',
  UNTRUSTED_SIGNER,
  ({ components, images }) =>
    components.flatMap((c) => c.signatures.filter((s) => isAnybodys(s) || s.status === 'wrong-usage').map((s) => {
      const file = fileOf(c, s);
      return {
        severity: severityFor(c, s),
        title: titleOf(c, s),
        component: c,
        subject: s.which,
        supports: [`Of ${file?.path ?? file?.evidencePath ?? 'the file'}: ${signatureWords(s)}.`, ...reasonSentences(s), ...registeredWords(c), fileWords(c)],
        refutes: [
          'The owner of the server signs its own code with an authority of its own: its root certificate, given with --roots, makes the signature hold.',
          'The authority is a public one that this program does not know: the chain leads to it when checked on Windows.',
        ],
        refs: distinctRefs([...tableRef(images, file), ...refsOf(c)]),
        attack: ['T1036.001'],
        first: c.firstSeen,
      };
    })),
  (c) => {
    const signed = c.signatures.filter((s) => s.signer !== null);
    return signed.length === 0 ? null : notFound(...signed.map((s) => `Signed by ${quote(s.signer ?? '')}${s.anchor === null ? '' : `, under ${quote(s.anchor)}, which is known`}.`));
  },
);
