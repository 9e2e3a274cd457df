import type { Connection } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';
import type { Clients } from './clients.ts';
import { FILES_SQL, SITE_SQL, idList, methodIds } from './files.ts';
import { type RowSighting, Sightings, keyOf, moment, number, textOf } from './sighting.ts';

/** Fewer rows of one path, method and status within a week are no cluster. */
const MIN_CLUSTER = 50;
/** Sizes are sorted into eighths of an octave (9 %): near a cluster is within half an octave, far from it a whole one. */
const STEPS = 8;
const NEAR = 4;
/** A step belongs to a cluster when it has one row in twenty; a path with more such steps than two clusters fill is dynamic. */
const MAX_TOPS = 6;
const MAX_GROUPS = 100;
const MAX_ROWS = 10;
/** A path with rows in more steps, over all the time of the logs, is dynamic. */
const MAX_STEPS = 16;
const METHODS = ['GET', 'HEAD', 'POST'];
const STEP = `floor(${STEPS} * log2(r.bytes_sent))::INTEGER`;
/** The step as one of 128 bits, from 64 bytes on. */
const BIT = `greatest(0, least(127, ${STEP} - ${6 * STEPS}))`;
const WEEK = '(r.time // 6048000000000)::INTEGER';
/** Rows with what they are grouped by; texts that have several ids count as one. */
const ROWS = 'request r join path on path.id = r.uri join f on f.file_id = r.file_id';
const PLAIN = 'r.source = 0 and r.bytes_sent > 0 and coalesce(r.win32, 0) = 0 and r.status between 200 and 399 and r.status not in (204, 206, 304) and r.time is not null';

/** A row whose size leaves the cluster. */
export interface OutsideRow extends RowSighting {
  readonly client: string | null;
  readonly sent: number;
  /** cs-bytes and time-taken in ms, where the log has them. */
  readonly received: number | null;
  readonly taken: number | null;
  /** The row names no agent although the log has the column and others name theirs. */
  readonly agentMissing: boolean;
  /** The row names a user: tickets of Windows authentication are large. */
  readonly signedIn: boolean;
}

/** Rows of one path, method, status and week: what nearly all of them weigh, and the few that do not. */
export interface OutsideGroup {
  readonly site: string | null;
  readonly path: string;
  readonly method: string;
  readonly status: number;
  /** UTC of the first row of the week that was compared. */
  readonly from: string;
  /** Rows in the clusters, their least and greatest sc-bytes, and the greatest cs-bytes and time-taken among them. */
  readonly inside: number;
  readonly clusters: ReadonlyArray<{ readonly from: number; readonly to: number; readonly rows: number }>;
  readonly received: number | null;
  readonly taken: number | null;
  readonly outside: number;
  /** The addresses of all rows outside; at most three. */
  readonly clients: readonly string[];
  /** At most ten of them. */
  readonly rows: readonly OutsideRow[];
}

/** Which columns that HTTP.sys itself writes the logs have. */
export interface Evaluable {
  readonly rows: number;
  readonly sent: number;
  readonly received: number;
  readonly taken: number;
  readonly agent: number;
}

/** How many rows of the server have sc-bytes, cs-bytes, time-taken, an agent. */
export async function evaluable(connection: Connection, server: string | null): Promise<Evaluable> {
  const [row = {}] = await connection.all(
    `with f as (${FILES_SQL}) select count(*) as n, count(r.bytes_sent) as sent, count(r.bytes_recv) as received, count(r.taken) as taken, count(r.ua) as agent from request r join f on f.file_id = r.file_id`,
    [server],
  );
  return { rows: number(row, 'n'), sent: number(row, 'sent'), received: number(row, 'received'), taken: number(row, 'taken'), agent: number(row, 'agent') };
}

