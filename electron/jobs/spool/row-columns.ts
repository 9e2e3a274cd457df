import { SPOOL_NULL, type SpoolColumn, type SpoolRows } from '../../timeline/spool-format.ts';
import { writeParquet, type ParquetColumn } from './parquet.ts';

const FIRST_ROWS = 1 << 12;
const INT32_MAX = 2 ** 31 - 1;

/**
 * The rows of a segment, column by column. The arrays are used again for the next segment; they grow when a segment has
 * more rows than any before it, which its bytes bound.
 */
export class RowColumns {
  readonly #numberNames: readonly string[];
  readonly #textNames: readonly string[];
  /** Rows so far. */
  count = 0;
  #size = 0;
  #pieceFrom = 0;
  piece = new Int32Array(0);
  /** A double: one line that is not read may be longer than 2 GiB, and the segment cannot end inside it. */
  off = new Float64Array(0);
  length = new Int32Array(0);
  line = new Int32Array(0);
  /** Seconds since 1970; NaN where the moment is unknown. */
  second = new Float64Array(0);
  tick = new Int32Array(0);
  layout = new Float64Array(0);
  ip4 = new Float64Array(0);
  ip = new Int32Array(0);
  extra = new Int32Array(0);
  site = new Int32Array(0);
  numbers: Float64Array[];
  texts: Int32Array[];

  constructor(numberNames: readonly string[], textNames: readonly string[]) {
    this.#numberNames = numberNames;
    this.#textNames = textNames;
    this.numbers = numberNames.map(() => new Float64Array(0));
    this.texts = textNames.map(() => new Int32Array(0));
    this.#grow(FIRST_ROWS);
  }

  /** The row that may be filled; it counts when `count` is raised. Its fields are SPOOL_NULL. */
  next(): number {
    if (this.count === this.#size) this.#grow(this.#size * 2);
    return this.count;
  }

  /** Takes back what was written into a row that does not count. */
  wipe(row: number): void {
    for (const values of this.numbers) values[row] = SPOOL_NULL;
    for (const ids of this.texts) ids[row] = SPOOL_NULL;
    this.ip4[row] = SPOOL_NULL;
    this.ip[row] = SPOOL_NULL;
    this.extra[row] = SPOOL_NULL;
    this.site[row] = SPOOL_NULL;
  }

  /** The rows so far do not count: a reading that used the columns before was left. */
  discard(): void {
    this.#empty(this.count);
  }

  /** The rows since the last call belong to this piece of a bundle; without a call all belong to the first. */
  endPiece(piece: number): void {
    this.piece.fill(piece, this.#pieceFrom, this.count);
    this.#pieceFrom = this.count;
  }

  /** The rows since the last `endPiece` do not count after all. */
  dropPiece(): void {
    for (let row = this.#pieceFrom; row < this.count; row++) this.wipe(row);
    this.count = this.#pieceFrom;
  }

  /** Writes the columns that vary into a new file and starts again. @param file its path */
  take(file: string): SpoolRows | null {
    const rows = this.count;
    if (rows === 0) return null;
    const parts: ParquetColumn[] = [];
    const columns: SpoolColumn[] = [];
    const put = (name: string, values: Int32Array | Float64Array, text: boolean): void => {
      const column = describe(name, values, text);
      columns.push(column);
      if (column.stored) parts.push(narrow(name, values));
    };
    const baseSecond = this.#baseSecond(rows);
    // In place: the next segment writes its own.
    const seconds = this.second.subarray(0, rows);
    for (let i = 0; i < rows; i++) {
      const s = seconds[i] as number;
      seconds[i] = Number.isNaN(s) ? SPOOL_NULL : s - baseSecond;
    }
    put('piece', this.piece.subarray(0, rows), false);
    put('off', this.off.subarray(0, rows), false);
    put('length', this.length.subarray(0, rows), false);
    put('line', this.line.subarray(0, rows), false);
    put('second', seconds, false);
    put('tick', this.tick.subarray(0, rows), false);
    put('layout', this.layout.subarray(0, rows), false);
    put('ip4', this.ip4.subarray(0, rows), false);
    for (const [i, name] of this.#numberNames.entries()) put(name, (this.numbers[i] as Float64Array).subarray(0, rows), false);
    for (const [i, name] of this.#textNames.entries()) put(name, (this.texts[i] as Int32Array).subarray(0, rows), true);
    put('ip', this.ip.subarray(0, rows), true);
    put('extra', this.extra.subarray(0, rows), true);
    put('site', this.site.subarray(0, rows), true);
    if (parts.length > 0) writeParquet(file, rows, parts);
    this.#empty(rows);
    return { file: parts.length > 0 ? file : null, rows, baseSecond, columns };
  }

  #baseSecond(rows: number): number {
    let base = Number.POSITIVE_INFINITY;
    for (let i = 0; i < rows; i++) if ((this.second[i] as number) < base) base = this.second[i] as number;
    return Number.isFinite(base) ? base : 0;
  }

  /** What one layout leaves unset must not show under the next: the fields are NULL again. */
  #empty(rows: number): void {
    for (const values of [...this.numbers, this.ip4]) values.fill(SPOOL_NULL, 0, rows);
    for (const ids of [...this.texts, this.ip, this.extra, this.site]) ids.fill(SPOOL_NULL, 0, rows);
    this.piece.fill(0, 0, rows);
    this.#pieceFrom = 0;
    this.count = 0;
  }

  #grow(size: number): void {
    const from = this.#size;
    const integers = (old: Int32Array, fill: number): Int32Array<ArrayBuffer> => {
      const out = new Int32Array(size);
      out.set(old);
      if (fill !== 0) out.fill(fill, from);
      return out;
    };
    const doubles = (old: Float64Array, fill: number): Float64Array<ArrayBuffer> => {
      const out = new Float64Array(size);
      out.set(old);
      if (fill !== 0) out.fill(fill, from);
      return out;
    };
    this.piece = integers(this.piece, 0);
    this.off = doubles(this.off, 0);
    this.length = integers(this.length, 0);
    this.line = integers(this.line, 0);
    this.second = doubles(this.second, 0);
    this.tick = integers(this.tick, 0);
    this.layout = doubles(this.layout, 0);
    this.ip4 = doubles(this.ip4, SPOOL_NULL);
    this.ip = integers(this.ip, SPOOL_NULL);
    this.extra = integers(this.extra, SPOOL_NULL);
    this.site = integers(this.site, SPOOL_NULL);
    this.numbers = this.numbers.map((values) => doubles(values, SPOOL_NULL));
    this.texts = this.texts.map((ids) => integers(ids, SPOOL_NULL));
    this.#size = size;
  }
}

function describe(name: string, values: Int32Array | Float64Array, text: boolean): SpoolColumn {
  const first = values[0] as number;
  let varies = false;
  let nulls = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value !== first) varies = true;
    if (value === SPOOL_NULL) nulls = true;
    if (varies && nulls) break;
  }
  return { name, text, constant: varies || first === SPOOL_NULL ? null : first, stored: varies, nulls };
}

/** Four bytes where all values fit, else a double: exact up to 2^53. */
function narrow(name: string, values: Int32Array | Float64Array): ParquetColumn {
  if (values instanceof Int32Array) return { name, type: 'int32', values };
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > INT32_MAX) return { name, type: 'double', values };
  return { name, type: 'int32', values: new Int32Array(values) };
}
