import type { Client, Input, Output } from '../../shared/contract/index.ts';

export type FoundString = Output<'image.strings'>['strings'][number];
type Ask = Omit<Input<'image.strings'>, 'offset' | 'limit'>;

const PAGE = 500;
const KEEP = 40;

export interface StringState {
  readonly state: 'loading' | 'strings' | 'none' | 'failed';
  readonly message: string;
  readonly total: number;
  readonly capped: boolean;
}

/** A window over the strings of a file: pages are fetched as rows come into sight. */
export class StringPages {
  readonly #client: Client;
  readonly #ask: Ask;
  readonly #pages = new Map<number, readonly FoundString[] | null>();
  readonly #listeners = new Set<() => void>();
  #state: StringState = { state: 'loading', message: '', total: 0, capped: false };

  constructor(client: Client, ask: Ask) {
    this.#client = client;
    this.#ask = ask;
  }

  readonly snapshot = (): StringState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#pages.size === 0) this.want(0, 0);
    return () => this.#listeners.delete(listener);
  };

  readonly row = (index: number): FoundString | undefined => this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  readonly want = (first: number, last: number): void => {
    for (let page = Math.floor(Math.max(0, first) / PAGE); page <= Math.floor(Math.max(0, last) / PAGE); page++) {
      if (!this.#pages.has(page)) void this.#fetch(page);
    }
  };

  async #fetch(page: number): Promise<void> {
    this.#pages.set(page, null);
    const result = await this.#client.request('image.strings', { ...this.#ask, offset: page * PAGE, limit: PAGE });
    if (result.ok) {
      const { available, reason, strings, total, capped } = result.value;
      this.#pages.set(page, strings);
      this.#forget(page);
      this.#state = { state: available ? 'strings' : 'none', message: reason ?? '', total, capped };
    } else {
      // Not asked for again and again by every redraw: another filter, or another visit, asks anew.
      this.#state = { ...this.#state, state: 'failed', message: result.failure.message };
    }
    for (const listener of this.#listeners) listener();
  }

  #forget(latest: number): void {
    while (this.#pages.size > KEEP) {
      const farthest = [...this.#pages.keys()].reduce((a, b) => (Math.abs(b - latest) > Math.abs(a - latest) ? b : a));
      this.#pages.delete(farthest);
    }
  }
}
