import { EVENT_SOURCES, type EventSource } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection, Value } from '../store/store.ts';
import { compileFilter } from './filter-sql.ts';
import { FROM_SQL } from './rows.ts';
import { EVENTS_SQL } from './schema.ts';
import type { Selection } from './timeline.ts';

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
const SECOND = 10_000_000n;

/**
 * Counts per bucket of time, with and without the filter, in one pass.
 * Without `from` and `to` it spans the filtered events whose time is not forgeable (else all that pass, else all there
 * are): one linker stamp of 1992 must not squeeze the day in question into one bar.
 * @param most the largest number of buckets
 * @param from to ticks; the buckets cover at least this span
 */
export async function histogram(
  connection: Connection, selection: Selection, most: number, from: bigint | null, to: bigint | null,
): Promise<HistogramCounts> {
  const condition = compileFilter(selection.filter, selection.tags);
  const source = condition.usesFile ? FROM_SQL : `${EVENTS_SQL} e`;
  const span = from !== null && to !== null ? { first: from, last: to - 1n } : await spanOf(connection, source, condition.sql, condition.params);
  const first = from ?? span?.first ?? null;
  const last = to !== null ? to - 1n : (span?.last ?? null);
  if (first === null || last === null || last < first) return { start: null, step: 1, buckets: [], unfiltered: [], bySource: emptySources(0) };
  const { step, start, size } = divide(first, last, most);

  const n = condition.params.length;
  const width = BigInt(step) * SECOND;
  const rows = await connection.all(
    `select e.source, (e.time - $${n + 1}) // $${n + 2} as bucket, count(*) filter (where ${condition.sql}) as passing, count(*) as every
     from ${source} where e.time >= $${n + 1} and e.time < $${n + 3} group by all`, [...condition.params, start, width, start + width * BigInt(size)],
  );
  const buckets = zeros(size);
  const unfiltered = zeros(size);
  const bySource = emptySources(size);
  for (const row of rows) {
    const at = Number(row['bucket']);
    const passing = Number(row['passing']);
    buckets[at] = (buckets[at] ?? 0) + passing;
    unfiltered[at] = (unfiltered[at] ?? 0) + Number(row['every']);
    const own = bySource[row['source'] as EventSource];
    own[at] = (own[at] ?? 0) + passing;
  }
  return { start: instantText(start), step, buckets, unfiltered, bySource };
}

async function spanOf(connection: Connection, source: string, sql: string, params: readonly Value[]): Promise<{ first: bigint; last: bigint } | null> {
  for (const where of [`${sql} and e.fidelity <> 'forgeable'`, sql, 'true']) {
    const [row] = await connection.all(`select min(e.time) as first, max(e.time) as last from ${source} where ${where}`, where === 'true' ? [] : params);
    const { first, last } = row ?? {};
    if (typeof first === 'bigint' && typeof last === 'bigint') return { first, last };
  }
  return null;
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

function zeros(size: number): number[] {
  return Array.from({ length: size }, () => 0);
}

function emptySources(size: number): Record<EventSource, number[]> {
  return Object.fromEntries(EVENT_SOURCES.map((s) => [s, zeros(size)])) as Record<EventSource, number[]>;
}
