import { SNIFF_BYTES } from '../kit/log-head.ts';
import { iisLines } from './lines.ts';
import { locate } from './locate.ts';
import { sniff } from './sniff.ts';

/** The log of IIS in the format that bears its name: fixed fields, commas, the server's local time. */
export const iisLog = {
  id: 'iis-log',
  title: 'IIS log (IIS format)',
  /** What a row proves, and what it does not. */
  proves:
    'HTTP.sys (or the FTP service) finished answering a request at that second of the server\'s own clock and zone, which the line does not name: ' +
    'where nobody said the zone, times are read as if they were UTC and marked. The order of day and month follows the locale and is decided ' +
    'for each file from its dates and its name; where they do not tell, it is assumed and marked.',
  locate,
  sniff,
  sniffBytes: SNIFF_BYTES,
  lines: iisLines,
  references: [
    'https://learn.microsoft.com/windows/win32/http/iis-logging',
    'https://learn.microsoft.com/previous-versions/iis/6.0-sdk/ms525807(v=vs.90)',
    'https://learn.microsoft.com/windows/win32/api/http/ne-http-http_logging_type',
  ],
} as const;
