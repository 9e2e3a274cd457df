import type { Client, Input, Output, RequestName } from '../../shared/contract/index.ts';
import { fail } from '../../shared/base/result.ts';
import type { Answer } from './query-cache.ts';

/**
 * One kind of question of which only the latest matters: at most one is under way, and of those asked meanwhile all but
 * the last are dropped. What was answered stays on screen until the next answer is there.
 */
export class Latest<N extends RequestName> {
  readonly #client: Client;
  readonly #name: N;
  readonly #listeners = new Set<() => void>();
  #answer: Answer<Output<N>> = { value: null, failure: null, loading: false };
  #next: Input<N> | null = null;
  #running = false;

  constructor(client: Client, name: N) {
    this.#client = client;
    this.#name = name;
  }

  readonly snapshot = (): Answer<Output<N>> => this.#answer;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks, or asks again. @param input null: nothing is wanted, and nothing stays on screen */
  readonly ask = (input: Input<N> | null): void => {
    this.#next = input;
    if (input === null) this.#tell({ value: null, failure: null, loading: false });
    else {
      this.#tell({ ...this.#answer, loading: true });
      if (!this.#running) void this.#run();
    }
  };

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#next !== null) {
      const input = this.#next;
      const result = await this.#client.request(this.#name, input).catch((error: unknown) => fail('bug', String(error)));
      // A later question: this answer is of no more use.
      if (this.#next !== input) continue;
      this.#next = null;
      this.#tell(result.ok ? { value: result.value, failure: null, loading: false } : { value: this.#answer.value, failure: result.failure, loading: false });
    }
    this.#running = false;
  }

  #tell(answer: Answer<Output<N>>): void {
    this.#answer = answer;
    for (const listener of this.#listeners) listener();
  }
}
