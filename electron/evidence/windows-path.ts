/** A Windows path taken apart. */
export interface ParsedPath {
  /** Upper-case drive letter. */
  readonly drive: string;
  /** Components below the drive, `.` and `..` resolved. */
  readonly parts: readonly string[];
}

/** What a written path turned out to be; only `drive` can be looked up in evidence. */
export type PathForm = { readonly form: 'drive'; readonly path: ParsedPath } | { readonly form: 'unc' | 'relative' | 'device' | 'empty' };

/**
 * Reads a path the way Win32 does (`GetFullPathName`): `/` is `\`, `.` and `..` are resolved but never above the
 * drive, dots and spaces at the end of a component are dropped. Behind `\\?\` or `\??\` nothing of that happens, so a
 * name such as `evil.dll ` stays a name of its own. Drive-relative (`C:x`) and rooted (`\x`) paths depend on a current
 * folder that no evidence tells: they count as relative.
 */
export function parseWindowsPath(written: string): PathForm {
  if (written === '') return { form: 'empty' };
  const verbatim = /^(\\\\\?\\|\\\?\?\\)/.test(written);
  const text = verbatim ? written.slice(4) : written.replaceAll('/', '\\');
  const plain = !verbatim && text.startsWith('\\\\.\\') ? text.slice(4) : text;
  const drive = /^([A-Za-z]):(\\|$)/.exec(plain);
  if (drive === null) {
    if (verbatim) return { form: /^UNC\\/i.test(plain) ? 'unc' : 'device' };
    if (plain !== text) return { form: 'device' };
    return { form: text.startsWith('\\\\') ? 'unc' : 'relative' };
  }
  const raw = plain.slice(3).split('\\').filter((part) => part !== '');
  return { form: 'drive', path: { drive: (drive[1] ?? '').toUpperCase(), parts: verbatim ? raw : normalise(raw) } };
}

function normalise(raw: readonly string[]): string[] {
  const parts: string[] = [];
  for (const part of raw) {
    if (part === '.') continue;
    if (part === '..') {
      parts.pop();
      continue;
    }
    const trimmed = part.replace(/[. ]+$/, '');
    // A component of dots and spaces alone names nothing; Windows drops it.
    if (trimmed !== '') parts.push(trimmed);
  }
  return parts;
}

/** The full path as Windows writes it, `C:\` for the drive itself. */
export function formatWindowsPath(path: ParsedPath): string {
  return `${path.drive}:\\${path.parts.join('\\')}`;
}

/**
 * Folders of System32 that a 32-bit process sees as they are (Microsoft Learn, File System Redirector). `driverstore`
 * is one of them since Windows Server 2008 R2; before, it was redirected, which no configuration of IIS turns on.
 * `inetsrv` is none: 32-bit pools load their images from SysWOW64\inetsrv, and the configuration is read by WAS.
 */
const NOT_REDIRECTED = [['catroot'], ['catroot2'], ['driverstore'], ['drivers', 'etc'], ['logfiles'], ['spool']];

/**
 * What a process of this bitness reaches under a path: for 32-bit ones System32 is SysWOW64 (but for a few folders),
 * the same below `lastgood`, and Sysnative is the true System32. `windows` is the Windows folder as [drive, folder], in any case.
 */
export function redirectForBitness(path: ParsedPath, bitness: 32 | 64, windows: { drive: string; folder: string }): ParsedPath {
  if (bitness === 64 || path.drive !== windows.drive) return path;
  const [folder, system, ...rest] = path.parts;
  if (folder === undefined || system === undefined || folder.toLowerCase() !== windows.folder.toLowerCase()) return path;
  const name = system.toLowerCase();
  if (name === 'lastgood' && rest[0]?.toLowerCase() === 'system32') return { drive: path.drive, parts: [folder, system, 'SysWOW64', ...rest.slice(1)] };
  if (name === 'sysnative') return { drive: path.drive, parts: [folder, 'System32', ...rest] };
  if (name !== 'system32') return path;
  const exempt = NOT_REDIRECTED.some((stay) => stay.every((part, i) => rest[i]?.toLowerCase() === part));
  return exempt ? path : { drive: path.drive, parts: [folder, 'SysWOW64', ...rest] };
}
