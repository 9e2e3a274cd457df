import { SNIFF_BYTES } from '../kit/log-head.ts';
import { locate } from './locate.ts';
import { sniff } from './sniff.ts';

/** The W3C extended log of IIS: one line for every finished request. */
export const w3cLog = {
  id: 'w3c-log',
  title: 'IIS log (W3C extended)',
  /** What a row proves, and what it does not. */
  proves:
    'HTTP.sys finished answering a request at that UTC second. Byte counts and time taken are written by HTTP.sys itself; ' +
    'every other column was handed over by the worker process, where a module can change it or suppress the row.',
  locate,
  sniff,
  sniffBytes: SNIFF_BYTES,
  references: [
    'https://www.w3.org/TR/WD-logfile.html',
    'https://learn.microsoft.com/windows/win32/http/w3c-logging',
    'https://learn.microsoft.com/windows/win32/api/http/ne-http-http_logging_type',
    'https://learn.microsoft.com/iis/configuration/system.applicationhost/sites/site/logfile/',
  ],
} as const;
