import type { ProblemKind } from '../../../shared/model/problem.ts';

/**
 * The fields that every question about requests is asked of, in the order of the store's columns. What else a log has
 * (server address, cookie, custom fields) is kept beside them under its own name.
 */
export const LOG_COLUMNS = [
  'host', 'method', 'uri', 'query', 'status', 'substatus', 'win32', 'ip', 'user', 'ua', 'referer', 'bytes_sent', 'bytes_recv', 'taken', 'port',
] as const;
export type LogColumn = (typeof LOG_COLUMNS)[number];

/** Columns that hold numbers, with the most digits that fit their type (INTEGER 9, BIGINT 15: exact in a double too). */
export const NUMBER_DIGITS: Readonly<Partial<Record<LogColumn, number>>> = {
  status: 9, substatus: 9, win32: 15, bytes_sent: 15, bytes_recv: 15, taken: 15, port: 9,
};

/** Names of fields (folded) that fill a column. Both spellings of Referer are in use. Formats without names of their own use these. */
const COLUMN_OF = new Map<string, LogColumn>([
  ['cs-host', 'host'], ['cs(host)', 'host'], ['cs-method', 'method'], ['cs-uri-stem', 'uri'], ['cs-uri', 'uri'],
  ['cs-uri-query', 'query'], ['sc-status', 'status'], ['sc-substatus', 'substatus'], ['sc-win32-status', 'win32'],
  ['c-ip', 'ip'], ['cs-username', 'user'], ['cs(user-agent)', 'ua'], ['cs(referer)', 'referer'], ['cs(referrer)', 'referer'],
  ['sc-bytes', 'bytes_sent'], ['cs-bytes', 'bytes_recv'], ['time-taken', 'taken'], ['timetakenms', 'taken'], ['s-port', 'port'],
]);

/** Which values a row has, in the order of the record, and where each is kept. */
export interface FieldLayout {
  readonly names: readonly string[];
  /** By LOG_COLUMNS: position in `names`, or -1. Where a name stands twice, the first one counts. */
  readonly columnAt: readonly number[];
  /** Position of the date and of the time, or -1. */
  readonly dateAt: number;
  readonly timeAt: number;
  /** Position of the service and number of the site (`W3SVC1`), or of the number alone; -1 when rows do not say it. */
  readonly siteAt: number;
  /** Positions without a column, ascending. */
  readonly others: readonly number[];
}

export function fieldLayout(names: readonly string[]): FieldLayout {
  const folded = names.map((name) => name.toLowerCase());
  const columnAt = LOG_COLUMNS.map((column) => folded.findIndex((name) => COLUMN_OF.get(name) === column));
  const dateAt = firstOf(folded, 'date', 'date-utc');
  const timeAt = firstOf(folded, 'time', 'time-utc');
  const siteAt = firstOf(folded, 's-sitename', 's-siteid');
  const placed = new Set([...columnAt, dateAt, timeAt]);
  const others = names.map((_, i) => i).filter((i) => !placed.has(i));
  return { names, columnAt, dateAt, timeAt, siteAt, others };
}

function firstOf(names: readonly string[], ...wanted: readonly string[]): number {
  return names.findIndex((name) => wanted.includes(name));
}

/** One request, as one line of a log tells it. */
export interface LogRow {
  readonly layout: FieldLayout;
  /** 100 ns ticks since 1970 UTC; null when the line does not say enough. */
  readonly time: bigint | null;
  /** By LOG_COLUMNS: null where the log has no such field or wrote `-`. Text as logged (`+` not decoded). */
  readonly values: readonly (string | number | null)[];
  /** Name of the site that the line itself names; null where the reader was not told names, or the line names none. */
  readonly site: string | null;
  /** Positions in the layout whose values are in `others`: they have no column, or the column cannot hold them exactly. */
  readonly kept: readonly number[];
  readonly others: readonly string[];
}

/** Why bytes of a log are no row. */
export interface Reject {
  readonly kind: ProblemKind;
  readonly reason: string;
  /** Normal for a log that was copied while in use. */
  readonly expected: boolean;
}

export type LineResult = { readonly ok: true; readonly row: LogRow } | { readonly ok: false; readonly reject: Reject };

/** What a reader has to be told beside the bytes. Plain data: it goes to workers in messages. */
export interface LineOptions {
  /** Zone of local times (`Europe/Berlin`, `+02:00`); null: nobody knows it, they are read as if they were UTC. */
  readonly zone: string | null;
  /** Name of the file: some formats write dates that it explains. Null: not known. */
  readonly name: string | null;
  /** Names of sites by number, for logs whose lines say the site (central logs, HTTPERR); null: `site` of rows stays empty. */
  readonly sites: ReadonlyMap<number, string> | null;
}

export const NO_OPTIONS: LineOptions = { zone: null, name: null, sites: null };

/** What a reader knows after a line and needs for the next one. Plain data, kept in the store as JSON. */
export interface ReaderState {
  /** Names of the last `#Fields`, or null before the first and in formats without. */
  readonly fields: readonly string[] | null;
  /** Day of the last `#Date`, for logs whose lines have a time only. */
  readonly day: string | null;
  /** How numeric dates are read, in formats that write them by locale; null in all others and before the first line. */
  readonly dates: DateOrder | null;
}

/** Day, month and year in this order. A `?` marks an order that the file does not prove: it was assumed. */
export type DateOrder = 'mdy' | 'dmy' | 'ymd' | 'mdy?' | 'dmy?';

export const READER_START: ReaderState = { fields: null, day: null, dates: null };

/** One log format: what the lines of a file mean. Bytes, encodings, NULs and line ends are the caller's business. */
export interface LineReader {
  readonly state: ReaderState;
  /** Lines that start with `#` are directives and go to `directive`; where false they are data lines like any other. */
  readonly directives: boolean;
  /** Whether a data line can be understood at this point. */
  readonly ready: boolean;
  /**
   * The layout by which a plain line is cut at single spaces and copied as it is: date and time in UTC, digits in number
   * columns; where names of sites were given, the value at `siteAt` names the row's site (`siteOf`). Null where each line
   * has to go through `line`.
   */
  readonly plain: FieldLayout | null;
  /** Looks at the first bytes to be read, in the file's own encoding, before the first line. */
  begin(head: Uint8Array): void;
  /** @param line without its end. @returns why it is not understood, or null */
  directive(line: Uint8Array): Reject | null;
  /**
   * The exact meaning of one data line.
   * @param line UTF-8 or code page, without its end
   * @param torn it had no end: what is optional in a whole line may have been lost in this one
   */
  line(line: Uint8Array, torn: boolean): LineResult;
}

/** A longer line is not held in memory; HTTP.sys itself stops far below (16 kB of request line and headers by default). */
export const MAX_LINE = 1024 * 1024;
/** More names than this in one `#Fields` are taken for garbage. */
export const MAX_FIELDS = 1024;

export const REJECTS = {
  noFields: { kind: 'malformed', reason: 'data before any #Fields line', expected: false },
  time: { kind: 'malformed', reason: 'the date or time is not a moment', expected: false },
  tooLong: { kind: 'limit', reason: 'a line longer than 1 MiB is not read', expected: false },
  tooManyFields: { kind: 'limit', reason: `a #Fields line with more than ${MAX_FIELDS} names is not read`, expected: false },
  torn: { kind: 'truncated', reason: 'the line breaks off before its last field', expected: true },
} as const satisfies Readonly<Record<string, Reject>>;
