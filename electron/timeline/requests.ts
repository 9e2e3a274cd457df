import type { TimelineEvent } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import { parseAddress } from '../../shared/query/network.ts';
import type { Connection, Row } from '../store/store.ts';
import { ip4TextSql } from './address.ts';
import { eventId } from './event-id.ts';
import { pageSql } from './events-sql.ts';
import { EventRows } from './rows.ts';
import { TEXT_KINDS } from './schema.ts';
import { bound, FALSE, raw, sql, type Sql } from './sql.ts';

/** Which requests: of one server, or of one of its sites, within [from, to] in ticks. */
export interface RequestWindow {
  readonly server: string | null;
  readonly site?: string | null;
  readonly from: bigint;
  readonly to: bigint;
  readonly limit: number;
}

/** Rows `r` of the IIS logs of the window's server or site, of any time. */
function siteSql({ server, site }: RequestWindow): Sql {
  const logs = sql`select file_id from event_file where format is not null and server is not distinct from ${bound(server)}`;
  const ofServer = sql`r.source = 0 and r.file_id in (${logs})`;
  if (site === undefined || site === null) return ofServer;
  return sql`${ofServer} and (r.site is null and r.file_id in (${logs} and site = ${bound(site)}) or r.site in (${idsOf('site', site)}))`;
}

function windowSql(window: RequestWindow): Sql {
  return sql`${siteSql(window)} and r.time between ${window.from} and ${window.to}`;
}

function idsOf(column: keyof typeof TEXT_KINDS, value: string): Sql {
  return sql`select id from log_text where kind = ${TEXT_KINDS[column]} and value = ${bound(value)}`;
}

const POST: Sql = sql`coalesce(r.method in (select id from log_text where kind = ${TEXT_KINDS.method} and upper(value) = 'POST'), false)`;

/** Rows `r` of one client. */
function clientSql(address: string): Sql {
  const parsed = address.includes(':') ? null : parseAddress(address);
  return parsed === null ? sql`coalesce(r.ip in (${idsOf('ip', address)}), false)` : sql`coalesce(r.ip4 = ${parsed.value}, false)`;
}

/** Requests in a window, in order of time. */
export async function requestsNear(connection: Connection, window: RequestWindow): Promise<readonly TimelineEvent[]> {
  const asked = pageSql({ request: windowSql(window), event: FALSE, words: false }, MOST_ROWS, () => raw('true'), window.limit, 0);
  return new EventRows(connection).toEvents(await connection.all(asked.text, asked.params));
}

/** More rows than a store has. */
const MOST_ROWS = 1n << 62n;

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
  const answered = '(r.status < 400 and r.time is not null)';
  const place = '(r.time, r.file_id, r.off)';
  const asked = sql`
    with w as (
      select distinct lower(t.value) as u, coalesce(ts.value, f.site) as s
      from (select distinct r.uri, r.site, r.file_id from request r where ${windowSql(query)} and ${raw(answered)}) d
      join log_text t on t.id = d.uri join event_file f on f.file_id = d.file_id left join log_text ts on ts.id = d.site),
    i as (select t.id, t.value, lower(t.value) as u from log_text t where t.kind = ${TEXT_KINDS.uri} and lower(t.value) in (select u from w)),
    p as (
      select min(i.value) as uri, w.s as site, min(r.time) as asked, min(r.time) filter (where ${raw(answered)}) as first, count(*) as requests,
        count(distinct coalesce(${raw(ip4TextSql('r.ip4'))}, ti.value)) as clients,
        count(*) filter (where ${POST}) as posts, count(*) filter (where ${query.client === undefined || query.client === null ? FALSE : clientSql(query.client)}) as own,
        arg_min(r.status, ${raw(place)}) filter (where ${raw(answered)}) as status,
        arg_min(r.file_id, ${raw(place)}) filter (where ${raw(answered)}) as file_id, arg_min(r.off, ${raw(place)}) filter (where ${raw(answered)}) as off,
        regexp_extract(lower(min(i.value)), '[.]([a-z0-9]+)$', 1) as ext
      from request r join i on i.id = r.uri join event_file f on f.file_id = r.file_id left join log_text ts on ts.id = r.site left join log_text ti on ti.id = r.ip
        join w on w.u = i.u and w.s is not distinct from coalesce(ts.value, f.site)
      where ${siteSql(query)} and r.time is not null
      group by i.u, w.s having first between ${query.from} and ${query.to}),
    o as (
      select *, (case when ext = '' then 1 when ext in (${raw(STATIC.map((x) => `'${x}'`).join(', '))}) then 0 else 2 end)
        + (case when posts > 0 then 2 else 0 end) + (case when asked < first then 2 else 0 end) + (case when own > 0 then 2 else 0 end) as rank
      from p)
    select * from o where rank > 0 order by rank desc, first, uri, site limit ${Math.trunc(query.limit)}`;
  const rows = await connection.all(asked.text, asked.params);
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
  const within = windowSql(window);
  const one = async (asked: Sql): Promise<Row | undefined> => (await connection.all(asked.text, asked.params))[0];
  const counts = await one(sql`select count(*) as n, count(*) filter (where ${POST}) as posts from request r where ${within}`);
  const poster = await one(sql`
    select coalesce(${raw(ip4TextSql('r.ip4'))}, ti.value) as ip from request r left join log_text ti on ti.id = r.ip
    where ${within} and ${POST} and (r.ip4 is not null or r.ip is not null) group by 1 order by count(*) desc, 1 limit 1`);
  const first = await one(sql`select r.file_id, r.off, 0 as seq from request r where ${within} order by ${POST} desc, r.time, r.file_id, r.off limit 1`);
  return {
    rows: Number(counts?.['n'] ?? 0),
    posts: Number(counts?.['posts'] ?? 0),
    topPoster: typeof poster?.['ip'] === 'string' ? poster['ip'] : null,
    firstPost: first === undefined ? null : eventId({ fileId: first['file_id'] as bigint, off: first['off'] as bigint, seq: Number(first['seq']) }),
  };
}
