import { EVENT_SOURCES, type EventSource } from '../../shared/model/index.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection } from '../store/store.ts';
import { LOG_SOURCES } from './log-source.ts';

export interface TimelineSummary {
  readonly events: number;
  /** First and last moment that is not forgeable: UTC text, null where there is none. */
  readonly first: string | null;
  readonly last: string | null;
  readonly bySource: Record<EventSource, number>;
}

/** What there is at all, without any filter. */
export async function timelineSummary(connection: Connection): Promise<TimelineSummary> {
  const names = LOG_SOURCES.map((name, i) => `when ${i} then '${name}'`).join(' ');
  const rows = await connection.all(
    `select case source ${names} end as source, count(*) as count, min(time) as first, max(time) as last from request group by request.source
     union all select source, count(*), min(time) filter (where fidelity <> 'forgeable'), max(time) filter (where fidelity <> 'forgeable') from event group by source`,
  );
  const bySource = Object.fromEntries(EVENT_SOURCES.map((s) => [s, 0])) as Record<EventSource, number>;
  let events = 0;
  let first: bigint | null = null;
  let last: bigint | null = null;
  for (const row of rows) {
    const count = Number(row['count']);
    bySource[row['source'] as EventSource] += count;
    events += count;
    const { first: a = null, last: b = null } = row;
    if (typeof a === 'bigint' && (first === null || a < first)) first = a;
    if (typeof b === 'bigint' && (last === null || b > last)) last = b;
  }
  return { events, first: first === null ? null : instantText(first), last: last === null ? null : instantText(last), bySource };
}
