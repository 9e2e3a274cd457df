import { rmSync } from 'node:fs';
import path from 'node:path';
import type { SpoolRows, SpoolTexts } from '../../timeline/spool-format.ts';
import type { Dictionary } from './dictionary.ts';
import { writeParquet } from './parquet.ts';
import type { RowColumns } from './row-columns.ts';

/** Names and writes the two files of each segment. Whoever takes a segment deletes them. */
export class SegmentWriter {
  readonly #directory: string;
  readonly #prefix: string;
  #number = 0;

  constructor(directory: string, prefix: string) {
    this.#directory = directory;
    this.#prefix = prefix;
  }

  take(columns: RowColumns, dictionary: Dictionary): { readonly rows: SpoolRows | null; readonly texts: SpoolTexts } {
    const name = path.join(this.#directory, `${this.#prefix}-${this.#number++}`);
    const rows = columns.take(`${name}.rows`);
    try {
      const { epoch, from, count, kinds, values } = dictionary.takeFresh();
      const file = count === 0 ? null : `${name}.texts`;
      if (file !== null) {
        writeParquet(file, count, [
          { name: 'id', type: 'int32', values: Int32Array.from({ length: count }, (_, i) => from + i) },
          { name: 'kind', type: 'int32', values: kinds },
          { name: 'value', type: 'text', values },
        ]);
      }
      return { rows, texts: { epoch, file, from, count } };
    } catch (error) {
      if (rows?.file !== null && rows?.file !== undefined) rmSync(rows.file, { force: true });
      throw error;
    }
  }
}
