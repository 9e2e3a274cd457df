import { EVENT_SOURCES, type EventSource } from '../../shared/model/index.ts';
import type { Connection } from '../store/store.ts';
import { eventsWhere, requestsWhere } from './events-sql.ts';
import type { Condition } from './filter-sql.ts';
import { LOG_SOURCES } from './log-source.ts';
import { isFalse, raw, sql, type Sql } from './sql.ts';
import type { StoreState } from './store-state.ts';

/** Rows that one statement may have to sort to serve a page; a unit of time with more is divided. */
export const LEAF_ROWS = 20_000;
/** Log rows have no finer time than a second. */
export const SECOND = 10_000_000n;
const HOUR = 3600n * SECOND;
/** Units of time that one index has at most; with more, all become coarser. */
const MOST_UNITS = 60_000;
const COARSER = 24n;
const PARTS = 512n;

/** A stretch of time [from, to) and the rows in it that pass the filter; `before` counts those earlier. */
export interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
  readonly before: number;
  readonly count: number;
}

/** What is asked with: the index itself holds only numbers, so any connection can go on with it. */
export interface Asking {
  readonly connection: Connection;
  readonly condition: Condition;
}

type Counts = Map<number, number[]>;

/**
 * How many rows of a filtered timeline lie in which hour, by source. It knows where each position lies in time, so that a
 * page deep inside millions of rows sorts only the rows near it; and the histogram. Log rows are only ever added: what
 * came since is counted and added. The other events, which are few, are counted again when they change.
 */
export class PositionIndex {
  #unit = HOUR;
  #state: StoreState | null = null;
  #requests: Counts = new Map();
  #events: Counts = new Map();
  /** Units with a moment that nobody could have forged. */
  #sound = new Set<number>();
  #untimedRequests = 0;
  #untimedEvents = 0;
  #stretches: Stretch[] | null = null;
  readonly #divided = new Map<string, readonly Stretch[]>();
  #timed = 0;

  /** Counts what came since it was asked last. One call at a time. */
  async grow(asking: Asking, state: StoreState): Promise<void> {
    const before = this.#state;
    const rows = before?.rows ?? 0n;
    if (state.rows < rows) throw new Error('log rows have become fewer');
    if (state.rows > rows && !isFalse(asking.condition.request)) await this.#addRequests(asking, rows, state.rows);
    if (before?.events !== state.events) await this.#countEvents(asking);
    if (before === null || before.rows !== state.rows || before.events !== state.events) {
      this.#stretches = null;
      this.#divided.clear();
    }
    this.#state = state;
    this.#sorted();
  }

  /** Log rows that it knows; no others may be looked at with it. */
  get rows(): bigint {
    return this.#state?.rows ?? 0n;
  }

  get timed(): number {
    return this.#timed;
  }

  /** Rows without a time: they come last. */
  get untimed(): number {
    return this.#untimedRequests + this.#untimedEvents;
  }

  get total(): number {
    return this.#timed + this.untimed;
  }

  /** Width of the units in ticks. */
  get unit(): bigint {
    return this.#unit;
  }

  /** Counts by unit and source; a unit begins at its number times `unit`. */
  *units(): Generator<{ readonly number: number; readonly source: EventSource; readonly count: number }> {
    for (const [number, counts] of this.#requests) for (const [i, source] of LOG_SOURCES.entries()) if ((counts[i] ?? 0) > 0) yield { number, source, count: counts[i] ?? 0 };
    for (const [number, counts] of this.#events) for (const [i, source] of EVENT_SOURCES.entries()) if ((counts[i] ?? 0) > 0) yield { number, source, count: counts[i] ?? 0 };
  }

  /** The first and last unit, without those that hold forgeable moments only unless there are no others; null when nothing has a time. */
  ends(): { readonly first: Stretch; readonly last: Stretch } | null {
    const all = this.#sorted();
    const sound = this.#sound.size === 0 ? all : all.filter((s) => this.#sound.has(Number(s.from / this.#unit)));
    const [first] = sound;
    const last = sound.at(-1);
    return first === undefined || last === undefined ? null : { first, last };
  }

  /** The stretches, in order, that hold the positions from `offset` on: at least `limit` rows, or all that are left. */
  async find(asking: Asking, offset: number, limit: number): Promise<readonly Stretch[]> {
    const all = this.#sorted();
    const out: Stretch[] = [];
    for (let i = lastAtOrBefore(all, offset); i < all.length; i++) {
      const stretch = all[i];
      if (stretch === undefined || stretch.before >= offset + limit) break;
      await this.#collect(asking, stretch, offset, offset + limit, out);
    }
    return out;
  }

  /** Rows before a moment, as far as the units tell: those of earlier units, and the unit that the moment lies in, if rows do. */
  before(time: bigint): { readonly count: number; readonly inside: Stretch | null } {
    const all = this.#sorted();
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.to ?? 0n) <= time) low = middle + 1;
      else high = middle;
    }
    const next = all[low];
    if (next === undefined) return { count: this.#timed, inside: null };
    return { count: next.before, inside: next.from < time ? next : null };
  }

  async #addRequests(asking: Asking, from: bigint, to: bigint): Promise<void> {
    const fresh = requestsWhere(asking.condition, to, sql`r.rowid >= ${from}`);
    const rows = await this.#group(asking.connection, 'r', sql`r.source::INTEGER`, fresh);
    for (const { unit, source, count } of rows) {
      if (unit === null) this.#untimedRequests += count;
      else {
        add(this.#requests, unit, source, count);
        this.#sound.add(unit);
      }
    }
  }

