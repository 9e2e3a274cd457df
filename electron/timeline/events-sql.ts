import type { Condition } from './filter-sql.ts';
import { WORDS_JOIN } from './request-text.ts';
import { all, isFalse, raw, sql, TRUE, type Sql } from './sql.ts';

/** The order of the timeline, everywhere. */
const ORDER_SQL = 'time nulls last, file_id, off, seq';

/** Columns that only log rows have, and those that only other events have, with their types. */
const OF_REQUESTS = {
  log_source: ['r.source', 'UTINYINT'], host: ['r.host', 'UINTEGER'], method: ['r.method', 'UINTEGER'], uri: ['r.uri', 'UINTEGER'], query: ['r.query', 'UINTEGER'], ip: ['r.ip', 'UINTEGER'],
  ip4: ['r.ip4', 'UINTEGER'], user: ['r."user"', 'UINTEGER'], ua: ['r.ua', 'UINTEGER'], referer: ['r.referer', 'UINTEGER'], log_extra: ['r.extra', 'UINTEGER'], log_site: ['r.site', 'UINTEGER'],
  status: ['r.status', 'INTEGER'], substatus: ['r.substatus', 'INTEGER'], win32: ['r.win32', 'BIGINT'], bytes_sent: ['r.bytes_sent', 'BIGINT'], bytes_recv: ['r.bytes_recv', 'BIGINT'],
  taken: ['r.taken', 'BIGINT'], port: ['r.port', 'INTEGER'], layout: ['r.layout', 'BIGINT'],
} as const;
const OF_EVENTS = {
  source: ['e.source', 'VARCHAR'], meaning: ['e.meaning', 'VARCHAR'], fidelity: ['e.fidelity', 'VARCHAR'], col: ['e.col', 'INTEGER'], what: ['e.what', 'VARCHAR'], message: ['e.message', 'VARCHAR'],
  server: ['e.server', 'VARCHAR'], site: ['e.site', 'VARCHAR'], extra: ['e.extra', 'VARCHAR'],
} as const;

type Columns = Readonly<Record<string, readonly [string, string]>>;
const named = (columns: Columns): string => Object.entries(columns).map(([name, [column]]) => `${column} as "${name}"`).join(', ');
const nulls = (columns: Columns): string => Object.entries(columns).map(([name, [, type]]) => `null::${type} as "${name}"`).join(', ');

const REQUEST_ROW = `r.file_id, r.off, 0 as seq, r.line, r.length, r.time, ${named(OF_REQUESTS)}, ${nulls(OF_EVENTS)}`;
const EVENT_ROW = `e.file_id, e.off, e.seq, e.line, e.length, e.time, ${nulls(OF_REQUESTS)}, ${named(OF_EVENTS)}`;

/** Everything that happened: a filter without terms. */
export const EVERYTHING: Condition = { request: TRUE, event: TRUE, words: false };

/** Log rows as `r`, among the first `rows` of them. Written out each time rather than kept as a view, because a case from elsewhere could bring one. */
export function requestsWhere(condition: Condition, rows: bigint, more: Sql = TRUE): Sql {
  return sql`request r ${raw(condition.words ? WORDS_JOIN : '')} where ${all([sql`r.rowid < ${rows}`, more, condition.request])}`;
}

/** Other events as `e` with their file `f`. */
export function eventsWhere(condition: Condition, more: Sql = TRUE): Sql {
  return sql`event e left join event_file f on f.file_id = e.file_id where ${all([more, condition.event])}`;
}

/**
 * Rows of the timeline that pass, in order, with the columns that EventRows reads.
 * @param near a further condition for both kinds, over the given alias
 */
export function pageSql(condition: Condition, rows: bigint, near: (alias: 'r' | 'e') => Sql, limit: number, offset: number): Sql {
  const parts = [
    ...(isFalse(condition.request) ? [] : [sql`select ${raw(REQUEST_ROW)} from ${requestsWhere(condition, rows, near('r'))}`]),
    ...(isFalse(condition.event) ? [] : [sql`select ${raw(EVENT_ROW)} from ${eventsWhere(condition, near('e'))}`]),
  ];
  const [first = sql`select ${raw(EVENT_ROW)} from event e where false`, second] = parts;
  return sql`select * from (${second === undefined ? first : sql`${first} union all ${second}`}) order by ${raw(ORDER_SQL)} limit ${Math.trunc(limit)} offset ${Math.trunc(offset)}`;
}
