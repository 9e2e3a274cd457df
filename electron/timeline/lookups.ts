import { parseAddress, v6Key } from '../../shared/query/network.ts';
import type { Connection } from '../store/store.ts';
import { ip4TextSql } from './address.ts';
import { TEXT_KINDS } from './schema.ts';
import { bound, joined, raw, sql, type Sql } from './sql.ts';
import { textTest, type Test } from './text-sql.ts';
import { GrowingSet, type ValueSet } from './value-set.ts';

/** Remembered answers; each may have a temporary table. */
const REMEMBERED = 64;
/** Addresses that one statement writes. */
const AT_ONCE = 2000;

/** Columns of `request` whose different values are few beside the rows. */
const DISTINCT = { status: ['status'], taken: ['taken'], ip4: ['ip4'], what: ['method', 'status'] } as const;
export type Distinct = keyof typeof DISTINCT;

let lookups = 0;

type ColumnType = 'UINTEGER' | 'INTEGER' | 'BIGINT';

interface Remembered {
  readonly set: GrowingSet;
  /** What was looked at so far: rows of `log_text` or of `request`. */
  upTo: bigint;
}

/**
 * Which ids of texts, addresses and numbers pass a test, on one connection. Rows are only ever added to the dictionary and
 * to the log rows, so each question looks at what came since it was asked last.
 */
export class Lookups {
  readonly #connection: Connection;
  readonly #remembered = new Map<string, Remembered>();
  readonly #distinct = new Map<string, bigint>();
  #addresses: bigint | null = null;
  /** Part of the names of the tables: several may use one connection. */
  readonly #number: number;

  constructor(connection: Connection) {
    this.#connection = connection;
    lookups += 1;
    this.#number = lookups;
  }

