import { EVENT_SOURCES, type EventSource } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import { eventsWhere, requestsWhere } from './events-sql.ts';
import { LOG_SOURCES } from './log-source.ts';
import { SECOND, type Stretch } from './position-index.ts';
import { raw, sql, type Sql } from './sql.ts';
import type { Selected, Selection } from './selection.ts';
import type { Timeline } from './timeline.ts';

export interface HistogramCounts {
  /** UTC text of the first bucket's edge, a multiple of `step`; null when there is nothing to show. */
  readonly start: string | null;
  /** Seconds. */
  readonly step: number;
  readonly buckets: readonly number[];
  readonly unfiltered: readonly number[];
  readonly bySource: Readonly<Record<EventSource, readonly number[]>>;
}

/** Widths of a bucket in seconds: edges fall on round times of the day. Beyond a week: whole weeks. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

interface Buckets {
  readonly start: bigint;
  readonly width: bigint;
  readonly size: number;
}

/**
 * Counts per bucket of time, with and without the filter. Buckets of whole hours come from the indexes.
 * Without `from` and `to` it spans the filtered events whose time is not forgeable (else all that pass, else all there
 * are): one linker stamp of 1992 must not squeeze the day in question into one bar.
 * @param most the largest number of buckets
 * @param from to ticks; the buckets cover at least this span
 */
export function histogram(timeline: Timeline, selection: Selection, most: number, from: bigint | null, to: bigint | null): Promise<HistogramCounts> {
  return timeline.ask(selection, async (selected) => {
    const unfiltered = await timeline.unfiltered(selection);
    const span = from !== null && to !== null ? null : ((await spanOf(selected)) ?? (await spanOf(unfiltered)));
    const first = from ?? span?.first ?? null;
    const last = to !== null ? to - 1n : (span?.last ?? null);
    if (first === null || last === null || last < first) return { start: null, step: 1, buckets: [], unfiltered: [], bySource: emptySources(0) };
    const { step, start, size } = divide(first, last, most);
    const buckets = { start, width: BigInt(step) * SECOND, size };
    const bySource = await counted(selected, buckets);
    const every = selected.index === unfiltered.index ? bySource : await counted(unfiltered, buckets);
    return { start: instantText(start), step, buckets: summed(bySource, size), unfiltered: summed(every, size), bySource };
  });
}

async function counted(selected: Selected, { start, width, size }: Buckets): Promise<Record<EventSource, number[]>> {
  const out = emptySources(size);
  const count = (source: EventSource, at: number, n: number): void => {
    if (at >= 0 && at < size) out[source][at] = (out[source][at] ?? 0) + n;
  };
  const { unit } = selected.index;
  if (width % unit === 0n && start % unit === 0n) {
    const units = Number(width / unit);
    const begin = Number(start / unit);
    for (const { number, source, count: n } of selected.index.units()) count(source, Math.floor((number - begin) / units), n);
    return out;
  }
  const { connection, condition, index } = selected;
  const near = (alias: string): Sql => sql`${raw(alias)}.time >= ${start} and ${raw(alias)}.time < ${start + width * BigInt(size)}`;
  const names = LOG_SOURCES.map((name, i) => `when ${i} then '${name}'`).join(' ');
  const asked = sql`select case r.source ${raw(names)} end as source, (r.time - ${start}) // ${width} as bucket, count(*) as count from ${requestsWhere(condition, index.rows, near('r'))} group by r.source, bucket
    union all select e.source, (e.time - ${start}) // ${width} as bucket, count(*) from ${eventsWhere(condition, near('e'))} group by e.source, bucket`;
  for (const row of await connection.all(asked.text, asked.params)) count(row['source'] as EventSource, Number(row['bucket']), Number(row['count']));
  return out;
}

/** First and last moment that pass and could not be forged; when there are none, of all that pass. */
export async function spanOf(selected: Selected): Promise<{ readonly first: bigint; readonly last: bigint } | null> {
  const ends = selected.index.ends();
  if (ends === null) return null;
  for (const sound of [` and e.fidelity <> 'forgeable'`, '']) {
    const first = await edge(selected, ends.first, 'min', sound);
    const last = await edge(selected, ends.last, 'max', sound);
    if (first !== null && last !== null) return { first, last };
  }
  return null;
}

async function edge({ connection, condition, index }: Selected, unit: Stretch, which: 'min' | 'max', sound: string): Promise<bigint | null> {
  const near = (alias: string, more: string): Sql => sql`${raw(alias)}.time >= ${unit.from} and ${raw(alias)}.time < ${unit.to}${raw(more)}`;
  const asked = sql`select ${raw(which)}(time) as edge from (select r.time from ${requestsWhere(condition, index.rows, near('r', ''))} union all select e.time from ${eventsWhere(condition, near('e', sound))})`;
  const [row] = await connection.all(asked.text, asked.params);
  const value = row?.['edge'];
  return typeof value === 'bigint' ? value : null;
}

/** The finest step with which the span fits into `most` buckets, and the edge at or before `first`. */
function divide(first: bigint, last: bigint, most: number): { step: number; start: bigint; size: number } {
  for (let i = 0; ; i++) {
    const known = STEPS[i];
    const step = known ?? 604_800 * 2 ** (i - STEPS.length + 1);
    const width = BigInt(step) * SECOND;
    const start = floorTo(first, width);
    const size = (last - start) / width + 1n;
    if (size <= BigInt(most) || i > 60) return { step, start, size: Number(size) };
  }
}

function floorTo(value: bigint, width: bigint): bigint {
  const rest = value % width;
  return value - (rest < 0n ? rest + width : rest);
}

function summed(bySource: Readonly<Record<EventSource, readonly number[]>>, size: number): number[] {
  return Array.from({ length: size }, (_, i) => EVENT_SOURCES.reduce((sum, source) => sum + (bySource[source][i] ?? 0), 0));
}

function emptySources(size: number): Record<EventSource, number[]> {
  return Object.fromEntries(EVENT_SOURCES.map((s) => [s, Array.from({ length: size }, () => 0)])) as Record<EventSource, number[]>;
}
