import { bytesAsText } from '../../shared/base/bytes-as-text.ts';
import { quote } from '../../shared/base/limits.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import { oddWindowsName } from './names.ts';

/** Host systems (upper byte of "version made by", APPNOTE.TXT 4.4.2) on which `\` is a letter of a name. */
const UNIX_HOSTS = new Set([3, 19]);

/** What is needed of an entry to tell its name. */
export interface ZipName {
  readonly filename: string;
  readonly rawFilename: Uint8Array;
  readonly filenameUTF8: boolean;
  readonly versionMadeBy: number;
}

/**
 * Name of a zip entry as evidencePath: `/` between components, none at its end. Names marked as UTF-8 keep bytes that
 * are not UTF-8 visible; others were decoded as code page 437 by the reader. Windows PowerShell writes `\` between
 * folders, against the standard; that is understood unless a Unix system made the entry.
 */
export function zipEntryPath(entry: ZipName): string {
  const broken = entry.filenameUTF8 && entry.filename.includes('\ufffd');
  const foreign = !UNIX_HOSTS.has(entry.versionMadeBy >>> 8) && !entry.filename.includes('/');
  // Separators first: the escapes of broken bytes are written with a backslash of their own.
  const slashed = broken ? bytesAsText(foreign ? entry.rawFilename.map(slash) : entry.rawFilename) : foreign ? entry.filename.replaceAll('\\', '/') : entry.filename;
  return slashed.length > 1 && slashed.endsWith('/') ? slashed.slice(0, -1) : slashed;
}

function slash(byte: number): number {
  return byte === 0x5c ? 0x2f : byte;
}

/**
 * A name that a careless extractor would take out of its folder, or that Windows gives a meaning of its own. The entry
 * is still listed and read: its name is only ever a key, never a path.
 */
export function zipNameProblem(path: string): ParseProblem | null {
  const why = reason(path);
  return why === null ? null : { kind: 'escape', message: `The name ${quote(path)} ${why}; it was never used as a path` };
}

function reason(path: string): string | null {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'has a NUL character';
  if (/^(\/\/|\\\\)/.test(path)) return 'is a network or device path';
  if (/^[/\\]/.test(path)) return 'is absolute';
  if (/^[A-Za-z]:/.test(path)) return 'begins with a drive';
  const parts = path.split(/[/\\]/);
  if (parts.includes('..')) return 'leads out of its folder';
  for (const part of parts) {
    const odd = oddWindowsName(part);
    if (odd !== null) return odd;
  }
  return null;
}
