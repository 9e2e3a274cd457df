import { instantText } from '../../../shared/time/instant.ts';
import type { Connection } from '../../store/store.ts';
import { eventId } from '../event-id.ts';
import { TEXT_KINDS } from '../schema.ts';

/** Paths of one question: beyond them those with most rows are left out, never those that were written to. */
export const MAX_ANSWERED = 300_000;

/** A path that got answers of 2xx to one method, in all logs of a server. */
export interface AnsweredPath {
  /** Name of the site, or what a central log calls it (`W3SVC1`); null when nothing says. */
  readonly site: string | null;
  readonly path: string;
  readonly method: string;
  readonly rows: number;
  /** UTC of the first and last of them; null where no row has a time. */
  readonly first: string | null;
  readonly last: string | null;
  /** Sums of sc-bytes and cs-bytes; 0 where the log has none. */
  readonly sent: number;
  readonly received: number;
}

/**
 * Every path that was answered with 2xx, with its method: those that were written to first, then those with the fewest
 * rows, so that a bound leaves out what everybody asks for. One text may have several ids, so groups are made twice.
 */
export async function* answeredPaths(connection: Connection, server: string | null, limit: number = MAX_ANSWERED): AsyncGenerator<AnsweredPath> {
  const sql = `with f as (select file_id, site from event_file where server is not distinct from $1 and format is not null and coalesce(source, 0) = 0),
     m as (select id, upper(value) as method from log_text where kind = ${TEXT_KINDS.method} and upper(value) in ('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH')),
     g as (
       select f.site as file_site, r.site as site_id, r.uri, m.method, count(*) as n, min(r.time) as first, max(r.time) as last, sum(r.bytes_sent) as sent, sum(r.bytes_recv) as received
       from request r join f on f.file_id = r.file_id join m on m.id = r.method
       where r.source = 0 and r.status between 200 and 299 and r.uri is not null group by 1, 2, 3, 4),
     p as (
       select coalesce(s.value, g.file_site) as site, u.value as path, g.method, sum(g.n) as n, min(g.first) as first, max(g.last) as last, sum(g.sent) as sent, sum(g.received) as received
       from g join log_text u on u.id = g.uri and u.kind = ${TEXT_KINDS.uri} left join log_text s on s.id = g.site_id and s.kind = ${TEXT_KINDS.site} group by 1, 2, 3)
     select site, path, method, n::BIGINT as n, first, last, coalesce(sent, 0)::BIGINT as sent, coalesce(received, 0)::BIGINT as received
     from p order by method in ('GET', 'HEAD'), n, path, method, site limit ${Math.trunc(limit)}`;
  for await (const rows of connection.stream(sql, [server])) for (const row of rows) {
    const moment = (value: unknown): string | null => (typeof value === 'bigint' ? instantText(value) : null);
    yield {
      site: typeof row['site'] === 'string' ? row['site'] : null,
      path: String(row['path']),
      method: String(row['method']),
      rows: Number(row['n']),
      first: moment(row['first']),
      last: moment(row['last']),
      sent: Number(row['sent']),
      received: Number(row['received']),
    };
  }
}

/** How many addresses got those answers, and the id of the event that is the first of them. */
export async function answersOf(connection: Connection, server: string | null, { site, path, method }: Pick<AnsweredPath, 'site' | 'path' | 'method'>): Promise<{ readonly clients: number; readonly event: string | null }> {
  const rows = `with f as (select file_id, site from event_file where server is not distinct from $1 and format is not null and coalesce(source, 0) = 0),
     u as (select id from log_text where kind = ${TEXT_KINDS.uri} and value = $2), m as (select id from log_text where kind = ${TEXT_KINDS.method} and upper(value) = $3),
     r as (select q.* from request q join f on f.file_id = q.file_id left join log_text s on s.id = q.site and s.kind = ${TEXT_KINDS.site}
       where q.source = 0 and q.uri in (select id from u) and q.method in (select id from m) and q.status between 200 and 299 and coalesce(s.value, f.site) is not distinct from $4)`;
  const params = [server, path, method, site];
  const [counted] = await connection.all(`${rows} select count(distinct coalesce(cast(r.ip4 as VARCHAR), t.value)) as n from r left join log_text t on t.id = r.ip and t.kind = ${TEXT_KINDS.ip}`, params);
  const [first] = await connection.all(`${rows} select file_id, off from r order by time nulls last, file_id, off limit 1`, params);
  return { clients: Number(counted?.['n'] ?? 0), event: first === undefined ? null : eventId({ fileId: first['file_id'] as bigint, off: first['off'] as bigint, seq: 0 }) };
}
