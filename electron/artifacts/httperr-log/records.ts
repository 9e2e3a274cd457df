import { fieldLayout, type FieldLayout, type Reject } from '../kit/log-lines.ts';

/** Fields before the URL, and those behind it, in the documented order; newer builds write what is optional. */
export const BEFORE_URL = ['date', 'time', 'c-ip', 'c-port', 's-ip', 's-port', 'cs-version', 'cs-method'] as const;
const STREAMS = ['streamid', 'streamid_ex'] as const;
const BEHIND = ['sc-status', 's-siteid', 's-reason'] as const;
export const QUEUE = 's-queuename';
export const MOST_STREAMS = STREAMS.length;

/** Names that may stand behind `cs-uri`: with any other one a line of another length cannot be read from its end. */
export const KNOWN_BEHIND: ReadonlySet<string> = new Set([...STREAMS, ...BEHIND, QUEUE]);

/** The URL is one value in the file and two fields here, as in the site logs, so that one question finds both. */
export const URL_FIELDS = ['cs-uri-stem', 'cs-uri-query'] as const;

const known = new Map<string, FieldLayout>();

/** The layout of a line that `#Fields` does not explain. @param streams number of stream ids that it has */
export function documentedLayout(streams: number, queue: boolean): FieldLayout {
  const key = `${streams} ${queue}`;
  const layout = known.get(key) ?? fieldLayout([...BEFORE_URL, ...URL_FIELDS, ...STREAMS.slice(0, streams), ...BEHIND, ...(queue ? [QUEUE] : [])]);
  known.set(key, layout);
  return layout;
}

export const HTTPERR_REJECTS = {
  shape: { kind: 'malformed', reason: 'not as many values as #Fields names, and no status, site and reason to read it from its end', expected: false },
} as const satisfies Readonly<Record<string, Reject>>;
