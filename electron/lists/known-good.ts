import { compareText, foldCase } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import { SEVERITIES, type AnalystList, type Component, type Finding, type KnownGood, type RuleId } from '../../shared/model/index.ts';
import { canonicalImage } from '../knowledge/index.ts';
import { imagesOf } from './images-of.ts';
import { findingOf, placesOf, subjectOf } from './finding-of.ts';

/** Rules that speak because nobody knows the component. What they say is answered by a clean server that has the same. */
const RESTS_ON_UNKNOWN: ReadonlySet<RuleId> = new Set<RuleId>(['unknown-component', 'unregistered-component', 'outside-trusted-folder', 'managed-runs-for-all', 'untrusted-signer', 'look-alike-name']);

type List = Pick<AnalystList, 'id' | 'name' | 'knownGood'>;

/** How a component stands to one list. */
interface Standing { readonly list: List; readonly is: 'same' | 'other-hash'; readonly known: readonly string[] }

/** All known-good lists, by registration. */
export class KnownGoodIndex {
  readonly #lists: readonly { readonly list: List; readonly hashes: ReadonlyMap<string, readonly string[]> }[];

  constructor(lists: readonly List[]) {
    this.#lists = lists.map((list) => {
      const hashes = new Map<string, string[]>();
      for (const entry of list.knownGood) {
        if (entry.sha256 === null) continue;
        const known = hashes.get(keyOf(entry));
        if (known === undefined) hashes.set(keyOf(entry), [entry.sha256]);
        else known.push(entry.sha256);
      }
      return { list, hashes };
    });
  }

  /**
   * A component is the same where the list has each of its commands, and with it all of its files; where not all of them are in the
   * evidence, or another application may load another file, nothing is said. Of several lists the first that knows it.
   */
  standing(component: Component): Standing | null {
    const own = [component.file, component.file32].flatMap((f) => f?.sha256 ?? []);
    if (own.length === 0 || component.registrations.length === 0) return null;
    const keys = imagesOf(component).map((image) => keyOf({ ...component, image }));
    const found = this.#lists.flatMap(({ list, hashes }): Standing[] => {
      const each = keys.flatMap((key) => [hashes.get(key) ?? []].filter((known) => known.length > 0));
      const other = each.find((known) => !own.every((sha) => known.includes(sha)));
      if (other !== undefined) return [{ list, is: 'other-hash', known: other }];
      return each.length === keys.length && allFilesSeen(component) ? [{ list, is: 'same', known: each[0] ?? [] }] : [];
    });
    return found.find((f) => f.is === 'same') ?? found[0] ?? null;
  }
}

function keyOf({ kind, name, image, type }: Omit<KnownGood, 'sha256'>): string {
  return [kind, foldCase(name ?? ''), image === null ? '' : canonicalImage(image), foldCase(type ?? '')].join('\u0000');
}

/** Whether the files that stand for the component are all that it can load, as far as the registrations tell. */
function allFilesSeen({ kind, file, loadedBy }: Component): boolean {
  if (file === null) return false;
  if (kind !== 'managed-module' && kind !== 'managed-handler') return true;
  // Each application takes a type from its own bin; the global assembly cache has one for all.
  return loadedBy.length <= 1 || /\\assembly\\gac/i.test(file.path ?? '');
}

/** The finding as it was before any list lowered it. */
export function restored(finding: Finding): Finding {
  const { lowered, ...rest } = finding;
  if (lowered === undefined) return finding;
  return { ...rest, severity: lowered.from, refutes: rest.refutes.filter((r) => r !== lowered.why) };
}

const rank = (f: Finding): number => SEVERITIES.indexOf(f.severity);

/**
 * A finding that rests on what is unknown, lowered to info where a clean server has the same registration with the same file.
 * @param own all findings of the component without those of lists
 */
