import type { Client, Output } from '../../shared/contract/index.ts';
import type { Failure } from '../../shared/base/result.ts';

export type TimelineEvent = Output<'timeline.event'>;

const PAGE = 200;
const KEEP_PAGES = 60;

/** A window over the filtered timeline: pages are fetched when rows come into sight, and the count stays as it was first told. */
export class TimelinePages {
  readonly filter: string;
  readonly #client: Client;
  readonly #changed: () => void;
  readonly #pages = new Map<number, readonly TimelineEvent[]>();
  readonly #running = new Set<number>();
  #count = 0;
  #total = 0;
  #partial = false;
  #grown = 0;
  #failure: Failure | null = null;

  /** @param changed is called when rows or counts came in */
  constructor(client: Client, filter: string, changed: () => void) {
    this.#client = client;
    this.filter = filter;
    this.#changed = changed;
  }

  get count(): number { return this.#count; }
  get total(): number { return this.#total; }
  get partial(): boolean { return this.#partial; }
  /** Rows that the host has beyond those on screen, as far as a later page told. */
  get grown(): number { return this.#grown; }
  get failure(): Failure | null { return this.#failure; }

  readonly row = (index: number): TimelineEvent | undefined => this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  /** The rows that came with a row, for what is usual around it; empty while they are on their way. */
  readonly around = (index: number): readonly TimelineEvent[] => this.#pages.get(Math.floor(index / PAGE)) ?? [];

  readonly want = (first: number, last: number): void => {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(Math.max(first, last) / PAGE); page++) {
      if (!this.#pages.has(page) && !this.#running.has(page) && page * PAGE < this.#count) void this.#fetch(page);
    }
  };

  /** Fetches the page of a row; the first call also learns the counts. */
  async load(row: number): Promise<void> {
    await this.#fetch(Math.floor(Math.max(0, row) / PAGE));
  }

  async #fetch(page: number): Promise<void> {
    this.#running.add(page);
    const first = this.#pages.size === 0;
    const result = await this.#client.request('timeline.page', { filter: this.filter, offset: page * PAGE, limit: PAGE });
    this.#running.delete(page);
    if (!result.ok) {
      this.#failure = result.failure;
    } else {
      this.#failure = null;
      this.#partial = result.value.partial;
      if (first) {
        this.#count = result.value.shown;
        this.#total = result.value.total;
      }
      this.#grown = result.value.shown - this.#count;
      this.#pages.set(page, result.value.events);
      this.#forget(page);
    }
    this.#changed();
  }

  #forget(latest: number): void {
    while (this.#pages.size > KEEP_PAGES) {
      const farthest = [...this.#pages.keys()].reduce((a, b) => (Math.abs(b - latest) > Math.abs(a - latest) ? b : a));
      this.#pages.delete(farthest);
    }
  }
}
