import { parseDirective } from './log-directive.ts';
import { fieldLayout, REJECTS, type FieldLayout, type LineOptions, type LineReader, type LineResult, type ReaderState, type Reject } from './log-lines.ts';
import { parseLine } from './w3c-parse.ts';

/** Reads the lines of one W3C extended log: what they mean follows from the last `#Fields` before them. */
export function w3cLines(options: LineOptions, from: ReaderState): LineReader {
  return new W3cLines(options, from);
}

class W3cLines implements LineReader {
  readonly directives = true;
  readonly #sites: ReadonlyMap<number, string> | null;
  #layout: FieldLayout | null = null;
  #day: string | null;

  constructor(options: LineOptions, from: ReaderState) {
    this.#sites = options.sites;
    this.#day = from.day;
    this.#useFields(from.fields);
  }

  get state(): ReaderState {
    return { fields: this.#layout?.names ?? null, day: this.#day, dates: null };
  }

  get ready(): boolean {
    return this.#layout !== null;
  }

  get plain(): FieldLayout | null {
    return this.#layout;
  }

  begin(): void {
    // The format explains itself: nothing has to be guessed from the head.
  }

  directive(line: Uint8Array): Reject | null {
    const directive = parseDirective(line);
    if (directive.kind === 'too-many-fields') {
      this.#useFields(null);
      return REJECTS.tooManyFields;
    }
    if (directive.kind === 'fields') this.#useFields(directive.names);
    else if (directive.kind === 'date') this.#day = directive.day;
    return null;
  }

  line(line: Uint8Array): LineResult {
    return parseLine(line, this.#layout, this.#day, this.#sites);
  }

  #useFields(names: readonly string[] | null): void {
    const now = this.#layout?.names;
    const same = now !== undefined && names !== null && names.length === now.length && names.every((n, i) => n === now[i]);
    if (!same) this.#layout = names === null || names.length === 0 ? null : fieldLayout(names);
  }
}
