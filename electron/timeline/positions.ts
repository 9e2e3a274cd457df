import type { EventKey } from './event-id.ts';
import { EVERYTHING, eventsWhere, requestsWhere } from './events-sql.ts';
import type { Selected } from './selection.ts';
import { all, isFalse, joined, raw, sql, type Sql } from './sql.ts';

/** Places within one unit of time that one statement counts up to. */
const COUNTED_AT_ONCE = 50;

/** True for the row of a key. */
export function isAt(alias: 'r' | 'e', key: EventKey): Sql {
  return sql`${raw(alias)}.file_id = ${key.fileId} and ${raw(alias)}.off = ${key.off} and ${raw(alias === 'r' ? '0' : 'e.seq')} = ${key.seq}`;
}

/** When an event is, and whether it passes; null when there is no such event. */
export async function placeOf({ connection, condition, index }: Selected, key: EventKey): Promise<{ readonly time: bigint | null; readonly passes: boolean } | null> {
  const anything = { ...EVERYTHING, words: condition.words };
  const found = sql`select r.time as time, coalesce(${condition.request}, false) as passes from ${requestsWhere(anything, index.rows, isAt('r', key))}
    union all select e.time, coalesce(${condition.event}, false) from ${eventsWhere(EVERYTHING, isAt('e', key))} limit 1`;
  const [row] = await connection.all(found.text, found.params);
  return row === undefined ? null : { time: row['time'] as bigint | null, passes: row['passes'] === true };
}

/** How many events that pass come before a place in the order. */
export async function positionOf(selected: Selected, key: EventKey, time: bigint | null): Promise<number> {
  const earlier = (alias: 'r' | 'e'): Sql => isEarlier(alias, key);
  if (time === null) return selected.index.timed + (await countWhere(selected, (alias) => all([raw(`${alias}.time is null`), earlier(alias)])));
  const { count, inside } = selected.index.before(time);
  const from = inside?.from ?? time;
  return count + (await countWhere(selected, (alias) => sql`${raw(alias)}.time >= ${from} and (${raw(alias)}.time < ${time} or (${raw(alias)}.time = ${time} and ${earlier(alias)}))`));
}

/** How many events that pass come before a moment. @param time ticks */
export async function countBefore(selected: Selected, time: bigint): Promise<number> {
  const { count, inside } = selected.index.before(time);
  return inside === null ? count : count + (await countWhere(selected, (alias) => sql`${raw(alias)}.time >= ${inside.from} and ${raw(alias)}.time < ${time}`));
}

async function countWhere({ connection, condition, index }: Selected, near: (alias: 'r' | 'e') => Sql): Promise<number> {
  const asked = sql`select (select count(*) from ${requestsWhere(condition, index.rows, near('r'))}) + (select count(*) from ${eventsWhere(condition, near('e'))}) as n`;
  const [row] = await connection.all(asked.text, asked.params);
  return Number(row?.['n'] ?? 0);
}

interface Placed {
  readonly at: number;
  readonly key: EventKey;
  readonly time: bigint;
}

/**
 * The positions of many events, in the order asked; null for no key, and for an event that does not pass or is not there.
 * All are found by one statement, and those of one unit of time are counted by one.
 */
export async function positionsOf(selected: Selected, keys: readonly (EventKey | null)[]): Promise<(number | null)[]> {
  const { connection, condition, index } = selected;
  const out: (number | null)[] = keys.map(() => null);
  const asked = keys.flatMap((key, at) => (key === null ? [] : [sql`(${at}, ${key.fileId}::BIGINT, ${key.off}::BIGINT, ${key.seq})`]));
  if (asked.length === 0) return out;
  const wanted = sql`w(i, f, o, s) as (values ${joined(asked, ', ')})`;
  const found = sql`with ${wanted}
    select w.i as i, p.time as time from w join (select r.file_id, r.off, 0 as seq, r.time from ${requestsWhere(condition, index.rows, sql`(r.file_id, r.off) in (select (f, o) from w)`)}
    union all select e.file_id, e.off, e.seq, e.time from ${eventsWhere(condition, sql`(e.file_id, e.off) in (select (f, o) from w)`)}) p on p.file_id = w.f and p.off = w.o and p.seq = w.s`;
  const units = new Map<string, Placed[]>();
  for (const row of await connection.all(found.text, found.params)) {
    const at = Number(row['i']);
    const key = keys[at];
    const time = row['time'];
    if (key === null || key === undefined) continue;
    if (typeof time !== 'bigint') out[at] = await positionOf(selected, key, null);
    else {
      const unit = String(index.before(time).inside?.from ?? time);
      units.set(unit, [...(units.get(unit) ?? []), { at, key, time }]);
    }
  }
  for (const placed of units.values()) {
    for (let i = 0; i < placed.length; i += COUNTED_AT_ONCE) await countUpTo(selected, placed.slice(i, i + COUNTED_AT_ONCE), out);
  }
  return out;
}

/** Counts within one unit of time up to each place in it. */
async function countUpTo({ connection, condition, index }: Selected, placed: readonly Placed[], out: (number | null)[]): Promise<void> {
  const [head] = placed;
  if (head === undefined) return;
  const last = placed.reduce((latest, { time }) => (time > latest ? time : latest), head.time);
  const { count, inside } = index.before(head.time);
  const from = inside?.from ?? head.time;
  const near = (alias: 'r' | 'e'): Sql => sql`${raw(alias)}.time >= ${from} and ${raw(alias)}.time <= ${last}`;
  const counts = (alias: 'r' | 'e'): Sql => joined(placed.map(({ key, time }, i) =>
    sql`count(*) filter (where ${raw(alias)}.time < ${time} or (${raw(alias)}.time = ${time} and ${isEarlier(alias, key)})) as c${i}`), ', ');
  const parts = [
    ...(isFalse(condition.request) ? [] : [sql`select ${counts('r')} from ${requestsWhere(condition, index.rows, near('r'))}`]),
    ...(isFalse(condition.event) ? [] : [sql`select ${counts('e')} from ${eventsWhere(condition, near('e'))}`]),
  ];
  const asked = sql`${joined(parts, ' union all ')}`;
  const rows = await connection.all(asked.text, asked.params);
  for (const [i, { at }] of placed.entries()) out[at] = rows.reduce((sum, row) => sum + Number(row[`c${i}`] ?? 0), count);
}

function isEarlier(alias: 'r' | 'e', key: EventKey): Sql {
  return sql`(${raw(alias)}.file_id, ${raw(alias)}.off, ${raw(alias === 'r' ? '0' : 'e.seq')}) < (${key.fileId}::BIGINT, ${key.off}::BIGINT, ${key.seq})`;
}
