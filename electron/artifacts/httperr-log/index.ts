import { SNIFF_BYTES } from '../kit/log-head.ts';
import { httperrLines } from './lines.ts';
import { locate } from './locate.ts';
import { sniff } from './sniff.ts';

/** The error log of HTTP.sys: requests and connections that it ended itself. */
export const httperrLog = {
  id: 'httperr-log',
  title: 'HTTP.sys error log',
  /** What a row proves, and what it does not. */
  proves:
    'HTTP.sys itself ended a request or a connection at that UTC second, for the reason that the row names; no worker process could change or suppress ' +
    'the row. `Connection_Abandoned_By_*` means that a worker process went away while it owned the request. Idle connections are rows too.',
  locate,
  sniff,
  sniffBytes: SNIFF_BYTES,
  lines: httperrLines,
  references: [
    'https://learn.microsoft.com/windows/win32/http/format-of-the-http-server-api-error-logs',
    'https://learn.microsoft.com/troubleshoot/developer/webapps/aspnet/site-behavior-performance/error-logging-http-apis',
  ],
} as const;
