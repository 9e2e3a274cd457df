import type { TimelineEvent } from '../../shared/model/index.ts';
import { EMPTY_FILTER } from '../../shared/query/ast.ts';
import type { Connection, Row } from '../store/store.ts';
import { Turns } from '../store/turns.ts';
import { parseEventId, type EventKey } from './event-id.ts';
import { EVERYTHING, pageSql } from './events-sql.ts';
import { compileFilter } from './filter-sql.ts';
import { Indexes } from './indexes.ts';
import type { Selected, Selection } from './selection.ts';
import { Lookups } from './lookups.ts';
import { LEAF_ROWS, type PositionIndex } from './position-index.ts';
import { countBefore, isAt, placeOf, positionOf, positionsOf } from './positions.ts';
import { EventRows } from './rows.ts';
import { raw, sql, type Sql } from './sql.ts';
import { StoreState } from './store-state.ts';

/** Events of a piece that are there together: what is gone before the next are made costs the collector nothing. */
const MADE_AT_ONCE = 500;

/**
 * Questions about all events of a case, on one connection, one after the other. Several of them may share their indexes,
 * so that a short question does not wait for a long one.
 */
export class Timeline {
  readonly #connection: Connection;
  readonly #rows: EventRows;
  readonly #lookups: Lookups;
  readonly #indexes: Indexes;
  readonly #turns = new Turns();

  constructor(connection: Connection, indexes: Indexes = new Indexes()) {
    this.#connection = connection;
    this.#rows = new EventRows(connection);
    this.#lookups = new Lookups(connection);
    this.#indexes = indexes;
  }

