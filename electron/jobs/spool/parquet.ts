import { closeSync, openSync, rmSync, writeSync } from 'node:fs';

/**
 * The least of Parquet that hands numbers and texts over: no compression, no nulls, one page per column of a row group
 * (https://parquet.apache.org/docs/file-format/; the header structures are Thrift, compact protocol).
 */
export type ParquetColumn =
  | { readonly name: string; readonly type: 'int32'; readonly values: Int32Array }
  | { readonly name: string; readonly type: 'double'; readonly values: Float64Array }
  /** `values`: each text with four bytes of length before it. */
  | { readonly name: string; readonly type: 'text'; readonly values: Uint8Array };

/** Rows of one row group: as many as the database's own, so that its threads take one each. */
const GROUP_ROWS = 122_880;
const MAGIC = Buffer.from('PAR1', 'latin1');
const TYPE = { int32: 1, double: 5, text: 6 } as const;
const ENCODING_PLAIN = 0;
const ENCODING_RLE = 3;

/** Writes a file; nothing is left of it when that fails. A file with a text column has one row group. */
export function writeParquet(file: string, rows: number, columns: readonly ParquetColumn[]): void {
  const fd = openSync(file, 'w', 0o600);
  try {
    new ParquetFile(fd).write(rows, columns);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

class ParquetFile {
  readonly #fd: number;
  #at = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(rows: number, columns: readonly ParquetColumn[]): void {
    this.#put(MAGIC);
    const step = columns.some((c) => c.type === 'text') ? rows : GROUP_ROWS;
    const groups: ((out: Thrift) => void)[] = [];
    for (let from = 0; from < rows; from += step) groups.push(this.#group(columns, from, Math.min(rows, from + step)));
    const footer = new Thrift()
      .int(1, 1)
      .list(2, [schemaRoot(columns.length), ...columns.map(schemaOf)])
      .long(3, rows)
      .list(4, groups)
      .end();
    this.#put(footer);
    const tail = Buffer.alloc(4);
    tail.writeUInt32LE(footer.length);
    this.#put(tail);
    this.#put(MAGIC);
  }

  #group(columns: readonly ParquetColumn[], from: number, to: number): (out: Thrift) => void {
    const begun = this.#at;
    const chunks = columns.map((column) => this.#chunk(column, from, to));
    const size = this.#at - begun;
    return (out) => void out.list(1, chunks).long(2, size).long(3, to - from);
  }

  #chunk(column: ParquetColumn, from: number, to: number): (out: Thrift) => void {
    const data = bytesOf(column, from, to);
    const at = this.#at;
    const header = new Thrift().int(1, 0).int(2, data.length).int(3, data.length)
      .struct(5, (page) => void page.int(1, to - from).int(2, ENCODING_PLAIN).int(3, ENCODING_RLE).int(4, ENCODING_RLE))
      .end();
    this.#put(header);
    this.#put(data);
    const size = this.#at - at;
    return (out) =>
      void out.long(2, at).struct(3, (meta) =>
        void meta.int(1, TYPE[column.type]).ints(2, [ENCODING_PLAIN]).texts(3, [column.name]).int(4, 0)
          .long(5, to - from).long(6, size).long(7, size).long(9, at));
  }

  #put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
    this.#at += bytes.length;
  }
}

function bytesOf(column: ParquetColumn, from: number, to: number): Uint8Array {
  if (column.type === 'text') return column.values;
  const part = column.values.subarray(from, to);
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}

function schemaRoot(children: number): (out: Thrift) => void {
  return (out) => void out.text(4, 'spool').int(5, children);
}

/** Every column is required; texts are marked as UTF-8. */
function schemaOf(column: ParquetColumn): (out: Thrift) => void {
  return (out) => {
    out.int(1, TYPE[column.type]).int(3, 0).text(4, column.name);
    if (column.type === 'text') out.int(6, 0);
  };
}

const STOP = 0;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** One structure in Thrift's compact protocol; fields in ascending order. */
class Thrift {
  readonly #out: number[];
  #last = 0;

  constructor(out: number[] = []) {
    this.#out = out;
  }

  int(id: number, value: number): this {
    this.#field(id, I32);
    this.#zigzag(value);
    return this;
  }

  long(id: number, value: number): this {
    this.#field(id, I64);
    this.#zigzag(value);
    return this;
  }

  text(id: number, value: string): this {
    this.#field(id, BINARY);
    this.#string(value);
    return this;
  }

  struct(id: number, fill: (inner: Thrift) => void): this {
    this.#field(id, STRUCT);
    this.#structure(fill);
    return this;
  }

  list(id: number, items: readonly ((inner: Thrift) => void)[]): this {
    this.#list(id, STRUCT, items.length);
    for (const fill of items) this.#structure(fill);
    return this;
  }

  ints(id: number, values: readonly number[]): this {
    this.#list(id, I32, values.length);
    for (const value of values) this.#zigzag(value);
    return this;
  }

  texts(id: number, values: readonly string[]): this {
    this.#list(id, BINARY, values.length);
    for (const value of values) this.#string(value);
    return this;
  }

  end(): Uint8Array {
    return Uint8Array.from([...this.#out, STOP]);
  }

  #structure(fill: (inner: Thrift) => void): void {
    fill(new Thrift(this.#out));
    this.#out.push(STOP);
  }

  #list(id: number, type: number, length: number): void {
    this.#field(id, LIST);
    if (length < 15) {
      this.#out.push((length << 4) | type);
    } else {
      this.#out.push(0xf0 | type);
      this.#varint(length);
    }
  }

  #field(id: number, type: number): void {
    this.#out.push(((id - this.#last) << 4) | type);
    this.#last = id;
  }

  #string(value: string): void {
    const bytes = Buffer.from(value, 'utf8');
    this.#varint(bytes.length);
    this.#out.push(...bytes);
  }

  /** No value here is negative. */
  #zigzag(value: number): void {
    this.#varint(value * 2);
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#out.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#out.push(rest);
  }
}
