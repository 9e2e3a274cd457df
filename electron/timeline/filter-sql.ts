import { RequestError } from '../../shared/base/result.ts';
import type { Filter, FilterField, FilterTerm } from '../../shared/query/ast.ts';
import { PLUS_FIELDS } from '../../shared/query/fold.ts';
import { TEXT_FIELDS } from '../../shared/query/matches.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import type { Connection } from '../store/store.ts';
import { parseEventId, type EventKey } from './event-id.ts';
import { RequestTests } from './request-tests.ts';
import { all, any, FALSE, isFalse, isTrue, joined, not, raw, sql, TRUE, type Sql } from './sql.ts';
import type { StoreState } from './store-state.ts';
import { textTest, wantsNothing, type Test } from './text-sql.ts';
import type { Lookups } from './lookups.ts';

/** Ids of the events that have a tag passing the test; the notes are not the timeline's. */
export type TagLookup = (test: FilterTerm['test']) => readonly string[];

/** A filter for both kinds of events: `request` over a log row `r`, `event` over another event `e` with its file `f`. */
export interface Condition {
  readonly request: Sql;
  readonly event: Sql;
  /** The words of the row are asked for: see WORDS_JOIN. */
  readonly words: boolean;
}

/** What a filter is compiled with. */
export interface FilterContext {
  readonly connection: Connection;
  readonly lookups: Lookups;
  readonly state: StoreState;
  readonly tags?: TagLookup | undefined;
  /** Ticks of an event's moment, null when it has none, undefined when there is no such event. */
  readonly momentOf: (key: EventKey) => Promise<bigint | null | undefined>;
}

/** What each field of the language is for an event that is no log row; other fields it does not have. */
export const EVENT_SQL: ReadonlyMap<FilterField, string> = new Map([
  ['source', 'e.source'], ['what', 'e.what'], ['server', 'e.server'], ['site', 'e.site'], ['component', 'e.component'], ['path', 'coalesce(e.path, f.path)'], ['message', 'e.message'],
]);

interface Pair {
  readonly request: Sql;
  readonly event: Sql;
}

const NEVER: Pair = { request: FALSE, event: FALSE };

/**
 * Compiles a filter: texts become numbers first, so that log rows are never looked at as text.
 * @throws RequestError of kind `usage` with the column of a term that cannot be answered
 */
export async function compileFilter(filter: Filter, context: FilterContext): Promise<Condition> {
  const compiler = new Compiler(context);
  const request: Sql[] = [];
  const event: Sql[] = [];
  for (const term of filter.terms) {
    const pair = await compiler.term(term);
    request.push(signed(pair.request, term.negated));
    event.push(signed(pair.event, term.negated));
  }
  return { request: all(request), event: all(event), words: compiler.requests.usesWords };
}

/** Where it is not negated, NULL counts as false by itself, and the store can use the bare condition to skip rows. */
function signed(condition: Sql, negated: boolean): Sql {
  if (!negated) return condition;
  return isTrue(condition) || isFalse(condition) ? not(condition) : not(sql`coalesce(${condition}, false)`);
}

class Compiler {
  readonly requests: RequestTests;
  readonly #context: FilterContext;

  constructor(context: FilterContext) {
    this.#context = context;
    this.requests = new RequestTests(context.connection, context.lookups, context.state);
  }

  async term(term: FilterTerm): Promise<Pair> {
    const { field, test } = term;
    await this.#check(term);
    if (test.kind === 'time') return this.#both((alias) => timeTest(`${alias}.time`, test.from, test.to));
    if (test.kind === 'around') return this.#around(term, test.event, test.seconds);
    if (field === 'tag') return this.#tagged(test);
    if (field === 'time') return NEVER;
    if (field === 'log') return { request: await this.requests.named(term.name ?? '', test), event: wantsNothing(test) ? TRUE : FALSE };
    if (field === null) return { request: await this.requests.anyText(test), event: anyEventText(test) };
    return { request: await this.requests.field(field, test), event: eventField(field, test) };
  }

  /** What the store would refuse with an error of its own is told in words, under the term. */
  async #check(term: FilterTerm): Promise<void> {
    const { test } = term;
    if (test.kind !== 'regex' || (await this.#context.state.isPattern(test.pattern))) return;
    throw new RequestError('usage', 'The regular expression is not understood.', term.start + 1);
  }

  #both(test: (alias: string) => Sql): Pair {
    return { request: test('r'), event: test('e') };
  }

  async #around(term: FilterTerm, event: string, seconds: number): Promise<Pair> {
    const key = parseEventId(event);
    const moment = key === null ? undefined : await this.#context.momentOf(key);
    if (moment === undefined) throw new RequestError('usage', 'There is no such event in this case.', term.start + 1);
    if (moment === null) throw new RequestError('usage', 'Of this event only the order is known, not the moment.', term.start + 1);
    const half = BigInt(Math.trunc(seconds)) * 10_000_000n;
    return this.#both((alias) => sql`${raw(alias)}.time between ${moment - half} and ${moment + half}`);
  }

  #tagged(test: Test): Pair {
    const keys = (this.#context.tags ?? (() => []))(test).map(parseEventId).filter((key) => key !== null);
    if (keys.length === 0) return NEVER;
    const rows = (list: readonly EventKey[]): Sql => joined(list.map((k) => sql`(${k.fileId}::BIGINT, ${k.off}::BIGINT, ${k.seq})`), ', ');
    const plain = keys.filter((k) => k.seq === 0);
    return {
      request: plain.length === 0 ? FALSE : sql`(r.file_id, r.off, 0) in (values ${rows(plain)})`,
      event: sql`(e.file_id, e.off, e.seq) in (values ${rows(keys)})`,
    };
  }
}

/** From <= time < to. */
function timeTest(column: string, from: string | null, to: string | null): Sql {
  const start = from === null ? null : parseInstant(from);
  const end = to === null ? null : parseInstant(to);
  return all([
    raw(`${column} is not null`), ...(start === null ? [] : [sql`${raw(column)} >= ${start as bigint}`]), ...(end === null ? [] : [sql`${raw(column)} < ${end as bigint}`]),
  ]);
}

function eventField(field: FilterField, test: Test): Sql {
  const column = EVENT_SQL.get(field);
  if (column === undefined) return wantsNothing(test) ? TRUE : FALSE;
  const found = textTest(column, test, false);
  return any([isFalse(found) ? FALSE : sql`(${raw(column)} <> '' and ${found})`, ...(wantsNothing(test) ? [raw(`(${column} is null or ${column} = '')`)] : [])]);
}

function anyEventText(test: Test): Sql {
  return any(TEXT_FIELDS.flatMap((field) => {
    const column = EVENT_SQL.get(field);
    return column === undefined ? [] : [sql`coalesce(${textTest(column, test, PLUS_FIELDS.has(field))}, false)`];
  }));
}
