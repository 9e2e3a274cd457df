import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';
import type { Clients } from './clients.ts';
import { FILES_SQL, SITE_SQL, TICKS_PER_HOUR } from './files.ts';
import { type RowSighting, Sightings, keyOf, moment, number, textOf } from './sighting.ts';

/** How a request failed: each code says that configuration or code could not be used. */
export const FAILURES = ['config', 'module', 'load', 'restricted', 'view-state'] as const;
export type FailureKind = (typeof FAILURES)[number];

const MAX_PATHS = 100;
/** Paths of failing rows that are followed, the most often failing first. */
const FOLLOWED = 2000;
/** Rows of one run stand no further apart, and a success counts within this time after the last failure. */
const RUN = TICKS_PER_HOUR;

/** A run of failing rows of one path and kind, with the first success behind it. */
export interface FailureRun {
  readonly kind: FailureKind;
  readonly site: string | null;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** The one address of all rows of the run, or null. */
  readonly client: string | null;
  /** The first answer below 400 of the same path within an hour (for ViewState: to the same client). */
  readonly success: { readonly time: string; readonly status: number } | null;
  /** First failing row, then the success. */
  readonly sightings: readonly RowSighting[];
}

const KIND_SQL = `case when r.status = 500 and r.substatus = 19 then 0 when r.status = 500 and r.substatus = 21 then 1 when r.status = 500 and r.win32 in (126, 127, 193) then 2 when r.status = 404 and r.substatus = 2 then 3 end`;

/**
 * Runs of 500.19 (configuration), 500.21 (handler with a bad module), 500 with Win32 126, 127 or 193 (a DLL that is not
 * found or does not fit), 404.2 (restricted) and POST 500 with a ViewState in the query, by path, and when the path
 * answered within an hour after the run.
 */
export async function failureRuns(connection: Connection, server: string | null, clients: Clients): Promise<readonly FailureRun[]> {
  const rows = await connection.all(
    `with f as (${FILES_SQL}),
     vs as materialized (select id from log_text where kind = ${TEXT_KINDS.query} and contains(lower(value), '__viewstate')),
     bad as materialized (
       select f.lane, r.site as site_id, r.uri, coalesce(${KIND_SQL}, 4) as kind, ${clients.sql} as client, r.file_id, r.off, r.time
       from request r join f on f.file_id = r.file_id${clients.join}
       where r.source = 0 and r.time is not null and r.uri is not null and r.status in (404, 500) and (${KIND_SQL} is not null or (r.status = 500 and r.query in (select id from vs)))),
     worst as (select uri from bad group by uri order by count(*) desc, uri limit ${FOLLOWED}),
     path as materialized (select t.id, lower(t.value) as v from log_text t where t.kind = ${TEXT_KINDS.uri} and lower(t.value) in (select lower(x.value) from log_text x where x.kind = ${TEXT_KINDS.uri} and x.id in (select uri from worst))),
     named as (select bad.*, path.v as path from bad join path on path.id = bad.uri),
     run as (select *, sum(start) over (partition by lane, site_id, path, kind order by time, file_id, off) as run from (
       select *, case when time - lag(time) over (partition by lane, site_id, path, kind order by time, file_id, off) <= ${RUN} then 0 else 1 end as start from named)),
     g as materialized (
       select row_number() over (order by count(*) desc, min(time), path, kind) as rank, lane, site_id, path, kind, run, count(*) as n, min(time) as first, max(time) as last, min(client) as least, max(client) as most,
         arg_min(file_id, (time, file_id, off)) as file_id, arg_min(off, (time, file_id, off)) as off
       from run group by lane, site_id, path, kind, run qualify rank <= ${MAX_PATHS * 5}),
     good as materialized (
       select f.lane, r.site as site_id, path.v as path, ${clients.sql} as client, r.file_id, r.off, r.time, r.status
       from request r join path on path.id = r.uri join f on f.file_id = r.file_id${clients.join} where r.source = 0 and r.status < 400 and r.time between (select min(first) from g) and (select max(last) + ${RUN} from g)),
     after as (
       select g.rank, min(good.time) as time, arg_min(good.status, (good.time, good.file_id, good.off)) as status, arg_min(good.file_id, (good.time, good.file_id, good.off)) as file_id, arg_min(good.off, (good.time, good.file_id, good.off)) as off
       from g join good on good.lane = g.lane and good.path = g.path and good.site_id is not distinct from g.site_id and good.time > g.last and good.time <= g.last + ${RUN} and (g.kind < 4 or good.client = g.least) group by g.rank)
     select g.rank, g.kind, ${SITE_SQL} as site, g.path, g.first, g.last, g.n, case when g.least = g.most then g.least end as client, g.file_id, g.off, after.time as success, after.status, after.file_id as good_file_id, after.off as good_off
     from g left join after on after.rank = g.rank order by g.first, g.rank`,
    [server],
  );
  const sightings = await Sightings.of(connection, rows.flatMap((row) => [keyOf(row), ...(row['good_off'] === null ? [] : [keyOf(row, 'good_')])]));
  const addresses = await clients.texts(rows.flatMap((row) => (typeof row['client'] === 'bigint' ? [row['client']] : [])));
  return rows.map((row): FailureRun => {
    const success = moment(row, 'success');
    return {
      kind: FAILURES[number(row, 'kind')] ?? 'config', site: textOf(row, 'site'), path: String(row['path']), from: moment(row, 'first') ?? '', to: moment(row, 'last') ?? '', rows: number(row, 'n'),
      client: typeof row['client'] === 'bigint' ? (addresses.get(row['client']) ?? null) : null,
      success: success === null ? null : { time: success, status: number(row, 'status') },
      sightings: sightings.all([keyOf(row), ...(success === null ? [] : [keyOf(row, 'good_')])]),
    };
  });
}

