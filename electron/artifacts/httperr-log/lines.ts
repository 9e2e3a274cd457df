import { REJECTS, type LineOptions, type LineReader, type LineResult, type ReaderState, type Reject } from '../kit/log-lines.ts';
import { parseDirective } from '../kit/log-directive.ts';
import { errorFields, parseErrorLine, type ErrorFields } from './parse.ts';

/** Reads the lines of one error log of HTTP.sys: by `#Fields` where the file has it, else by the documented order. */
export function httperrLines(options: LineOptions, from: ReaderState): LineReader {
  return new HttperrLines(options, from);
}

class HttperrLines implements LineReader {
  readonly directives = true;
  readonly ready = true;
  /** The URL of a line is two fields. */
  readonly plain = null;
  readonly #sites: ReadonlyMap<number, string> | null;
  #fields: ErrorFields | null;

  constructor(options: LineOptions, from: ReaderState) {
    this.#sites = options.sites;
    this.#fields = from.fields === null ? null : errorFields(from.fields);
  }

  get state(): ReaderState {
    return { fields: this.#fields?.names ?? null, day: null, dates: null };
  }

  begin(): void {
    // A line explains itself where no `#Fields` does.
  }

  directive(line: Uint8Array): Reject | null {
    const directive = parseDirective(line);
    if (directive.kind === 'too-many-fields') {
      this.#fields = null;
      return REJECTS.tooManyFields;
    }
    if (directive.kind === 'fields') this.#fields = directive.names.length === 0 ? null : errorFields(directive.names);
    return null;
  }

  line(line: Uint8Array, torn: boolean): LineResult {
    return parseErrorLine(line, this.#fields, this.#sites, torn);
  }
}
