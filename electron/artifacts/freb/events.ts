import { SaxesParser } from 'saxes';
import { quote } from '../../../shared/base/limits.ts';
import type { ParseProblem } from '../../../shared/model/index.ts';
import type { BytePlaces } from './byte-places.ts';
import type { TraceEvent, Named } from '../kit/trace.ts';

/** Bounds of one file: real traces have a few hundred events of at most twenty values. */
const MAX_EVENTS = 20_000;
const MAX_DATA = 100;
const MAX_VALUE = 8192;
const MAX_DEPTH = 50;
const MAX_ATTRIBUTES = 200;

/** What was read of the document, as far as it is whole. Offsets are of the text. */
export interface ReadDocument {
  readonly request: readonly Named[] | null;
  readonly events: readonly TraceEvent[];
  readonly rootStart: number;
  /** Line of the root's `<`. */
  readonly rootLine: number;
  /** End of the last whole part of the root: its end tag, its last whole event, or its start tag. */
  readonly wholeEnd: number;
  readonly closed: boolean;
  readonly problem: ParseProblem | null;
}

/** Thrown by our own handlers to leave the parser; nothing else leaves it. */
class Enough extends Error {
  readonly problem: ParseProblem | null;
  constructor(problem: ParseProblem | null) {
    super('enough');
    this.problem = problem;
  }
}

interface Open { opcode: string; provider: string; time: string | null; line: number; start: number; data: Named[]; shown: Named[] }

/**
 * Walks through a trace: elements `Event` of the event log schema below `failedRequest`. Reading ends at the first fault,
 * because IIS writes the file in one go and a fault is where it was cut; what is whole before it counts. Names of elements
 * are compared without their prefix.
 */
export class TraceReader {
  readonly #text: string;
  readonly #places: BytePlaces | null;
  #request: Named[] | null = null;
  readonly #events: TraceEvent[] = [];
  #rootStart = 0;
  #rootLine = 1;
  #wholeEnd = 0;
  #closed = false;
  #depth = 0;
  #open: Open | null = null;
  /** Name of the value that text belongs to, and where it goes. */
  #into: { readonly kind: 'data' | 'shown' | 'opcode'; readonly name: string } | null = null;
  #value = '';
  #line = 1;
  #lineAt = 0;

  constructor(text: string, places: BytePlaces | null) {
    this.#text = text;
    this.#places = places;
  }

  read(): ReadDocument {
    const problem = this.#parse();
    return {
      request: this.#request, events: this.#events, rootStart: this.#rootStart, rootLine: this.#rootLine, wholeEnd: this.#wholeEnd, closed: this.#closed, problem,
    };
  }

  #parse(): ParseProblem | null {
    const parser = new SaxesParser({ position: true });
    parser.on('error', (error) => {
      throw new Enough({ kind: 'malformed', message: `Not well-formed: ${quote(error.message.replace(/^[\d:]+\s*/, ''), 120)}`, line: parser.line });
    });
    parser.on('opentag', (tag) => this.#start(tag.name, tag.attributes, parser.position));
    parser.on('closetag', (tag) => this.#end(tag.name, parser.position));
    const more = (text: string): void => {
      if (this.#into !== null && this.#value.length < MAX_VALUE) this.#value += text.slice(0, MAX_VALUE - this.#value.length);
    };
    parser.on('text', more);
    parser.on('cdata', more);
    try {
      parser.write(this.#text);
      parser.close();
      return null;
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      return error.problem;
    }
  }

  #start(name: string, attributes: Readonly<Record<string, unknown>>, position: number): void {
    this.#depth += 1;
    const local = localName(name);
    const values = Object.entries(attributes).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []));
    if (this.#depth > MAX_DEPTH || values.length > MAX_ATTRIBUTES) throw new Enough({ kind: 'limit', message: 'Elements are nested deeper, or have more attributes, than any trace has.' });
    if (this.#depth === 1) return this.#root(local, values, position);
    const attribute = (wanted: string): string => values.find(([key]) => localName(key) === wanted)?.[1] ?? '';
    if (this.#depth === 2 && local === 'Event') {
      const start = this.#text.lastIndexOf('<', position - 1);
      this.#open = { opcode: '', provider: '', time: null, line: this.#lineOf(start), start, data: [], shown: [] };
    }
    const open = this.#open;
    if (open === null) return;
    this.#value = '';
    this.#into = null;
    if (local === 'Provider') open.provider = attribute('Name').slice(0, MAX_VALUE);
    else if (local === 'TimeCreated') open.time = attribute('SystemTime').slice(0, 100) || null;
    else if (local === 'Data') this.#into = { kind: 'data', name: attribute('Name') };
    else if (local === 'Description') this.#into = { kind: 'shown', name: attribute('Data') };
    // The number of the opcode stands in System, its name in RenderingInfo, behind it.
    else if (local === 'Opcode') this.#into = { kind: 'opcode', name: '' };
  }

  #root(local: string, values: readonly (readonly [string, string])[], position: number): void {
    if (local !== 'failedRequest') throw new Enough({ kind: 'malformed', message: `The root of the file is <${quote(local, 60)}> and not <failedRequest>: it is no trace of a request.`, line: 1 });
    this.#request = values.filter(([key]) => !key.startsWith('xmlns')).map(([key, value]) => ({ name: key, value: value.slice(0, MAX_VALUE) }));
    this.#rootStart = this.#text.lastIndexOf('<', position - 1);
    this.#rootLine = this.#lineOf(this.#rootStart);
    this.#wholeEnd = position;
  }

  #end(name: string, position: number): void {
    this.#depth -= 1;
    const open = this.#open;
    if (this.#depth === 0) {
      this.#closed = true;
      this.#wholeEnd = position;
      return;
    }
    if (open === null) return;
    if (this.#into !== null) {
      const { kind, name: of } = this.#into;
      if (kind === 'opcode') open.opcode = this.#value.trim();
      else if (open[kind].length < MAX_DATA) open[kind].push({ name: of.slice(0, 200), value: this.#value });
      this.#into = null;
    }
    if (this.#depth !== 1 || localName(name) !== 'Event') return;
    const [offset, end] = this.#places === null ? [null, 0] : [this.#places.of(open.start), this.#places.of(position)];
    this.#events.push({
      opcode: /^\d+$/.test(open.opcode) ? '' : open.opcode, provider: open.provider, time: open.time, line: open.line, offset, length: offset === null ? null : end - offset, data: open.data, shown: open.shown,
    });
    this.#open = null;
    this.#wholeEnd = position;
    if (this.#events.length >= MAX_EVENTS) throw new Enough({ kind: 'limit', message: `More than ${MAX_EVENTS} events; the others were not read.`, line: open.line });
  }

  /** Asked in ascending order. A line ends with LF, CR LF or CR. */
  #lineOf(offset: number): number {
    for (; this.#lineAt < offset; this.#lineAt++) {
      const code = this.#text.charCodeAt(this.#lineAt);
      if (code === 0x0a || (code === 0x0d && this.#text.charCodeAt(this.#lineAt + 1) !== 0x0a)) this.#line += 1;
    }
    return this.#line;
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
