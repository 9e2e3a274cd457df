import { compareBy, compareText } from '../../shared/base/compare.ts';
import type { DriveRoot, HostRoot, NestedTree } from './host-root.ts';
import { decodePercent, driveName, isShadowCopy } from './names.ts';
import type { InventoryEntry } from './source.ts';
import { toWindowsPath } from './windows-index.ts';

/** The drive of a volume shadow copy as a tool laid it out. */
export interface ShadowTree {
  /** Folder of the shadow copy: `VSS1`, `%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy3`. */
  readonly folder: string;
  /** Folder of the drive in it; the same where the tool made none. */
  readonly prefix: string;
  readonly name: string;
  /** Upper case; null where nothing tells it. */
  readonly letter: string | null;
  readonly encoded: boolean;
}

/** `HarddiskVolumeShadowCopy3` as a folder, whoever made it. */
const DEVICE = /^HarddiskVolumeShadowCopy\d+$/i;
/** KAPE (`VSS1`), vshadowmount (`vss1`) and folders made by hand: names that a web site could have too. */
const LOOSE = /^(?:vss|vsc|shadow_?copy)[-_ ]?\d+$/i;
const COLLECTION = /^(?:volume[-_ ]?)?(?:shadow[-_ ]?copies|shadows|vss|vscs?)$/i;
const SUSPECT = /shadow|vss|vsc/i;
/** What makes a folder of such a name a drive: parts of Windows, or what IIS keeps beside it. */
const DRIVE_PART = /^(?:windows\/(?:system32|syswow64|microsoft\.net)|inetpub)(?:\/|$)/i;

/** Every drive of a volume shadow copy in a list of names, sorted by place. */
export function findShadowTrees(entries: readonly InventoryEntry[]): readonly ShadowTree[] {
  const found = new Map<string, ShadowTree>();
  let last = '';
  for (const { evidencePath, type } of entries) {
    const folder = type === 'folder' ? evidencePath : evidencePath.slice(0, Math.max(0, evidencePath.lastIndexOf('/')));
    if (folder === last || !SUSPECT.test(folder)) continue;
    last = folder;
    const tree = treeOf(folder);
    if (tree !== null && !found.has(tree.prefix)) found.set(tree.prefix, tree);
  }
  return [...found.values()].sort(compareBy((t) => t.prefix));
}

function treeOf(folder: string): ShadowTree | null {
  const parts = folder.split('/');
  for (const [i, part] of parts.entries()) {
    const decoded = decodePercent(part);
    const device = isShadowCopy(decoded) || DEVICE.test(decoded);
    const inCollection = i > 0 && COLLECTION.test(decodePercent(parts[i - 1] ?? '')) && driveName(decoded) === null;
    if (!device && !LOOSE.test(decoded) && !inCollection) continue;
    const drive = driveName(decodePercent(parts[i + 1] ?? ''));
    const depth = drive === null ? i + 1 : i + 2;
    if (!device && !DRIVE_PART.test(parts.slice(depth).join('/'))) continue;
    return {
      folder: parts.slice(0, i + 1).join('/'), prefix: parts.slice(0, depth).join('/'), name: decoded.slice(decoded.lastIndexOf('\\') + 1), letter: drive?.letter ?? null,
      encoded: decoded !== part || decodePercent(parts[i + 1] ?? '') !== (parts[i + 1] ?? ''),
    };
  }
  return null;
}

/** True when a folder is a shadow copy or lies in one. */
export function inShadowTree(trees: readonly ShadowTree[], prefix: string): boolean {
  return trees.some((tree) => prefix === tree.folder || prefix.startsWith(`${tree.folder}/`));
}

const BACKUP = /backup|bkp|\bbak\b|\bold\b|copy|saved?|restore/i;
const OLD_WINDOWS = /(?:^|\/)windows\.old(?:\.\d{3}|\(\d+\))?$/i;

/** The hosts with the earlier states of their drives that lie in the evidence: shadow copies and copied trees. */
export function withNestedTrees(hosts: readonly HostRoot[], shadows: readonly ShadowTree[]): HostRoot[] {
  const drives = new Set(hosts.flatMap((host) => host.drives.map((drive) => drive.prefix)));
  const owners = new Map(shadows.filter((tree) => !drives.has(tree.prefix)).map((tree) => [tree, ownerOf(hosts, tree)]));
  return hosts.map((host) => {
    const own = shadows.filter((tree) => owners.get(tree) === host);
    const trees: NestedTree[] = own.map((tree) => ({ kind: 'shadow', name: tree.name, drive: { letter: tree.letter ?? host.systemDrive, prefix: tree.prefix, encoded: tree.encoded } }));
    for (const prefix of host.nested) {
      const path = toWindowsPath(host.drives, prefix);
      if (path === null || OLD_WINDOWS.test(prefix) || inShadowTree(own, prefix) || !BACKUP.test(path)) continue;
      trees.push({ kind: 'backup', name: path, drive: { letter: host.systemDrive, prefix, encoded: host.drives.some((d) => d.encoded && prefix.startsWith(`${d.prefix}/`)) } });
    }
    return { ...host, trees: trees.sort((a, b) => compareText(a.drive.prefix, b.drive.prefix)) };
  });
}

/** The host that a shadow copy is one of: the one around it, the only one, or the one with most folders in common. */
function ownerOf(hosts: readonly HostRoot[], tree: ShadowTree): HostRoot | null {
  if (hosts.length === 1) return hosts[0] ?? null;
  const common = (host: HostRoot): number => {
    const a = host.prefix.split('/');
    const b = tree.folder.split('/');
    const at = a.findIndex((part, i) => part !== b[i]);
    return host.prefix === '' ? 0 : at < 0 ? a.length : at;
  };
  const ranked = hosts.map((host) => ({ host, depth: common(host) })).sort((a, b) => b.depth - a.depth);
  const [first, second] = ranked;
  if (first === undefined) return null;
  const around = first.host.prefix === '' || tree.folder.startsWith(`${first.host.prefix}/`);
  return first.depth > (second?.depth ?? -1) && (around || first.depth > 0) ? first.host : null;
}

/** The tree around a file of the evidence, the innermost. */
export function treeAround(trees: readonly NestedTree[], evidencePath: string): NestedTree | null {
  let best: NestedTree | null = null;
  for (const tree of trees) {
    const { prefix } = tree.drive;
    if (evidencePath.startsWith(`${prefix}/`) && (best === null || prefix.length > best.drive.prefix.length)) best = tree;
  }
  return best;
}

/** The path that a file of such a tree had on the server, or null for a name that Windows could not have written. */
export function pathInTree(drive: DriveRoot, evidencePath: string): string | null {
  return toWindowsPath([drive], evidencePath);
}
