import type { Connection, Row } from '../../store/store.ts';
import { instantText } from '../../../shared/time/instant.ts';
import type { EvidenceRef } from '../../../shared/model/index.ts';
import { SITE_SQL, TICKS_PER_HOUR } from './files.ts';
import { type RowSighting, Sightings, keyOf, moment, number, textOf } from './sighting.ts';

const MAX_GAPS = 500;
/** Hours of a gap that are compared with other days, its first ones, and how many days before and behind. */
const COMPARED = 72;
const DAYS = 14;
const MIN_DAYS = 10;

/** A stretch without a row in the logs of one site. */
export interface LogGap {
  readonly site: string | null;
  /** The last row before and the first one behind. */
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  /** Of the hours compared, those that had rows on nine in ten of the fourteen days before and behind, and the rows of such hours in the mean. */
  readonly compared: number;
  readonly usual: number;
  readonly mean: number;
  /** Other sites of the server with rows in at least a quarter of the gap's whole hours (an office has no nights), and how many rows: they went on. */
  readonly otherRows: number;
  readonly otherSites: number;
  /** Other sites with rows in fewer of these hours: they may have stopped too. */
  readonly partSites: number;
  /** Rows of HTTPERR within the gap. */
  readonly errorRows: number;
  readonly sightings: readonly RowSighting[];
  /** What stands between the two rows when one file has both. */
  readonly between: Between | null;
}

/**
 * Bytes between the last row before a gap and the first one behind it, in one file. HTTP.sys writes a block of headers
 * when it opens a log: where one stands within the file, the service, the site or its log settings began anew.
 */
export interface Between {
  /** Bytes of header lines; null where padding may be among them. */
  readonly headers: number | null;
  readonly rejected: number;
  /** Where these bytes begin; null when there are none. */
  readonly ref: EvidenceRef | null;
}

/** Gaps of whole hours in the rows of each site, where such hours are else never empty; the longest first. */
export async function logGaps(connection: Connection, server: string | null): Promise<readonly LogGap[]> {
  const rows = await connection.all(
    `with f as (select file_id, site, source, dense_rank() over (order by site nulls first) as lane from event_file where server is not distinct from $1 and format is not null),
     h as materialized (select f.lane, r.site as site_id, coalesce(r.source, 0) as source, r.time // ${TICKS_PER_HOUR} as hour, count(*) as n from request r join f on f.file_id = r.file_id where r.time is not null and coalesce(r.source, 0) in (0, 1) group by all),
     own as materialized (select lane, site_id, hour, n, lead(hour) over (partition by lane, site_id order by hour) as next from h where source = 0),
     g as materialized (select row_number() over (order by next - hour desc, hour, lane, site_id) as rank, lane, site_id, hour as a, next as b from own where next - hour >= 3 qualify rank <= ${MAX_GAPS}),
     empty as (select g.rank, g.lane, g.site_id, unnest(range(g.a + 1, least(g.b, g.a + 1 + ${COMPARED}))) as hour from g),
     span as (select lane, site_id, min(hour) as first, max(hour) as last from own group by lane, site_id),
     days as (select unnest(range(-${DAYS}, ${DAYS} + 1)) as d),
     usual as (
       select e.rank, e.hour, count(*) as days, count(o.hour) as busy, avg(o.n) as mean
       from empty e join span s on s.lane = e.lane and s.site_id is not distinct from e.site_id cross join days d
         join g on g.rank = e.rank
         left join own o on o.lane = e.lane and o.site_id is not distinct from e.site_id and o.hour = e.hour + 24 * d.d
       where e.hour + 24 * d.d between s.first and s.last and not (e.hour + 24 * d.d > g.a and e.hour + 24 * d.d < g.b) group by e.rank, e.hour),
     told as (select rank, count(*) as compared, count(*) filter (where days >= ${MIN_DAYS} and busy * 10 >= days * 9) as usual, avg(mean) filter (where days >= ${MIN_DAYS} and busy * 10 >= days * 9) as mean from usual group by rank having usual >= 2),
     within as (
       select g.rank, h.source, h.lane, h.site_id, sum(h.n) as n, count(distinct h.hour) * 4 >= g.b - g.a - 1 as "on"
       from g join told on told.rank = g.rank join h on h.hour > g.a and h.hour < g.b group by g.rank, g.a, g.b, h.source, h.lane, h.site_id),
     others as (
       select rank, sum(n) filter (where source = 0 and "on") as other_rows, count(*) filter (where source = 0 and "on") as other_sites, count(*) filter (where source = 0 and not "on") as part_sites, sum(n) filter (where source = 1) as error_rows
       from within group by rank),
     ends as (
       select g.rank, max(r.time) filter (where r.time // ${TICKS_PER_HOUR} = g.a) as last, min(r.time) filter (where r.time // ${TICKS_PER_HOUR} = g.b) as first,
         arg_max(r.file_id, (r.time, r.file_id, r.off)) filter (where r.time // ${TICKS_PER_HOUR} = g.a) as last_file_id, arg_max(r.off, (r.time, r.file_id, r.off)) filter (where r.time // ${TICKS_PER_HOUR} = g.a) as last_off,
         arg_min(r.file_id, (r.time, r.file_id, r.off)) filter (where r.time // ${TICKS_PER_HOUR} = g.b) as file_id, arg_min(r.off, (r.time, r.file_id, r.off)) filter (where r.time // ${TICKS_PER_HOUR} = g.b) as off
       from (select rank, lane, site_id, a, b, unnest([a, b]) as hour from g where rank in (select rank from told)) g
         join f on f.lane = g.lane join request r on r.file_id = f.file_id and r.site is not distinct from g.site_id and r.time // ${TICKS_PER_HOUR} = g.hour where coalesce(r.source, 0) = 0 group by g.rank)
     select g.rank, ${SITE_SQL} as site, ends.last, ends.first, g.b - g.a - 1 as hours, told.compared, told.usual, told.mean, coalesce(others.other_rows, 0) as other_rows, coalesce(others.other_sites, 0) as other_sites, coalesce(others.part_sites, 0) as part_sites,
       coalesce(others.error_rows, 0) as error_rows, ends.last_file_id, ends.last_off, ends.file_id, ends.off
     from g join told on told.rank = g.rank join ends on ends.rank = g.rank left join others on others.rank = g.rank order by g.rank`,
    [server],
  );
  const sightings = await Sightings.of(connection, rows.flatMap((row) => [keyOf(row, 'last_'), keyOf(row)]));
  const between = await bytesBetween(connection, rows, sightings);
  return rows.map((row, i) => ({
    site: textOf(row, 'site'), from: moment(row, 'last') ?? '', to: moment(row, 'first') ?? '', hours: number(row, 'hours'), compared: number(row, 'compared'), usual: number(row, 'usual'), mean: Math.round(number(row, 'mean')),
    otherRows: number(row, 'other_rows'), otherSites: number(row, 'other_sites'), partSites: number(row, 'part_sites'), errorRows: number(row, 'error_rows'), sightings: sightings.all([keyOf(row, 'last_'), keyOf(row)]), between: between[i] ?? null,
  }));
}

