import { AsyncLocalStorage } from 'node:async_hooks';
import type { DuckDBConnection } from '@duckdb/node-api';
import { appendColumns } from './append.ts';
import { StoreError } from './errors.ts';
import type { Connection, Row, Value } from './store.ts';
import { Turns } from './turns.ts';
import { parameter, rowsOf } from './values.ts';

const INTERRUPT_EVERY_MS = 5;

/** What a connection needs from its store. */
export interface Owner {
  readonly path: string;
  /** Wraps what the database threw and remembers a state that only reopening ends. */
  wrap(thrown: unknown): StoreError;
  /** @throws StoreError when the store must be reopened first. */
  check(): void;
  nativeConnection(): Promise<DuckDBConnection>;
  forget(connection: DuckConnection): void;
}

/** An open transaction: what belongs to it takes turns here, everything else waits until it ends. */
interface Scope {
  readonly turns: Turns;
  open: boolean;
  failed: boolean;
  streaming: boolean;
}

export class DuckConnection implements Connection {
  readonly #owner: Owner;
  readonly #native: DuckDBConnection;
  readonly #turns = new Turns();
  readonly #scope = new AsyncLocalStorage<Scope>();
  /** Streams outside a transaction read on connections of their own. */
  readonly #streams = new Set<DuckDBConnection>();
  #running: symbol | null = null;
  #closed = false;
  #ended: Promise<void> | null = null;

  constructor(owner: Owner, native: DuckDBConnection) {
    this.#owner = owner;
    this.#native = native;
  }

  run(sql: string, params?: readonly Value[]): Promise<void> {
    return this.#turn(async () => {
      const bound = params?.map(parameter);
      await this.#native.run(sql, bound?.map((p) => p.value), bound?.map((p) => p.type));
    });
  }

  all(sql: string, params: readonly Value[] = []): Promise<readonly Row[]> {
    return this.#turn(async () => {
      const bound = params.map(parameter);
      const result = await this.#native.run(sql, bound.map((p) => p.value), bound.map((p) => p.type));
      const rows: Row[] = [];
      for (const chunk of await result.fetchAllChunks()) for (const row of rowsOf(chunk, result)) rows.push(row);
      return rows;
    });
  }

  /**
   * Outside a transaction the rows come from a connection of their own, so statements may run between the pieces.
   * Inside one they come from this connection, and another statement of the transaction is refused until the end.
   */
  async *stream(sql: string, params: readonly Value[] = []): AsyncGenerator<readonly Row[], void, undefined> {
    this.#check();
    const scope = this.#openScope();
    if (scope) {
      const release = await scope.turns.take();
      scope.streaming = true;
      try {
        yield* this.#pieces(this.#native, sql, params);
      } finally {
        scope.streaming = false;
        release();
      }
      return;
    }
    const native = await this.#owner.nativeConnection();
    this.#streams.add(native);
    try {
      yield* this.#pieces(native, sql, params);
    } finally {
      this.#streams.delete(native);
      native.closeSync();
    }
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.#openScope();
    if (outer) return joined(outer, work);
    const release = await this.#turns.take();
    const scope: Scope = { turns: new Turns(), open: true, failed: false, streaming: false };
    try {
      await this.#control('begin transaction');
      try {
        const result = await this.#scope.run(scope, work);
        if (scope.failed) throw new StoreError('sql', this.#owner.path, 'A part of the transaction failed, so nothing of it was kept.');
        await this.#end(scope, 'commit');
        return result;
      } catch (error) {
        // A failed commit has rolled back already, and on a full disk nothing works: the first error is the one to report.
        await this.#end(scope, 'rollback').catch(() => undefined);
        throw error;
      }
    } finally {
      release();
    }
  }

  append(table: string, columns: ReadonlyMap<string, readonly Value[]>): Promise<void> {
    // One transaction, so that a failure in the middle leaves none of the rows.
    return this.transaction(async () => {
      const names = await this.all(
        `select column_name from duckdb_columns() where database_name = current_database() and schema_name = 'main' and table_name = $1 order by column_index`,
        [table],
      );
      if (names.length === 0) throw new StoreError('sql', this.#owner.path, `There is no table ${table}.`);
      await this.#turn(() => appendColumns(this.#native, table, names.map((row) => String(row['column_name'])), columns));
    });
  }

  /**
   * A statement that was handed to the engine's threads but has not begun would miss a single signal, so it is repeated
   * until the statement has ended.
   */
  interrupt(): void {
    const statement = this.#running;
    if (this.#closed) return;
    for (const native of this.#streams) native.interrupt();
    if (statement === null) return;
    const signal = (): void => (this.#running === statement ? this.#native.interrupt() : clearInterval(timer));
    const timer = setInterval(signal, INTERRUPT_EVERY_MS);
    signal();
  }

  /** Resolves when all that was asked for so far has ended. */
  async idle(): Promise<void> {
    (await this.#turns.take())();
  }

  /** Whether the caller runs inside a transaction of this connection. */
  get inside(): boolean {
    return this.#openScope() !== undefined;
  }

  close(): void {
    void this.ended();
  }

  /** Closes after the running statement has been stopped; resolves when the connection is gone. */
  ended(): Promise<void> {
    this.#ended ??= this.#finish();
    return this.#ended;
  }

  async #finish(): Promise<void> {
    this.interrupt();
    this.#closed = true;
    const release = await this.#turns.take();
    this.#native.closeSync();
    this.#owner.forget(this);
    release();
  }

  #openScope(): Scope | undefined {
    const scope = this.#scope.getStore();
    return scope?.open === true ? scope : undefined;
  }

  #check(): void {
    if (this.#closed) throw new StoreError('interrupted', this.#owner.path, `The connection to ${this.#owner.path} is closed.`);
    this.#owner.check();
  }

  async #control(sql: string): Promise<void> {
    try {
      this.#owner.check();
      await this.#native.run(sql);
    } catch (error) {
      throw this.#owner.wrap(error);
    }
  }

  /** What was already asked for in the transaction runs first; what comes later is no part of it. */
  async #end(scope: Scope, how: 'commit' | 'rollback'): Promise<void> {
    if (scope.open) {
      scope.open = false;
      await scope.turns.take();
    }
    await this.#control(how);
  }

  async *#pieces(native: DuckDBConnection, sql: string, params: readonly Value[]): AsyncGenerator<readonly Row[], void, undefined> {
    try {
      const bound = params.map(parameter);
      const result = await native.stream(sql, bound.map((p) => p.value), bound.map((p) => p.type));
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        yield rowsOf(chunk, result);
      }
    } catch (error) {
      throw this.#owner.wrap(error);
    }
  }

  async #turn<T>(work: () => Promise<T>): Promise<T> {
    const scope = this.#openScope();
    if (scope?.streaming === true) {
      throw new StoreError('sql', this.#owner.path, 'A stream of the same transaction is still being read.');
    }
    const release = await (scope?.turns ?? this.#turns).take();
    const statement = Symbol('statement');
    try {
      this.#check();
      this.#running = statement;
      return await work();
    } catch (error) {
      throw this.#owner.wrap(error);
    } finally {
      this.#running = null;
      release();
    }
  }
}

/** A transaction inside another is a part of it; when it fails, the whole fails, even if the error is caught. */
async function joined<T>(outer: Scope, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    outer.failed = true;
    throw error;
  }
}
