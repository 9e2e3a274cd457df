import { ip4TextSql } from './address.ts';

/**
 * The words of a log row. They are composed when read, never stored: `POST 200` and
 * `POST /x.aspx?q=1 200 1.2 s 203.0.113.9`. The SQL and the function say the same (held by a test).
 */
export interface RequestValues {
  readonly method: string | null;
  readonly uri: string | null;
  readonly query: string | null;
  readonly status: number | null;
  /** Milliseconds. */
  readonly taken: number | null;
  readonly ip: string | null;
}

/** The texts that the words of a log row `r` are made of. */
export const WORDS_JOIN =
  'left join log_text tm on tm.id = r.method left join log_text tu on tu.id = r.uri left join log_text tq on tq.id = r.query left join log_text ti on ti.id = r.ip';
const TARGET_SQL = `case when tq.value is null then tu.value else coalesce(tu.value, '') || '?' || tq.value end`;
/** Over rows with WORDS_JOIN. */
export const WHAT_SQL = whatSql('tm.value', 'r.status');
export const MESSAGE_SQL = `concat_ws(' ', tm.value, ${TARGET_SQL}, r.status, ${takenSql('r.taken')}, coalesce(${ip4TextSql('r.ip4')}, ti.value))`;

export function whatSql(method: string, status: string): string {
  return `concat_ws(' ', ${method}, ${status})`;
}

export function takenSql(taken: string): string {
  return `case when ${taken} < 1000 then ${taken} || ' ms' else (${taken} // 1000) || '.' || ((${taken} % 1000) // 100) || ' s' end`;
}

export function requestWhat(r: Pick<RequestValues, 'method' | 'status'>): string {
  return joined(r.method, r.status);
}

export function requestMessage(r: RequestValues): string {
  const target = r.query === null ? r.uri : `${r.uri ?? ''}?${r.query}`;
  return joined(r.method, target, r.status, takenText(r.taken), r.ip);
}

/** Milliseconds below a second, else seconds with one decimal, cut and not rounded. */
function takenText(ms: number | null): string | null {
  if (ms === null) return null;
  return ms < 1000 ? `${ms} ms` : `${Math.floor(ms / 1000)}.${Math.floor((ms % 1000) / 100)} s`;
}

function joined(...parts: readonly (string | number | null)[]): string {
  return parts.filter((p) => p !== null).join(' ');
}
