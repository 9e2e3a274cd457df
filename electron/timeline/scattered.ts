import type { Connection } from '../store/store.ts';

/** Parts of one log that are asked about; a log in more is told as unread. */
const MOST_PARTS = 64;
const BEHIND_ALL = 1n << 62n;

/** First and last moment of some rows that follow each other in a log, in ticks. */
export interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * What was read of logs of which parts were read before the part in front of them: the span of the rows of each part, and
 * of those between the parts.
 */
export async function spansRead(connection: Connection): Promise<ReadonlyMap<bigint, readonly Span[]>> {
  const stretches = await connection.all(
    'select s.file_id, s.begin, s."end" as "end" from event_stretch s join event_file f on f.file_id = s.file_id where not f.finished order by s.file_id, s.begin',
  );
  const edges = new Map<bigint, bigint[]>();
  for (const row of stretches) {
    const id = row['file_id'] as bigint;
    const list = edges.get(id) ?? [0n];
    list.push(row['begin'] as bigint, row['end'] as bigint);
    edges.set(id, list);
  }
  const parts = [...edges].filter(([, list]) => list.length <= MOST_PARTS).flatMap(([id, list]) => list.map((from, i) => [id, from, list[i + 1] ?? BEHIND_ALL] as const)).filter(([, from, to]) => from < to);
  const out = new Map<bigint, Span[]>();
  if (parts.length === 0) return out;
  const rows = await connection.all(
    `select p.f as file_id, min(r.time) as first, max(r.time) as last from request r join (values ${parts.map((p) => `(${p.map((n) => `${n}::BIGINT`).join(', ')})`).join(', ')}) p(f, b, e)
       on r.file_id = p.f and r.off >= p.b and r.off < p.e group by p.f, p.b having min(r.time) is not null order by p.f, first`,
  );
  for (const row of rows) out.set(row['file_id'] as bigint, [...(out.get(row['file_id'] as bigint) ?? []), { first: row['first'] as bigint, last: row['last'] as bigint }]);
  return out;
}
