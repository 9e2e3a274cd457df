import type { ParseProblem, ProblemKind } from '../../../../shared/model/index.ts';
import type { LinePositions } from './positions.ts';

/** Problems that are listed one by one; further ones are counted. */
const MAX_LISTED = 200;
/** Faults after which reading stops: the file is not a configuration, or was made to cost time. */
export const MAX_FAULTS = 300_000;

/** Collects what is wrong with one file, one Problem per fault: a broken tag makes the library complain many times. */
export class Faults {
  readonly #positions: LinePositions;
  readonly #problems: ParseProblem[] = [];
  #count = 0;
  #unit = -1;

  constructor(positions: LinePositions) {
    this.#positions = positions;
  }

  get any(): boolean {
    return this.#count > 0;
  }

  get tooMany(): boolean {
    return this.#count > MAX_FAULTS;
  }

  /** Reports a fault at an offset. */
  at(offset: number, message: string, kind: ProblemKind = 'malformed'): void {
    this.#count++;
    if (this.#problems.length < MAX_LISTED) this.#problems.push({ kind, message, ...this.#positions.of(offset) });
  }

  /** Reports a fault unless one was already reported for the same piece of markup (`unit`: the offset where it begins). */
  once(unit: number, offset: number, message: string): void {
    if (unit === this.#unit) {
      this.#count++;
      return;
    }
    this.#unit = unit;
    this.at(offset, message);
  }

  list(): ParseProblem[] {
    const more = this.#count - this.#problems.length;
    const list = [...this.#problems];
    if (this.#problems.length >= MAX_LISTED && more > 0) {
      list.push({ kind: 'malformed', message: `${more} further faults in this file.` });
    }
    return list;
  }
}
