import type { Connection } from '../store/store.ts';

/** How much is in the store: what is asked about it later is asked about exactly this much. */
export class StoreState {
  /** Log rows and texts: their numbers go from 0 to here. */
  readonly rows: bigint;
  readonly texts: bigint;
  /** Changes with every change of the other events. */
  readonly events: string;
  readonly #connection: Connection;

  private constructor(connection: Connection, rows: bigint, texts: bigint, events: string) {
    this.#connection = connection;
    this.rows = rows;
    this.texts = texts;
    this.events = events;
  }

  static async read(connection: Connection): Promise<StoreState> {
    // Rows first: whatever a row needs was stored before or with it.
    const [row] = await connection.all(
      `select (select count(*) from request) as rows, (select count(*) from log_text) as texts, (select count(*) || '-' || coalesce(max(rowid), 0) from event) as events`,
    );
    return new StoreState(connection, row?.['rows'] as bigint, row?.['texts'] as bigint, String(row?.['events']));
  }

  /** Whether the store takes the text as a regular expression. */
  isPattern(pattern: string): Promise<boolean> {
    return this.#connection.all(`select regexp_matches('', ?, 'i') as fits`, [pattern]).then(() => true, () => false);
  }
}
