import type { LogSource } from '../kit/definition.ts';
import { logPlace } from '../kit/log-place.ts';

/**
 * File names that IIS and HTTP.sys give W3C extended logs, inside a site's log folder: daily, hourly, weekly, monthly
 * and size-based, in UTF-8 (`u_`) or the server's code page, `_x` where custom fields are logged.
 * `in*` and `nc*` are other formats.
 */
const LOG_NAME = /^(?:u_)?ex(?:\d{4,10}|tend\d+)(?:_x)?(?:[ ._-].*)?\.log$/i;

/** Folder of IIS Advanced Logging, above or around its files, which are named after the computer and the definition of the log. */
const ADVANCED_FOLDER = 'ADVANCEDLOGS';

/** Whether a file name alone says that this is a W3C log. */
function isLogName(name: string): boolean {
  return LOG_NAME.test(name);
}

/**
 * What a path says about the log, for logs that no configuration points at: the same below `inetpub\\logs\\LogFiles`, the
 * `LogFiles` of IIS 6, and `Resources\\Directory\\*\\LogFiles\\Web` of a cloud role.
 * @param path with `/` or `\` between names
 * @returns the site's number from the folder (null for a central log or none), or null when the name is not a log's
 */
export function locate(path: string): { readonly siteId: number | null; readonly source: LogSource } | null {
  const { name, service, siteId, source } = logPlace(path);
  const inFolder = /\.log$/i.test(name) && (service !== null || path.split(/[\\/]/).slice(-3, -1).some((n) => n.toUpperCase() === ADVANCED_FOLDER));
  return isLogName(name) || inFolder ? { siteId, source } : null;
}
