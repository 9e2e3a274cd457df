import type { TimelineEvent } from '../../shared/model/index.ts';
import type { Filter } from '../../shared/query/ast.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection, Row, Value } from '../store/store.ts';
import { parseEventId } from './event-id.ts';
import { compileFilter, FIELD_SQL, type Condition, type TagLookup } from './filter-sql.ts';
import { LEAF_ROWS, PositionIndex } from './position-index.ts';
import { COLUMNS_SQL, EventRows, FROM_SQL, ORDER_SQL } from './rows.ts';

/** A filtered timeline at one revision of the store; answers are remembered until the revision changes. */
export interface Selection {
  readonly filter: Filter;
  /** Grows whenever events were added. */
  readonly revision: number;
  readonly tags?: TagLookup | undefined;
}

const REMEMBERED = 24;

/** Questions about all events of a case. One connection, so that questions do not wait for an ingest. */
export class Timeline {
  readonly #connection: Connection;
  readonly #rows: EventRows;
  readonly #indexes = new Map<string, Promise<PositionIndex>>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#rows = new EventRows(connection);
  }

  /** Rows from position `offset` on, in order of time, then id; how many pass the filter, and how many there are. */
  async page(selection: Selection, offset: number, limit: number): Promise<{ events: TimelineEvent[]; shown: number; total: number }> {
    const condition = compileFilter(selection.filter, selection.tags);
    const index = await this.#index(condition, selection.revision);
    const rows: Row[] = [];
    for (const stretch of await index.find(offset, limit)) {
      const skip = Math.max(0, offset - stretch.before);
      const n = condition.params.length;
      rows.push(...(await this.#select(
        `e.time >= $${n + 1} and e.time < $${n + 2} and ${condition.sql}`, [...condition.params, stretch.from, stretch.to], limit - rows.length, skip,
      )));
      if (rows.length >= limit) break;
    }
    if (rows.length < limit && offset + limit > index.timed) {
      rows.push(...(await this.#select(`e.time is null and ${condition.sql}`, condition.params, limit - rows.length, Math.max(0, offset - index.timed))));
    }
    return { events: await this.#rows.toEvents(rows), shown: index.total, total: await this.count({ ...selection, filter: { terms: [] } }) };
  }

  /**
   * Rows from position `offset` on, in order, in pieces of bounded size: each row is sorted once, among those near it in
   * time. No statement stays open between two pieces.
   */
  async *from(selection: Selection, offset: number): AsyncGenerator<readonly TimelineEvent[]> {
    const condition = compileFilter(selection.filter, selection.tags);
    const index = await this.#index(condition, selection.revision);
    const n = condition.params.length;
    const timed = `e.time >= $${n + 1} and e.time < $${n + 2} and ${condition.sql}`;
    for (const stretch of await index.find(offset, Number.POSITIVE_INFINITY)) {
      for (let skip = Math.max(0, offset - stretch.before); skip < stretch.count; skip += LEAF_ROWS) {
        yield this.#rows.toEvents(await this.#select(timed, [...condition.params, stretch.from, stretch.to], LEAF_ROWS, skip));
      }
    }
    for (let skip = Math.max(0, offset - index.timed); skip < index.untimed; skip += LEAF_ROWS) {
      yield this.#rows.toEvents(await this.#select(`e.time is null and ${condition.sql}`, condition.params, LEAF_ROWS, skip));
    }
  }

  /** How many events pass the filter. */
  async count(selection: Selection): Promise<number> {
    return (await this.#index(compileFilter(selection.filter, selection.tags), selection.revision)).total;
  }

  /** @returns null when there is no such event */
  async event(id: string): Promise<TimelineEvent | null> {
    const key = parseEventId(id);
    if (key === null) return null;
    const rows = await this.#select('e.file_id = $1 and e.off = $2 and e.seq = $3', [key.fileId, key.off, key.seq], 1, 0);
    return (await this.#rows.toEvents(rows))[0] ?? null;
  }

  /** Every event that passes, in pieces, in order; memory stays flat where the database can sort on disk. */
  async *all(selection: Selection, limit?: number, offset = 0): AsyncGenerator<readonly TimelineEvent[]> {
    const condition = compileFilter(selection.filter, selection.tags);
    const bounds = `${limit === undefined ? '' : ` limit ${Math.trunc(limit)}`} offset ${Math.trunc(offset)}`;
    const pieces = this.#connection.stream(`select ${COLUMNS_SQL} from ${FROM_SQL} where ${condition.sql} order by ${ORDER_SQL}${bounds}`, condition.params);
    for await (const piece of pieces) yield await this.#rows.toEvents(piece);
  }

  /** Position of an event in the filtered list; null when it is not in it. */
  async locateEvent(selection: Selection, id: string): Promise<number | null> {
    const key = parseEventId(id);
    const condition = compileFilter(selection.filter, selection.tags);
    if (key === null) return null;
    const n = condition.params.length;
    const own = `e.file_id = $${n + 1} and e.off = $${n + 2} and e.seq = $${n + 3}`;
    const params: Value[] = [...condition.params, key.fileId, key.off, key.seq];
    const [row] = await this.#connection.all(`select e.time from ${FROM_SQL} where ${own} and ${condition.sql}`, params);
    if (row === undefined) return null;
    const before = `(e.file_id, e.off, e.seq) < ($${n + 1}::BIGINT, $${n + 2}::BIGINT, $${n + 3}::INTEGER)`;
    const time = row['time'];
    if (typeof time !== 'bigint') {
      return this.#number(`select count(*) as n from ${FROM_SQL} where ${condition.sql} and (e.time is not null or ${before})`, params);
    }
    return this.#number(`select count(*) as n from ${FROM_SQL} where ${condition.sql} and (e.time < $${n + 4} or (e.time = $${n + 4} and ${before}))`, [...params, time]);
  }

  /** Position of the first row at or after a moment; null when there is none. @param time ticks */
  async locateTime(selection: Selection, time: bigint): Promise<number | null> {
    const condition = compileFilter(selection.filter, selection.tags);
    const n = condition.params.length;
    const index = await this.#index(condition, selection.revision);
    const before = await this.#number(`select count(*) as n from ${FROM_SQL} where e.time < $${n + 1} and ${condition.sql}`, [...condition.params, time]);
    return before < index.timed ? before : null;
  }

  /**
   * Groups by a field of the filter language, largest first, then by value.
   * @throws nothing; an unknown field, `time` and `tag` have no groups
   */
  async stack(selection: Selection, field: string, limit: number): Promise<{ rows: { value: string; count: number; first: string | null; last: string | null }[]; groups: number }> {
    const column = Object.hasOwn(FIELD_SQL, field) ? FIELD_SQL[field as keyof typeof FIELD_SQL] : null;
    if (column === null) return { rows: [], groups: 0 };
    const condition = compileFilter(selection.filter, selection.tags);
    const rows = await this.#connection.all(
      `select value, count, first, last, count(*) over () as groups from (
         select coalesce(cast(${column} as VARCHAR), '') as value, count(*) as count, min(e.time) as first, max(e.time) as last
         from ${FROM_SQL} where ${condition.sql} group by 1)
       order by count desc, value limit ${Math.trunc(limit)}`, condition.params,
    );
    return {
      rows: rows.map((row) => ({ value: String(row['value']), count: Number(row['count']), first: moment(row['first']), last: moment(row['last']) })),
      groups: Number(rows[0]?.['groups'] ?? 0),
    };
  }

  #select(where: string, params: readonly Value[], limit: number, offset: number): Promise<readonly Row[]> {
    return this.#connection.all(
      `select ${COLUMNS_SQL} from ${FROM_SQL} where ${where} order by ${ORDER_SQL} limit ${Math.trunc(limit)} offset ${Math.trunc(offset)}`, params,
    );
  }

  async #number(sql: string, params: readonly Value[]): Promise<number> {
    const [row] = await this.#connection.all(sql, params);
    return Number(row?.['n'] ?? 0);
  }

  #index(condition: Condition, revision: number): Promise<PositionIndex> {
    const key = `${revision}|${condition.sql}|${condition.params.map((p) => `${typeof p}${String(p)}`).join('\u0000')}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const first = this.#indexes.keys().next();
    if (this.#indexes.size >= REMEMBERED && first.done !== true) this.#indexes.delete(first.value);
    const made = PositionIndex.build(this.#connection, condition);
    this.#indexes.set(key, made);
    // A failed build is not remembered.
    made.catch(() => this.#indexes.delete(key));
    return made;
  }
}

function moment(value: unknown): string | null {
  return typeof value === 'bigint' ? instantText(value) : null;
}
