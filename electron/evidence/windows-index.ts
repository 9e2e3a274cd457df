import { foldCase } from '../../shared/base/compare.ts';
import type { DriveRoot, HostRoot } from './host-root.ts';
import { decodePercent } from './names.ts';
import type { InventoryEntry } from './source.ts';
import { formatWindowsPath } from './windows-path.ts';

/** Look-up of one host's names by folded Windows path. */
export interface WindowsIndex {
  readonly byPath: ReadonlyMap<string, InventoryEntry>;
  /** Folded paths of every folder that something was collected from, drive roots included. */
  readonly folders: ReadonlySet<string>;
  /**
   * Folded paths of the folders whose own files were collected: a file lies directly in it, or it is listed and empty.
   * A folder that is only on the way to another one says nothing about the files that were in it.
   */
  readonly collected: ReadonlySet<string>;
  /** Sorted by folded path; case twins of one drive root are all there. */
  readonly sorted: ReadonlyArray<{ readonly fold: string; readonly entry: InventoryEntry }>;
}

/** Windows path of an evidence file that lies under one of the drive roots (the longest that fits), or null. */
export function toWindowsPath(drives: readonly DriveRoot[], evidencePath: string): string | null {
  const drive = rootOf(drives, evidencePath);
  return drive === null ? null : pathBelow(drive, evidencePath);
}

function pathBelow(drive: DriveRoot, evidencePath: string): string | null {
  const rest = drive.prefix === '' ? evidencePath : evidencePath.slice(drive.prefix.length + 1);
  const parts = rest === '' ? [] : rest.split('/');
  const decoded = drive.encoded ? parts.map(decodePercent) : parts;
  // Such a name leads nowhere on a drive; a decoded backslash would pretend to be a folder.
  if (decoded.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))) return null;
  return formatWindowsPath({ drive: drive.letter, parts: decoded });
}

function rootOf(drives: readonly DriveRoot[], evidencePath: string): DriveRoot | null {
  let best: DriveRoot | null = null;
  for (const drive of drives) {
    const fits = drive.prefix === '' || evidencePath === drive.prefix || evidencePath.startsWith(`${drive.prefix}/`);
    if (fits && (best === null || drive.prefix.length > best.prefix.length)) best = drive;
  }
  return best;
}

/** Builds the index once. Where a path was collected twice, the drive root that the host lists first wins. */
export function buildIndex(host: HostRoot, entries: readonly InventoryEntry[]): WindowsIndex {
  const perRoot = new Map<DriveRoot, InventoryEntry[]>(host.drives.map((drive) => [drive, []]));
  for (const entry of entries) {
    const root = rootOf(host.drives, entry.evidencePath);
    if (root !== null) perRoot.get(root)?.push(entry);
  }
  const byPath = new Map<string, InventoryEntry>();
  const folders = new Set<string>();
  const collected = new Set<string>();
  const emptied = new Set<string>();
  const hasChildren = new Set<string>();
  const sorted: { fold: string; entry: InventoryEntry }[] = [];
  for (const [drive, members] of perRoot) {
    // Folders given by an earlier root may be completed by a later one; files may not be replaced.
    const earlier = new Set(byPath.keys());
    for (const entry of members) {
      const path = pathBelow(drive, entry.evidencePath);
      if (path === null) continue;
      const fold = foldCase(path);
      noteFolders(folders, fold, entry.type === 'folder');
      const parent = parentOf(fold);
      emptied.delete(parent);
      if (entry.type === 'folder') {
        if (!hasChildren.has(fold)) emptied.add(fold);
      } else collected.add(parent);
      hasChildren.add(parent);
      if (earlier.has(fold)) continue;
      if (!byPath.has(fold)) byPath.set(fold, entry);
      sorted.push({ fold, entry });
    }
  }
  sorted.sort((a, b) => (a.fold < b.fold ? -1 : a.fold > b.fold ? 1 : a.entry.evidencePath < b.entry.evidencePath ? -1 : 1));
  for (const folder of emptied) collected.add(folder);
  return { byPath, folders, collected, sorted };
}

/** Folder of a folded path, `C:\\` for a name in the root. */
export function parentOf(fold: string): string {
  const cut = fold.lastIndexOf('\\');
  return cut === 2 ? fold.slice(0, 3) : fold.slice(0, cut);
}

/** Notes the folders above a folded path (and itself), innermost first, until one is already known. */
function noteFolders(folders: Set<string>, fold: string, itself: boolean): void {
  if (itself) folders.add(fold);
  for (let cut = fold.lastIndexOf('\\'); cut > 0; cut = fold.lastIndexOf('\\', cut - 1)) {
    const folder = cut === 2 ? fold.slice(0, 3) : fold.slice(0, cut);
    if (folders.has(folder)) return;
    folders.add(folder);
    if (cut === 2) return;
  }
}
