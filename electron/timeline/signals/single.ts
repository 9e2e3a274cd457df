import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';
import type { Clients } from './clients.ts';
import { FILES_SQL, SITE_SQL, idList, methodIds } from './files.ts';
import { type RowSighting, Sightings, keyOf, moment, number, textOf } from './sighting.ts';

/** Answered POST requests that a path needs before it is worth a word. */
const MIN_POSTS = 3;
const MAX_PATHS = 20;

/** A path that one address alone ever asked for, and that answered its POST requests. */
export interface SingleClientPath {
  readonly site: string | null;
  readonly path: string;
  readonly client: string;
  readonly rows: number;
  /** POST requests answered below 300. */
  readonly posts: number;
  readonly first: string;
  readonly last: string;
  /** Hours of the day (UTC) in which its rows lie, ascending. */
  readonly hours: readonly number[];
  /** Rows of the client on any path. */
  readonly clientRows: number;
  /** First and last row. */
  readonly sightings: readonly RowSighting[];
}

/** Paths of which every row of all logs is from one address, with at least three answered POST requests; most POST first. */
export async function singleClientPaths(connection: Connection, server: string | null, clients: Clients): Promise<readonly SingleClientPath[]> {
  const posts = idList((await methodIds(connection, ['POST'])).get('POST') ?? []);
  const answered = `r.method in (${posts}) and r.status between 200 and 299`;
  const rows = await connection.all(
    `with f as (${FILES_SQL}),
     posted as materialized (select r.uri, count(*) as n from request r join f on f.file_id = r.file_id where r.source = 0 and ${answered} group by r.uri),
     path as materialized (select t.id, lower(t.value) as v from log_text t where t.kind = ${TEXT_KINDS.uri} and lower(t.value) in (select lower(x.value) from log_text x join posted on posted.uri = x.id where x.kind = ${TEXT_KINDS.uri} group by 1 having sum(posted.n) >= ${MIN_POSTS})),
     own as (
       select f.lane, r.site as site_id, path.v as path, count(*) as n, count(*) filter (where ${answered}) as posts, min(${clients.sql}) as least, max(${clients.sql}) as most, min(r.time) as first, max(r.time) as last,
         bit_or(1 << ((r.time // 36000000000) % 24)::INTEGER) as hours
       from request r join path on path.id = r.uri join f on f.file_id = r.file_id${clients.join} where r.source = 0 group by all having least = most and posts >= ${MIN_POSTS}),
     g as materialized (select *, row_number() over (order by posts desc, first, path, lane) as rank from own qualify rank <= ${MAX_PATHS}),
     ends as (
       select g.rank, arg_min(r.file_id, (r.time, r.file_id, r.off)) as file_id, arg_min(r.off, (r.time, r.file_id, r.off)) as off, arg_max(r.file_id, (r.time, r.file_id, r.off)) as last_file_id, arg_max(r.off, (r.time, r.file_id, r.off)) as last_off
       from g join path on path.v = g.path join request r on r.uri = path.id join f on f.file_id = r.file_id and f.lane = g.lane and r.site is not distinct from g.site_id where r.source = 0 group by g.rank),
     whole as (select ${clients.sql} as client, count(*) as n from request r join f on f.file_id = r.file_id${clients.join} where ${clients.sql} in (select least from g) group by 1)
     select g.rank, ${SITE_SQL} as site, g.path, g.least as client, g.n, g.posts, g.first, g.last, g.hours, whole.n as client_rows, ends.file_id, ends.off, ends.last_file_id, ends.last_off
     from g join ends on ends.rank = g.rank left join whole on whole.client = g.least order by g.rank`,
    [server],
  );
  const sightings = await Sightings.of(connection, rows.flatMap((row) => [keyOf(row), keyOf(row, 'last_')]));
  const addresses = await clients.texts(rows.map((row) => row['client'] as bigint));
  return rows.flatMap((row) => {
    const client = addresses.get(row['client'] as bigint);
    if (client === undefined) return [];
    const hours = number(row, 'hours');
    return [{
      site: textOf(row, 'site'), path: String(row['path']), client, rows: number(row, 'n'), posts: number(row, 'posts'), first: moment(row, 'first') ?? '', last: moment(row, 'last') ?? '',
      hours: Array.from({ length: 24 }, (_, h) => h).filter((h) => (hours & (1 << h)) !== 0), clientRows: number(row, 'client_rows'), sightings: sightings.all([keyOf(row), keyOf(row, 'last_')]),
    }];
  });
}
