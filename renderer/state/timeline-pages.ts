import type { Client, Output } from '../../shared/contract/index.ts';
import type { Failure, Result } from '../../shared/base/result.ts';

export type TimelineEvent = Output<'timeline.event'>;

interface Page {
  readonly events: readonly TimelineEvent[];
  /** Rows that passed the filter when it was fetched: rows that come in later push others along. */
  readonly shown: number;
  /** How many rows the host had put in front of this page since the list was begun. */
  readonly shift: number;
}

const PAGE = 200;
const KEEP_PAGES = 60;
/** Jumps that follow each other faster than this are a thumb being dragged: only where it rests is asked for. */
const REST_MS = 80;

/**
 * A window over the filtered timeline. Pages are fetched when rows come into sight, one question at a time; of what was
 * wanted meanwhile only the latest counts. The count stays as it was first told. Where rows came in since, a page is
 * fetched so that it joins the nearest one on screen: no row twice, none left out between the two.
 */
export class TimelinePages {
  readonly filter: string;
  readonly #client: Client;
  readonly #changed: () => void;
  readonly #pages = new Map<number, Page>();
  #wanted: readonly number[] = [];
  #working = false;
  #jumped = -Infinity;
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

  readonly row = (index: number): TimelineEvent | undefined => this.#pages.get(Math.floor(index / PAGE))?.events[index % PAGE];

  /** The rows that came with a row, for what is usual around it; empty while they are on their way. */
  readonly around = (index: number): readonly TimelineEvent[] => this.#pages.get(Math.floor(index / PAGE))?.events ?? [];

  /** Where a row of this list is that stands at `offset` in the host's list now. */
  readonly indexOf = (offset: number): number => Math.max(0, Math.min(this.#count - 1, offset - (this.#nearest(Math.floor(offset / PAGE))?.page.shift ?? 0)));

  readonly want = (first: number, last: number): void => {
    const [from, to] = [Math.floor(Math.max(0, first) / PAGE), Math.floor(Math.max(first, last) / PAGE)];
    const inSight = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    // Then the neighbours, so that the next page down or up is there before it is in sight.
    this.#wanted = [...inSight, to + 1, from - 1].filter((page) => page >= 0 && page * PAGE < this.#count);
    if (!this.#working) void this.#work();
  };

  /** Fetches the page of a row; the first call also learns the counts. */
  async load(row: number): Promise<void> {
    const page = Math.floor(Math.max(0, row) / PAGE);
    if (!this.#pages.has(page)) await this.#fetch(page);
    this.#changed();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (;;) {
      const next = this.#wanted.find((page) => !this.#pages.has(page));
      if (next === undefined) break;
      if (!this.#besideKnown(next) && !(await this.#rested())) continue;
      await this.#fetch(next);
      this.#changed();
      // Not asked for again and again: another look at the list asks anew.
      if (this.#failure !== null) break;
    }
    this.#working = false;
  }

  #besideKnown(page: number): boolean {
    return this.#pages.size === 0 || this.#pages.has(page - 1) || this.#pages.has(page + 1);
  }

  /** After a jump that follows close on another: whether the list stays there. */
  async #rested(): Promise<boolean> {
    const since = performance.now() - this.#jumped;
    this.#jumped = performance.now();
    if (since > 4 * REST_MS) return true;
    const wanted = this.#wanted;
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    return this.#wanted === wanted;
  }

  async #fetch(number: number): Promise<void> {
    const near = this.#nearest(number);
    let shift = near?.page.shift ?? 0;
    let answer = await this.#ask(number, shift);
    if (near !== null && answer.ok && answer.value.shown !== near.page.shown) {
      shift = (await this.#shiftOf(near, number)) ?? shift;
      if (shift !== near.page.shift) answer = await this.#ask(number, shift);
    }
    if (!answer.ok) {
      this.#failure = answer.failure;
      return;
    }
    const { events, shown, total, partial } = answer.value;
    this.#failure = null;
    this.#partial = partial;
    if (near === null && this.#pages.size === 0) {
      this.#count = shown;
      this.#total = total;
    }
    this.#grown = shown - this.#count;
    this.#pages.set(number, { events, shown, shift });
    this.#forget(number);
  }

  #ask(number: number, shift: number): Promise<Result<Output<'timeline.page'>>> {
    return this.#client.request('timeline.page', { filter: this.filter, offset: Math.max(0, number * PAGE + shift), limit: PAGE });
  }

  /** How far the row at the edge of a page on screen has been pushed along since. */
  async #shiftOf({ number, page }: { readonly number: number; readonly page: Page }, towards: number): Promise<number | null> {
    const at = towards > number ? page.events.length - 1 : 0;
    const edge = page.events[at];
    if (edge === undefined) return null;
    const found = await this.#client.request('timeline.locate', { filter: this.filter, event: edge.id });
    return found.ok && found.value.offset !== null ? found.value.offset - (number * PAGE + at) : null;
  }

  #nearest(number: number): { readonly number: number; readonly page: Page } | null {
    let best: { number: number; page: Page } | null = null;
    for (const [own, page] of this.#pages) {
      if (page.events.length > 0 && (best === null || Math.abs(own - number) < Math.abs(best.number - number))) best = { number: own, page };
    }
    return best;
  }

  #forget(latest: number): void {
    while (this.#pages.size > KEEP_PAGES) {
      const farthest = [...this.#pages.keys()].reduce((a, b) => (Math.abs(b - latest) > Math.abs(a - latest) ? b : a));
      this.#pages.delete(farthest);
    }
  }
}
