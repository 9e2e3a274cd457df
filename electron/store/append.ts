import { DuckDBBlobValue, DuckDBDataChunk, DuckDBTypeId } from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Value } from './store.ts';

/** Rows of one vector of the engine. */
const CHUNK = 2048;
/** After this many milliseconds of copying the event loop gets a turn, so that the engine process keeps answering. */
const SLICE_MS = 10;

/** One column of the table and where its values come from: `undefined` means NULL in every row. */
interface Source {
  readonly name: string;
  readonly type: DuckDBType;
  readonly values: readonly Value[] | undefined;
}

/**
 * Copies columns into a table by chunks. `names` are the table's columns in its own order.
 * @throws Error when a column does not exist, lengths differ, or a value does not fit its column.
 */
export async function appendColumns(
  native: DuckDBConnection, table: string, names: readonly string[], columns: ReadonlyMap<string, readonly Value[]>,
): Promise<void> {
  const rows = columns.values().next().value?.length ?? 0;
  for (const [name, values] of columns) {
    if (!names.includes(name)) throw new Error(`table ${table} has no column ${name}`);
    if (values.length !== rows) throw new Error(`column ${name} has ${values.length} values where the first has ${rows}`);
  }
  if (rows === 0) return;
  const appender = await native.createAppender(table, 'main');
  try {
    await fill(appender, names.map((name, i) => ({ name, type: appender.columnType(i), values: columns.get(name) })), rows);
    appender.flushSync();
  } catch (error) {
    // What lies in the appender's buffer must not follow when it is closed.
    appender.clear();
    throw error;
  } finally {
    appender.closeSync();
  }
}

async function fill(appender: DuckDBAppender, sources: readonly Source[], rows: number): Promise<void> {
  const types = sources.map((source) => source.type);
  let since = performance.now();
  for (let start = 0; start < rows; start += CHUNK) {
    const count = Math.min(CHUNK, rows - start);
    const chunk = DuckDBDataChunk.create(types, count);
    for (const [index, source] of sources.entries()) fillColumn(chunk, index, source, start, count);
    appender.appendDataChunk(chunk);
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
}

function fillColumn(chunk: DuckDBDataChunk, index: number, source: Source, start: number, count: number): void {
  const vector = chunk.getColumnVector(index);
  const convert = converter(source);
  for (let i = 0; i < count; i++) vector.setItem(i, source.values === undefined ? null : convert(source.values[start + i]));
  vector.flush();
}

/** The vectors of the binding write some wrong types silently (a number as text): each value is checked here. */
function converter({ name, type }: Source): (value: Value | undefined) => DuckDBValue {
  const refuse = (value: Value | undefined): never => {
    throw new Error(`column ${name} (${type}) cannot hold a value of type ${typeof value}`);
  };
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return (value) => (typeof value === 'string' || value === null ? value : refuse(value));
    case DuckDBTypeId.BIGINT: case DuckDBTypeId.UBIGINT: case DuckDBTypeId.HUGEINT:
      return (value) => (typeof value === 'bigint' || value === null ? value : Number.isSafeInteger(value) ? BigInt(Number(value)) : refuse(value));
    case DuckDBTypeId.BOOLEAN:
      return (value) => (typeof value === 'boolean' || value === null ? value : refuse(value));
    case DuckDBTypeId.BLOB:
      return (value) => (value instanceof Uint8Array ? new DuckDBBlobValue(value) : value === null ? value : refuse(value));
    case DuckDBTypeId.TINYINT: case DuckDBTypeId.UTINYINT: case DuckDBTypeId.SMALLINT: case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.INTEGER: case DuckDBTypeId.UINTEGER: case DuckDBTypeId.DOUBLE: case DuckDBTypeId.FLOAT:
      return (value) => (typeof value === 'number' || value === null ? value : refuse(value));
    default:
      return refuse;
  }
}