  async #countEvents(asking: Asking): Promise<void> {
    this.#events = new Map();
    this.#untimedEvents = 0;
    this.#sound = new Set(this.#requests.keys());
    if (isFalse(asking.condition.event)) return;
    const number = raw(`case e.source ${EVENT_SOURCES.map((source, i) => `when '${source}' then ${i}`).join(' ')} end + case when e.fidelity = 'forgeable' then 100 else 0 end`);
    for (const { unit, source, count } of await this.#group(asking.connection, 'e', number, eventsWhere(asking.condition))) {
      if (unit === null) this.#untimedEvents += count;
      else {
        add(this.#events, unit, source % 100, count);
        if (source < 100) this.#sound.add(unit);
      }
    }
  }

  async #group(connection: Connection, alias: string, source: Sql, from: Sql): Promise<readonly { readonly unit: number | null; readonly source: number; readonly count: number }[]> {
    for (;;) {
      // Rounded down, also before 1970.
      const floor = raw(`case when ${alias}.time >= 0 then ${alias}.time // ${this.#unit} else (${alias}.time + 1) // ${this.#unit} - 1 end`);
      const asked = sql`select ${floor} as unit, ${source} as source, count(*) as count from ${from} group by all limit ${MOST_UNITS + 1}`;
      const rows = await connection.all(asked.text, asked.params);
      if (rows.length <= MOST_UNITS && rows.length + this.#requests.size + this.#events.size <= 2 * MOST_UNITS) {
        return rows.map((row) => ({ unit: row['unit'] === null ? null : Number(row['unit']), source: Number(row['source']), count: Number(row['count']) }));
      }
      this.#coarsen();
    }
  }

  #coarsen(): void {
    this.#unit *= COARSER;
    const coarse = (counts: Counts): Counts => {
      const out: Counts = new Map();
      for (const [unit, list] of counts) for (const [i, count] of list.entries()) if (count > 0) add(out, Math.floor(unit / Number(COARSER)), i, count);
      return out;
    };
    this.#requests = coarse(this.#requests);
    this.#events = coarse(this.#events);
    this.#sound = new Set([...this.#sound].map((unit) => Math.floor(unit / Number(COARSER))));
  }

  #sorted(): readonly Stretch[] {
    if (this.#stretches !== null) return this.#stretches;
    const sums = new Map<number, number>();
    for (const { number, count } of this.units()) sums.set(number, (sums.get(number) ?? 0) + count);
    const out: Stretch[] = [];
    let before = 0;
    for (const number of Float64Array.from(sums.keys()).sort()) {
      const count = sums.get(number) ?? 0;
      const from = BigInt(number) * this.#unit;
      out.push({ from, to: from + this.#unit, before, count });
      before += count;
    }
    this.#timed = before;
    this.#stretches = out;
    return out;
  }

  async #collect(asking: Asking, stretch: Stretch, from: number, to: number, out: Stretch[]): Promise<void> {
    if (stretch.count === 0 || stretch.before + stretch.count <= from || stretch.before >= to) return;
    if (stretch.count <= LEAF_ROWS || stretch.to - stretch.from <= SECOND) {
      const last = out.at(-1);
      // Neighbours are asked for together while that stays small.
      if (last !== undefined && last.count + stretch.count <= LEAF_ROWS) out[out.length - 1] = { from: last.from, to: stretch.to, before: last.before, count: last.count + stretch.count };
      else out.push(stretch);
      return;
    }
    for (const part of await this.#divide(asking, stretch)) await this.#collect(asking, part, from, to, out);
  }

  async #divide(asking: Asking, stretch: Stretch): Promise<readonly Stretch[]> {
    const key = `${stretch.from}-${stretch.to}`;
    const known = this.#divided.get(key);
    if (known !== undefined) return known;
    const wide = (stretch.to - stretch.from + PARTS - 1n) / PARTS;
    const width = wide > SECOND ? wide : SECOND;
    const inside = (alias: string): Sql => sql`${raw(alias)}.time >= ${stretch.from} and ${raw(alias)}.time < ${stretch.to}`;
    const rows = await asking.connection.all(...statement(sql`select (time - ${stretch.from}) // ${width} as part, count(*) as count from (
      select r.time from ${requestsWhere(asking.condition, this.rows, inside('r'))} union all select e.time from ${eventsWhere(asking.condition, inside('e'))}) group by part order by part`));
    const parts: Stretch[] = [];
    let before = stretch.before;
    for (const row of rows) {
      const start = stretch.from + (row['part'] as bigint) * width;
      const count = Number(row['count']);
      parts.push({ from: start, to: start + width < stretch.to ? start + width : stretch.to, before, count });
      before += count;
    }
    this.#divided.set(key, parts);
    return parts;
  }
}

function statement(asked: Sql): [string, Sql['params']] {
  return [asked.text, asked.params];
}

function add(counts: Counts, unit: number, source: number, count: number): void {
  const list = counts.get(unit) ?? [];
  list[source] = (list[source] ?? 0) + count;
  counts.set(unit, list);
}

/** Index of the stretch that holds a position, or of the first behind it. */
function lastAtOrBefore(stretches: readonly Stretch[], position: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const s = stretches[middle];
    if (s !== undefined && s.before + s.count <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
