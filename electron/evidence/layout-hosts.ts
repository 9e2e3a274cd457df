import { compareBy, compareText } from '../../shared/base/compare.ts';
import type { Layout } from '../../shared/model/index.ts';
import type { CandidateRoot, Roots } from './layout-roots.ts';
import type { DriveRoot, HostRoot } from './host-root.ts';
import { decodePercent, driveName } from './names.ts';

/** A candidate with what its name says about the collector. */
interface NamedRoot extends CandidateRoot {
  readonly host: string;
  readonly layout: Layout;
  readonly letter: string;
  readonly encoded: boolean;
  /** Lower wins where one drive was collected through several accessors. */
  readonly order: number;
  /** True where the name alone proves the layout, so that no Windows folder is needed. */
  readonly telling: boolean;
}

/** Velociraptor accessors by how well they read: `auto` falls back to raw NTFS by itself. */
const ACCESSORS = ['auto', 'file', 'ntfs', 'lazy_ntfs', 'mft'];

/** Joins candidate drive roots into hosts: the outermost tree wins, drives with the same host folder belong together. */
export function groupHosts(roots: Roots): HostRoot[] {
  const named = [...roots.candidates.values()].map(nameRoot);
  const byHost = new Map<string, NamedRoot[]>();
  const nested: string[] = [...roots.shadowCopies];
  const weight = (root: NamedRoot): number => (root.strength === 'windows' ? 0 : root.telling ? 1 : 2);
  const wanted = named.filter((root) => root.strength !== 'drive' || root.telling);
  const spare = groupBy(named.filter((root) => root.strength === 'drive' && !root.telling), hostKey);
  const taken = new Set<string>();
  const aboveTaken = new Set<string>();
  const take = (root: NamedRoot): void => {
    taken.add(root.prefix);
    for (const folder of foldersAbove(root.prefix)) aboveTaken.add(folder);
  };
  for (const root of wanted.sort(compareBy(weight, (r) => r.prefix.length, (r) => r.prefix))) {
    if (taken.has(root.prefix)) continue;
    if (aboveTaken.has(root.prefix) || liesInOne(root.prefix, taken)) {
      // A Windows.old or a backup of the configuration is no server of its own, but it is worth a look.
      if (root.strength === 'windows') nested.push(root.prefix);
      continue;
    }
    const key = hostKey(root);
    const drives = byHost.get(key) ?? [];
    if (drives.length === 0) byHost.set(key, drives);
    // A sibling drive folder (`D` beside `C`) counts once a host is known, whatever lies in it.
    const siblings = (drives.length === 0 ? (spare.get(key) ?? []) : []).filter((other) => other.letter !== root.letter && other.prefix !== '');
    drives.push(root, ...siblings);
    for (const one of [root, ...siblings]) take(one);
  }
  return [...byHost.values()].flatMap((drives) => makeHost(drives, nested));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Every folder above a path, from '' down; none for '' itself. A generator, because the outermost mostly decides. */
function* foldersAbove(path: string): Generator<string> {
  if (path === '') return;
  yield '';
  for (let cut = path.indexOf('/'); cut >= 0; cut = path.indexOf('/', cut + 1)) yield path.slice(0, cut);
}

function liesInOne(path: string, folders: ReadonlySet<string>): boolean {
  for (const folder of foldersAbove(path)) if (folders.has(folder)) return true;
  return false;
}

/** Drives of one host lie in one folder and are named by one collector. */
function hostKey(root: NamedRoot): string {
  return `${root.layout}\n${root.host}`;
}

/** True when `inner` lies below `outer` (not when they are the same folder). */
function contains(outer: string, inner: string): boolean {
  if (outer === inner) return false;
  return outer === '' || inner.startsWith(`${outer}/`);
}

function makeHost(roots: readonly NamedRoot[], nested: readonly string[]): HostRoot[] {
  const first = roots[0];
  if (first === undefined) return [];
  const ordered = [...roots].sort(compareBy((r) => r.letter, (r) => r.order, (r) => r.prefix));
  const drives: DriveRoot[] = ordered.map(({ letter, prefix, encoded }) => ({ letter, prefix, encoded }));
  const system = ordered.find((root) => root.strength === 'windows');
  const own = nested.filter((prefix) => contains(first.host, prefix));
  return [
    {
      id: first.host === '' ? 'host' : first.host,
      prefix: first.host,
      layout: first.layout,
      systemDrive: system?.letter ?? 'C',
      drives,
      nested: [...own].sort(compareText),
      trees: [],
    },
  ];
}

/** Reads collector, host folder and drive letter off the last components of a root's path. */
function nameRoot(root: CandidateRoot): NamedRoot {
  const parts = root.prefix === '' ? [] : root.prefix.split('/');
  const decoded = decodePercent(parts.at(-1) ?? '');
  const drive = driveName(decoded);
  const upTo = (count: number): string => parts.slice(0, Math.max(0, parts.length - count)).join('/');
  const parent = (parts.at(-2) ?? '').toLowerCase();
  const base = { ...root, encoded: false, order: 0, telling: false };
  const letter = drive?.letter ?? 'C';
  if (drive !== null && (parts.at(-3) ?? '').toLowerCase() === 'uploads') {
    const order = ACCESSORS.indexOf(parent);
    return { ...base, host: upTo(3), layout: 'velociraptor', letter, encoded: true, order: order < 0 ? ACCESSORS.length : order, telling: true };
  }
  if (drive !== null && decoded !== parts.at(-1)) return { ...base, host: upTo(1), layout: 'velociraptor', letter, encoded: true, telling: true };
  if (drive?.style === 'colon' && parent === 'fs') return { ...base, host: upTo(2), layout: 'acquire', letter, telling: true };
  if (drive?.style === 'ftk-root') return { ...base, host: upTo(1), layout: 'ftk', letter };
  if (drive?.style === 'colon' || drive?.style === 'device') return { ...base, host: upTo(1), layout: 'tree', letter };
  if (drive?.style === 'letter') return { ...base, host: upTo(1), layout: 'kape', letter };
  return { ...base, host: root.prefix, layout: 'tree', letter: 'C' };
}
