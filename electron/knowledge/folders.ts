import { canonicalImage, folderOf } from './image-path.ts';

/**
 * What a folder says about who can write there.
 * - `system`: Windows and .NET folders, writable by administrators only.
 * - `program`: Program Files.
 * - `open`: folders that ordinary accounts, services or a web application write to.
 * - `remote`: a network share. `odd`: a path that no installer writes (relative, a data stream).
 * - `other`: none of these.
 */
export type FolderTrust = 'system' | 'program' | 'open' | 'remote' | 'odd' | 'other';

const SYSTEM = ['?:\\WINDOWS\\SYSTEM32', '?:\\WINDOWS\\MICROSOFT.NET', '?:\\WINDOWS\\ASSEMBLY', '?:\\WINDOWS\\WINSXS'];
const PROGRAM = ['?:\\PROGRAM FILES'];

/** Below a system folder, and yet writable by accounts that are no administrators. */
const OPEN_BELOW_SYSTEM = [
  '?:\\WINDOWS\\TEMP', '?:\\WINDOWS\\TASKS', '?:\\WINDOWS\\TRACING', '?:\\WINDOWS\\SYSTEM32\\TASKS', '?:\\WINDOWS\\SYSTEM32\\SPOOL\\DRIVERS\\COLOR',
  '?:\\WINDOWS\\SYSTEM32\\SPOOL\\PRINTERS', '?:\\WINDOWS\\SYSTEM32\\COM\\DMP', '?:\\WINDOWS\\SYSTEM32\\FXSTMP', '?:\\WINDOWS\\SYSTEM32\\LOGFILES',
  '?:\\WINDOWS\\SYSTEM32\\MICROSOFT\\CRYPTO\\RSA\\MACHINEKEYS',
];
const OPEN = ['?:\\PROGRAMDATA', '?:\\USERS', '?:\\DOCUMENTS AND SETTINGS', '?:\\TEMP', '?:\\TMP', '?:\\INETPUB\\TEMP', '?:\\INETPUB\\LOGS', '?:\\PERFLOGS', '?:\\$RECYCLE.BIN', '?:\\RECYCLER'];

const below = (folder: string, roots: readonly string[]): boolean => roots.some((root) => folder === root || folder.startsWith(`${root}\\`));

/** Judges the folder of an image path as the configuration writes it. */
export function folderTrust(image: string): FolderTrust {
  const canonical = canonicalImage(image);
  if (canonical.startsWith('\\\\')) return 'remote';
  // A colon behind the drive names an alternate data stream.
  if (canonical.slice(2).includes(':')) return 'odd';
  if (!/^(?:\?:|%[^%]+%)\\/.test(canonical)) return 'odd';
  const folder = folderOf(canonical);
  if (canonical.includes('\\TEMPORARY ASP.NET FILES\\') || below(folder, OPEN_BELOW_SYSTEM) || below(folder, OPEN)) return 'open';
  if (below(folder, SYSTEM) || folder.startsWith('%IIS_BIN%')) return 'system';
  return below(folder, PROGRAM) ? 'program' : 'other';
}

/** The trust of a folder in words, for a sentence: `ProgramData, a folder that ...`. */
export const TRUST_WORDS: Readonly<Record<FolderTrust, string>> = {
  system: 'lies in a folder of Windows',
  program: 'lies below Program Files',
  open: 'lies in a folder that accounts without administrator rights can write to by default',
  remote: 'lies on a network share',
  odd: 'has a path that no installer writes (relative, or a data stream of another file)',
  other: 'lies outside Windows and Program Files',
};
