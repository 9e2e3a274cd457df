import { foldCase } from '../../shared/base/compare.ts';

/**
 * A configuration path: `` is the server, `Default Web Site` a site, `Default Web Site/owa/auth` something below it.
 * Compared without letter case, as IIS does for site names and URLs.
 */
export type ConfigPath = string;

/** The path of a location tag: without outer slashes; `.` means the level of the file itself. */
export function locationPath(written: string): ConfigPath {
  const path = written.trim().replaceAll('\\', '/').replace(/^\/+|\/+$/g, '').replace(/\/{2,}/g, '/');
  return path === '.' ? '' : path.replace(/^\.\//, '');
}

export function joinConfigPath(base: ConfigPath, rest: string): ConfigPath {
  const tail = locationPath(rest);
  if (tail === '') return base;
  return base === '' ? tail : `${base}/${tail}`;
}

/** Every path from the server down to `path`, both included. */
export function ancestry(path: ConfigPath): ConfigPath[] {
  const result = [''];
  if (path === '') return result;
  let at = path.indexOf('/');
  while (at >= 0) {
    result.push(path.slice(0, at));
    at = path.indexOf('/', at + 1);
  }
  result.push(path);
  return result;
}

/** True when `path` is `base` or lies below it. Both folded. */
export function isAtOrBelow(path: ConfigPath, base: ConfigPath): boolean {
  return base === '' || path === base || path.startsWith(`${base}/`);
}

/** The rest of `path` below `base` (both as written, letter case ignored), or null when it does not lie there. */
export function below(path: ConfigPath, base: ConfigPath): string | null {
  if (!isAtOrBelow(foldCase(path), foldCase(base))) return null;
  return base === '' ? path : path.slice(base.length).replace(/^\//, '');
}

/** Joins a Windows folder and a relative path with either slash. */
export function joinWindows(folder: string, rest: string): string {
  const tail = rest.replaceAll('/', '\\').replace(/^\\+|\\+$/g, '');
  return tail === '' ? folder : `${folder.replace(/[\\/]+$/, '')}\\${tail}`;
}

export function windowsFolder(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}
