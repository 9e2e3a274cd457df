import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';
import type { Clients } from './clients.ts';
import { FILES_SQL, idList, methodIds, SITE_SQL } from './files.ts';
import { type RowSighting, Sightings, keyOf, number, textOf } from './sighting.ts';

/** HTTP.sys refuses a request whose line and headers are longer, unless `MaxRequestBytes` was raised (Microsoft Learn, Http.sys registry settings). */
export const MAX_HEADERS = 16_384;
/** Where one in a thousand rows is that long, it is how this server is used. */
const USUAL = 1000;
const MAX_PATHS = 50;
const MAX_ROWS = 5;

/** GET and HEAD rows of one path and client that brought more than headers. */
export interface HeavyGets {
  readonly site: string | null;
  readonly path: string;
  readonly client: string | null;
  readonly rows: number;
  /** Those with a status below 400: what a server refuses it did not wait for. */
  readonly answered: number;
  /** Least and greatest cs-bytes of them. */
  readonly least: number;
  readonly most: number;
  /** Other GET and HEAD rows of the server, and the mean of their cs-bytes. */
  readonly others: number;
  readonly mean: number;
  readonly sightings: readonly RowSighting[];
}

/**
 * GET and HEAD rows with cs-bytes above what a request without a body can have. Left out: switched protocols (101),
 * whose rows count all bytes of the connection, and requests with a user name, because the tickets of Windows
 * authentication are the usual reason to raise the limit.
 */
export async function heavyGets(connection: Connection, server: string | null, clients: Clients): Promise<readonly HeavyGets[]> {
  const methods = await methodIds(connection, ['GET', 'HEAD']);
  const gets = `r.source = 0 and r.method in (${idList([...methods.values()].flat())}) and r.status <> 101`;
  const heavy = `r.bytes_recv > ${MAX_HEADERS} and r."user" is null`;
  const rows = await connection.all(
    `with f as (${FILES_SQL}),
     c as (select count(*) filter (where ${heavy}) as heavy, count(*) filter (where r.bytes_recv <= ${MAX_HEADERS}) as others, avg(r.bytes_recv) filter (where r.bytes_recv <= ${MAX_HEADERS}) as mean
       from request r join f on f.file_id = r.file_id where ${gets} and r.bytes_recv is not null),
     h as materialized (
       select f.lane, r.site as site_id, lower(t.value) as path, ${clients.sql} as client, r.bytes_recv as received, coalesce(r.status, 0) < 400 as answered, r.file_id, r.off, r.time
       from request r join f on f.file_id = r.file_id left join log_text t on t.id = r.uri and t.kind = ${TEXT_KINDS.uri}${clients.join}
       where ${gets} and ${heavy} and (select heavy * ${USUAL} <= others from c)),
     g as (select lane, site_id, path, client, count(*) as n, count(*) filter (where answered) as answered, min(received) as least, max(received) as most, min(time) as first, row_number() over (order by count(*) desc, min(time), path, client) as rank from h group by lane, site_id, path, client),
     shown as (select g.rank, h.file_id, h.off, row_number() over (partition by g.rank order by not h.answered, h.time, h.file_id, h.off) as nth
       from g join h on h.lane = g.lane and h.site_id is not distinct from g.site_id and h.path is not distinct from g.path and h.client is not distinct from g.client where g.rank <= ${MAX_PATHS})
     select g.rank, g.path, ${SITE_SQL} as site, g.client, g.n, g.answered, g.least, g.most, c.others, c.mean, shown.file_id, shown.off
     from g join shown on shown.rank = g.rank cross join c where shown.nth <= ${MAX_ROWS} order by g.rank, shown.nth`,
    [server],
  );
  const sightings = await Sightings.of(connection, rows.map((row) => keyOf(row)));
  const addresses = await clients.texts(rows.flatMap((row) => (typeof row['client'] === 'bigint' ? [row['client']] : [])));
  const out = new Map<number, HeavyGets & { sightings: RowSighting[] }>();
  for (const row of rows) {
    const rank = number(row, 'rank');
    const group = out.get(rank) ?? {
      site: textOf(row, 'site'), path: textOf(row, 'path') ?? '', client: typeof row['client'] === 'bigint' ? (addresses.get(row['client']) ?? null) : null,
      rows: number(row, 'n'), answered: number(row, 'answered'), least: number(row, 'least'), most: number(row, 'most'), others: number(row, 'others'), mean: Math.round(number(row, 'mean')), sightings: [],
    };
    out.set(rank, group);
    const seen = sightings.get(keyOf(row));
    if (seen !== null) group.sightings.push(seen);
  }
  return [...out.values()];
}
