import { quote } from '../../../../shared/base/limits.ts';
import type { Capability, Component, PeFacts, Severity } from '../../../../shared/model/index.ts';
import { codeOf, having, isVouched, proofRefs, provedWords } from '../../code-facts.ts';
import { notEvaluable, notFound, rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { isManaged } from '../../weigh.ts';
import { Subject, distinctRefs, refsOf, registeredWords } from '../../words.ts';

/** Ways to run what a request brings, with how far each is from what web applications do. */
const RUNS: ReadonlyMap<string, number> = new Map([
  ['loads-code-from-memory', 2], ['runs-powershell', 2], ['writes-other-processes', 2], ['changes-memory-protection', 2], ['compiles-code', 1], ['makes-code', 1], ['starts-processes', 1], ['uses-native-memory', 1], ['loads-code', 1],
]);
const TAKES = ['reads-request-bodies', 'sees-request-headers', 'sees-urls'];
/** An implant is small; the assembly of an application holds many types and does many things. */
const FEW_TYPES = 12;

interface Able { readonly runs: readonly Capability[]; readonly takes: readonly Capability[]; readonly encrypts: readonly Capability[]; readonly starts: readonly Capability[]; readonly points: number }

const firstOf = (pe: PeFacts, ids: Iterable<string>): Capability[] => [...ids].flatMap((id) => having(pe, id).slice(0, 1));

function ableOf(c: Component, pe: PeFacts): Able {
  const runs = firstOf(pe, RUNS.keys());
  const encrypts = firstOf(pe, ['encrypts']);
  const starts = firstOf(pe, ['registers-module-at-run-time', 'registers-path-provider']);
  return { runs, takes: firstOf(pe, TAKES), encrypts, starts, points: runs.reduce((n, r) => n + (RUNS.get(r.id) ?? 0), 0) + encrypts.length + starts.length + (posesAsCompiled(c) ? 1 : 0) };
}

/** Names that ASP.NET gives to what it compiles; a precompiled application has a .compiled file beside it for each. */
const COMPILED = /^App_(?:Web|Code|Theme|Browsers|SubCode|WebReferences|LocalResources|GlobalResources|global)[._]/i;
/** The name is that of a compiled page, and no .compiled file brought it here. */
const posesAsCompiled = (c: Component): boolean => c.registrations.length === 0 && COMPILED.test(c.name ?? '');

const isAsked = (c: Component): boolean => isManaged(c) && c.origin === 'unknown';

/** Something that a request brings can be run, or a module is put in without configuration. */
const speaks = (c: Component, able: Able): boolean => (able.runs.length > 0 && able.takes.length > 0) || (able.starts.some((s) => s.id === 'registers-module-at-run-time') && c.registrations.length === 0);

function severityFor(c: Component, able: Able, pe: PeFacts): Severity {
  if (isVouched(c)) return 'info';
  const small = (pe.clr?.httpTypes.length ?? 0) <= FEW_TYPES && (c.file?.size ?? 0) <= 256 * 1024;
  const reached = c.registrations.length > 0 || able.starts.length > 0 || posesAsCompiled(c);
  if (!reached) return 'info';
  if (!small) return able.points >= 2 ? 'low' : 'info';
  return able.points >= 3 && able.runs.length > 0 && able.takes.length > 0 ? 'medium' : 'low';
}

/** What the references of an assembly let it do with what a request brings. */
export const managedCapability = rule(
  'managed-capability',
  {
    title: 'Managed code that can run what a request brings',
    condition: 'The assembly of an unknown managed module or handler refers to members that read requests and to members that run code: loading an assembly from bytes, PowerShell, compilers, starting programs, native memory; or it registers modules while the application starts and no entry of the configuration names its types.',
    severityHow: 'Points: two for code from memory, PowerShell and memory of processes, one for the others, for encryption, for registering at run time, and for the name of a compiled page that no .compiled file names. A small assembly that is registered or starts by itself: low, medium from three points. A large one: low from two points, else info. info for code that nothing reaches, and for files whose signature leads to a known authority.',
    reference: 'ECMA-335 (metadata: MemberRef); ATT&CK T1505.003, T1620',
    version: 1,
    weight: 1,
    meaning: 'References in the metadata say which members of .NET the code can call. A handler that reads a request and loads an assembly from bytes is how web shells of the last years work; nothing else of the intruder need then lie on disk.',
    rarity: 'rare for loading code from bytes and PowerShell in a module; starting programs is common in large applications',
    relevance: 'high: it makes a request a command',
    falsePositives: ['Plug-in systems that load assemblies from a database.', 'Applications that convert files with other programs, or compile templates.', 'Packages that register their modules at start (monitoring, error pages, authentication).'],
    supportedBy: ['POST requests of one address to a path that no page of the application links to.', 'The assembly is younger than the others of its folder.'],
    refutedBy: ['The assembly is in the deployment package or the source repository of the application.', 'The code that refers to these members is not reached by requests.'],
    attack: ['T1505.003', 'T1620', 'T1059'],
    d3fend: ['D3-SFA', 'D3-WSAA'],
    references: ['MITRE ATT&CK T1620, Reflective Code Loading: https://attack.mitre.org/techniques/T1620/', 'MITRE ATT&CK T1505.003, Web Shell: https://attack.mitre.org/techniques/T1505/003/', 'ECMA-335, Common Language Infrastructure: https://ecma-international.org/publications-and-standards/standards/ecma-335/'],
  },
  ({ components, images }) =>
    components.filter(isAsked).flatMap((c) => {
      const code = codeOf(c, images);
      const able = code === null ? null : ableOf(c, code.pe);
      if (code === null || able === null || !speaks(c, able)) return [];
      const shown = [...able.runs, ...able.encrypts, ...able.starts, ...able.takes];
      return [{
        severity: severityFor(c, able, code.pe),
        title: able.runs.length > 0 && able.takes.length > 0 ? `${Subject(c)} reads requests and ${able.runs[0]?.what ?? 'runs code'}` : `${Subject(c)} registers modules at run time, and no entry names its types`,
        component: c,
        subject: '',
        supports: [...shown.map((s) => `It ${provedWords(s)}.`), ...(posesAsCompiled(c) ? [`Its name "${quote(c.name ?? '', 100)}" is one that ASP.NET gives to compiled pages, and no .compiled file names it.`] : []), ...registeredWords(c)],
        refutes: ['The assembly is in the deployment package of the application, and its source shows what these members are used for.', ...signatureRefutes(c, 'A valid signature or strong name of a vendor whose product is installed here.')],
        refs: distinctRefs([...proofRefs(code.file, shown), ...refsOf(c)]),
        attack: able.runs.some((r) => r.id === 'loads-code-from-memory') ? ['T1620'] : [],
        first: c.firstSeen,
        // Loading a further assembly by its name is what many applications do.
        ...(able.runs.every((r) => r.id === 'loads-code') && able.points < 2 ? { weight: 0 } : {}),
      }];
    }),
  (c, { images }) => {
    if (!isAsked(c)) return null;
    const code = codeOf(c, images);
    if (code === null || code.pe.clr === null) return notEvaluable('Its assembly was not read: what it can do is not known.');
    const able = ableOf(c, code.pe);
    return notFound(
      able.takes.length === 0 ? 'Its references read nothing of requests.' : `It ${able.takes.map(provedWords).join('; ')}.`,
      able.runs.length === 0 ? 'None of its references runs code that a request could bring.' : `It ${able.runs.map(provedWords).join('; ')}.`,
    );
  },
);
