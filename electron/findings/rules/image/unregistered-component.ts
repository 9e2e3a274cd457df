import type { Component, Severity } from '../../../../shared/model/index.ts';
import type { ImageIndex } from '../../../components/index.ts';
import { TRUST_WORDS, folderTrust } from '../../../knowledge/index.ts';
import { abilitiesOf } from '../../abilities.ts';
import { imageOf } from '../../image-of.ts';
import { rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { isManaged, looksLike } from '../../weigh.ts';
import { distinctRefs, fileWords, kindWords, refsOf } from '../../words.ts';

/** Native code that IIS could load where no role puts such a file; everything else that lies unused is common. */
function severityFor(c: Component, configured: boolean): Severity {
  if (!configured || c.origin !== 'unknown' || isManaged(c)) return 'info';
  const path = c.file?.path ?? null;
  const trust = path === null ? 'other' : folderTrust(path);
  return trust === 'open' && looksLike(c).length > 0 ? 'high' : 'medium';
}

/** Methods that ASP.NET calls when it loads the assembly of this file, before any configuration is looked at. */
function startsOf(c: Component, images: ImageIndex): readonly string[] {
  return imageOf(images, c.file)?.pe?.clr?.preApplicationStart ?? [];
}

function titleOf(c: Component, configured: boolean, starts: readonly string[]): string {
  const what = c.image ?? c.name ?? 'A file';
  const able = `can be loaded as ${kindWords(c.kind)}`;
  if (!configured) return `${what} ${able}; no configuration in the evidence says whether it is`;
  if (starts.length > 0) return `${what} ${able}: no entry names its type, and code of it runs at application start`;
  return `${what} ${able}, and no entry of the configuration names ${c.type === null && isManaged(c) ? 'its types' : 'it'}`;
}

/** A file that IIS could load as a component and that no entry names. */
export const unregisteredComponent = rule(
  'unregistered-component',
  {
    title: 'File with IIS entry points that nothing registers',
    condition: 'A PE file (or a type of one) that exports RegisterModule, a filter or an extension, or that holds a type implementing IHttpModule or IHttpHandler, named by no entry of the configuration.',
    severityHow: 'info for files of roles and products at their own place, for managed types, and where the evidence has no applicationHost.config; medium for other native files; high when such a file lies in an open folder under a name that imitates a stock file.',
    reference: 'ATT&CK T1505.004; Microsoft Learn, RegisterModule function',
  },
  ({ components, server, images }) =>
    components
      .filter((c) => c.registrations.length === 0 && c.file !== null)
      .map((c) => {
        const likes = looksLike(c).map((like) => `Its ${like.what} resembles "${like.of}" (${like.how}).`);
        const path = c.file?.path ?? null;
        const where = path === null ? [] : [`The file ${TRUST_WORDS[folderTrust(path)]}.`];
        const configured = server.configuration !== null;
        const able = abilitiesOf(c, images);
        const starts = c.kind === 'managed-module' ? startsOf(c, images) : [];
        return {
          severity: severityFor(c, configured),
          title: titleOf(c, configured, starts),
          component: c,
          subject: '',
          supports: [`Entry points: ${c.entryPoints.slice(0, 10).join(', ') || 'by its kind'}.`, ...starts.map((s) => `ASP.NET calls ${s} when the application starts (PreApplicationStart): it can register modules there without any entry.`), `Baseline: ${c.originReason}.`, ...where, ...likes, fileWords(c), ...able.sentences],
          refutes: isManaged(c)
            ? ['The application uses the type from its own code or registers it in code at start.', 'The file belongs to a library that the application ships.']
            : ['The file belongs to a role or product that is installed but not switched on.', ...signatureRefutes(c, 'A valid signature of Microsoft or of a vendor whose product is installed here.')],
          refs: distinctRefs([...refsOf(c), ...able.refs]),
          first: c.firstSeen,
        };
      }),
);