/**
 * Rows whose sc-bytes is far from what all others of the same site, path, method, status and week have. Robust: clusters
 * are the steps of size that hold at least a twentieth of the rows; they must hold 98 of 100 rows in at most six steps,
 * else the path is dynamic and nothing is said. Rows outside must be at least a factor of two away from every cluster,
 * from at most three addresses, and stand between rows of the cluster: a new
 * release changes sizes from one moment on. Requests that the client broke off (sc-win32-status), parts (206) and
 * answers without a body (101, 204, 304) are left out.
 */
export async function outsideCluster(connection: Connection, server: string | null, clients: Clients): Promise<readonly OutsideGroup[]> {
  const methods = await methodIds(connection, METHODS);
  const k = `case ${METHODS.map((name, i) => `when r.method in (${idList(methods.get(name) ?? [])}) then ${i}`).join(' ')} end`;
  const plain = `${PLAIN} and r.method in (${idList([...methods.values()].flat())})`;
  // One number for the whole key: a join over five columns of three tables is planned badly.
  const same = `wide.code = hash(f.lane, r.site, path.path, ${k}, r.status)`;
  const rows = await connection.all(
    `with f as (${FILES_SQL}),
     many as (select uri, count(*) as n from request where bytes_sent > 0 and source = 0 group by uri having n >= 10),
     path as materialized (select id, dense_rank() over (order by v) as path, v from (select t.id, lower(t.value) as v, sum(many.n) over (partition by lower(t.value)) as n from many join log_text t on t.id = many.uri and t.kind = ${TEXT_KINDS.uri}) where n >= ${MIN_CLUSTER}),
     wide as materialized (
       select row_number() over () as g, hash(lane, site_id, path, k, status) as code, lane, site_id, path, k, status from (
         select f.lane, r.site as site_id, path.path, ${k} as k, r.status, count(*) as n, min(r.bytes_sent) as least, max(r.bytes_sent) as most,
           bit_or(case when ${BIT} < 64 then 1::UBIGINT << ${BIT} else 0::UBIGINT end) as low, bit_or(case when ${BIT} >= 64 then 1::UBIGINT << (${BIT} - 64) else 0::UBIGINT end) as high
         from ${ROWS} where ${plain} group by all)
       where n >= ${MIN_CLUSTER} and most >= 2 * least and bit_count(low) + bit_count(high) <= ${MAX_STEPS}),
     stepped as materialized (
       select wide.g, ${WEEK} as week, ${STEP} as step, count(*) as n, min(r.bytes_sent) as least, max(r.bytes_sent) as most, min(r.time) as first, max(r.time) as last
       from ${ROWS} join wide on ${same} where ${plain} group by all),
     totals as (select g, week, sum(n)::BIGINT as rows from stepped group by g, week having rows >= ${MIN_CLUSTER}),
     top as (select s.g, s.week, list(s.step) as steps from stepped s join totals t on t.g = s.g and t.week = s.week where s.n * 20 >= t.rows group by s.g, s.week having count(*) <= ${MAX_TOPS} and sum(s.n) * 10 >= any_value(t.rows) * 9),
     judged as materialized (
       select s.*, len(list_filter(top.steps, lambda x: abs(x - s.step) <= ${NEAR})) > 0 as near, len(list_filter(top.steps, lambda x: abs(x - s.step) < ${STEPS})) = 0 as far
       from stepped s join top on top.g = s.g and top.week = s.week),
     tight as materialized (
       select g, week, sum(n) filter (where near) as inside, sum(n) filter (where far) as outside, min(first) filter (where near) as first, max(last) filter (where near) as last_near, min(first) filter (where far) as first_far, max(last) filter (where far) as last_far
       from judged group by g, week
       having inside * 100 >= sum(n) * 98 and outside >= 1 and outside * 50 <= sum(n) and first_far > first and last_far < last_near),
     own as materialized (
       select tight.g, tight.week, j.near, j.far, r.file_id, r.off, r.time, r.bytes_sent as sent, r.bytes_recv as received, r.taken, r.ua, r."user" is not null as signed_in, ${clients.sql} as client
       from ${ROWS} join wide on ${same} join tight on tight.g = wide.g and tight.week = ${WEEK} join judged j on j.g = wide.g and j.week = tight.week and j.step = ${STEP} and (j.near or j.far)${clients.join}
       where ${plain} and r.uri in (select path.id from path join wide on wide.path = path.path join tight on tight.g = wide.g)),
     inner_ as (select g, week, max(received) as received, max(taken) as taken, count(ua) as agents from own where near group by g, week),
     found as (select *, row_number() over (partition by g, week order by time, file_id, off) as nth from own where far),
     who as (select g, week, list(distinct client order by client) as clients from found where client is not null group by g, week having count(distinct client) <= 3),
     kept as (select who.g, who.week, who.clients, row_number() over (order by tight.outside desc, tight.first, w.path, w.lane, w.k, w.status) as rank from who join tight on tight.g = who.g and tight.week = who.week join wide w on w.g = who.g)
     select kept.rank, ${SITE_SQL} as site, (select min(v) from path where path.path = g.path) as path, g.k, g.status, tight.first, tight.inside::BIGINT as inside, tight.outside::BIGINT as outside,
       inner_.received as most_received, inner_.taken as most_taken, kept.clients::VARCHAR as clients,
       (select string_agg(j.least || '-' || j.most || '-' || j.n, ',' order by j.step) from judged j where j.g = tight.g and j.week = tight.week and j.near) as steps,
       found.file_id, found.off, found.sent, found.received, found.taken, found.ua is null and inner_.agents > 0 as agent_missing, found.signed_in, found.client
     from kept join tight on tight.g = kept.g and tight.week = kept.week join inner_ on inner_.g = kept.g and inner_.week = kept.week join wide g on g.g = kept.g join found on found.g = kept.g and found.week = kept.week
     where kept.rank <= ${MAX_GROUPS} and found.nth <= ${MAX_ROWS} order by kept.rank, found.nth`,
    [server],
  );
  const sightings = await Sightings.of(connection, rows.map((row) => keyOf(row)));
  const addresses = await clients.texts(rows.flatMap((row) => (String(row['clients']).match(/\d+/g) ?? []).map(BigInt)));
  const groups = new Map<number, OutsideGroup & { rows: OutsideRow[] }>();
  for (const row of rows) {
    const rank = number(row, 'rank');
    const group = groups.get(rank) ?? {
      site: textOf(row, 'site'), path: String(row['path']), method: METHODS[number(row, 'k')] ?? '', status: number(row, 'status'), from: moment(row, 'first') ?? '',
      inside: number(row, 'inside'), clusters: clustersOf(String(row['steps'])), received: optional(row['most_received']), taken: optional(row['most_taken']),
      outside: number(row, 'outside'), clients: (String(row['clients']).match(/\d+/g) ?? []).flatMap((key) => addresses.get(BigInt(key)) ?? []), rows: [],
    };
    groups.set(rank, group);
    const seen = sightings.get(keyOf(row));
    if (seen === null) continue;
    const client = row['client'];
    group.rows.push({ ...seen, client: typeof client === 'bigint' ? (addresses.get(client) ?? null) : null, sent: number(row, 'sent'), received: optional(row['received']), taken: optional(row['taken']), agentMissing: row['agent_missing'] === true, signedIn: row['signed_in'] === true });
  }
  return [...groups.values()];
}

const optional = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** Steps `least-most-rows` in order of size, joined where they are neighbours. */
function clustersOf(steps: string): OutsideGroup['clusters'] {
  const out: { from: number; to: number; rows: number }[] = [];
  for (const step of steps.split(',')) {
    const [from = 0, to = 0, rows = 0] = step.split('-').map(Number);
    const last = out.at(-1);
    if (last !== undefined && from <= last.to * 1.25) out[out.length - 1] = { from: last.from, to, rows: last.rows + rows };
    else out.push({ from, to, rows });
  }
  return out;
}
