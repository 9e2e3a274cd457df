import type { Client, Input, Output, RequestName } from '../../shared/contract/index.ts';
import { fail, type Failure } from '../../shared/base/result.ts';

/** What is known of an answer now. A value stays while it is asked for again, so that nothing on screen blinks. */
export interface Answer<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
}

const NOTHING: Answer<never> = { value: null, failure: null, loading: true };
/** Answers that nobody shows are dropped beyond this many, the one first that was shown longest ago. */
const KEEP = 60;

interface Entry {
  answer: Answer<unknown>;
  readonly ask: () => Promise<void>;
  readonly listeners: Set<() => void>;
  running: boolean;
  again: boolean;
  stale: boolean;
}

/** Answers of the host by request and input: asked for once, shared by all who show them, asked again when data changed. */
export class QueryCache {
  readonly #client: Client;
  readonly #entries = new Map<string, Entry>();

  constructor(client: Client) {
    this.#client = client;
  }

  peek<N extends RequestName>(name: N, input: Input<N>): Answer<Output<N>> {
    return (this.#entries.get(keyOf(name, input))?.answer ?? NOTHING) as Answer<Output<N>>;
  }

  /** Shows interest; asks when the answer is missing or stale. @returns a function that ends the interest. */
  subscribe<N extends RequestName>(name: N, input: Input<N>, listener: () => void): () => void {
    const entry = this.#entry(name, input);
    entry.listeners.add(listener);
    if (entry.stale) void this.#run(entry);
    return () => {
      entry.listeners.delete(listener);
      const key = keyOf(name, input);
      // What was on screen last is dropped last.
      if (this.#entries.get(key) === entry) {
        this.#entries.delete(key);
        this.#entries.set(key, entry);
      }
      this.#trim();
    };
  }

  /** Asks again for everything on screen and marks the rest as stale. */
  changed(names?: readonly RequestName[]): void {
    for (const [key, entry] of this.#entries) {
      if (names !== undefined && !names.some((name) => key.startsWith(`${name} `))) continue;
      entry.stale = true;
      if (entry.listeners.size > 0) void this.#run(entry);
    }
  }

  /** Forgets everything: another case was opened. */
  clear(): void {
    for (const [key, entry] of this.#entries) {
      if (entry.listeners.size === 0) this.#entries.delete(key);
      else {
        entry.answer = NOTHING;
        entry.stale = true;
        for (const listener of entry.listeners) listener();
        void this.#run(entry);
      }
    }
  }

  #entry<N extends RequestName>(name: N, input: Input<N>): Entry {
    const key = keyOf(name, input);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = {
      answer: NOTHING, listeners: new Set(), running: false, again: false, stale: true,
      ask: async () => {
        const result = await this.#client.request(name, input).catch((error: unknown) => fail('bug', String(error)));
        entry.answer = result.ok
          ? { value: result.value, failure: null, loading: false }
          : { value: entry.answer.value, failure: result.failure, loading: false };
      },
    };
    this.#entries.set(key, entry);
    return entry;
  }

  async #run(entry: Entry): Promise<void> {
    if (entry.running) {
      entry.again = true;
      return;
    }
    entry.running = true;
    do {
      entry.again = false;
      entry.stale = false;
      await entry.ask();
    } while (entry.again);
    entry.running = false;
    for (const listener of entry.listeners) listener();
  }

  #trim(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= KEEP) return;
      if (entry.listeners.size === 0 && !entry.running) this.#entries.delete(key);
    }
  }
}

function keyOf(name: string, input: unknown): string {
  return `${name} ${JSON.stringify(input)}`;
}
