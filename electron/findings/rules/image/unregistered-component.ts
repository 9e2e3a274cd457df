import { SEVERITIES, type Component, type Severity } from '../../../../shared/model/index.ts';
import type { ImageIndex } from '../../../components/index.ts';
import { TRUST_WORDS, folderTrust } from '../../../knowledge/index.ts';
import { abilitiesOf } from '../../abilities.ts';
import { imageOf } from '../../image-of.ts';
import { notFound, rule, type Weighed } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { isManaged, looksLike } from '../../weigh.ts';
import { distinctRefs, fileWords, kindWords, refsOf } from '../../words.ts';
import { UNREGISTERED_COMPONENT } from '../../texts/image.ts';

/** Native code that IIS could load where no role puts such a file; everything else that lies unused is common. */
function severityFor(c: Component, configured: boolean): Severity {
  if (!configured || c.origin !== 'unknown' || isManaged(c)) return 'info';
  const path = c.file?.path ?? null;
  const trust = path === null ? 'other' : folderTrust(path);
  return trust === 'open' && looksLike(c).length > 0 ? 'high' : 'medium';
}

/** Its place and names are judged already; what other rules say of the file lifts it a step with every two points. */
function weighedOf(c: Component, severity: Severity): Weighed {
  const steps = (points: number): Severity => SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - Math.floor(points / 2))] ?? severity;
  return {
    facts: looksLike(c).map((like) => ({ sentence: `Its ${like.what} resembles "${like.of}" (${like.how}).`, weight: 0, rule: 'look-alike-name' })),
    scale: { words: `a file that nothing registers: ${severity} by its kind, place and name, one step more for every two points`, severity: steps },
  };
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
  UNREGISTERED_COMPONENT,
  ({ components, server, images }) =>
    components
      .filter((c) => c.registrations.length === 0 && c.file !== null)
      .map((c) => {
        const path = c.file?.path ?? null;
        const where = path === null ? [] : [`The file ${TRUST_WORDS[folderTrust(path)]}.`];
        const configured = server.configuration !== null;
        const able = abilitiesOf(c, images);
        const starts = c.kind === 'managed-module' ? startsOf(c, images) : [];
        const severity = severityFor(c, configured);
        return {
          severity,
          title: titleOf(c, configured, starts),
          component: c,
          subject: '',
          supports: [`Entry points: ${c.entryPoints.slice(0, 10).join(', ') || 'by its kind'}.`, ...starts.map((s) => `ASP.NET calls ${s} when the application starts (PreApplicationStart): it can register modules there without any entry.`), `Baseline: ${c.originReason}.`, ...where, fileWords(c), ...able.sentences],
          refutes: isManaged(c)
            ? ['The application uses the type from its own code or registers it in code at start.', 'The file belongs to a library that the application ships.']
            : ['The file belongs to a role or product that is installed but not switched on.', ...signatureRefutes(c, 'A valid signature of Microsoft or of a vendor whose product is installed here.')],
          refs: distinctRefs([...refsOf(c), ...able.refs]),
          first: c.firstSeen,
          // Files of Windows and of products are told and lead nothing.
          ...(c.origin === 'unknown' ? { weighed: weighedOf(c, severity) } : {}),
        };
      }),
  (c) => (c.registrations.length > 0 && c.file !== null && c.kind !== 'other' ? notFound(`${c.registrations.length} ${c.registrations.length === 1 ? 'entry' : 'entries'} of the configuration ${c.registrations.length === 1 ? 'names' : 'name'} it.`) : null),
);
