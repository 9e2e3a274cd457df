import { isPlusColumn } from '../../shared/query/fold.ts';
import type { Connection } from '../store/store.ts';
import type { Lookups } from './lookups.ts';
import { TEXT_COLUMNS, type TextColumn } from './schema.ts';
import { all, any, bound, FALSE, not, raw, sql, TRUE, type Sql } from './sql.ts';
import { EXTRA_SEPARATOR } from './spool-format.ts';
import type { StoreState } from './store-state.ts';
import { NUMBER_COLUMNS, orNothing, textTest, wantsNothing, type Test } from './text-sql.ts';
import { writtenSet } from './value-set.ts';

/** Where rows keep the value of one name of `#Fields`: in a column of theirs, in their extra values, or as half of the time. */
export interface NamedPlace {
  /** `extra`, a column of `request`, `date` or `clock`. */
  readonly column: string;
  /** Position among the extra values. */
  readonly position: number;
  readonly layouts: readonly bigint[];
}

/** Tests of values that have a column of their own. */
export interface ColumnTests {
  address(test: Test): Promise<Sql>;
  text(column: TextColumn, test: Test, plus: boolean): Promise<Sql>;
  digits(column: string, test: Test): Promise<Sql>;
}

/** Names under which the moment of every log is found, whatever time the log wrote. */
export const UTC_DATE = 'date-utc';
export const UTC_TIME = 'time-utc';

/** Where the layouts that have the name keep its value. Names are compared without case; of a name that stands twice, the first. */
export async function namedPlaces(connection: Connection, name: string): Promise<readonly NamedPlace[]> {
  const wanted = name.toLowerCase();
  const half = wanted === UTC_DATE ? 'date' : wanted === UTC_TIME ? 'clock' : null;
  const asked = sql`select id, names, columns, kept from event_layout where ${half === null ? sql`contains(lower(names), lower(${bound(name)}))` : TRUE} order by id`;
  const places = new Map<string, { column: string; position: number; layouts: bigint[] }>();
  for (const row of await connection.all(asked.text, asked.params)) {
    const named = String(row['names']).split(EXTRA_SEPARATOR).findIndex((n) => n.toLowerCase() === wanted);
    const at = named < 0 && half !== null ? String(row['columns']).split(',').indexOf(half) : named;
    if (at < 0) continue;
    const position = String(row['kept']).split(',').indexOf(String(at));
    const column = position >= 0 ? 'extra' : (String(row['columns']).split(',')[at] ?? '');
    const key = `${column} ${position}`;
    const place = places.get(key) ?? { column, position, layouts: [] };
    place.layouts.push(row['id'] as bigint);
    places.set(key, place);
  }
  return [...places.values()];
}

/** The text of half of the moment, as a log writes it. */
export function momentSql(half: string): string {
  return `strftime(make_timestamp(r.time // 10), '${half === 'date' ? '%Y-%m-%d' : '%H:%M:%S'}')`;
}

/** A test of a value of the log under its own name, over a log row `r`. */
export async function namedTest(connection: Connection, lookups: Lookups, state: StoreState, tests: ColumnTests, name: string, test: Test): Promise<Sql> {
  const places = await namedPlaces(connection, name);
  const plus = isPlusColumn(name);
  const parts: Sql[] = [];
  for (const place of places) {
    const value = await placeTest(place);
    parts.push(all([writtenSet(place.layouts).has('r.layout'), value]));
  }
  // Rows without the name have no value under it.
  const known = writtenSet(places.flatMap((place) => place.layouts)).has('r.layout');
  return any([...parts, ...(wantsNothing(test) ? [places.length === 0 ? TRUE : not(sql`coalesce(${known}, false)`)] : [])]);

  async function placeTest({ column, position }: NamedPlace): Promise<Sql> {
    if (column === 'extra') {
      const found = (await lookups.extras(position, test, plus, state.texts)).has('r.extra');
      return wantsNothing(test) ? any([found, raw('r.extra is null'), (await lookups.emptyExtras(position, state.texts)).has('r.extra')]) : found;
    }
    if (column === 'ip') return orNothing(await tests.address(test), test, '(r.ip is null and r.ip4 is null)');
    const text = TEXT_COLUMNS.find((c) => c === column);
    if (text !== undefined) return orNothing(await tests.text(text, test, plus), test, `r."${text}" is null`);
    if ([...NUMBER_COLUMNS.values()].includes(column)) return orNothing(await tests.digits(column, test), test, `r.${column} is null`);
    if (column === 'date' || column === 'clock') return orNothing(textTest(momentSql(column), test, false), test, 'r.time is null');
    return wantsNothing(test) ? TRUE : FALSE;
  }
}
