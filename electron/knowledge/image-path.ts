import { foldCase } from '../../shared/base/compare.ts';

/** Windows folders that a path variable stands for. The drive is left open where the variable does not fix it. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ['WINDIR', '?:\\WINDOWS'],
  ['SYSTEMROOT', '?:\\WINDOWS'],
  ['SYSTEMDRIVE', '?:'],
  ['PROGRAMFILES', '?:\\PROGRAM FILES'],
  ['PROGRAMFILES(X86)', '?:\\PROGRAM FILES'],
  ['PROGRAMW6432', '?:\\PROGRAM FILES'],
  ['COMMONPROGRAMFILES', '?:\\PROGRAM FILES\\COMMON FILES'],
  ['COMMONPROGRAMFILES(X86)', '?:\\PROGRAM FILES\\COMMON FILES'],
  ['COMMONPROGRAMW6432', '?:\\PROGRAM FILES\\COMMON FILES'],
  ['PROGRAMDATA', '?:\\PROGRAMDATA'],
  ['ALLUSERSPROFILE', '?:\\PROGRAMDATA'],
  ['PUBLIC', '?:\\USERS\\PUBLIC'],
]);

/** Folders that are one and the same to a process of the other bitness, and the short names that Windows gives them. */
const SAME_FOLDER: ReadonlyMap<string, string> = new Map([
  ['PROGRAM FILES (X86)', 'PROGRAM FILES'],
  ['PROGRA~1', 'PROGRAM FILES'],
  ['PROGRA~2', 'PROGRAM FILES'],
  ['PROGRA~3', 'PROGRAMDATA'],
]);

/**
 * Splits a path the way Windows does: either slash, no empty or `.` parts, `..` resolved, trailing dots and blanks of a
 * name dropped. The first part is `X:`, `\\` for a network share, a variable, or a plain name for a relative path.
 */
export function pathParts(path: string): string[] {
  let text = path.trimEnd().replaceAll('/', '\\');
  if (/^\\\\[?.]\\UNC\\/i.test(text)) text = `\\\\${text.slice(8)}`;
  else if (/^\\\\[?.]\\/.test(text)) text = text.slice(4);
  const share = text.startsWith('\\\\');
  const parts: string[] = [];
  for (const raw of text.split('\\')) {
    const part = raw === '..' ? raw : raw.replace(/[. ]+$/, '');
    if (part === '') continue;
    if (part === '..') {
      if (parts.length > 1) parts.pop();
    } else {
      parts.push(part);
    }
  }
  return share ? ['\\\\', ...parts] : parts;
}

/**
 * One spelling for the many of one image: folded case, variables and both bitnesses' folders as one, drive letter open.
 * For comparing with the baseline only; two files of different drives become equal.
 */
export function canonicalImage(path: string): string {
  const expanded = foldCase(path).replace(/%([^%\\]+)%/g, (whole, name: string) => VARIABLES.get(name) ?? whole);
  const parts = pathParts(expanded).map((part) => SAME_FOLDER.get(part) ?? part);
  const [drive] = parts;
  if (drive !== undefined && /^[A-Z]:$/.test(drive)) parts[0] = '?:';
  if (parts[1] === 'WINDOWS' && (parts[2] === 'SYSWOW64' || parts[2] === 'SYSNATIVE')) parts[2] = 'SYSTEM32';
  return parts.join('\\');
}

/** Folder of a canonical path, without the last name. */
export function folderOf(canonical: string): string {
  const cut = canonical.lastIndexOf('\\');
  return cut < 0 ? '' : canonical.slice(0, cut);
}

/** Last name of a path as written, `cachhttp.dll`. */
export function fileName(path: string): string {
  return pathParts(path).at(-1) ?? path;
}

/** A pattern over canonical paths: `*` for characters of one name, `**` for any number of folders. */
export function imagePattern(pattern: string): (canonical: string) => boolean {
  const wanted = canonicalImage(pattern).split('\\').map(namePattern);
  return (canonical) => matches(wanted, 0, canonical.split('\\'), 0);
}

type NamePattern = '**' | ((name: string) => boolean);

function namePattern(part: string): NamePattern {
  if (part === '**') return '**';
  if (!part.includes('*')) return (name) => name === part;
  const pieces = part.split('*');
  const head = pieces[0] ?? '';
  const tail = pieces.at(-1) ?? '';
  return (name) => name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}

function matches(wanted: readonly NamePattern[], i: number, parts: readonly string[], j: number): boolean {
  const part = wanted[i];
  if (part === undefined) return j === parts.length;
  if (part === '**') {
    for (let k = j; k <= parts.length; k++) if (matches(wanted, i + 1, parts, k)) return true;
    return false;
  }
  const name = parts[j];
  return name !== undefined && part(name) && matches(wanted, i + 1, parts, j + 1);
}
