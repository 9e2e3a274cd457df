import { foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import type { Component } from '../../../../shared/model/index.ts';
import { fileName } from '../../../knowledge/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { PEER_TRAITS, type Peer, type PeerTrait } from '../../peers.ts';
import { notEvaluable, notFound, rule, type FindingDraft } from '../../rule.ts';
import { circumstances, isManaged } from '../../weigh.ts';
import { capital, distinctRefs, fileRef, registrationRef, subjectOf } from '../../words.ts';

const TOLD = 5;
const KINDS: ReadonlySet<Component['kind']> = new Set(['native-module', 'managed-module', 'managed-handler', 'isapi-filter', 'isapi-extension', 'cgi']);
/** What two builds for two processors, or two versions, differ by: `x64`, `_32`, `amd64`, `-1.4.2`. */
const VARIANT = /[-_. ]*(?:(?:x|win|amd|ia)?(?:32|64|86)(?:[-_. ]?bits?)?|v?\d+(?:\.\d+)+)(?=$|[-_. ])/gi;

const HAS: Readonly<Record<PeerTrait, string>> = {
  sha256: 'the same bytes (SHA-256)', mvid: 'the same MVID, which every compilation makes anew', symbols: 'the same identity of its symbol file, which every link makes anew',
  pdb: 'the same path of the symbol file', imphash: 'the same import hash, over twenty functions or more',
};

const plain = (name: string): string => foldCase(name.replace(VARIANT, ''));
const stem = (path: string): string => plain(fileName(path).replace(/\.[^.]*$/, ''));

/** The names under which code is known: that of its entry where it has to be the only one, and that of its file. */
function namesOf(c: Component): { readonly entry: string | null; readonly file: string } {
  const own = c.kind === 'native-module' || c.kind === 'isapi-filter';
  return { entry: own && c.name !== null ? plain(c.name) : null, file: stem(c.file?.path ?? c.file?.evidencePath ?? '') };
}

/** Whether the two pass for different things: on one host one file may stand in several entries, and so may its copies. */
function otherName(a: Component, b: Component): boolean {
  if (a.id === b.id || (a.server === b.server && a.file?.evidencePath === b.file?.evidencePath)) return false;
  const [x, y] = [namesOf(a), namesOf(b)];
  const entries = x.entry !== null && y.entry !== null && x.entry !== y.entry;
  return a.server === b.server ? x.file !== y.file && (entries || x.entry === null || y.entry === null) : x.file !== y.file || entries;
}

/** A signature that holds says whose product it is; what is stock or a known product is judged by other rules. */
const judged = (c: Component): boolean => c.origin === 'unknown' && c.registrations.length > 0 && KINDS.has(c.kind) && c.signature !== 'valid' && c.signature !== 'catalog';

interface Found { readonly trait: PeerTrait; readonly value: string; readonly own: Peer | null; readonly others: readonly Peer[] }

/** Each other component counts once, by the strongest value that it shares. */
function foundFor(c: Component, { peers }: RuleFacts): Found[] {
  if (peers === undefined) return [];
  const seen = new Set<string>();
  return [...peers.traits(c)].sort((a, b) => PEER_TRAITS.indexOf(a.trait) - PEER_TRAITS.indexOf(b.trait)).flatMap(({ trait, value }) => {
    const all = peers.holders(trait, value);
    // Programs of one maker import the same on one host.
    const others = all.filter((p) => judged(p.component) && !seen.has(p.component.id) && otherName(c, p.component) && (trait !== 'imphash' || p.component.server !== c.server));
    for (const p of others) seen.add(p.component.id);
    return others.length === 0 ? [] : [{ trait, value, own: all.find((p) => p.component.id === c.id) ?? null, others }];
  });
}

const hostWords = (c: Component, { server, component }: Peer): string => (component.server === c.server ? 'here' : `on ${quote(server.name ?? server.id, 60)}`);
const placeWords = (c: Component): string => (isManaged(c) && c.file?.path ? ` in ${quote(c.file.path)}` : '');

function draft(c: Component, found: readonly Found[], facts: RuleFacts): FindingDraft {
  const others = found.flatMap((f) => f.others);
  const hosts = new Set(others.map((p) => p.component.server)).size;
  const abroad = others.some((p) => p.component.server !== c.server);
  const odd = circumstances(c, facts).some((x) => x.weight > 0);
  const [first] = found;
  return {
    severity: 'low',
    title: `${capital(subjectOf(c))} is there under another name too${abroad ? `, on ${hosts === 1 ? 'another host' : `${hosts} hosts`}` : ''}`,
    component: c,
    subject: '',
    supports: found.map(({ trait, value, others: own }) => {
      const more = own.length > TOLD ? ` and ${own.length - TOLD} more` : '';
      return `${capital(own.slice(0, TOLD).map((p) => `${subjectOf(p.component)}${placeWords(p.component)} ${hostWords(c, p)}`).join('; '))}${more} ${own.length === 1 ? 'has' : 'have'} ${HAS[trait]}: ${quote(value)}.`;
    }),
    refutes: [
      'Both names are those of one product: its documentation, installer or source repository has them.',
      ...(first?.trait === 'pdb' || first?.trait === 'imphash' ? ['Programs of one maker that share a template have such values in common without being one.'] : []),
      'A change record says why the file was renamed.',
    ],
    refs: distinctRefs([...c.registrations.slice(0, 3).map(registrationRef), ...found.flatMap(({ own, others: all }) => [...(own === null ? [] : [own.ref]), ...all.slice(0, TOLD).flatMap((p) => [p.ref, ...p.component.registrations.slice(0, 1).map(registrationRef)])]), ...fileRef(c.file)]),
    weight: odd ? 1 : 0,
    first: c.firstSeen,
  };
}

/** Code that is registered under several names, on one host or on several. */
export const sharedImage = rule(
  'shared-image',
  {
    title: 'The same code under different names',
    condition: 'The file of an unknown component has the same SHA-256, MVID, identity or path of its symbol file as that of another unknown one whose entry or file has another name; or the same import hash over twenty functions or more, on another host. Names that differ only by a processor or a version, and several entries for one file, do not count; neither do files with a signature that holds.',
    severityHow: 'low. Where something else is odd about the component it adds a point.',
    reference: 'ATT&CK T1036.005 (a name that fits its surroundings); ECMA-335 II.22.30 (MVID)',
    version: 1,
    weight: 1,
    meaning: 'The same program passes for one thing here and for another thing there. Products keep their names; whoever has to blend in takes a name that fits each server.',
    rarity: 'Rare: products are registered under one name. In-house code that was copied from project to project is the exception.',
    relevance: 'Low by itself, since code of the house can be renamed. Beside a place or a time that is odd it ties intrusions on several hosts together.',
    falsePositives: ['In-house code that each project registers under a name of its own.', 'A product that was renamed between two versions.', 'A file that was kept under another name as a backup and is still registered.'],
    supportedBy: ['The names imitate something different on each host.', 'The files came within hours of each other.', 'Neither name is in any documentation.'],
    refutedBy: ['The maker documents both names.', 'A deployment package holds the file under both names.'],
    attack: ['T1036.005'],
    d3fend: ['D3-FH', 'D3-SWI'],
    references: ['ECMA-335, Common Language Infrastructure, II.22.30 Module: https://ecma-international.org/publications-and-standards/standards/ecma-335/', 'MITRE ATT&CK T1036.005, Match Legitimate Resource Name or Location: https://attack.mitre.org/techniques/T1036/005/'],
  },
  (facts) => facts.components.flatMap((c) => {
    const found = judged(c) ? foundFor(c, facts) : [];
    return found.length === 0 ? [] : [draft(c, found, facts)];
  }),
  (c, { peers }) => {
    if (!KINDS.has(c.kind) || c.registrations.length === 0) return null;
    if (peers === undefined || c.file === null) return notEvaluable('Its file is not in the evidence: whether it is registered elsewhere under another name cannot be told.');
    if (c.origin !== 'unknown') return notFound('It is stock or of a known product: the same file on several hosts is to be expected.');
    if (!judged(c)) return notFound('Its signature holds and says whose product it is: it was not compared.');
    return notFound(`Compared with the files of ${peers.files - 1} other components on ${peers.servers} ${peers.servers === 1 ? 'host' : 'hosts'}: none that shares its bytes, its build or its symbol file has another name.`);
  },
);
