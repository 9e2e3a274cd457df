import type { FilterField } from '../../shared/query/ast.ts';
import { PLUS_FIELDS } from '../../shared/query/fold.ts';
import { networkRange, parseAddress } from '../../shared/query/network.ts';
import type { Connection } from '../store/store.ts';
import { LOG_SOURCES } from './log-source.ts';
import type { Lookups } from './lookups.ts';
import { namedTest } from './named-test.ts';
import { MESSAGE_SQL, takenSql, WHAT_SQL, whatSql } from './request-text.ts';
import { TEXT_KINDS, type TextColumn } from './schema.ts';
import { all, any, FALSE, isFalse, raw, sql, TRUE, type Sql } from './sql.ts';
import type { StoreState } from './store-state.ts';
import { NUMBER_COLUMNS, numberTest, orNothing, textTest, wantsNothing, type Test } from './text-sql.ts';
import { writtenSet } from './value-set.ts';

/** Fields of the language whose value is a text of the row itself. */
const TEXTS: readonly TextColumn[] = ['host', 'method', 'uri', 'query', 'user', 'ua', 'referer'];
/** More pairs of method and status than these are not written out. */
const WRITTEN_PAIRS = 500;

/**
 * Tests of a log row `r` by its numbers: which texts, files and numbers pass is looked up first. A test that nothing can
 * pass is `false`, so that it costs nothing.
 */
export class RequestTests {
  /** Set when a test needs WORDS_JOIN. */
  usesWords = false;
  readonly #connection: Connection;
  readonly #lookups: Lookups;
  readonly #state: StoreState;

  constructor(connection: Connection, lookups: Lookups, state: StoreState) {
    this.#connection = connection;
    this.#lookups = lookups;
    this.#state = state;
  }

