import type { Connection, Row, Value } from '../store/store.ts';
import { eventId } from '../timeline/event-id.ts';
import { TEXT_KINDS } from '../timeline/schema.ts';

/** Answers to one verb for one path of one site. */
export interface AnsweredGroup {
  /** As `event_file` or the row names it; null where nothing does. */
  readonly site: string | null;
  readonly path: string;
  readonly method: string;
  /** Rows since the moment that was asked for, and before it. */
  readonly rows: number;
  readonly before: number;
  /** Order of the first and last of `rows`: ticks, and the ids of their events. */
  readonly first: { readonly time: bigint; readonly event: string } | null;
  readonly last: { readonly time: bigint; readonly event: string } | null;
}

/** Which paths: all that contain one of the texts (letter case ignored), or all. */
export type PathsAsked = { readonly containing: readonly string[] } | 'all';

/** Groups of one question; the earliest come first. */
export const MAX_GROUPS = 20_000;
const NO_TIME = '9223372036854775807';
/** Logs of a server that hold requests to its sites. */
const FILES = 'f as (select file_id, site from event_file where server is not distinct from $1 and format is not null and coalesce(source, 0) = 0)';

/** @param after ticks; rows of an earlier time count as `before` @param statuses bounds included @param methods upper case; null: all */
export async function answeredGroups(connection: Connection, server: string | null, paths: PathsAsked, after: bigint | null, { statuses, methods = null }: { readonly statuses: readonly [number, number]; readonly methods?: readonly string[] | null }): Promise<AnsweredGroup[]> {
  const values: Value[] = [server, after ?? -(2n ** 62n), statuses[0], statuses[1]];
  const test = pathTest(paths, values);
  if (test === null) return [];
  const ofMethod = methods === null ? '' : `and r.method in (select id from log_text where kind = ${TEXT_KINDS.method} and upper(value) in (${methods.map((m) => `$${values.push(m)}`).join(', ')}))`;
  const since = '(r.time is null or r.time >= $2)';
  const key = `(coalesce(r.time, ${NO_TIME}), r.file_id, r.off)`;
  const lastKey = '(coalesce(r.time, -1), r.file_id, r.off)';
  const rows = await connection.all(
    `with ${FILES}, u as (select id, value from log_text where kind = ${TEXT_KINDS.uri} and ${test}),
     g as (
       select r.site as site_id, f.site as file_site, r.uri, r.method, count(*) filter (where ${since}) as n, count(*) filter (where not ${since}) as before,
         min(${key}) filter (where ${since}) as first, max(${lastKey}) filter (where ${since}) as last
       from request r join f on f.file_id = r.file_id where r.source = 0 and r.status between $3 and $4 and r.uri in (select id from u) ${ofMethod} group by all)
     select coalesce(s.value, g.file_site) as site, u.value as path, upper(coalesce(m.value, '')) as method, sum(g.n)::BIGINT as n, sum(g.before)::BIGINT as before, min(g.first) as first, max(g.last) as last,
       struct_extract(min(g.first), 1) as first_time, struct_extract(min(g.first), 2) as first_file, struct_extract(min(g.first), 3) as first_off,
       struct_extract(max(g.last), 1) as last_time, struct_extract(max(g.last), 2) as last_file, struct_extract(max(g.last), 3) as last_off
     from g join u on u.id = g.uri left join log_text m on m.id = g.method and m.kind = ${TEXT_KINDS.method} left join log_text s on s.id = g.site_id and s.kind = ${TEXT_KINDS.site}
     group by 1, 2, 3 order by first_time nulls last, path, method, site limit ${MAX_GROUPS}`,
    values,
  );
  return rows.map((row) => ({
    site: typeof row['site'] === 'string' ? row['site'] : null, path: String(row['path']), method: String(row['method']), rows: Number(row['n']), before: Number(row['before']),
    first: place(row, 'first'), last: place(row, 'last'),
  }));
}

function pathTest(paths: PathsAsked, values: Value[]): string | null {
  if (paths === 'all') return 'true';
  const bind = (value: string): string => `$${values.push(value)}`;
  return paths.containing.length === 0 ? null : `(${paths.containing.map((text) => `contains(lower(value), lower(${bind(text)}))`).join(' or ')})`;
}

function place(row: Row, end: 'first' | 'last'): AnsweredGroup['first'] {
  const [time, fileId, off] = [row[`${end}_time`], row[`${end}_file`], row[`${end}_off`]];
  return typeof time === 'bigint' && typeof fileId === 'bigint' && typeof off === 'bigint' ? { time, event: eventId({ fileId, off, seq: 0 }) } : null;
}

/** Id of the first logged request at or after a moment, of some sites or (null) of any; null without one. */
export async function firstRequest(connection: Connection, server: string | null, after: bigint | null, sites: readonly string[] | null): Promise<string | null> {
  const values: Value[] = [server, after ?? -(2n ** 62n)];
  const own = sites === null ? 'true' : sites.length === 0 ? 'false' : `coalesce((select any_value(s.value) from log_text s where s.id = r.site and s.kind = ${TEXT_KINDS.site}), f.site) in (${sites.map((site) => `$${values.push(site)}`).join(', ')})`;
  const [row] = await connection.all(
    `with ${FILES}, p as (select min((r.time, r.file_id, r.off)) as first from request r join f on f.file_id = r.file_id where r.source = 0 and r.time >= $2 and ${own})
     select struct_extract(first, 1) as first_time, struct_extract(first, 2) as first_file, struct_extract(first, 3) as first_off from p`,
    values,
  );
  return row === undefined ? null : (place(row, 'first')?.event ?? null);
}

/** Whether any row of a server's logs was read. */
export async function hasRequests(connection: Connection, server: string | null): Promise<boolean> {
  const [row] = await connection.all('select 1 as one from event_file where server is not distinct from $1 and format is not null and coalesce(source, 0) = 0 and rows > 0 limit 1', [server]);
  return row !== undefined;
}
