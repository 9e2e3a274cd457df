import type { Connection } from '../store/store.ts';
import { FALSE, raw, sql, type Sql } from './sql.ts';

/** Values that are written out in a statement; more are kept in a table of the connection. */
const WRITTEN = 200;

/** A set of whole numbers (ids, addresses) that a column is compared with. */
export interface ValueSet {
  readonly size: number;
  /** True where the column is in the set; NULL for a NULL column. */
  has(column: string): Sql;
}

const NO_VALUES: ValueSet = { size: 0, has: () => FALSE };

export function writtenSet(values: readonly (number | bigint)[]): ValueSet {
  if (values.length === 0) return NO_VALUES;
  return { size: values.length, has: (column) => raw(values.length === 1 ? `${column} = ${values[0]}` : `${column} in (${values.join(', ')})`) };
}

let tables = 0;

/**
 * Sets that grow with the store, on one connection: small ones as numbers here, large ones in a temporary table, so that
 * no statement has to find them again.
 */
export class GrowingSet implements ValueSet {
  readonly #connection: Connection;
  #values: (number | bigint)[] | null = [];
  #table = '';
  size = 0;

  readonly #type: string;

  /** @param type of the column that is compared: another would be cast for every row */
  constructor(connection: Connection, type: 'UINTEGER' | 'INTEGER' | 'BIGINT') {
    this.#connection = connection;
    this.#type = type;
  }

  /** @param values a query with one column of whole numbers that are not in the set yet */
  async add(values: Sql): Promise<void> {
    if (this.#values !== null) {
      const rows = await this.#connection.all(`select * from (${values.text}) limit ${WRITTEN + 1 - this.#values.length}`, values.params);
      const fresh = rows.map((row) => Object.values(row)[0]).filter((v): v is number | bigint => typeof v === 'number' || typeof v === 'bigint');
      if (this.#values.length + fresh.length <= WRITTEN) {
        this.#values.push(...fresh);
        this.size = this.#values.length;
        return;
      }
      tables += 1;
      this.#table = `value_set_${tables}`;
      await this.#connection.run(`create temp table ${this.#table} (value ${this.#type})`);
      if (this.#values.length > 0) await this.#connection.run(`insert into ${this.#table} values ${this.#values.map((v) => `(${v})`).join(', ')}`);
      this.#values = null;
    }
    await this.#connection.run(`insert into ${this.#table} ${values.text}`, values.params);
    const [row] = await this.#connection.all(`select count(*) as n from ${this.#table}`);
    this.size = Number(row?.['n'] ?? 0);
  }

  has(column: string): Sql {
    return this.#values === null ? sql`${raw(column)} in (select value from ${raw(this.#table)})` : writtenSet(this.#values).has(column);
  }

  async drop(): Promise<void> {
    if (this.#values === null) await this.#connection.run(`drop table ${this.#table}`);
    this.#values = [];
    this.size = 0;
  }
}
