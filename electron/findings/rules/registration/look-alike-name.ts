import { quote } from '../../../../shared/base/limits.ts';
import type { Component, Severity } from '../../../../shared/model/index.ts';
import { folderTrust } from '../../../knowledge/index.ts';
import { notFound, rule } from '../../rule.ts';
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

/** Names that a reader takes for stock ones. */
export const lookAlikeName = rule(
  'look-alike-name',
  LOOK_ALIKE_NAME,
  ({ components }) =>
    components.flatMap((c) => {
      if (c.origin !== 'unknown') return [];
      const likes = looksLike(c);
      const [like] = likes;
      if (like === undefined) return [];
      return [{
        severity: severityFor(c),
        title: `${Subject(c)} resembles "${like.of}"`,
        component: c,
        subject: '',
        supports: [...likes.map((l) => `Its ${l.what} resembles "${l.of}" (${l.how}).`), ...registeredWords(c), fileWords(c)],
        refutes: ['The name is the vendor\'s own: its documentation or installer uses it.', ...signatureRefutes(c, 'A valid signature of that vendor.')],
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
