import type { Connection, Row } from '../store/store.ts';

/** Texts that one generation remembers, and their length in UTF-16 units together; there are two. */
const MAX_TEXTS = 100_000;
const MAX_LENGTH = 16 << 20;
/** A text longer than this is read again each time. */
const LONG = 1 << 16;

type Texts = Map<number, string>;

/**
 * Texts of log rows by their ids; what a page shows is mostly what the page before it showed. The generation that is full
 * is kept until the next one is, so that what is asked again and again is never read again.
 */
export class LogTexts {
  readonly #connection: Connection;
  #young: Texts = new Map();
  #old: Texts = new Map();
  #length = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @returns gives the text of each id in these rows that there is */
  async of(rows: readonly Row[], columns: readonly string[]): Promise<(id: number) => string | undefined> {
    const missing = new Set<number>();
    for (const row of rows) {
      for (const column of columns) {
        const id = row[column];
        if (typeof id !== 'number' || this.#young.has(id)) continue;
        const text = this.#old.get(id);
        if (text === undefined) missing.add(id);
        else {
          this.#young.set(id, text);
          this.#length += text.length;
        }
      }
    }
    // Generations are replaced, never emptied: what an answer leans on stays as long as the answer does.
    const known = this.#young;
    if (missing.size === 0) return (id) => known.get(id);
    const fresh: Texts = new Map();
    const found = await this.#connection.all(`select id, value from log_text where id in (${[...missing].join(', ')})`);
    for (const row of found) {
      const id = Number(row['id']);
      const text = String(row['value']);
      fresh.set(id, text);
      this.#keep(id, text);
    }
    return (id) => known.get(id) ?? fresh.get(id);
  }

  #keep(id: number, text: string): void {
    if (text.length > LONG) return;
    if (this.#young.size >= MAX_TEXTS || this.#length > MAX_LENGTH) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#length = 0;
    }
    this.#young.set(id, text);
    this.#length += text.length;
  }
}
