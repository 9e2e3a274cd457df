import duckdb from '@duckdb/node-bindings';
import { BIGINT, BLOB, BOOLEAN, DOUBLE, DuckDBBlobValue, DuckDBBlobVector, DuckDBTypeId, HUGEINT, INTEGER, SQLNULL, VARCHAR } from '@duckdb/node-api';
import type { DuckDBDataChunk, DuckDBResult, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Row, Value } from './store.ts';

const INT32 = 2 ** 31;
const INT64 = 2n ** 63n;

/** A parameter with its type; without one the binding would make every bigint a HUGEINT and refuse bytes. */
export function parameter(value: Value): { value: DuckDBValue; type: DuckDBType } {
  if (value === null) return { value, type: SQLNULL };
  if (typeof value === 'string') return { value, type: VARCHAR };
  if (typeof value === 'boolean') return { value, type: BOOLEAN };
  if (typeof value === 'bigint') return { value, type: value >= -INT64 && value < INT64 ? BIGINT : HUGEINT };
  if (value instanceof Uint8Array) return { value: new DuckDBBlobValue(value), type: BLOB };
  if (!Number.isInteger(value)) return { value, type: DOUBLE };
  if (value >= -INT32 && value < INT32) return { value, type: INTEGER };
  return Number.isSafeInteger(value) ? { value: BigInt(value), type: BIGINT } : { value, type: DOUBLE };
}

/** The rows of one chunk. Types beyond `Value` (dates, lists) come as their text. */
export function rowsOf(chunk: DuckDBDataChunk, result: DuckDBResult): Row[] {
  const names = result.deduplicatedColumnNames();
  // Copies of a row that has all columns: an object that gets them one by one grows a dozen times, and is garbage as often.
  const blank = Object.fromEntries(names.map((name) => [name, null])) as Record<string, Value>;
  const rows: Record<string, Value>[] = Array.from({ length: chunk.rowCount }, () => ({ ...blank }));
  for (const [index, name] of names.entries()) {
    const read = result.columnTypeId(index) === DuckDBTypeId.VARCHAR ? textReader(chunk, index) : valueReader(chunk, index);
    for (const [i, row] of rows.entries()) row[name] = read(i);
  }
  return rows;
}

function valueReader(chunk: DuckDBDataChunk, column: number): (row: number) => Value {
  const vector = chunk.getColumnVector(column);
  return (row) => plain(vector.getItem(row));
}

/**
 * The binding's own reader drops a leading U+FEFF, and a field of evidence must come back as it went in: the bytes are
 * read as they lie and decoded here.
 */
function textReader(chunk: DuckDBDataChunk, column: number): (row: number) => Value {
  const vector = DuckDBBlobVector.fromRawVector(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount);
  return (row) => {
    const bytes = vector.getItemBytes(row);
    return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  };
}

function plain(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return value;
  }
  if (value instanceof DuckDBBlobValue) return Uint8Array.from(value.bytes);
  return String(value);
}
