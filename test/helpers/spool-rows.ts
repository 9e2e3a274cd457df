import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Segment, SpoolTexts } from '../../electron/timeline/spool-format.ts';

let connection: Promise<DuckDBConnection> | null = null;

async function rowsOf(sql: string): Promise<readonly Record<string, unknown>[]> {
  connection ??= DuckDBInstance.create(':memory:', { threads: '1', enable_external_file_cache: 'false' }).then((instance) => instance.connect());
  return (await (await connection).runAndReadAll(sql)).getRowObjects();
}

/** The texts that a segment brings, added to those of its epoch. */
async function addTexts(texts: SpoolTexts, known: Map<string, string[]>): Promise<readonly string[]> {
  const epoch = known.get(texts.epoch) ?? [];
  known.set(texts.epoch, epoch);
  if (texts.file === null) return epoch;
  for (const row of await rowsOf(`select id, value from read_parquet('${texts.file}') order by id`)) epoch[Number(row['id'])] = String(row['value']);
  return epoch;
}

/**
 * The rows of a segment as the store will have them: every column by name as text, null for NULL; `time` in ticks.
 * @param known texts by epoch, kept by the caller from segment to segment
 */
export async function spoolRows(segment: Segment, known: Map<string, string[]>): Promise<readonly ReadonlyMap<string, string | null>[]> {
  const texts = await addTexts(segment.texts, known);
  const { rows } = segment;
  if (rows === null) return [];
  const stored = rows.file === null ? [] : await rowsOf(`select * from read_parquet('${rows.file}')`);
  return Array.from({ length: rows.rows }, (_, i) => {
    const number = (name: string): number | null => {
      const column = rows.columns.find((c) => c.name === name);
      if (column === undefined || !column.stored) return column?.constant ?? null;
      const value = Number(stored[i]?.[name]);
      return column.nulls && value === -1 ? null : value;
    };
    const row = new Map<string, string | null>(rows.columns.map((column) => {
      const value = number(column.name);
      return [column.name, value === null ? null : column.text ? (texts[value] ?? `no text ${value}`) : String(value)];
    }));
    const second = number('second');
    row.set('time', second === null ? null : String(BigInt(second + rows.baseSecond) * 10_000_000n + BigInt(number('tick') ?? 0)));
    row.set('off', String(segment.baseOffset + (number('off') ?? 0)));
    row.set('line', String(segment.baseLine + (number('line') ?? 0)));
    return row;
  });
}
