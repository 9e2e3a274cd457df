import { logPlace } from '../kit/log-place.ts';

/**
 * What a path says about the log: whatever lies in the folder of an FTP site (`FTPSVC2`; `MSFTPSVC1` up to IIS 6) under the
 * name of a log.
 * @param path with `/` or `\` between names
 */
export function locate(path: string): { readonly siteId: number | null; readonly source: 'ftp-log' } | null {
  const { name, siteId, source } = logPlace(path);
  return source === 'ftp-log' && /\.log$/i.test(name) ? { siteId, source } : null;
}
