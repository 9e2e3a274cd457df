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

export const TAKEN_SQL = `case when e.taken < 1000 then e.taken || ' ms' else (e.taken // 1000) || '.' || ((e.taken % 1000) // 100) || ' s' end`;
const TARGET_SQL = `case when e.query is null then e.uri else coalesce(e.uri, '') || '?' || e.query end`;
export const WHAT_SQL = `case when e.source = 'iis-log' then concat_ws(' ', e.method, e.status) else e.what end`;
export const MESSAGE_SQL = `case when e.source = 'iis-log' then concat_ws(' ', e.method, ${TARGET_SQL}, e.status, ${TAKEN_SQL}, e.ip) else e.message end`;

export function requestWhat(r: RequestValues): string {
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
