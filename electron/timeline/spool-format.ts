/**
 * The hand-over between the workers that read logs and the database: one text file for every segment of a log, one
 * line per row, values separated by tabs, nothing quoted, an empty value is NULL. A worker writes no tab and no line
 * feed inside a value.
 *
 * `off` and `line` count from the segment's start, so that the worker's arithmetic stays within small integers.
 */
export const SPOOL_COLUMNS = [
  ['off', 'BIGINT'], ['length', 'INTEGER'], ['line', 'INTEGER'], ['time', 'BIGINT'], ['layout', 'BIGINT'], ['ip4', 'BIGINT'], ['ip6', 'VARCHAR'],
  ['host', 'VARCHAR'], ['method', 'VARCHAR'], ['uri', 'VARCHAR'], ['query', 'VARCHAR'], ['status', 'INTEGER'], ['substatus', 'INTEGER'],
  ['win32', 'BIGINT'], ['ip', 'VARCHAR'], ['user', 'VARCHAR'], ['ua', 'VARCHAR'], ['referer', 'VARCHAR'], ['bytes_sent', 'BIGINT'],
  ['bytes_recv', 'BIGINT'], ['taken', 'BIGINT'], ['port', 'INTEGER'], ['extra', 'VARCHAR'],
] as const;

/** Separates the values in `extra`; no value holds it, because control characters are written as escapes. */
export const EXTRA_SEPARATOR = '\u001f';

/** A value may be four times as long as its bytes (`\xE9` for each), and a line of a log has at most 1 MiB. */
export const MAX_SPOOL_LINE = 8 * 1024 * 1024;

/** Where reading goes on: everything before `offset` is in the store. Plain data, kept in the store as JSON. */
export interface SpoolState {
  readonly offset: number;
  /** Number of the line that starts at `offset`, 1-based. */
  readonly line: number;
  /** Names of the last `#Fields`, or null before the first. */
  readonly fields: readonly string[] | null;
  /** Day of the last `#Date`, for logs whose lines have a time only. */
  readonly day: string | null;
  readonly encoding: 'bytes' | 'utf16le' | 'utf16be';
  /** 13 in the rare file that ends lines with CR alone. */
  readonly lineEnd: 10 | 13;
}

export const SPOOL_START: SpoolState = { offset: 0, line: 1, fields: null, day: null, encoding: 'bytes', lineEnd: 10 };

/** Bytes by what became of them, and lines. */
export interface SpoolCounts {
  readonly rowBytes: number;
  readonly headerBytes: number;
  readonly paddingBytes: number;
  readonly rejectedBytes: number;
  readonly rows: number;
  readonly rejected: number;
}

/** Adjacent lines that are no rows for the same reason. */
export interface RejectRun {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly count: number;
  readonly kind: string;
  readonly reason: string;
  readonly expected: boolean;
}

/** Which fields a row has, in the record's order, and which of them are in `extra`. */
export interface StoredLayout {
  readonly id: number;
  readonly names: readonly string[];
  /** By position: the column of the event table, 'date' or 'clock' for the halves of the time, '' for none. */
  readonly columns: readonly string[];
  readonly kept: readonly number[];
}

/** One piece of a log, ready to be loaded in one transaction. */
export interface Segment {
  /** Absolute path of the spool file, or null when the piece has no rows. */
  readonly file: string | null;
  readonly baseOffset: number;
  readonly baseLine: number;
  readonly counts: SpoolCounts;
  readonly rejects: readonly RejectRun[];
  /** Layouts that this piece uses for the first time. */
  readonly layouts: readonly StoredLayout[];
  /** Ticks of the earliest and latest row. */
  readonly first: bigint | null;
  readonly last: bigint | null;
  /** Where the next piece starts. */
  readonly state: SpoolState;
  /** Set on the last piece only: the whole file was read. */
  readonly end: { readonly size: number; readonly sha256: string } | null;
}
