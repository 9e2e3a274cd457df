import type { TimelineGap } from '../../shared/contract/timeline.ts';
import { instantText } from '../../shared/time/instant.ts';
import { eventId } from './event-id.ts';
import { eventsWhere, requestsWhere } from './events-sql.ts';
import { SECOND } from './position-index.ts';
import { raw, sql, type Sql } from './sql.ts';
import type { Selected, Selection } from './selection.ts';
import type { Timeline } from './timeline.ts';

/** A silence is unusual when it is longer than this many times the usual longest silence of a day. */
const UNUSUAL = 3;
/** Fewer days (or hours) than this have no usual. */
const FEW = 3;
/** Shorter silences are never called unusual. */
const SHORTEST = 60n * SECOND;
const DAY = 864_000_000_000n;
const HOUR = 36_000_000_000n;

/**
 * The longest stretches of time in which nothing passes between two events that do, in order of time.
 * @param seconds only those at least this long; null: those longer than three times the median of what was the longest
 *   silence of each day with events (of each hour, where there are fewer than three such days), at least a minute
 */
export function gaps(timeline: Timeline, selection: Selection, seconds: number | null, limit: number): Promise<readonly TimelineGap[]> {
  return timeline.ask(selection, async (selected) => {
    const { connection, condition, index } = selected;
    const times = sql`select r.time from ${requestsWhere(condition, index.rows, raw('r.time is not null'))} union all select e.time from ${eventsWhere(condition, raw('e.time is not null'))}`;
    const usual = (unit: bigint): Sql => sql`(select case when count(*) >= ${FEW} then median(longest) end from (select max(b - a) as longest from g group by b // ${unit}))`;
    const least = seconds !== null ? sql`${BigInt(Math.trunc(seconds)) * SECOND}` : sql`(select greatest(${SHORTEST}, ${UNUSUAL} * coalesce(${usual(DAY)}, ${usual(HOUR)})) + 1)`;
    const asked = sql`
      with g as materialized (select * from (select time as a, lead(time) over (order by time) as b from (select distinct time from (${times}))) where b is not null)
      select a, b from g where b - a >= ${least} order by b - a desc, a limit ${Math.trunc(limit)}`;
    const rows = await connection.all(asked.text, asked.params);
    const found = rows.map((row) => ({ a: row['a'] as bigint, b: row['b'] as bigint })).sort((x, y) => (x.a < y.a ? -1 : 1));
    const ids = await endsOf(selected, found.flatMap(({ a, b }) => [a, b]));
    return found.map(({ a, b }) => ({ from: instantText(a), to: instantText(b), seconds: Number(b - a) / Number(SECOND), before: ids.get(a)?.last ?? '', after: ids.get(b)?.first ?? '' }));
  });
}

/** The first and last event, in order, of some moments. */
async function endsOf({ connection, condition, index }: Selected, moments: readonly bigint[]): Promise<ReadonlyMap<bigint, { readonly first: string; readonly last: string }>> {
  const out = new Map<bigint, { first: string; last: string }>();
  if (moments.length === 0) return out;
  const near = (alias: string): Sql => raw(`${alias}.time in (${[...new Set(moments)].join(', ')})`);
  const place = '{f: file_id, o: off, s: seq}';
  const asked = sql`select time, min(${raw(place)}) as first, max(${raw(place)}) as last from (
      select r.time, r.file_id, r.off, 0 as seq from ${requestsWhere(condition, index.rows, near('r'))}
      union all select e.time, e.file_id, e.off, e.seq from ${eventsWhere(condition, near('e'))}) group by time`;
  const flat = sql`select time, first.f as f1, first.o as o1, first.s as s1, last.f as f2, last.o as o2, last.s as s2 from (${asked})`;
  for (const row of await connection.all(flat.text, flat.params)) {
    const id = (n: 1 | 2): string => eventId({ fileId: row[`f${n}`] as bigint, off: row[`o${n}`] as bigint, seq: Number(row[`s${n}`]) });
    out.set(row['time'] as bigint, { first: id(1), last: id(2) });
  }
  return out;
}
