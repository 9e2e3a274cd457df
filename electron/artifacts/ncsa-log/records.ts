import { fieldLayout, type Reject } from '../kit/log-lines.ts';

/** The fields of the format, under the names that the W3C format has for them; the request in quotes is three of them. */
export const NCSA_LAYOUT = fieldLayout(['c-ip', 'c-ident', 'cs-username', 'date', 'time', 'x-utc-offset', 'cs-method', 'cs-uri-stem', 'cs-uri-query', 'cs-version', 'sc-status', 'sc-bytes']);

export const NCSA_REJECTS = {
  date: { kind: 'malformed', reason: 'no [day/month/year:time offset] followed by a request in quotes', expected: false },
  tail: { kind: 'malformed', reason: 'the request in quotes is not followed by a status and a number of bytes', expected: false },
  head: { kind: 'malformed', reason: 'no host, hyphen and user before the date', expected: false },
} as const satisfies Readonly<Record<string, Reject>>;
