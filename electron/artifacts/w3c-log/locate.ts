/**
 * File names that IIS and HTTP.sys give W3C extended logs, inside a site's log folder: daily, hourly, weekly, monthly
 * and size-based, in UTF-8 (`u_`) or the server's code page, `_x` where custom fields are logged.
 * `in*` and `nc*` are other formats.
 */
const LOG_NAME = /^(?:u_)?ex(?:\d{4,10}|tend\d+)(?:_x)?(?:[ ._-].*)?\.log$/i;

/** A site's folder: `W3SVC` and the number of the site; `W3SVC` alone holds one central log of all sites. */
const SITE_FOLDER = /^W3SVC(\d*)$/i;

/** Where the default folder lies when the configuration names none. */
export const DEFAULT_DIRECTORY = '%SystemDrive%\\inetpub\\logs\\LogFiles';

/** Whether a file name alone says that this is a W3C log. */
export function isLogName(name: string): boolean {
  return LOG_NAME.test(name);
}

/**
 * What a path says about the log, for logs that no configuration points at.
 * @param path with `/` or `\` between names
 * @returns the site's number from the folder (null for a central log or none), or null when the name is not a log's
 */
export function locate(path: string): { readonly siteId: number | null; readonly source: 'iis-log' } | null {
  const names = path.split(/[\\/]/);
  const name = names.at(-1) ?? '';
  const folder = SITE_FOLDER.exec(names.at(-2) ?? '');
  if (!isLogName(name) && !(folder !== null && /\.log$/i.test(name))) return null;
  const digits = folder?.[1] ?? '';
  return { siteId: digits === '' || digits.length > 10 ? null : Number(digits), source: 'iis-log' };
}
