import type { ParseProblem, ProblemKind } from '../../../shared/model/problem.ts';
import { Malformed, OutOfBounds } from './bytes.ts';

/** More of the same kind of damage says nothing new; the cap keeps a hostile file from filling the case. */
const MAX_PROBLEMS = 200;

/** Thrown when one of our own bounds stops the reading of a structure. */
export class LimitReached extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LimitReached';
  }
}

/** Collects what could not be read while a parser goes on with the rest. */
export class ProblemList {
  readonly list: ParseProblem[] = [];

  add(kind: ProblemKind, message: string, offset?: number): void {
    if (this.list.length < MAX_PROBLEMS) {
      this.list.push(offset === undefined ? { kind, message } : { kind, message, offset });
    } else if (this.list.length === MAX_PROBLEMS) {
      this.list.push({ kind: 'limit', message: `more than ${MAX_PROBLEMS} faults; the rest is not listed` });
    }
  }

  /**
   * Reads one structure: where it leaves the bytes or meets a bound, that becomes a problem and what was read so far stays.
   * @param what names the structure for a person ("import table")
   * @returns whether the structure was read to its end
   */
  guard(what: string, offset: number | undefined, read: () => void): boolean {
    try {
      read();
      return true;
    } catch (error) {
      if (error instanceof OutOfBounds || error instanceof Malformed) this.add('malformed', `${what}: ${error.message}`, offset);
      else if (error instanceof LimitReached) this.add('limit', `${what}: ${error.message}`, offset);
      else throw error;
      return false;
    }
  }
}
