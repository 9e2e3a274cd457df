import { localTime } from '../../../shared/time/local-time.ts';
import { headLines } from '../kit/log-head.ts';
import type { DateOrder, LineOptions, LineReader, LineResult, ReaderState } from '../kit/log-lines.ts';
import { dateOrder, type WrittenDate } from './dates.ts';
import { dateOfLine, parseIisLine } from './parse.ts';

/** Reads the lines of one log in IIS format. Times are the server's own; without a zone they are taken as UTC. */
export function iisLines(options: LineOptions, from: ReaderState): LineReader {
  return new IisLines(options, from);
}

class IisLines implements LineReader {
  readonly directives = false;
  readonly ready = true;
  readonly plain = null;
  readonly #options: LineOptions;
  readonly #toUtc: (reading: bigint) => bigint;
  #order: DateOrder | null;

  constructor(options: LineOptions, from: ReaderState) {
    this.#options = options;
    this.#toUtc = localTime(options.zone);
    this.#order = from.dates ?? null;
  }

  get state(): ReaderState {
    return { fields: null, day: null, dates: this.#order };
  }

  begin(head: Uint8Array): void {
    const dates = headLines(head, Number.POSITIVE_INFINITY).map(dateOfLine).filter((d): d is WrittenDate => d !== null);
    this.#order = dateOrder(dates, this.#options.name);
  }

  line(line: Uint8Array, torn: boolean): LineResult {
    if (this.#order === null) {
      // No line of the head was one: the first that is decides.
      const date = dateOfLine(line);
      if (date !== null) this.#order = dateOrder([date], this.#options.name);
    }
    return parseIisLine(line, { order: this.#order ?? 'mdy?', toUtc: this.#toUtc, sites: this.#options.sites }, torn);
  }

  directive(): null {
    return null;
  }
}
