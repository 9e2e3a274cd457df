import { SNIFF_BYTES } from '../kit/log-head.ts';
import { ncsaLines } from './lines.ts';
import { locate } from './locate.ts';
import { sniff } from './sniff.ts';

/** The log of IIS in the NCSA Common log file format. */
export const ncsaLog = {
  id: 'ncsa-log',
  title: 'IIS log (NCSA)',
  /** What a row proves, and what it does not. */
  proves:
    'HTTP.sys finished answering a request at that second. The line has the server\'s local time and its offset from UTC; both pages of the maker ' +
    'that say more contradict each other, so the offset of each line decides. It has no time taken, no bytes received and no user agent.',
  locate,
  sniff,
  sniffBytes: SNIFF_BYTES,
  lines: ncsaLines,
  references: [
    'https://learn.microsoft.com/windows/win32/http/ncsa-logging',
    'https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2003/cc737651(v=ws.10)',
    'https://learn.microsoft.com/windows/win32/api/http/ne-http-http_logging_type',
  ],
} as const;
