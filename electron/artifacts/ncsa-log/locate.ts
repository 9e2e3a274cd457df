import type { LogSource } from '../kit/definition.ts';
import { logPlace } from '../kit/log-place.ts';

/**
 * File names of the format: hourly, daily, weekly and monthly (`nc26030214`, `nc260302`, `nc260301`, `nc2603`), by size
 * (`ncsa1`), in UTF-8 with `u_` in front.
 */
const LOG_NAME = /^(?:u_)?nc(?:\d{4,10}|sa\d+|extend\d+)(?:_x)?(?:[ ._-].*)?\.log$/i;

/**
 * What a path says about the log.
 * @param path with `/` or `\` between names
 * @returns the site's number and service from the folder, or null when the name is not one of this format
 */
export function locate(path: string): { readonly siteId: number | null; readonly source: LogSource } | null {
  const { name, siteId, source } = logPlace(path);
  return LOG_NAME.test(name) ? { siteId, source } : null;
}
