import { NUMBER_FIELDS, type Filter, type FilterField, type FilterTerm } from '../../shared/query/ast.ts';
import { PLUS_FIELDS } from '../../shared/query/fold.ts';
import { TEXT_FIELDS } from '../../shared/query/matches.ts';
import { networkRange, v6Key } from '../../shared/query/network.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import type { Value } from '../store/store.ts';
import { parseEventId } from './event-id.ts';
import { MESSAGE_SQL, TAKEN_SQL, WHAT_SQL } from './request-text.ts';

/** Ids of the events that have a tag passing the test; the notes are not the timeline's. */
export type TagLookup = (test: FilterTerm['test']) => readonly string[];

/** A condition over EVENTS_SQL as `e` (joined with `event_file f` where `usesFile`). Never NULL. User text is in `params` only. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly Value[];
  readonly usesFile: boolean;
}

const PATH_SQL = 'coalesce(e.path, f.path)';

/** What each field of the language is in SQL. */
export const FIELD_SQL: Readonly<Record<Exclude<FilterField, 'time' | 'tag' | 'log'>, string>> = {
  source: 'e.source', what: WHAT_SQL, server: 'e.server', site: 'e.site', host: 'e.host', method: 'e.method', uri: 'e.uri', query: 'e.query',
  status: 'e.status', substatus: 'e.substatus', ip: 'e.ip', user: 'e.user', ua: 'e.ua', referer: 'e.referer', bytes: 'e.bytes_sent', received: 'e.bytes_recv', win32: 'e.win32', port: 'e.port',
  taken: 'e.taken', component: 'e.component', path: PATH_SQL, message: MESSAGE_SQL,
};

/**
 * Compiles a filter.
 * @param first number of the first parameter (`$first`)
 */
export function compileFilter(filter: Filter, tags: TagLookup = () => [], first = 1): Condition {
  const compiler = new Compiler(first, tags);
  const parts = filter.terms.map((term) => compiler.term(term));
  return { sql: parts.length === 0 ? 'true' : parts.join(' and '), params: compiler.params, usesFile: compiler.usesFile };
}

class Compiler {
  readonly params: Value[] = [];
  usesFile = false;
  readonly #first: number;
  readonly #tags: TagLookup;

  constructor(first: number, tags: TagLookup) {
    this.#first = first;
    this.#tags = tags;
  }

  term(term: FilterTerm): string {
    const sql = `coalesce(${this.#test(term)}, false)`;
    return term.negated ? `not ${sql}` : sql;
  }