  /** Rows from position `offset` on, in order of time, then id; how many pass the filter, and how many there are. */
  page(selection: Selection, offset: number, limit: number): Promise<{ events: TimelineEvent[]; shown: number; total: number }> {
    return this.ask(selection, async (selected) => {
      const events = await this.#rows.toEvents(await rowsAt(selected, offset, limit));
      return { events, shown: selected.index.total, total: (await this.#everything(selection)).total };
    });
  }

  /**
   * Rows from position `offset` on, in order, in pieces of bounded size: each row is sorted once, among those near it in
   * time. No statement stays open between two pieces.
   * @param first about how many rows are wanted first; the pieces behind grow
   */
  async *from(selection: Selection, offset: number, first = LEAF_ROWS): AsyncGenerator<readonly TimelineEvent[]> {
    for (let at = offset, size = first; ; size = Math.min(size * 4, LEAF_ROWS)) {
      const limit = size;
      const { rows, event } = await this.ask(selection, async (selected) => {
        const found = await rowsAt(selected, at, limit, true);
        return { rows: found, event: await this.#rows.reader(found) };
      });
      if (rows.length === 0) return;
      at += rows.length;
      for (let i = 0; i < rows.length; i += MADE_AT_ONCE) yield rows.slice(i, i + MADE_AT_ONCE).map(event);
    }
  }

  /** How many events pass the filter. */
  count(selection: Selection): Promise<number> {
    return this.ask(selection, ({ index }) => Promise.resolve(index.total));
  }

  /** @returns null when there is no such event */
  event(id: string): Promise<TimelineEvent | null> {
    const key = parseEventId(id);
    if (key === null) return Promise.resolve(null);
    return this.#turn(async () => {
      const { rows } = await StoreState.read(this.#connection);
      const found = pageSql(EVERYTHING, rows, (alias) => isAt(alias, key), 1, 0);
      return (await this.#rows.toEvents(await this.#connection.all(found.text, found.params)))[0] ?? null;
    });
  }

  /** Every event that passes, in pieces, in order. */
  async *all(selection: Selection, limit = Number.POSITIVE_INFINITY, offset = 0): AsyncGenerator<readonly TimelineEvent[]> {
    let left = limit;
    for await (const piece of this.from(selection, offset)) {
      if (left <= 0) return;
      yield piece.length > left ? piece.slice(0, left) : piece;
      left -= piece.length;
    }
  }

  /** Position of an event in the filtered list; null when it is not in it. */
  locateEvent(selection: Selection, id: string): Promise<number | null> {
    const key = parseEventId(id);
    if (key === null) return Promise.resolve(null);
    return this.ask(selection, async (selected) => {
      const place = await placeOf(selected, key);
      return place?.passes === true ? positionOf(selected, key, place.time) : null;
    });
  }

  /** Positions of many events, in the order asked; null for those that are not in the filtered list. */
  locateEvents(selection: Selection, ids: readonly string[]): Promise<(number | null)[]> {
    const keys = ids.map(parseEventId);
    return this.ask(selection, (selected) => positionsOf(selected, keys));
  }

  /** Position of the first row at or after a moment; null when there is none. @param time ticks */
  locateTime(selection: Selection, time: bigint): Promise<number | null> {
    return this.ask(selection, async (selected) => {
      const before = await countBefore(selected, time);
      return before < selected.index.timed ? before : null;
    });
  }

  /** The nearest event that passes before or behind another, which need not pass itself; null when there is none. */
  step(selection: Selection, id: string, forward: boolean): Promise<TimelineEvent | null> {
    const key = parseEventId(id);
    if (key === null) return Promise.resolve(null);
    return this.ask(selection, async (selected) => {
      const place = await placeOf(selected, key);
      if (place === null) return null;
      const before = await positionOf(selected, key, place.time);
      const wanted = forward ? before + (place.passes ? 1 : 0) : before - 1;
      return wanted < 0 ? null : ((await this.#rows.toEvents(await rowsAt(selected, wanted, 1)))[0] ?? null);
    });
  }

  /** Asks about a selection while nothing else is asked on this connection. */
  ask<T>(selection: Selection, question: (selected: Selected) => Promise<T>): Promise<T> {
    return this.#turn(async () => question(await this.#select(selection)));
  }

  async #everything(selection: Selection): Promise<PositionIndex> {
    return selection.filter.terms.length === 0 ? (await this.#select(selection)).index : (await this.#select({ ...selection, filter: EMPTY_FILTER })).index;
  }

  /** The index of everything, for what is compared with it. Only within a question. */
  unfiltered(selection: Selection): Promise<Selected> {
    return this.#select({ ...selection, filter: EMPTY_FILTER });
  }

  async #select(selection: Selection): Promise<Selected> {
    const state = await this.#indexes.state(this.#connection, selection.revision);
    const condition = selection.filter.terms.length === 0 ? EVERYTHING : await compileFilter(selection.filter, {
      connection: this.#connection, lookups: this.#lookups, state, tags: selection.tags, momentOf: (key) => this.#momentOf(key),
    });
    const selected = { connection: this.#connection, condition };
    return { ...selected, index: await this.#indexes.of(selection, selected, state) };
  }

  async #momentOf(key: EventKey): Promise<bigint | null | undefined> {
    const found = sql`select time from request r where ${isAt('r', key)} union all select time from event e where ${isAt('e', key)} limit 1`;
    const [row] = await this.#connection.all(found.text, found.params);
    return row === undefined ? undefined : (row['time'] as bigint | null);
  }

  async #turn<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.#turns.take();
    try {
      return await work();
    } finally {
      release();
    }
  }
}

/**
 * Rows of positions, as `pageSql` gives them.
 * @param whole as many as one statement gives, at least one where there is any
 */
async function rowsAt({ connection, condition, index }: Selected, offset: number, limit: number, whole = false): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const stretch of await index.find({ connection, condition }, offset, limit)) {
    const near = (alias: string): Sql => sql`${raw(alias)}.time >= ${stretch.from} and ${raw(alias)}.time < ${stretch.to}`;
    const page = pageSql(condition, index.rows, near, limit - rows.length, Math.max(0, offset - stretch.before));
    rows.push(...(await connection.all(page.text, page.params)));
    if (rows.length >= limit || (whole && rows.length > 0)) return rows;
  }
  if (offset + limit > index.timed) {
    const page = pageSql(condition, index.rows, (alias) => raw(`${alias}.time is null`), limit - rows.length, Math.max(0, offset - index.timed));
    rows.push(...(await connection.all(page.text, page.params)));
  }
  return rows;
}
