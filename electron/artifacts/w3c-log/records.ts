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

/** One request, as one line of a W3C extended log tells it. */
export interface LogRow {
  /** 100 ns ticks since 1970 UTC; null when the log has no date or no time, or writes them in local time. */
  readonly time: bigint | null;
  /** By LOG_COLUMNS: null where the log has no such field or wrote `-`. Text as logged (`+` not decoded). */
  readonly values: readonly (string | number | null)[];
  /** Positions in `#Fields` whose values are in `others`: they have no column, or the column cannot hold them exactly. */
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

export function wrongCount(found: number, wanted: number): Reject {
  return { kind: 'malformed', reason: `${found} values where #Fields names ${wanted}`, expected: false };
}