export function loweredBy(index: KnownGoodIndex, finding: Finding, component: Component, own: readonly Finding[]): Finding {
  if (!RESTS_ON_UNKNOWN.has(finding.rule) || finding.severity === 'info') return finding;
  // Beside a leading finding others are kept one step below it. Where the list does not answer them, it stands for them too.
  const others = own.filter((f) => !RESTS_ON_UNKNOWN.has(f.rule)).map(rank);
  if (others.includes(rank(finding) + 1) && finding.severity === 'high' && !others.includes(rank(finding))) return finding;
  const standing = index.standing(component);
  if (standing?.is !== 'same') return finding;
  const why = `The known-good list "${quote(standing.list.name, 80)}" has the same registration with the same SHA-256: what is merely unknown is explained by that, so this is info and no longer ${finding.severity}.`;
  return { ...finding, severity: 'info', refutes: [why, ...finding.refutes], lowered: { from: finding.severity, list: standing.list.id, why } };
}

/** Components that a list has with another file. Parts of IIS that Microsoft signed differ with every update and are told together. */
export function differingFindings(index: KnownGoodIndex, components: readonly Component[]): Finding[] {
  const out: Finding[] = [];
  const updated = new Map<string, { readonly list: List; readonly components: Component[] }>();
  for (const component of components) {
    const standing = index.standing(component);
    if (standing?.is !== 'other-hash') continue;
    if (component.origin !== 'stock' || component.signature === 'unsigned' || component.signature === 'tampered' || component.signature === 'malformed') out.push(ofOne(standing, component));
    else {
      const key = `${component.server}\u0000${standing.list.id}`;
      const group = updated.get(key) ?? { list: standing.list, components: [] };
      group.components.push(component);
      updated.set(key, group);
    }
  }
  return [...out, ...[...updated.values()].flatMap(({ list, components: own }) => ofUpdated(list, own))];
}

function ofOne({ list, known }: Standing, c: Component): Finding {
  const own = [c.file, c.file32].flatMap((f) => (f === null ? [] : [`${f.path ?? f.evidencePath} has SHA-256 ${f.sha256}.`]));
  const nobody = c.signature === 'unsigned';
  return findingOf({
    list: list.id, rule: 'differs-from-known-good', server: c.server, severity: nobody ? 'medium' : 'low', component: c, subject: list.id,
    title: `${upper(subjectOf(c))} is registered as on the clean server of "${quote(list.name, 60)}", with another file`,
    supports: [...own, `The list has for this registration ${known.length === 1 ? 'SHA-256' : `${known.length} hashes, among them`} ${[...known].sort(compareText).slice(0, 3).join(', ')}.`, nobody ? 'The file is not signed by anybody.' : `Its signature: ${c.signature}.`],
    refutes: ['Another version of the same product or another patch level is installed here: the vendor\'s package of that version holds a file of the same hash.', 'The list was made from a server of another version.'],
    refs: placesOf(c),
  });
}

function ofUpdated(list: List, own: readonly Component[]): Finding[] {
  const [one] = own;
  if (one === undefined) return [];
  const checked = own.every((c) => c.signature === 'valid' || c.signature === 'catalog');
  return [findingOf({
    list: list.id, rule: 'differs-from-known-good', server: one.server, severity: checked ? 'info' : 'low', component: null, subject: `${list.id} stock`,
    title: `${own.length} ${own.length === 1 ? 'part' : 'parts'} of IIS ${own.length === 1 ? 'has another file' : 'have other files'} than on the clean server of "${quote(list.name, 60)}"`,
    supports: [checked ? 'All of them carry a signature that holds, or a catalog names them.' : 'Not all of their signatures could be checked: catalogs of the server would decide it.', ...own.slice(0, 20).map((c) => `${upper(subjectOf(c))}: SHA-256 ${c.file?.sha256 ?? c.file32?.sha256 ?? ''}.`)],
    refutes: ['Windows updates replace these files: the two servers have another patch level.'],
    refs: own.slice(0, 20).flatMap((c) => placesOf(c).slice(-1)),
  })];
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
