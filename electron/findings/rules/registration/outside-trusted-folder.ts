import { TRUST_WORDS, folderTrust } from '../../../knowledge/index.ts';
import { notFound, rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { isManaged } from '../../weigh.ts';
import { Subject, distinctRefs, fileWords, refsOf, registeredWords } from '../../words.ts';
import { OUTSIDE_TRUSTED_FOLDER } from '../../texts/registration.ts';

/** Code of the server that lies where more than administrators can put it. */
export const outsideTrustedFolder = rule(
  'outside-trusted-folder',
  OUTSIDE_TRUSTED_FOLDER,
  ({ components }) =>
    components.flatMap((c) => {
      if (c.origin !== 'unknown' || c.image === null || isManaged(c) || c.registrations.length === 0 || c.kind === 'other') return [];
      const trust = folderTrust(c.image);
      if (trust === 'system' || trust === 'program') return [];
      const program = c.kind === 'cgi';
      const bad = trust !== 'other';
      return [{
        severity: bad ? (program ? ('medium' as const) : ('high' as const)) : program ? ('low' as const) : ('medium' as const),
        title: `${Subject(c)} ${TRUST_WORDS[trust]}`,
        component: c,
        subject: '',
        supports: [`The image is written as ${c.image}.`, ...registeredWords(c), fileWords(c)],
        refutes: ['A product of this server installs there by its documentation, and the file is that vendor\'s.', ...signatureRefutes(c, 'A valid signature of that vendor.'), 'The access rights of that folder were narrowed to administrators.'],
        refs: distinctRefs(refsOf(c)),
        first: c.firstSeen,
      }];
    }),
  (c) => {
    if (c.image === null || isManaged(c) || c.registrations.length === 0 || c.kind === 'other') return null;
    const where = `The image ${TRUST_WORDS[folderTrust(c.image)]}.`;
    return c.origin === 'unknown' ? notFound(where) : notFound(where, `It is known there: ${c.originReason}.`);
  },
);
