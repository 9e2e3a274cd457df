import { RequestError } from '../../shared/base/result.ts';
import { quote } from '../../shared/base/limits.ts';
import type { Table } from '../store/ddl.ts';
import type { Connection } from '../store/store.ts';
import { text } from './rows.ts';

/**
 * What a stranger's database could bring along besides rows. Each is asked for by its full name: a macro in the file
 * could otherwise answer in place of the database's own catalogue.
 */
const FOREIGN: ReadonlyArray<{ readonly what: string; readonly sql: string }> = [
  { what: 'view', sql: 'select view_name as name from system.main.duckdb_views() where internal = false' },
  { what: 'function', sql: 'select function_name as name from system.main.duckdb_functions() where internal = false' },
  { what: 'type', sql: 'select type_name as name from system.main.duckdb_types() where internal = false' },
  { what: 'sequence', sql: 'select sequence_name as name from system.main.duckdb_sequences()' },
  { what: 'schema', sql: `select schema_name as name from system.main.duckdb_schemas() where internal = false and schema_name <> 'main'` },
  { what: 'default value', sql: `select column_name as name from system.main.duckdb_columns() where internal = false and column_default is not null` },
  { what: 'rule', sql: `select constraint_text as name from system.main.duckdb_constraints() where constraint_type not in ('PRIMARY KEY', 'NOT NULL', 'UNIQUE')` },
];

/** @throws RequestError in one sentence when the file holds anything that runs or computes; only plain tables are read. */
export async function refuseForeign(connection: Connection, file: string): Promise<void> {
  for (const { what, sql } of FOREIGN) {
    const [found] = await connection.all(`${sql} limit 1`);
    if (found) throw new RequestError('unavailable', `${file} is refused: it holds the ${what} "${quote(text(found, 'name'), 60)}", which no case has.`);
  }
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

export function spelled(columns: readonly Column[]): string {
  return columns.map(({ name, type }) => `${name} ${type}`).join(', ');
}

/** @throws RequestError when a table is missing or has other columns than ours. */
export async function refuseOtherTables(connection: Connection, file: string, tables: readonly Table[]): Promise<void> {
  const found = await tableColumns(connection);
  for (const table of tables) {
    const expected = Object.entries(table.columns).map(([name, type]) => ({ name, type: type.replace(' NOT NULL', '') }));
    const actual = found.get(table.name);
    if (actual === undefined) throw new RequestError('unavailable', `${file} is refused: the table "${table.name}" is missing.`);
    if (spelled(actual) !== spelled(expected)) throw new RequestError('unavailable', `${file} is refused: the table "${table.name}" has other columns than a case has.`);
  }
}

/** Every plain table of the file with its columns in order. */
export async function tableColumns(connection: Connection): Promise<Map<string, Column[]>> {
  const out = new Map<string, Column[]>();
  const tables = await connection.all(`select table_name from system.main.duckdb_tables() where internal = false and schema_name = 'main' order by table_name`);
  for (const row of tables) out.set(text(row, 'table_name'), []);
  const columns = await connection.all(
    `select table_name, column_name, data_type from system.main.duckdb_columns() where internal = false and schema_name = 'main' order by table_name, column_index`,
  );
  for (const row of columns) out.get(text(row, 'table_name'))?.push({ name: text(row, 'column_name'), type: text(row, 'data_type') });
  return out;
}
