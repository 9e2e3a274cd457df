import { createTables, type Table } from '../store/ddl.ts';
import type { Connection } from '../store/store.ts';

/** One row for every event of every source: typed columns for what is asked of requests, the rest as text. */
const EVENT: Table = {
  name: 'event',
  columns: {
    file_id: 'BIGINT NOT NULL',
    off: 'BIGINT NOT NULL',
    seq: 'INTEGER NOT NULL',
    /** 100 ns ticks since 1970 UTC; NULL when only the order is known. */
    time: 'BIGINT',
    source: 'VARCHAR NOT NULL',
    meaning: 'VARCHAR NOT NULL',
    fidelity: 'VARCHAR NOT NULL',
    server: 'VARCHAR',
    site: 'VARCHAR',
    line: 'INTEGER',
    col: 'INTEGER',
    length: 'INTEGER',
    /** NULL for rows of logs: composed when read. */
    what: 'VARCHAR',
    message: 'VARCHAR',
    component: 'VARCHAR',
    path: 'VARCHAR',
    host: 'VARCHAR', method: 'VARCHAR', uri: 'VARCHAR', query: 'VARCHAR', status: 'INTEGER', substatus: 'INTEGER', win32: 'BIGINT',
    ip: 'VARCHAR',
    /** The address as a number (IPv4) or as 32 hex digits (IPv6), for networks. */
    ip4: 'BIGINT', ip6: 'VARCHAR',
    user: 'VARCHAR', ua: 'VARCHAR', referer: 'VARCHAR', bytes_sent: 'BIGINT', bytes_recv: 'BIGINT', taken: 'BIGINT', port: 'INTEGER',
    /** Which fields a log row has and which of them are in `extra`. */
    layout: 'BIGINT',
    /** For log rows the values without a column, separated by U+001F; for others JSON of [name, value] pairs. */
    extra: 'VARCHAR',
  },
};

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

export const TIMELINE_TABLES: readonly Table[] = [EVENT, EVENT_FILE, EVENT_LAYOUT, EVENT_REJECT];

/** Makes the tables of the timeline in a new case. */
export function createTimelineTables(connection: Connection): Promise<void> {
  return createTables(connection, TIMELINE_TABLES);
}
