import type { Connection, Value } from '../store/store.ts';
import type { Condition } from './filter-sql.ts';
import { FROM_SQL } from './rows.ts';
import { EVENTS_SQL } from './schema.ts';

/** Rows that one statement may have to sort to serve a page; a bucket with more is divided. */
export const LEAF_ROWS = 20_000;
const PARTS = 512n;
/** Buckets are not divided below one second: log rows have no finer time. */
const FINEST = 10_000_000n;

/** A stretch of time [from, to) and the rows in it that pass the filter; `before` counts those earlier. */
export interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
  readonly before: number;
  readonly count: number;
}

/**
 * Where each position of a filtered timeline lies in time, so that a page deep inside millions of rows sorts only the
 * rows near it. Counts per bucket, divided further where a page is asked for; one file stamp a century away from
 * millions of requests costs one more division.
 */
export class PositionIndex {
  readonly timed: number;
  /** Rows without a time: they come last. */
  readonly untimed: number;
  readonly #connection: Connection;
  readonly #condition: Condition;
  readonly #root: Stretch;
  readonly #divided = new Map<string, readonly Stretch[]>();

  private constructor(connection: Connection, condition: Condition, root: Stretch, untimed: number) {
    this.#connection = connection;
    this.#condition = condition;
    this.#root = root;
    this.timed = root.count;
    this.untimed = untimed;
  }

  get total(): number {
    return this.timed + this.untimed;
  }

  static async build(connection: Connection, condition: Condition): Promise<PositionIndex> {
    const from = condition.usesFile ? FROM_SQL : `${EVENTS_SQL} e`;
    const [row] = await connection.all(
      `select min(e.time) as first, max(e.time) as last, count(e.time) as timed, count(*) as total from ${from} where ${condition.sql}`, condition.params,
    );
    const timed = Number(row?.['timed'] ?? 0);
    const first = row?.['first'];
    const last = row?.['last'];
    const root = { from: typeof first === 'bigint' ? first : 0n, to: typeof last === 'bigint' ? last + 1n : 0n, before: 0, count: timed };
    return new PositionIndex(connection, condition, root, Number(row?.['total'] ?? 0) - timed);
  }

  /** The stretches, in order, that hold the positions from `offset` on: at least `limit` rows, or all that are left. */
  async find(offset: number, limit: number): Promise<readonly Stretch[]> {
    const out: Stretch[] = [];
    await this.#collect(this.#root, offset, offset + limit, out);
    return out;
  }

  async #collect(stretch: Stretch, from: number, to: number, out: Stretch[]): Promise<void> {
    if (stretch.count === 0 || stretch.before + stretch.count <= from || stretch.before >= to) return;
    if (stretch.count <= LEAF_ROWS || stretch.to - stretch.from <= FINEST) {
      const last = out.at(-1);
      // Neighbours are asked for together while that stays small.
      if (last !== undefined && last.count + stretch.count <= LEAF_ROWS) {
        out[out.length - 1] = { from: last.from, to: stretch.to, before: last.before, count: last.count + stretch.count };
      } else {
        out.push(stretch);
      }
      return;
    }
    for (const part of await this.#divide(stretch)) await this.#collect(part, from, to, out);
  }

  async #divide(stretch: Stretch): Promise<readonly Stretch[]> {
    const key = `${stretch.from}-${stretch.to}`;
    const known = this.#divided.get(key);
    if (known !== undefined) return known;
    const width = max((stretch.to - stretch.from + PARTS - 1n) / PARTS, FINEST);
    const n = this.#condition.params.length;
    const params: Value[] = [...this.#condition.params, stretch.from, stretch.to, width];
    const rows = await this.#connection.all(
      `select (e.time - $${n + 1}) // $${n + 3} as part, count(*) as count from ${this.#condition.usesFile ? FROM_SQL : `${EVENTS_SQL} e`}
       where e.time >= $${n + 1} and e.time < $${n + 2} and ${this.#condition.sql} group by part order by part`, params,
    );
    const parts: Stretch[] = [];
    let before = stretch.before;
    for (const row of rows) {
      const start = stretch.from + BigInt(String(row['part'])) * width;
      const count = Number(row['count']);
      parts.push({ from: start, to: min(start + width, stretch.to), before, count });
      before += count;
    }
    this.#divided.set(key, parts);
    return parts;
  }
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
