import { foldCase } from '../../../shared/base/compare.ts';

/** The path of a URL in parts, as the core of IIS looks at it. */
export interface UrlPath {
  /** Without empty parts, `.` and `..`. */
  readonly parts: readonly string[];
  /** The same, folded: URLs are compared without letter case. */
  readonly folded: readonly string[];
  /** The path ends in a slash, or is the root: it asks for a folder. */
  readonly folder: boolean;
}

/** Parts of one path that are looked at; HTTP.sys takes 255 segments of a URL by default. */
const MAX_PARTS = 1000;

/**
 * Reads the path of a log row or of a URL: HTTP.sys has turned backslashes into slashes and taken dot segments out before
 * IIS sees it (RFC 3986, 5.2.4); a query behind `?` does not belong to it. Null for what is no path (`*`, an authority).
 */
export function urlPath(written: string): UrlPath | null {
  const query = written.indexOf('?');
  const path = (query < 0 ? written : written.slice(0, query)).replaceAll('\\', '/');
  if (!path.startsWith('/')) return null;
  const parts: string[] = [];
  let last = '';
  for (const part of path.split('/', MAX_PARTS)) {
    last = part;
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return { parts, folded: parts.map(foldCase), folder: parts.length === 0 || last === '' || last === '.' || last === '..' };
}

/** The path of an absolute URL, decoded as IIS logs it where that can be done. */
export function pathOfUrl(url: string): string {
  const path = /^[a-z]{1,20}:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? url.split(/[?#]/, 1)[0] ?? '';
  try {
    return decodeURIComponent(path === '' ? '/' : path);
  } catch {
    return path;
  }
}
