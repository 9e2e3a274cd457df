import { SNIFF_BYTES } from '../kit/log-head.ts';
import { locate } from './locate.ts';
import { sniff } from './sniff.ts';

/** The log of the FTP service of IIS: W3C extended, one line for every command. */
export const ftpLog = {
  id: 'ftp-log',
  title: 'FTP log (W3C extended)',
  /** What a row proves, and what it does not. */
  proves:
    'The FTP service finished a command at that UTC second; `x-session` joins the commands of one connection. `x-fullpath` is the path as the service ' +
    'resolved it. The service is user-mode code: whoever controls its process can change or suppress rows.',
  locate,
  sniff,
  sniffBytes: SNIFF_BYTES,
  references: [
    'https://www.w3.org/TR/WD-logfile.html',
    'https://learn.microsoft.com/iis/configuration/system.applicationhost/sites/site/ftpserver/logfile',
  ],
} as const;