/** Rows within one slot of ten minutes; slots with fewer failures are nothing. */
const SLOT = TICKS_PER_HOUR / 6n;
const MIN_BURST = 10;
const MAX_BURSTS = 200;

/** A time in which a site answered 503, and when it answered again. */
export interface UnavailableBurst {
  readonly site: string | null;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly success: string | null;
  readonly sightings: readonly RowSighting[];
}

/** Bursts of 503 in site logs: at least ten in ten minutes, joined while they go on. */
export async function unavailableBursts(connection: Connection, server: string | null): Promise<readonly UnavailableBurst[]> {
  const rows = await connection.all(
    `with f as (${FILES_SQL}),
     slot as materialized (
       select f.lane, r.site as site_id, r.time // ${SLOT} as slot, count(*) as n, min(r.time) as first, max(r.time) as last, arg_min(r.file_id, (r.time, r.file_id, r.off)) as file_id, arg_min(r.off, (r.time, r.file_id, r.off)) as off
       from request r join f on f.file_id = r.file_id where r.source = 0 and r.status = 503 and r.time is not null group by all having n >= ${MIN_BURST}),
     run as (select *, sum(start) over (partition by lane, site_id order by slot) as run from (select *, case when slot - lag(slot) over (partition by lane, site_id order by slot) <= 1 then 0 else 1 end as start from slot)),
     g as materialized (
       select row_number() over (order by sum(n) desc, min(first), lane, site_id) as rank, lane, site_id, sum(n)::BIGINT as n, min(first) as first, max(last) as last, arg_min(file_id, (first, file_id, off)) as file_id, arg_min(off, (first, file_id, off)) as off
       from run group by lane, site_id, run qualify rank <= ${MAX_BURSTS}),
     after as (
       select g.rank, min(r.time) as time, arg_min(r.file_id, (r.time, r.file_id, r.off)) as file_id, arg_min(r.off, (r.time, r.file_id, r.off)) as off
       from request r join f on f.file_id = r.file_id join g on g.lane = f.lane and g.site_id is not distinct from r.site and r.time > g.last and r.time <= g.last + ${RUN}
       where r.source = 0 and r.status < 400 and r.time between (select min(last) from g) and (select max(last) + ${RUN} from g) group by g.rank)
     select g.rank, ${SITE_SQL} as site, g.first, g.last, g.n, g.file_id, g.off, after.time as success, after.file_id as good_file_id, after.off as good_off from g left join after on after.rank = g.rank order by g.first, g.rank`,
    [server],
  );
  const sightings = await Sightings.of(connection, rows.flatMap((row) => [keyOf(row), ...(row['good_off'] === null ? [] : [keyOf(row, 'good_')])]));
  return rows.map((row) => {
    const success = moment(row, 'success');
    return {
      site: textOf(row, 'site'), from: moment(row, 'first') ?? '', to: moment(row, 'last') ?? '', rows: number(row, 'n'), success,
      sightings: sightings.all([keyOf(row), ...(success === null ? [] : [keyOf(row, 'good_')])]),
    };
  });
}
