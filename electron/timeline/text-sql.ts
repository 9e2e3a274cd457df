import type { FilterTerm } from '../../shared/query/ast.ts';
import { all, any, bound, FALSE, raw, sql, type Sql } from './sql.ts';

export type Test = FilterTerm['test'];

/** Number fields of the language and their columns. */
export const NUMBER_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['status', 'status'], ['substatus', 'substatus'], ['bytes', 'bytes_sent'], ['received', 'bytes_recv'], ['taken', 'taken'], ['win32', 'win32'], ['port', 'port'],
]);
/**
 * A test of a text as SQL. False, or NULL for a NULL text.
 * @param column our own SQL for the text
 * @param plus whether `+` is the same as a space in it
 */
export function textTest(column: string, test: Test, plus: boolean): Sql {
  const read = plus ? `replace(${column}, '+', ' ')` : column;
  const folded = raw(`lower(${read})`);
  // Both sides are folded by the store: letters that only a newer Unicode knows must at least equal themselves.
  const wanted = (text: string): Sql => sql`lower(${bound(plus ? text.replaceAll('+', ' ') : text)})`;
  switch (test.kind) {
    case 'equals':
      return sql`${folded} = ${wanted(test.value)}`;
    case 'contains':
      return sql`contains(${folded}, ${wanted(test.text)})`;
    case 'glob': {
      const around = /^(\*?)([^*?]+)(\*?)$/.exec(test.pattern);
      if (around === null) return sql`${folded} like ${wanted(likePattern(test.pattern))} escape '\\'`;
      const [, before, text = '', after] = around;
      if (before === '*' && after === '*') return sql`contains(${folded}, ${wanted(text)})`;
      return before === '*' ? sql`ends_with(${folded}, ${wanted(text)})` : sql`starts_with(${folded}, ${wanted(text)})`;
    }
    case 'regex':
      // Where a space may be written as a plus, the value is looked at as it is and as it reads.
      return any((plus ? [column, read] : [column]).map((c) => sql`regexp_matches(${raw(c)}, ${bound(test.pattern)}, 'i')`));
    case 'list':
      return any(test.tests.map((t) => textTest(column, t, plus)));
    default:
      return FALSE;
  }
}

/** A test of a number as SQL; NULL for a NULL number. Tests of text look at its decimal digits. */
export function numberTest(column: string, test: Test): Sql {
  switch (test.kind) {
    case 'equals':
      return isNothing(test.value) ? FALSE : sql`${raw(column)} = ${bound(Number(test.value))}`;
    case 'compare':
      return sql`${raw(column)} ${raw(test.op)} ${bound(test.value)}`;
    case 'range':
      return all([
        ...(test.from === null ? [] : [sql`${raw(column)} >= ${bound(test.from)}`]), ...(test.to === null ? [] : [sql`${raw(column)} <= ${bound(test.to)}`]),
        raw(`${column} is not null`),
      ]);
    case 'list':
      return any(test.tests.map((t) => numberTest(column, t)));
    case 'glob':
    case 'contains':
      return textTest(`cast(${column} as VARCHAR)`, test, false);
    default:
      return FALSE;
  }
}

/** True for a test that holds where there is no value: `user:""`, `user:-`. */
export function wantsNothing(test: Test): boolean {
  return test.kind === 'equals' ? isNothing(test.value) : test.kind === 'list' && test.tests.some(wantsNothing);
}

/** Also true where there is no value, when the test asks for that. */
export function orNothing(found: Sql, test: Test, nothing: string): Sql {
  return wantsNothing(test) ? any([found, raw(nothing)]) : found;
}

function isNothing(value: string): boolean {
  return value === '' || value === '-';
}

/** `*` and `?` as LIKE has them. */
function likePattern(glob: string): string {
  return glob.replace(/[\\%_]/g, (c) => `\\${c}`).replaceAll('*', '%').replaceAll('?', '_');
}
