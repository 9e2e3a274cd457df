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

/** A path and its first requests. */
export interface FirstSeenPath {
  readonly uri: string;
  readonly site: string | null;
  /** UTC of the first request, and the event that is. */
  readonly first: string;
  readonly event: string;
  readonly requests: number;
  readonly clients: number;
  /** The first status, and how many requests were answered with 200 to 299. */
  readonly status: number | null;
  readonly succeeded: number;
}

/**
 * Paths whose first request of all lies in the window: never asked for before `from`. Compared without case, as IIS
 * does. A path that the logs simply do not reach back for looks the same, so the caller must know where they begin.
 * Ordered by first request, then path.
 */
export async function firstSeenPaths(connection: Connection, window: RequestWindow): Promise<readonly FirstSeenPath[]> {
  const { sql, params } = windowSql(window);
  const n = params.length;
  const rows = await connection.all(
    `select min(e.uri) as uri, e.site as site, min(e.time) as first, count(*) as requests, count(distinct e.ip) as clients,
       count(*) filter (where e.status between 200 and 299) as succeeded,
       arg_min(e.status, (e.time, e.file_id, e.off)) as status,
       arg_min(e.file_id, (e.time, e.file_id, e.off)) as file_id, arg_min(e.off, (e.time, e.file_id, e.off)) as off
     from request e where ${sql} and e.uri is not null and e.time is not null
     group by lower(e.uri), e.site having min(e.time) between $${n + 1} and $${n + 2}
     order by first, uri, site limit ${Math.trunc(window.limit)}`,
    [...params, window.from, window.to],
  );
  return rows.map((row) => ({
    uri: String(row['uri']),
    site: typeof row['site'] === 'string' ? row['site'] : null,
    first: instantText(row['first'] as bigint),
    event: eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: 0 }),
    requests: Number(row['requests']),
    clients: Number(row['clients']),
    status: typeof row['status'] === 'number' ? row['status'] : null,
    succeeded: Number(row['succeeded']),
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
