import { createTables, type Table } from '../store/ddl.ts';
import type { Connection } from '../store/store.ts';

/** What every kind of event has. */
const PLACE = {
  file_id: 'BIGINT NOT NULL',
  off: 'BIGINT NOT NULL',
  line: 'INTEGER',
  length: 'INTEGER',
  /** 100 ns ticks since 1970 UTC; NULL when only the order is known. */
  time: 'BIGINT',
  server: 'VARCHAR',
  site: 'VARCHAR',
  /** For rows of logs the values without a column, separated by U+001F; for others JSON of [name, value] pairs. */
  extra: 'VARCHAR',
} as const;

const REQUEST_COLUMNS = {
  host: 'VARCHAR', method: 'VARCHAR', uri: 'VARCHAR', query: 'VARCHAR', status: 'INTEGER', substatus: 'INTEGER', win32: 'BIGINT',
  ip: 'VARCHAR',
  /** The address as a number (IPv4) or as 32 hex digits (IPv6), for networks. */
  ip4: 'BIGINT', ip6: 'VARCHAR',
  user: 'VARCHAR', ua: 'VARCHAR', referer: 'VARCHAR', bytes_sent: 'BIGINT', bytes_recv: 'BIGINT', taken: 'BIGINT', port: 'INTEGER',
  /** Which fields the row has and which of them are in `extra`. */
  layout: 'BIGINT',
} as const;

const EVENT_COLUMNS = {
  seq: 'INTEGER NOT NULL', source: 'VARCHAR NOT NULL', meaning: 'VARCHAR NOT NULL', fidelity: 'VARCHAR NOT NULL', col: 'INTEGER',
  what: 'VARCHAR', message: 'VARCHAR', component: 'VARCHAR', path: 'VARCHAR',
} as const;

/**
 * Rows of logs. Apart from the other events, because there are millions of them and every column costs: what is the
 * same for all of them is not stored.
 */
const REQUEST: Table = { name: 'request', columns: { ...PLACE, ...REQUEST_COLUMNS } };

/** Every other event. */
const EVENT: Table = { name: 'event', columns: { ...PLACE, ...EVENT_COLUMNS } };

function nulls(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns).map(([name, type]) => `null::${type.replace(' NOT NULL', '')} as ${name}`).join(', ');
}

const SHARED = Object.keys(PLACE).join(', ');

/**
 * The whole timeline as one table with the columns of both: to stand after `from`, with a name behind it. Written out
 * in each query rather than kept as a view, because a case from elsewhere could bring a view of its own.
 */
export const EVENTS_SQL = `(
  select ${SHARED}, 0 as seq, 'iis-log' as source, 'request-finished' as meaning, case when time is null then 'order-only' else 'exact' end as fidelity,
    null::INTEGER as col, null::VARCHAR as what, null::VARCHAR as message, null::VARCHAR as component, null::VARCHAR as path, ${Object.keys(REQUEST_COLUMNS).join(', ')} from request
  union all select ${SHARED}, ${Object.keys(EVENT_COLUMNS).join(', ')}, ${nulls(REQUEST_COLUMNS)} from event)`;

/** The files that events come from. For logs also how far they are read: updated in the transaction that loads rows. */
const EVENT_FILE: Table = {
  name: 'event_file',
  columns: {
    file_id: 'BIGINT NOT NULL', evidence_path: 'VARCHAR NOT NULL', path: 'VARCHAR', server: 'VARCHAR', site: 'VARCHAR',
    /** Empty until the file was read to its end. */
    sha256: 'VARCHAR NOT NULL',
    /** NULL for a file that is no log. */
    format: 'VARCHAR',
    size: 'BIGINT NOT NULL', rows: 'BIGINT NOT NULL', rejected: 'BIGINT NOT NULL',
    row_bytes: 'BIGINT NOT NULL', header_bytes: 'BIGINT NOT NULL', padding_bytes: 'BIGINT NOT NULL', rejected_bytes: 'BIGINT NOT NULL',
    first: 'BIGINT', last: 'BIGINT',
    finished: 'BOOLEAN NOT NULL',
    /** SpoolState as JSON. */
    state: 'VARCHAR',
  },
  key: ['file_id'],
};

const EVENT_LAYOUT: Table = {
  name: 'event_layout',
  /** `names` separated by U+001F, `columns` (see StoredLayout) and `kept` positions by commas. */
  columns: { id: 'BIGINT NOT NULL', names: 'VARCHAR NOT NULL', columns: 'VARCHAR NOT NULL', kept: 'VARCHAR NOT NULL' },
  key: ['id'],
};

/** Runs of bytes of a log that are no rows, with the reason. */
const EVENT_REJECT: Table = {
  name: 'event_reject',
  columns: {
    file_id: 'BIGINT NOT NULL', off: 'BIGINT NOT NULL', length: 'BIGINT NOT NULL', line: 'INTEGER NOT NULL', count: 'BIGINT NOT NULL',
    kind: 'VARCHAR NOT NULL', reason: 'VARCHAR NOT NULL', expected: 'BOOLEAN NOT NULL',
  },
};

export const TIMELINE_TABLES: readonly Table[] = [REQUEST, EVENT, EVENT_FILE, EVENT_LAYOUT, EVENT_REJECT];

/** Makes the tables of the timeline in a new case. */
export function createTimelineTables(connection: Connection): Promise<void> {
  return createTables(connection, TIMELINE_TABLES);
}
