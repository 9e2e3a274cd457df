import { headFields } from '../kit/log-head.ts';

/** Whether the start of a file looks like a log of the FTP service: fields that only it has. */
export function sniff(head: Uint8Array): boolean {
  return headFields(head)?.some((name) => name === 'x-session' || name === 'x-fullpath') === true;
}
