import type { LogSource } from '../kit/definition.ts';
import { logPlace } from '../kit/log-place.ts';

/**
 * File names of the format: hourly, daily, weekly and monthly (`in26030214`, `in260302`, `in260301`, `in2603`), by size
 * (`inetsv1`), in UTF-8 with `u_` in front.
 */
const LOG_NAME = /^(?:u_)?in(?:\d{4,10}|etsv\d+|extend\d+)(?:_x)?(?:[ ._-].*)?\.log$/i;

/** The network policy server names its logs alike (`IN2603.log`) and puts them beside the folders of the sites, not into one. */
const OTHERS_FOLDER = /[\\/]LogFiles[\\/][^\\/]*$/i;

/**
 * What a path says about the log.
 * @param path with `/` or `\` between names
 * @returns the site's number and service from the folder, or null when the name is not one of this format
 */
export function locate(path: string): { readonly siteId: number | null; readonly source: LogSource } | null {
  const { name, siteId, source } = logPlace(path);
  if (OTHERS_FOLDER.test(path)) return null;
  return LOG_NAME.test(name) ? { siteId, source } : null;
}
