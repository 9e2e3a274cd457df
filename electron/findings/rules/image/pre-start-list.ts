import type { ClrFacts, Component, Severity } from '../../../../shared/model/index.ts';
import { attributeOf, type ImageIndex, PRE_START } from '../../../components/index.ts';
import { imageOf } from '../../image-of.ts';
import { signatureRefutes } from '../../signatures.ts';
import { notFound, rule } from '../../rule.ts';
import { distinctRefs, fileWords, lineOf, refsOf } from '../../words.ts';
import { PRE_START_LIST } from '../../texts/image.ts';

const isListed = (c: Component): boolean => c.kind === 'other' && c.registrations.length > 0 && c.registrations.every((r) => r.section === PRE_START);

/** The managed facts of the file; null where it was not read as a program. */
function managedFacts(c: Component, images: ImageIndex): ClrFacts | null {
  return imageOf(images, c.file)?.pe?.clr ?? null;
}

/** Types of the file that ASP.NET would call for requests: with them start code can put itself before every request. */
function requestTypes(clr: ClrFacts | null): readonly string[] {
  return (clr?.httpTypes ?? []).filter((t) => t.implements.some((i) => i.endsWith('.IHttpModule'))).map((t) => t.type);
}

/** True when the file is there and does not do what the list says of it: another one took its place. */
const hasNone = (clr: ClrFacts | null): boolean => clr !== null && clr.preApplicationStart.length === 0;

function severityFor(c: Component, clr: ClrFacts | null, modules: readonly string[]): Severity {
  if (c.fileStatus === 'absent') return c.origin === 'unknown' ? 'medium' : 'info';
  if (hasNone(clr)) return 'medium';
  return modules.length > 0 ? 'low' : 'info';
}

/** Only an assembly with a public key can lie in the global assembly cache. */
const tokenOf = (c: Component): boolean => c.registrations.some((r) => /PublicKeyToken\s*=\s*[0-9a-f]{16}/i.test(attributeOf(r, 'assembly') ?? ''));

function titleOf(c: Component, clr: ClrFacts | null): string {
  const subject = `Assembly "${(c.name ?? '').slice(0, 200)}"`;
  if (c.fileStatus === 'absent') return `${subject} ran code at application start, and its file is gone`;
  if (hasNone(clr)) return `${subject} is listed for code at application start, and its file has none`;
  return `${subject} runs code at application start`;
}

/** At most as many lines as help; the same assembly stands in the list of each folder of compiled code. */
function listedWords(c: Component): string[] {
  const shown = c.registrations.slice(0, 3).map((r) => `ASP.NET listed "${attributeOf(r, 'assembly') ?? ''}" at ${lineOf(r)}, scope ${r.scope}.`);
  return c.registrations.length > 3 ? [...shown, `And in ${c.registrations.length - 3} more lists.`] : shown;
}

/** Start code (PreApplicationStartMethod) as ASP.NET itself noted it. */
export const preStartList = rule(
  'pre-start-list',
  PRE_START_LIST,
  ({ components, images }) =>
    components
      .filter((c) => isListed(c) && (c.origin === 'unknown' || c.fileStatus === 'absent'))
      .map((c) => {
        const clr = managedFacts(c, images);
        const modules = requestTypes(clr);
        const gone = c.fileStatus === 'absent';
        const copies = [...new Set(c.registrations.map((r) => attributeOf(r, 'shadowCopy')).filter((p) => p !== null))];
        return {
          severity: severityFor(c, clr, modules),
          title: titleOf(c, clr),
          component: c,
          subject: '',
          supports: [
            ...listedWords(c),
            ...(gone ? [`ASP.NET writes the list when it has called the start code of these assemblies. The file was then there; now it is not in bin${tokenOf(c) ? ', nor in the global assembly cache' : ''}.`] : [fileWords(c)]),
            ...(c.entryPoints.length > 0 ? [`Start code: ${c.entryPoints.slice(0, 5).join(', ')}.`] : []),
            ...(modules.length > 0 ? [`HTTP modules in the file: ${modules.slice(0, 5).join(', ')}.`] : []),
            ...copies.slice(0, 3).map((path) => `A copy that ASP.NET made when it loaded the assembly: ${path}.`),
            `Baseline: ${c.originReason}.`,
          ],
          refutes: gone
            ? ['The application was redeployed without this assembly and has not been started since: the next start writes the list again.', 'The list belongs to another application of the same virtual path, whose bin was not collected.']
            : ['The assembly belongs to the application or to a package that it uses: it is in its deployment package.', ...signatureRefutes(c, 'A valid signature or strong name of a vendor whose product is installed here.')],
          refs: distinctRefs(refsOf(c)),
          attack: gone ? ['T1070'] : [],
          first: c.firstSeen,
        };
      }),
  (c) => (isListed(c) ? notFound(`It is known for start code, and its file is where the application loads it from: ${c.originReason}.`) : null),
);
