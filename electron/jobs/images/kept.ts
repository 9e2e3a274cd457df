/** Answers that cost something to make, remembered up to a bound; those that were asked for longest ago go first. */
export class Kept<T extends Promise<unknown>> {
  readonly #bound: number;
  readonly #entries = new Map<string, { readonly value: T; weight: number }>();

  /** @param bound sum of the weights that are kept */
  constructor(bound: number) {
    this.#bound = bound;
  }

  /**
   * The answer to `key`, made once however often it is asked for meanwhile; a failed one is made again.
   * @param weight what the finished answer counts towards the bound
   */
  get(key: string, make: () => T, weight: (made: Awaited<T>) => number): T {
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    const entry = known ?? { value: make(), weight: 0 };
    this.#entries.set(key, entry);
    if (known === undefined) {
      entry.value.then((made) => this.#weigh(entry, weight(made as Awaited<T>)), () => this.#entries.delete(key));
    }
    return entry.value;
  }

  get size(): number {
    return this.#entries.size;
  }

  #weigh(entry: { weight: number }, weight: number): void {
    // An answer without content is remembered too, but not without end.
    entry.weight = Math.max(1000, weight);
    let sum = [...this.#entries.values()].reduce((n, e) => n + e.weight, 0);
    for (const [key, oldest] of this.#entries) {
      if (sum <= this.#bound || oldest === entry) break;
      if (oldest.weight === 0) continue;
      this.#entries.delete(key);
      sum -= oldest.weight;
    }
  }
}
