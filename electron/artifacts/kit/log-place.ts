import type { LogSource } from './definition.ts';

/** A folder of one site: the service and the number of the site. The service alone holds one log of all its sites. */
const SITE_FOLDER = /^(W3SVC|FTPSVC|MSFTPSVC)(\d*)$/i;

/** What a folder says of the logs in it. */
export interface LogPlace {
  /** Name of the file. */
  readonly name: string;
  /** The service whose folder it lies in (`W3SVC`, `FTPSVC`; upper case), or null. */
  readonly service: string | null;
  /** Number of the site; null for a folder of all sites, or none. */
  readonly siteId: number | null;
  readonly source: Exclude<LogSource, 'httperr'>;
}

/** @param path with `/` or `\` between names */
export function logPlace(path: string): LogPlace {
  const names = path.split(/[\\/]/);
  const folder = SITE_FOLDER.exec(names.at(-2) ?? '');
  const service = folder?.[1]?.toUpperCase() ?? null;
  const digits = folder?.[2] ?? '';
  const siteId = digits === '' || digits.length > 10 ? null : Number(digits);
  return { name: names.at(-1) ?? '', service, siteId, source: service?.endsWith('FTPSVC') === true ? 'ftp-log' : 'iis-log' };
}