/** Every byte of a log is a row, a header, padding or rejected: what is neither of the others between two rows is header. */
async function bytesBetween(connection: Connection, rows: readonly Row[], sightings: Sightings): Promise<readonly (Between | null)[]> {
  const same = rows.filter((row) => row['file_id'] === row['last_file_id'] && number(row, 'last_off') < number(row, 'off'));
  if (same.length === 0) return [];
  const ends = `(values ${same.map((row, i) => `(${i}, ${row['file_id']}::BIGINT, ${row['last_off']}::BIGINT, ${row['off']}::BIGINT)`).join(', ')}) w(i, file_id, a, b)`;
  const told = await connection.all(
    `select w.i, count(q.off) as rows_between, (select coalesce(sum(x.length), 0) from event_reject x where x.file_id = w.file_id and x.off > w.a and x.off < w.b)::BIGINT as rejected, any_value(f.padding_bytes) as padding
     from ${ends} join event_file f on f.file_id = w.file_id left join request q on q.file_id = w.file_id and q.off > w.a and q.off < w.b group by w.i, w.file_id, w.a, w.b order by w.i`,
  );
  const byRow = new Map(told.map((one) => [same[number(one, 'i')], one]));
  return rows.map((row) => {
    const one = byRow.get(row);
    const before = sightings.get(keyOf(row, 'last_'))?.ref;
    if (one === undefined || before?.length === undefined || before.offset === undefined || number(one, 'rows_between') > 0) return null;
    const from = before.offset + before.length;
    const rejected = number(one, 'rejected');
    const rest = number(row, 'off') - from - rejected;
    const { line: _, ...place } = before;
    return { headers: rest <= 0 ? 0 : number(one, 'padding') > 0 ? null : rest, rejected, ref: rest + rejected <= 0 ? null : { ...place, offset: from, length: number(row, 'off') - from } };
  });
}

/** A log of a site, by the day or hour that its name says. */
export interface NamedLog {
  readonly site: string | null;
  readonly evidencePath: string;
  readonly path: string | null;
  readonly sha256: string;
  readonly rows: number;
  /** UTC of the first and last row that was read. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Every W3C log of the server, by evidence path. */
export async function namedLogs(connection: Connection, server: string | null): Promise<readonly NamedLog[]> {
  const rows = await connection.all(`select site, evidence_path, path, sha256, rows, first, last from event_file where server is not distinct from $1 and format is not null and coalesce(source, 0) = 0 order by evidence_path limit 100000`, [server]);
  return rows.map((row) => ({
    site: textOf(row, 'site'), evidencePath: String(row['evidence_path']), path: textOf(row, 'path'), sha256: String(row['sha256']), rows: number(row, 'rows'),
    first: typeof row['first'] === 'bigint' ? instantText(row['first']) : null, last: typeof row['last'] === 'bigint' ? instantText(row['last']) : null,
  }));
}
