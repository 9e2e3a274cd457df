/** What a column can hold on its way in or out. BIGINT comes as bigint, INTEGER and DOUBLE as number, BLOB as bytes. */
export type Value = string | number | bigint | boolean | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/**
 * One connection to the case's database. Statements on one connection run one after the other; a second connection
 * reads beside a long ingest transaction.
 */
export interface Connection {
  /** One or several statements without a result; `params` bind `$1`, `$2` ... of a single statement. */
  run(sql: string, params?: readonly Value[]): Promise<void>;
  /** All rows of a query whose size is bounded by the caller (LIMIT). */
  all(sql: string, params?: readonly Value[]): Promise<readonly Row[]>;
  /** Rows in bounded pieces, for exports: memory stays flat. */
  stream(sql: string, params?: readonly Value[]): AsyncIterable<readonly Row[]>;
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Appends columns of equal length to a table, in the order of the table's columns given by name; the others become NULL. */
  append(table: string, columns: ReadonlyMap<string, readonly Value[]>): Promise<void>;
  /** Stops the running statement; it rejects. */
  interrupt(): void;
  close(): void;
}

/** The database of one case. Exactly one process opens it, and within that process one Store. */
export interface Store {
  readonly path: string;
  connect(): Promise<Connection>;
  /** Everything committed is in the one file when this resolves. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}
