/** Central binary logging of HTTP.sys: one file for all sites, in a format whose records this version does not read. */
export const binaryLog = {
  title: 'HTTP.sys central binary log',
  /** By its name; its folder is that of all sites (`W3SVC`), or the configured one. @param path with `/` or `\` between names */
  locate: (path: string): boolean => /\.ibl$/i.test(path.split(/[\\/]/).at(-1) ?? ''),
  /** A sentence for a person. */
  notRead: 'This is a central binary log of HTTP.sys (.ibl). It is present and was not read: its requests are in no text log, so silence in the timeline is no proof that there were none.',
  references: [
    'https://learn.microsoft.com/windows/win32/api/http/ne-http-http_logging_type',
    'https://learn.microsoft.com/iis/configuration/system.applicationhost/log/centralbinarylogfile',
  ],
} as const;
