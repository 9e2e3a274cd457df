import type { Component, Severity } from '../../../shared/model/index.ts';
import { TRUST_WORDS, folderTrust } from '../../knowledge/index.ts';
import { rule } from '../rule.ts';
import { isManaged, looksLike } from '../weigh.ts';
import { distinctRefs, fileWords, kindWords, refsOf } from '../words.ts';

/** Native code that IIS could load where no role puts such a file; everything else that lies unused is common. */
function severityFor(c: Component): Severity {
  if (c.origin !== 'unknown' || isManaged(c)) return 'info';
  const path = c.file?.path ?? null;
  const trust = path === null ? 'other' : folderTrust(path);
  return trust === 'open' && looksLike(c).length > 0 ? 'high' : 'medium';
}

/** A file that IIS could load as a component and that no entry names. */
export const unregisteredComponent = rule(
  'unregistered-component',
  {
    title: 'File with IIS entry points that nothing registers',
    condition: 'A PE file that exports RegisterModule, a filter or an extension, or that holds a type implementing IHttpModule or IHttpHandler, named by no entry of the configuration.',
    severityHow: 'info for files of roles and products at their own place and for managed types; medium for other native files; high when such a file lies in an open folder under a name that imitates a stock file.',
    reference: 'ATT&CK T1505.004; Microsoft Learn, RegisterModule function',
  },
  ({ components }) =>
    components
      .filter((c) => c.registrations.length === 0 && c.file !== null)
      .map((c) => {
        const likes = looksLike(c).map((like) => `Its ${like.what} resembles "${like.of}" (${like.how}).`);
        const path = c.file?.path ?? null;
        const where = path === null ? [] : [`The file ${TRUST_WORDS[folderTrust(path)]}.`];
        return {
          severity: severityFor(c),
          title: `${c.image ?? c.name ?? 'A file'} can be loaded as ${kindWords(c.kind)}, and no entry of the configuration names it`,
          component: c,
          subject: '',
          supports: [`Entry points: ${c.entryPoints.slice(0, 10).join(', ') || 'by its kind'}.`, `Baseline: ${c.originReason}.`, ...where, ...likes, fileWords(c)],
          refutes: isManaged(c)
            ? ['The application uses the type from its own code or registers it in code at start.', 'The file belongs to a library that the application ships.']
            : ['The file belongs to a role or product that is installed but not switched on.', 'A valid signature of Microsoft or of a vendor whose product is installed here.'],
          refs: distinctRefs(refsOf(c)),
          first: c.firstSeen,
        };
      }),
);
