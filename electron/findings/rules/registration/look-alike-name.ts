import { quote } from '../../../../shared/base/limits.ts';
import type { Component, Severity } from '../../../../shared/model/index.ts';
import { beginsLikeFile, canonicalImage, fileName, folderTrust } from '../../../knowledge/index.ts';
import { type FindingDraft, notFound, rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { isManaged, isNative, looksLike } from '../../weigh.ts';
import { Subject, distinctRefs, fileWords, refsOf, registeredWords } from '../../words.ts';
import { LOOK_ALIKE_NAME } from '../../texts/registration.ts';

function severityFor(c: Component): Severity {
  if (isManaged(c)) return c.registrations.some((r) => r.scope === 'server') ? 'medium' : 'low';
  // Where a loose file lay is not known, and its name alone is no more than a hint.
  if (c.registrations.length === 0 && (c.file?.path ?? null) === null) return 'low';
  const trust = c.image === null ? 'other' : folderTrust(c.image);
  return trust === 'system' || trust === 'program' ? 'medium' : 'high';
}

const INETSRV = /^\?:\\WINDOWS\\SYSTEM32\\INETSRV\\[^\\]+$/;
const refutes = (c: Component): string[] => ['The name is the vendor\'s own: its documentation or installer uses it.', ...signatureRefutes(c, 'A valid signature of that vendor.')];

/** Among the files of IIS, a name that only begins like one of theirs is a hint. */
function ofBeginning(c: Component): FindingDraft[] {
  const of = isNative(c) && c.image !== null && INETSRV.test(canonicalImage(c.image)) ? beginsLikeFile(fileName(c.image)) : null;
  if (of === null) return [];
  return [{
    severity: 'low',
    title: `${Subject(c)} lies among the files of IIS under a name that begins like "${of}"`,
    component: c,
    subject: '',
    supports: [`"${fileName(c.image ?? '')}" and "${of}" begin with the same letters and are about as long; both lie in inetsrv.`, ...registeredWords(c), fileWords(c)],
    refutes: refutes(c),
    refs: distinctRefs(refsOf(c)),
    attack: ['T1036.005'],
    first: c.firstSeen,
    weight: 1,
  }];
}

/** Names that a reader takes for stock ones. */
export const lookAlikeName = rule(
  'look-alike-name',
  LOOK_ALIKE_NAME,
  ({ components }) =>
    components.flatMap((c) => {
      if (c.origin !== 'unknown') return [];
      const likes = looksLike(c);
      const [like] = likes;
      if (like === undefined) return ofBeginning(c);
      return [{
        severity: severityFor(c),
        title: `${Subject(c)} resembles "${like.of}"`,
        component: c,
        subject: '',
        supports: [...likes.map((l) => `Its ${l.what} resembles "${l.of}" (${l.how}).`), ...registeredWords(c), fileWords(c)],
        refutes: refutes(c),
        refs: distinctRefs(refsOf(c)),
        attack: ['T1036.005'],
        first: c.firstSeen,
      }];
    }),
  (c) => {
    if (c.origin !== 'unknown' || (!isNative(c) && c.kind !== 'managed-module')) return null;
    const names = [c.name, c.image].filter((n) => n !== null).map((n) => `"${quote(n)}"`);
    return names.length === 0 ? null : notFound(`${names.join(' and ')}: no name of a stock module, file or folder is close to it.`);
  },
);
