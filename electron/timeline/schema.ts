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

/** Columns of `request` that hold ids of `log_text`; NULL means no value. */
export const TEXT_COLUMNS = ['host', 'method', 'uri', 'query', 'ip', 'user', 'ua', 'referer', 'extra', 'site'] as const;

export type TextColumn = (typeof TEXT_COLUMNS)[number];

/** What `log_text.kind` says: the column that the text is for. */
export const TEXT_KINDS: Readonly<Record<TextColumn, number>> = {
  host: 1, method: 2, uri: 3, query: 4, ip: 5, user: 6, ua: 7, referer: 8, site: 9, extra: 10,
};

const REQUEST_COLUMNS = {
  file_id: 'BIGINT NOT NULL',
  off: 'BIGINT NOT NULL',
  /** In a stretch that was read before the part in front of it, counted from the stretch's begin. */
  line: 'INTEGER', length: 'INTEGER',
  /** 100 ns ticks since 1970 UTC; NULL when only the order is known. */
  time: 'BIGINT',
  /** 0 iis-log, 1 httperr, 2 ftp-log. */
  source: 'UTINYINT',
  host: 'UINTEGER', method: 'UINTEGER', uri: 'UINTEGER', query: 'UINTEGER',
  /** A canonical dotted IPv4 address is kept in `ip4` alone; every other address in `ip`. */
  ip: 'UINTEGER', ip4: 'UINTEGER',
  user: 'UINTEGER', ua: 'UINTEGER', referer: 'UINTEGER',
  /** The values without a column, separated by U+001F; `layout` says which. */
  extra: 'UINTEGER',
  /** Filled in central logs only; elsewhere the site is the file's. */
  site: 'UINTEGER',
  status: 'INTEGER', substatus: 'INTEGER', win32: 'BIGINT', bytes_sent: 'BIGINT', bytes_recv: 'BIGINT', taken: 'BIGINT', port: 'INTEGER',
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
const REQUEST: Table = { name: 'request', columns: REQUEST_COLUMNS };

/**
 * The texts of log rows, each once for every reader that met it: one text may have several ids. No key and no index:
 * they would cost more than all else while logs are read.
 */
const LOG_TEXT: Table = { name: 'log_text', columns: { id: 'UINTEGER NOT NULL', kind: 'UTINYINT NOT NULL', value: 'VARCHAR NOT NULL' } };

/** Every other event. */
const EVENT: Table = { name: 'event', columns: { ...PLACE, ...EVENT_COLUMNS } };

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
    /** As in `request`. */
    source: 'UTINYINT',
    /** The zone that local times were read in; NULL where the log writes UTC or the offset. */
    zone: 'VARCHAR', zone_assumed: 'BOOLEAN',
    /** Ticks of the first and last row, from a look at head and tail before reading; NULL when unknown. */
    head_time: 'BIGINT', tail_time: 'BIGINT',
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

/**
 * Parts of a big log that were read before the part in front of them. Lines of their rows and rejected bytes count from
 * the stretch's begin; `line_base` is added once the part in front is read, and until then the line is unknown.
 */
const EVENT_STRETCH: Table = {
  name: 'event_stretch',
  columns: {
    file_id: 'BIGINT NOT NULL', begin: 'BIGINT NOT NULL', end: 'BIGINT NOT NULL', lines: 'BIGINT NOT NULL',
    /** What was assumed at its begin, and what held at its end: SpoolState as JSON. */
    start_state: 'VARCHAR NOT NULL', state: 'VARCHAR NOT NULL',
    line_base: 'BIGINT',
  },
};

export const TIMELINE_TABLES: readonly Table[] = [REQUEST, LOG_TEXT, EVENT, EVENT_FILE, EVENT_LAYOUT, EVENT_REJECT, EVENT_STRETCH];

/** Makes the tables of the timeline in a new case. */
export function createTimelineTables(connection: Connection): Promise<void> {
  return createTables(connection, TIMELINE_TABLES);
}
