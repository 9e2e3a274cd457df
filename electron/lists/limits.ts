/** Bytes of one list file, lines that are read of it, and characters of one value or note: longer ones are told as problems. */
export const MAX_LIST_BYTES = 16 * 1024 * 1024;
export const MAX_INDICATORS = 50_000;
export const MAX_VALUE = 1024;
/** Problems of one list that are told one by one; the others are counted. */
const MAX_PROBLEMS = 100;

/** Gathers what could not be read, within a bound. */
export class ListProblems {
  readonly #told: string[] = [];
  #more = 0;

  add(problem: string): void {
    if (this.#told.length < MAX_PROBLEMS) this.#told.push(problem);
    else this.#more += 1;
  }

  list(): string[] {
    return this.#more === 0 ? [...this.#told] : [...this.#told, `And ${this.#more} more problems.`];
  }
}
