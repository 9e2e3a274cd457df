import type { TimelineEvent } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection, Value } from '../store/store.ts';
import { eventId } from './event-id.ts';
import { COLUMNS_SQL, EventRows, FROM_SQL, ORDER_SQL } from './rows.ts';

/** Which requests: of one server, or of one of its sites, within [from, to] in ticks. */
export interface RequestWindow {
  readonly server: string | null;
  readonly site?: string | null;
  readonly from: bigint;
  readonly to: bigint;
  readonly limit: number;
}

function windowSql(window: RequestWindow): { readonly sql: string; readonly params: Value[] } {
  const params: Value[] = [window.server];
  let sql = `e.server is not distinct from $1`;
  if (window.site !== undefined && window.site !== null) {
    params.push(window.site);
    sql += ` and e.site = $${params.length}`;
  }
  return { sql, params };
}

/** Requests in a window, in order of time. */
export async function requestsNear(connection: Connection, window: RequestWindow): Promise<readonly TimelineEvent[]> {
  const { sql, params } = windowSql(window);
  const n = params.length;
  const rows = await connection.all(
    `select ${COLUMNS_SQL} from ${FROM_SQL} where e.source = 'iis-log' and ${sql} and e.time between $${n + 1} and $${n + 2} order by ${ORDER_SQL} limit ${Math.trunc(window.limit)}`,
    [...params, window.from, window.to],
  );
  return new EventRows(connection).toEvents(rows);
}

/** A path and when it was first answered. */
export interface FirstAnsweredPath {
  readonly uri: string;
  readonly site: string | null;
  /** UTC of the first request that was answered (a status below 400), that status, and the event that is. */
  readonly first: string;
  readonly status: number;
  readonly event: string;
  /** UTC of the first request of all, whatever the answer. */
  readonly asked: string;
  readonly requests: number;
  readonly posts: number;
  readonly clients: number;
}

export interface FirstAnsweredQuery extends RequestWindow {
  /** An address whose paths come first. */
  readonly client?: string | null;
}

/** Extensions of files that a server only hands out: a first request for one says little. */
const STATIC = ['avif', 'bmp', 'css', 'eot', 'gif', 'htm', 'html', 'ico', 'jpeg', 'jpg', 'js', 'json', 'map', 'mp3', 'mp4', 'otf', 'pdf', 'png', 'svg', 'ttf', 'txt', 'webm', 'webp', 'woff', 'woff2', 'xml'];

/**
 * Paths whose first answer of all lies in the window: before `from` no request for them got a status below 400.
 * Compared without case, as IIS does. A path that the logs simply do not reach back for looks the same, so the caller
 * must know where they begin. Paths that were posted to, refused before, asked for by `client` or that are no static
 * file come first, then by first answer; static files with nothing else are left out.
 */
export async function firstAnsweredPaths(connection: Connection, query: FirstAnsweredQuery): Promise<readonly FirstAnsweredPath[]> {
  const { sql, params } = windowSql(query);
  const n = params.length;
  const place = '(e.time, e.file_id, e.off)';
  const answered = '(e.status < 400 and e.time is not null)';
  const rows = await connection.all(
    `with w as (select distinct lower(e.uri) as u, e.site as s from request e where ${sql} and e.uri is not null and ${answered} and e.time between $${n + 1} and $${n + 2}),
     p as (
       select min(e.uri) as uri, e.site as site, min(e.time) as asked, min(e.time) filter (where ${answered}) as first, count(*) as requests, count(distinct e.ip) as clients,
         count(*) filter (where upper(coalesce(e.method, '')) = 'POST') as posts, count(*) filter (where e.ip = $${n + 3}) as own,
         arg_min(e.status, ${place}) filter (where ${answered}) as status,
         arg_min(e.file_id, ${place}) filter (where ${answered}) as file_id, arg_min(e.off, ${place}) filter (where ${answered}) as off,
         regexp_extract(lower(min(e.uri)), '[.]([a-z0-9]+)$', 1) as ext
       from request e join w on w.u = lower(e.uri) and w.s is not distinct from e.site
       where ${sql} and e.time is not null
       group by lower(e.uri), e.site having first between $${n + 1} and $${n + 2}),
     r as (
       select *, (case when ext = '' then 1 when ext in (${STATIC.map((x) => `'${x}'`).join(', ')}) then 0 else 2 end)
         + (case when posts > 0 then 2 else 0 end) + (case when asked < first then 2 else 0 end) + (case when own > 0 then 2 else 0 end) as rank
       from p)
     select * from r where rank > 0 order by rank desc, first, uri, site limit ${Math.trunc(query.limit)}`,
    [...params, query.from, query.to, query.client ?? null],
  );
  return rows.map((row) => ({
    uri: String(row['uri']),
    site: typeof row['site'] === 'string' ? row['site'] : null,
    first: instantText(row['first'] as bigint),
    status: Number(row['status']),
    event: eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: 0 }),
    asked: instantText(row['asked'] as bigint),
    requests: Number(row['requests']),
    posts: Number(row['posts']),
    clients: Number(row['clients']),
  }));
}

/** Requests of a window in numbers. */
export interface RequestCounts {
  readonly rows: number;
  readonly posts: number;
  /** Address with most POST requests (the smaller address where several have as many), or null. */
  readonly topPoster: string | null;
  /** Id of the first POST, or of the first request where there is none; null for an empty window. */
  readonly firstPost: string | null;
}

export async function requestCounts(connection: Connection, window: RequestWindow): Promise<RequestCounts> {
  const { sql, params } = windowSql(window);
  const n = params.length;
  const within = `${sql} and e.time between $${n + 1} and $${n + 2}`;
  const values = [...params, window.from, window.to];
  const post = `(upper(coalesce(e.method, '')) = 'POST')`;
  const [counts] = await connection.all(`select count(*) as n, count(*) filter (where ${post}) as posts from request e where ${within}`, values);
  const [poster] = await connection.all(`select e.ip as ip from request e where ${within} and ${post} and e.ip is not null group by e.ip order by count(*) desc, e.ip limit 1`, values);
  const [first] = await connection.all(`select e.file_id as file_id, e.off as off, 0 as seq from request e where ${within} order by ${post} desc, e.time, e.file_id, e.off limit 1`, values);
  return {
    rows: Number(counts?.['n'] ?? 0),
    posts: Number(counts?.['posts'] ?? 0),
    topPoster: typeof poster?.['ip'] === 'string' ? poster['ip'] : null,
    firstPost: first === undefined ? null : eventId({ fileId: first['file_id'] as bigint, off: first['off'] as bigint, seq: Number(first['seq']) }),
  };
}
