import type { Client } from '../../shared/contract/index.ts';

const PAGE = 500;

export interface TextState {
  /** `none`: the case does not hold the text of this file. */
  readonly state: 'loading' | 'text' | 'none' | 'failed';
  readonly message: string;
  readonly total: number;
  readonly encoding: string;
  readonly sha256: string;
}

/** Lines of a file of the evidence, fetched by pages as they come into sight. Lines count from 1. */
export class TextFile {
  readonly #client: Client;
  readonly #path: string;
  readonly #pages = new Map<number, readonly string[] | null>();
  readonly #listeners = new Set<() => void>();
  #state: TextState = { state: 'loading', message: '', total: 0, encoding: '', sha256: '' };

  constructor(client: Client, path: string) {
    this.#client = client;
    this.#path = path;
  }

  /** A new object after every page, so that a screen notices lines that came in. */
  readonly snapshot = (): TextState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly line = (number: number): string | undefined => this.#pages.get(pageOf(number))?.[(number - 1) % PAGE];

  readonly want = (first: number, last: number): void => {
    for (let page = pageOf(first); page <= pageOf(last); page++) {
      if (!this.#pages.has(page)) void this.#fetch(page);
    }
  };

  async #fetch(page: number): Promise<void> {
    this.#pages.set(page, null);
    const result = await this.#client.request('evidence.text', { evidencePath: this.#path, fromLine: page * PAGE + 1, lines: PAGE });
    if (result.ok) {
      const { available, reason, totalLines, encoding, sha256, lines } = result.value;
      this.#pages.set(page, lines);
      this.#state = { state: available ? 'text' : 'none', message: reason ?? '', total: totalLines, encoding, sha256 };
    } else {
      this.#pages.delete(page);
      this.#state = { ...this.#state, state: 'failed', message: result.failure.message };
    }
    for (const listener of this.#listeners) listener();
  }
}

function pageOf(line: number): number {
  return Math.floor((Math.max(1, line) - 1) / PAGE);
}
