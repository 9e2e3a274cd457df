import { fieldLayout, type Reject } from '../kit/log-lines.ts';

/** The fixed fields of the format in their order, under the names that the W3C format has for them. */
export const IIS_LAYOUT = fieldLayout([
  'c-ip', 'cs-username', 'date', 'time', 's-sitename', 's-computername', 's-ip', 'time-taken', 'cs-bytes', 'sc-bytes', 'sc-status', 'sc-win32-status',
  'cs-method', 'cs-uri-stem', 'cs-uri-query',
]);

export const IIS_REJECTS = {
  shape: { kind: 'malformed', reason: 'not the 15 values of an IIS log line: an address, a user, date and time, names, five numbers, method, target and parameters', expected: false },
} as const satisfies Readonly<Record<string, Reject>>;
