import { compareText, foldCase } from '../../shared/base/compare.ts';
import type { HostRoot } from './host-root.ts';
import type { InventoryEntry } from './source.ts';
import { defaultVariables, expandVariables } from './variables.ts';
import { buildIndex, parentOf, toWindowsPath, type WindowsIndex } from './windows-index.ts';
import { formatWindowsPath, parseWindowsPath, redirectForBitness } from './windows-path.ts';
import type { Resolved, WindowsView } from './windows-view.ts';

/**
 * One host of the evidence as Windows sees it. Pure: the index is built once from the inventory, nothing is opened.
 * An entry that a collector listed outside the host's drives is not part of the view.
 */
export function windowsView(host: HostRoot, entries: readonly InventoryEntry[]): WindowsView {
  const index = buildIndex(host, entries);
  const windows = { drive: host.systemDrive, folder: 'Windows' };
  const redirects = hasWow64(index, host.systemDrive);
  const variables = { 32: defaultVariables(host.systemDrive, 32, redirects), 64: defaultVariables(host.systemDrive, 64, redirects) };
  const expand = (path: string, bitness: 32 | 64): string => expandVariables(path, variables[bitness]);
  return {
    id: host.id,
    prefix: host.prefix,
    drives: [...new Set(host.drives.map((drive) => drive.letter))].sort(compareText),
    expand,
    resolve: (path, bitness) => {
      const parsed = parseWindowsPath(expand(path, bitness));
      if (parsed.form === 'empty') return { status: 'none', path: null, entry: null };
      if (parsed.form !== 'drive') return { status: 'not-collected', path: null, entry: null };
      return lookUp(index, formatWindowsPath(redirects ? redirectForBitness(parsed.path, bitness, windows) : parsed.path));
    },
    below: (path) => {
      const parsed = parseWindowsPath(expand(path, 64));
      return parsed.form === 'drive' ? entriesBelow(index, foldCase(formatWindowsPath(parsed.path))) : [];
    },
    windowsPath: (evidencePath) => toWindowsPath(host.drives, evidencePath),
  };
}

/**
 * Whether the Windows has a 64-bit and a 32-bit side. Every one does unless it is sure that it is the 32-bit edition:
 * the configuration is that of IIS 6, which ran on both, and no folder is there that only the 64-bit edition has.
 */
function hasWow64(index: WindowsIndex, drive: string): boolean {
  const has = (path: string): boolean => index.byPath.has(`${drive}:\\${path}`) || index.folders.has(`${drive}:\\${path}`);
  if (!has('WINDOWS\\SYSTEM32\\INETSRV\\METABASE.XML') || has('WINDOWS\\SYSTEM32\\INETSRV\\CONFIG\\APPLICATIONHOST.CONFIG')) return true;
  return has('WINDOWS\\SYSWOW64') || has('PROGRAM FILES (X86)') || has('WINDOWS\\MICROSOFT.NET\\FRAMEWORK64');
}

/** Absent means that files of the folder were collected and this one is not among them. */
function lookUp(index: WindowsIndex, path: string): Resolved {
  const fold = foldCase(path);
  const entry = index.byPath.get(fold) ?? null;
  if (entry !== null) return { status: entry.type === 'file' ? 'present' : 'not-a-file', path, entry };
  if (index.folders.has(fold)) return { status: 'not-a-file', path, entry: null };
  return { status: index.collected.has(parentOf(fold)) ? 'absent' : 'not-collected', path, entry: null };
}

function entriesBelow(index: WindowsIndex, folder: string): readonly InventoryEntry[] {
  const { sorted } = index;
  const base = folder.endsWith('\\') ? folder : `${folder}\\`;
  const found: InventoryEntry[] = [];
  // The folder itself sorts apart from what is below it (`-` and `.` come before the backslash).
  for (let i = lowerBound(index, folder); i < sorted.length && sorted[i]?.fold === folder; i++) {
    const own = sorted[i];
    if (own !== undefined) found.push(own.entry);
  }
  for (let i = lowerBound(index, base); i < sorted.length; i++) {
    const item = sorted[i];
    if (item === undefined || !item.fold.startsWith(base)) break;
    if (item.fold !== folder) found.push(item.entry);
  }
  return found.sort((a, b) => compareText(a.evidencePath, b.evidencePath));
}

/** Index of the first item whose fold is not before `wanted`. */
function lowerBound(index: WindowsIndex, wanted: string): number {
  let low = 0;
  let high = index.sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((index.sorted[middle]?.fold ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