  async field(field: FilterField, test: Test): Promise<Sql> {
    const number = NUMBER_COLUMNS.get(field);
    if (number !== undefined) return this.#number(number, test);
    const column = TEXTS.find((name) => name === field);
    if (column !== undefined) return orNothing(await this.text(column, test, PLUS_FIELDS.has(field)), test, `r."${column}" is null`);
    switch (field) {
      case 'ip':
        return orNothing(await this.address(test), test, '(r.ip is null and r.ip4 is null)');
      case 'source':
        return this.#source(test);
      case 'server':
      case 'path':
        return this.#files(fileValue(field, test));
      case 'site':
        return this.#site(fileValue('site', test), test);
      case 'what':
        return orNothing(await this.#what(test, true), test, '(r.method is null and r.status is null)');
      case 'message':
        return orNothing(await this.#message(test), test, '(r.method is null and r.uri is null and r.query is null and r.status is null and r.taken is null and r.ip is null and r.ip4 is null)');
      default:
        return wantsNothing(test) ? TRUE : FALSE;
    }
  }

  /** A value of the log under its own name. */
  named(name: string, test: Test): Promise<Sql> {
    return namedTest(this.#connection, this.#lookups, this.#state, this, name, test);
  }

  /** Bare text: in any of the fields that hold text. */
  async anyText(test: Test): Promise<Sql> {
    const fileTest = any(['server', 'path'].map((column) => sql`coalesce(${textTest(column, test, false)}, false)`));
    const parts = [await this.#source(test), await this.#files(fileTest), await this.#site(sql`coalesce(${textTest('site', test, false)}, false)`, test)];
    for (const column of TEXTS) parts.push(await this.text(column, test, PLUS_FIELDS.has(column)));
    parts.push(await this.address(test));
    const inside = test.kind === 'contains' && !/[ ?]/.test(test.text);
    // A text without a space and a question mark cannot reach across the parts that the words are made of.
    parts.push(...(inside ? [await this.#numbers(test)] : [await this.#what(test, false), await this.#message(test)]));
    return any(parts);
  }

  async text(column: TextColumn, test: Test, plus: boolean): Promise<Sql> {
    return (await this.#lookups.texts([TEXT_KINDS[column]], test, plus, this.#state.texts)).has(`r."${column}"`);
  }

  async address(test: Test): Promise<Sql> {
    if (test.kind === 'list') {
      const parts: Sql[] = [];
      for (const one of test.tests) parts.push(await this.address(one));
      return any(parts);
    }
    if (test.kind === 'cidr') {
      const range = networkRange(test.network, test.bits, test.version);
      if (range === null) return FALSE;
      const others = (await this.#lookups.networks(test.version, range, this.#state.texts)).has('r.ip');
      return test.version === 4 ? any([sql`r.ip4 between ${range.from} and ${range.to}`, others]) : others;
    }
    const others = await this.text('ip', test, false);
    if (test.kind === 'equals') {
      const address = test.value.includes(':') ? null : parseAddress(test.value);
      return any([others, ...(address === null ? [] : [sql`r.ip4 = ${address.value}`])]);
    }
    if (test.kind === 'contains' && !/^[0-9.]+$/.test(test.text)) return others;
    return any([others, (await this.#lookups.dotted(test, this.#state.rows)).has('r.ip4')]);
  }

  /** A number of the row by its digits, as a text of the log. */
  async digits(column: string, test: Test): Promise<Sql> {
    if (test.kind === 'list') {
      const parts: Sql[] = [];
      for (const one of test.tests) parts.push(await this.digits(column, one));
      return any(parts);
    }
    if (test.kind === 'equals') return /^(0|[1-9]\d{0,14})$/.test(test.value) ? raw(`r.${column} = ${test.value}`) : FALSE;
    if (column === 'status' || column === 'taken') return (await this.#lookups.numbers(column, `cast(${column} as VARCHAR)`, test, this.#state.rows)).has(`r.${column}`);
    return textTest(`cast(r.${column} as VARCHAR)`, test, false);
  }

  async #number(column: string, test: Test): Promise<Sql> {
    const asDigits = test.kind === 'glob' || test.kind === 'contains';
    return orNothing(asDigits ? await this.digits(column, test) : numberTest(`r.${column}`, test), test, `r."${column}" is null`);
  }

  async #source(test: Test): Promise<Sql> {
    const names = LOG_SOURCES.map((name, i) => `(${i}, '${name}')`).join(', ');
    const found = sql`select n from (values ${raw(names)}) s(n, name) where ${textTest('name', test, false)}`;
    const rows = await this.#connection.all(found.text, found.params);
    return rows.length === LOG_SOURCES.length ? TRUE : writtenSet(rows.map((row) => Number(row['n']))).has('r.source');
  }

  /** Rows of the logs that pass. */
  async #files(test: Sql): Promise<Sql> {
    const logs = sql`select file_id from event_file where format is not null and ${test}`;
    const [counts] = await this.#connection.all(`select (select count(*) from event_file where format is not null) as logs, (select count(*) from (${logs.text})) as found`, logs.params);
    if (counts?.['found'] === 0n) return FALSE;
    if (counts?.['found'] === counts?.['logs']) return TRUE;
    if (Number(counts?.['found']) > 200) return sql`r.file_id in (${logs})`;
    return writtenSet((await this.#connection.all(logs.text, logs.params)).map((row) => row['file_id'] as bigint)).has('r.file_id');
  }

  /** The row's own site, else that of its file. */
  async #site(fileTest: Sql, test: Test): Promise<Sql> {
    const ofFile = await this.#files(fileTest);
    return any([isFalse(ofFile) ? FALSE : all([raw('r.site is null'), ofFile]), await this.text('site', test, false)]);
  }

  async #what(test: Test, mustBe: boolean): Promise<Sql> {
    const table = await this.#lookups.distinct('what', this.#state.rows);
    const words = whatSql('t.value', 'd.status');
    const pairs = sql`select d.method, d.status from ${raw(table)} d left join log_text t on t.id = d.method where ${raw(mustBe ? `${words} <> '' and` : '')} ${textTest(words, test, false)} limit ${WRITTEN_PAIRS + 1}`;
    const rows = await this.#connection.all(pairs.text, pairs.params);
    if (rows.length > WRITTEN_PAIRS) {
      this.usesWords = true;
      return sql`(${raw(mustBe ? `${WHAT_SQL} <> '' and` : '')} ${textTest(WHAT_SQL, test, false)})`;
    }
    const statuses = new Map<string, (number | null)[]>();
    for (const row of rows) {
      const method = row['method'] === null ? 'r.method is null' : `r.method = ${Number(row['method'])}`;
      statuses.set(method, [...(statuses.get(method) ?? []), row['status'] === null ? null : Number(row['status'])]);
    }
    return any([...statuses].map(([method, list]) => {
      const numbers = writtenSet(list.filter((status) => status !== null)).has('r.status');
      return all([raw(method), any([numbers, ...(list.includes(null) ? [raw('r.status is null')] : [])])]);
    }));
  }

  /** Rows are composed only where the longest piece of what is looked for stands in one of their parts. */
  async #message(test: Test): Promise<Sql> {
    if (test.kind === 'list') {
      const parts: Sql[] = [];
      for (const one of test.tests) parts.push(await this.#message(one));
      return any(parts);
    }
    const piece = longestPiece(test);
    const near = piece === '' ? TRUE : await this.#inParts({ kind: 'contains', text: piece });
    if (isFalse(near) || (test.kind === 'contains' && test.text === piece)) return near;
    this.usesWords = true;
    return all([near, textTest(MESSAGE_SQL, test, false)]);
  }

  async #inParts(test: Extract<Test, { kind: 'contains' }>): Promise<Sql> {
    const parts = [await this.#numbers(test), await this.address(test)];
    for (const column of ['method', 'uri', 'query'] as const) parts.push(await this.text(column, test, false));
    return any(parts);
  }

  /** Status and time taken as the words of a row have them. */
  async #numbers(test: Extract<Test, { kind: 'contains' }>): Promise<Sql> {
    const parts: Sql[] = [];
    if (/^[0-9]+$/.test(test.text)) parts.push(await this.digits('status', test));
    if (/^[0-9. ms]+$/i.test(test.text)) parts.push((await this.#lookups.numbers('taken', takenSql('taken'), test, this.#state.rows)).has('r.taken'));
    return any(parts);
  }
}

function fileValue(column: 'server' | 'site' | 'path', test: Test): Sql {
  return any([sql`coalesce(${raw(column)} <> '' and ${textTest(column, test, false)}, false)`, ...(wantsNothing(test) ? [raw(`(${column} is null or ${column} = '')`)] : [])]);
}

/** The longest run of the text looked for that must stand within one part of the words of a row; '' when none must. */
function longestPiece(test: Test): string {
  const text = test.kind === 'contains' ? test.text : test.kind === 'equals' ? test.value : test.kind === 'glob' ? test.pattern : '';
  return text.split(test.kind === 'glob' ? /[ ?*]/ : /[ ?]/).reduce((best, piece) => (piece.length > best.length ? piece : best), '');
}
