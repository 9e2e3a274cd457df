import type { Connection } from './store.ts';

/** What a column holds. The names are those of the database; `Value` in store.ts says how each comes and goes. */
export type ColumnType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'UINTEGER' | 'UTINYINT' | 'DOUBLE' | 'BOOLEAN' | 'BLOB';

/** A table as its owner declares it. `key` names the columns of the primary key, where the table has one. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType | `${ColumnType} NOT NULL`>>;
  readonly key?: readonly string[];
}

/** A text as an SQL literal. Only for statements that take no parameters; everywhere else, bind. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function createTable(table: Table): string {
  const columns = Object.entries(table.columns).map(([name, type]) => `${quoteName(name)} ${type}`);
  if (table.key) columns.push(`PRIMARY KEY (${table.key.map(quoteName).join(', ')})`);
  return `CREATE TABLE ${quoteName(table.name)} (${columns.join(', ')})`;
}

export async function createTables(connection: Connection, tables: readonly Table[]): Promise<void> {
  for (const table of tables) await connection.run(createTable(table));
}
