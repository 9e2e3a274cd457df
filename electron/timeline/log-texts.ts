import type { Connection, Row } from '../store/store.ts';

/** Texts that are remembered, and their length in UTF-16 units together. */
const MAX_TEXTS = 50_000;
const MAX_LENGTH = 8 << 20;
/** A text longer than this is read again each time. */
const LONG = 1 << 16;

/** Texts of log rows by their ids; what a page shows is mostly what the page before it showed. */
export class LogTexts {
  readonly #connection: Connection;
  readonly #known = new Map<number, string>();
  #length = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @returns a text for each id that there is */
  async of(rows: readonly Row[], columns: readonly string[]): Promise<ReadonlyMap<number, string>> {
    const out = new Map<number, string>();
    const missing = new Set<number>();
    for (const row of rows) {
      for (const column of columns) {
        const id = row[column];
        if (typeof id !== 'number' || out.has(id)) continue;
        const text = this.#known.get(id);
        if (text === undefined) missing.add(id);
        else out.set(id, text);
      }
    }
    if (missing.size === 0) return out;
    const found = await this.#connection.all(`select id, value from log_text where id in (${[...missing].join(', ')})`);
    for (const row of found) {
      const id = Number(row['id']);
      const text = String(row['value']);
      out.set(id, text);
      this.#keep(id, text);
    }
    return out;
  }

  #keep(id: number, text: string): void {
    if (text.length > LONG) return;
    if (this.#known.size >= MAX_TEXTS || this.#length > MAX_LENGTH) {
      this.#known.clear();
      this.#length = 0;
    }
    this.#known.set(id, text);
    this.#length += text.length;
  }
}