  /** Ids of the texts of some kinds that pass. @param upTo rows of `log_text` to look at */
  async texts(kinds: readonly number[], test: Test, plus: boolean, upTo: bigint): Promise<ValueSet> {
    return this.#grown(`text ${kinds.join(' ')} ${plus} ${JSON.stringify(test)}`, upTo, (from) =>
      sql`select id from log_text where rowid >= ${from} and rowid < ${upTo} and kind in (${raw(kinds.join(', '))}) and ${textTest('value', test, plus)}`);
  }

  /** Ids of the extra values (see `event_layout`) of which the one at `position` passes. */
  async extras(position: number, test: Test, plus: boolean, upTo: bigint): Promise<ValueSet> {
    const part = `split_part(value, chr(31), ${position + 1})`;
    return this.#grown(`extra ${position} ${plus} ${JSON.stringify(test)}`, upTo, (from) =>
      sql`select id from log_text where rowid >= ${from} and rowid < ${upTo} and kind = ${TEXT_KINDS.extra} and ${raw(part)} not in ('', '-') and ${textTest(part, test, plus)}`);
  }

  /** Ids of the extra values that have nothing at `position`. */
  async emptyExtras(position: number, upTo: bigint): Promise<ValueSet> {
    return this.#grown(`no extra ${position}`, upTo, (from) =>
      sql`select id from log_text where rowid >= ${from} and rowid < ${upTo} and kind = ${TEXT_KINDS.extra} and split_part(value, chr(31), ${position + 1}) in ('', '-')`);
  }

  /** Ids of addresses that are no dotted IPv4 and lie in a range. */
  async networks(version: 4 | 6, range: { readonly from: bigint; readonly to: bigint }, upTo: bigint): Promise<ValueSet> {
    await this.#readAddresses(upTo);
    return this.#grown(`network ${version} ${range.from} ${range.to}`, upTo, (from) =>
      sql`select id from ${raw(this.#addressTable)} where place >= ${from} and place < ${upTo} and version = ${version} and key between ${bound(v6Key(range.from))} and ${bound(v6Key(range.to))}`);
  }

  /** A table with the different values of some columns, among the first `rows` of `request`; more may be in it. */
  async distinct(name: Distinct, rows: bigint): Promise<string> {
    const table = `distinct_${name}_${this.#number}`;
    const columns = DISTINCT[name].join(', ');
    const done = this.#distinct.get(name);
    if (done === undefined) await this.#connection.run(`create temp table ${table} as select ${columns} from request limit 0`);
    if (done === undefined || done < rows) {
      await this.#connection.run(
        `insert into ${table} select ${columns} from (select distinct ${columns} from request where rowid >= ${done ?? 0n} and rowid < ${rows}) except select ${columns} from ${table}`,
      );
      this.#distinct.set(name, rows);
    }
    return table;
  }

  /** IPv4 addresses among the first `rows` of `request` whose dotted text passes. */
  async dotted(test: Test, rows: bigint): Promise<ValueSet> {
    const table = await this.distinct('ip4', rows);
    return this.#remade(`dotted ${JSON.stringify(test)}`, 'UINTEGER', rows, sql`select ip4 from ${raw(table)} where ip4 is not null and ${textTest(ip4TextSql('ip4'), test, false)}`);
  }

  /** Numbers of a column that pass; @param shown SQL of their text */
  async numbers(name: 'status' | 'taken', shown: string, test: Test, rows: bigint): Promise<ValueSet> {
    const table = await this.distinct(name, rows);
    return this.#remade(`${name} ${shown} ${JSON.stringify(test)}`, name === 'status' ? 'INTEGER' : 'BIGINT', rows, sql`select ${raw(name)} from ${raw(table)} where ${raw(name)} is not null and ${textTest(shown, test, false)}`);
  }

  /** @param found asks for what came behind the given row */
  async #grown(key: string, upTo: bigint, found: (from: bigint) => Sql): Promise<ValueSet> {
    const known = await this.#recall(key, 'UINTEGER');
    if (known.upTo < upTo) {
      await known.set.add(found(known.upTo));
      known.upTo = upTo;
    }
    return known.set;
  }

  async #remade(key: string, type: ColumnType, upTo: bigint, found: Sql): Promise<ValueSet> {
    const known = await this.#recall(key, type);
    if (known.upTo < upTo) {
      await known.set.drop();
      await known.set.add(found);
      known.upTo = upTo;
    }
    return known.set;
  }

  async #recall(key: string, type: ColumnType): Promise<Remembered> {
    const known = this.#remembered.get(key) ?? { set: new GrowingSet(this.#connection, type), upTo: 0n };
    // Last asked, last forgotten. A filter has fewer terms than are remembered twice over, so none is dropped in use.
    this.#remembered.delete(key);
    this.#remembered.set(key, known);
    const [oldest] = this.#remembered;
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) {
      this.#remembered.delete(oldest[0]);
      await oldest[1].set.drop();
    }
    return known;
  }

  get #addressTable(): string {
    return `log_address_${this.#number}`;
  }

  /** Spellings of one address differ, so their numbers are kept beside the ids. */
  async #readAddresses(upTo: bigint): Promise<void> {
    const from = this.#addresses ?? 0n;
    if (this.#addresses === null) await this.#connection.run(`create temp table ${this.#addressTable} (place BIGINT, id UINTEGER, version UTINYINT, key VARCHAR)`);
    this.#addresses = from;
    if (from >= upTo) return;
    const rows = this.#connection.stream(`select rowid as place, id, value from log_text where rowid >= ${from} and rowid < ${upTo} and kind = ${TEXT_KINDS.ip}`);
    let waiting: Sql[] = [];
    const write = async (): Promise<void> => {
      if (waiting.length > 0) await this.#connection.run(`insert into ${this.#addressTable} values ${joined(waiting, ', ').text}`);
      waiting = [];
    };
    for await (const piece of rows) {
      for (const row of piece) {
        const address = parseAddress(String(row['value']));
        if (address !== null) waiting.push(raw(`(${row['place']}, ${row['id']}, ${address.version}, '${v6Key(address.value)}')`));
      }
      if (waiting.length >= AT_ONCE) await write();
    }
    await write();
    this.#addresses = upTo;
  }
}