  #bind(value: Value): string {
    this.params.push(value);
    return `$${this.#first + this.params.length - 1}`;
  }

  #test({ field, test }: FilterTerm): string {
    if (test.kind === 'time') return this.#time(test.from, test.to);
    if (field === 'tag') return this.#tagged(test);
    if (field === 'time' || field === 'log') return 'false';
    if (field === null) return this.#anyText(test);
    const column = this.#column(field);
    if (test.kind === 'cidr') return field === 'ip' ? this.#network(test.network, test.bits, test.version) : 'false';
    if (NUMBER_FIELDS.has(field) && test.kind !== 'glob' && test.kind !== 'contains') return this.#number(column, test);
    if (test.kind === 'equals' && (test.value === '' || test.value === '-')) {
      const dash = test.value === '-' ? ` or ${column} = '-'` : '';
      return `(${column} is null or ${column} = ''${dash})`;
    }
    const text = NUMBER_FIELDS.has(field) ? `cast(${column} as VARCHAR)` : column;
    return `(${text} <> '' and ${this.#text(text, test, PLUS_FIELDS.has(field))})`;
  }

  #column(field: Exclude<FilterField, 'time' | 'tag' | 'log'>): string {
    if (field === 'path') this.usesFile = true;
    return FIELD_SQL[field];
  }

  #time(from: string | null, to: string | null): string {
    const start = from === null ? null : parseInstant(from);
    const end = to === null ? null : parseInstant(to);
    const parts = ['e.time is not null'];
    if (start !== null) parts.push(`e.time >= ${this.#bind(start)}`);
    if (end !== null) parts.push(`e.time < ${this.#bind(end)}`);
    return `(${parts.join(' and ')})`;
  }

  #tagged(test: FilterTerm['test']): string {
    const keys = this.#tags(test).map(parseEventId).filter((key) => key !== null);
    if (keys.length === 0) return 'false';
    const rows = keys.map((k) => `(${this.#bind(k.fileId)}::BIGINT, ${this.#bind(k.off)}::BIGINT, ${this.#bind(k.seq)}::INTEGER)`);
    return `(e.file_id, e.off, e.seq) in (values ${rows.join(', ')})`;
  }

  #number(column: string, test: FilterTerm['test']): string {
    switch (test.kind) {
      case 'equals':
        return test.value === '' || test.value === '-' ? `${column} is null` : `${column} = ${this.#bind(Number(test.value))}`;
      case 'compare':
        return `${column} ${test.op} ${this.#bind(test.value)}`;
      case 'range': {
        const parts = [`${column} is not null`];
        if (test.from !== null) parts.push(`${column} >= ${this.#bind(test.from)}`);
        if (test.to !== null) parts.push(`${column} <= ${this.#bind(test.to)}`);
        return `(${parts.join(' and ')})`;
      }
      default:
        return 'false';
    }
  }

  #network(network: string, bits: number, version: 4 | 6): string {
    const range = networkRange(network, bits, version);
    if (range === null) return 'false';
    return version === 4
      ? `e.ip4 between ${this.#bind(range.from)} and ${this.#bind(range.to)}`
      : `e.ip6 between ${this.#bind(v6Key(range.from))} and ${this.#bind(v6Key(range.to))}`;
  }

  #anyText(test: FilterTerm['test']): string {
    // Text without a space and a question mark cannot reach across the parts of a composed message: the parts are
    // looked at one by one, which spares composing it for every row.
    const inParts = test.kind === 'contains' && !/[ ?]/.test(test.text);
    const parts = TEXT_FIELDS.map((field) => {
      const column = field === 'message' && inParts ? 'e.message' : field === 'what' && inParts ? 'e.what' : this.#column(field);
      return this.#text(column, test, PLUS_FIELDS.has(field));
    });
    if (inParts) {
      parts.push(`(e.source = 'iis-log' and (${this.#text('cast(e.status as VARCHAR)', test, false)} or ${this.#text(TAKEN_SQL, test, false)}))`);
    }
    return `(${parts.map((p) => `coalesce(${p}, false)`).join(' or ')})`;
  }

  #text(column: string, test: FilterTerm['test'], plus: boolean): string {
    const folded = plus ? `replace(lower(${column}), '+', ' ')` : `lower(${column})`;
    // Both sides are folded by the store: letters that only a newer Unicode knows must at least equal themselves.
    const bound = (text: string): string => `lower(${this.#bind(plus ? text.replaceAll('+', ' ') : text)})`;
    switch (test.kind) {
      case 'equals':
        return `${folded} = ${bound(test.value)}`;
      case 'contains':
        return `contains(${folded}, ${bound(test.text)})`;
      case 'glob': {
        const around = /^(\*?)([^*?]+)(\*?)$/.exec(test.pattern);
        if (around === null) return `${folded} like ${bound(likePattern(test.pattern))} escape '\\'`;
        const [, before, text = '', after] = around;
        if (before === '*' && after === '*') return `contains(${folded}, ${bound(text)})`;
        return before === '*' ? `ends_with(${folded}, ${bound(text)})` : `starts_with(${folded}, ${bound(text)})`;
      }
      default:
        return 'false';
    }
  }
}

function likePattern(glob: string): string {
  return glob.replace(/[\\%_]/g, (c) => `\\${c}`).replaceAll('*', '%').replaceAll('?', '_');
}
