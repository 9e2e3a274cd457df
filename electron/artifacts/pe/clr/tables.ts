import type { ByteView } from '../../kit/bytes.ts';
import { CODED, TABLES, type TableName } from './schema.ts';

interface Column {
  readonly name: string;
  readonly at: number;
  readonly width: number;
  readonly coded: ReadonlyArray<TableName | null> | null;
}

/** Value of a column by row, from 1; 0 for a row that is not there. */
export type ColumnReader = (row: number) => number;

interface Layout {
  readonly offset: number;
  /** Rows that lie in the stream. */
  readonly rows: number;
  readonly width: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** What a coded index points at: row 0 is "nothing". */
export interface Target {
  readonly table: TableName | null;
  readonly row: number;
}

const NAMES_BY_ID = new Map<number, TableName>(Object.entries(TABLES).map(([name, table]) => [table.id, name as TableName]));

/** The #~ stream (ECMA-335 II.24.2.6): random access to the rows of all tables. Rows count from 1. */
export class MetadataTables {
  readonly #view: ByteView;
  readonly #layouts = new Map<TableName, Layout>();
  /** Tables whose announced rows do not fit into the stream. */
  readonly short: TableName[] = [];
  /** Bit 0x40 of the heap sizes is set: four bytes more stand behind the row counts. */
  readonly extraData: boolean;
  /** Set when a table is present that no version of the standard defines: what follows it cannot be placed. */
  readonly unknownTable: number | null;

  /** @throws OutOfBounds when the header of the stream is not there */
  constructor(view: ByteView) {
    this.#view = view;
    const heapSizes = view.u8(6);
    const [low, high] = [view.u32(8), view.u32(12)];
    const counts = new Map<TableName, number>();
    let at = 24;
    let unknown: number | null = null;
    for (let id = 0; id < 64; id++) {
      if ((((id < 32 ? low : high) >>> (id % 32)) & 1) === 0) continue;
      const name = NAMES_BY_ID.get(id);
      if (name) counts.set(name, view.u32(at));
      else unknown ??= id;
      at += 4;
    }
    this.unknownTable = unknown;
    // Bit 0x40: four more bytes behind the row counts, as edit-and-continue compilers and some protectors write.
    this.extraData = (heapSizes & 0x40) !== 0;
    if (this.extraData) at += 4;
    this.#place(at, counts, heapSizes, unknown);
  }

  #place(start: number, counts: ReadonlyMap<TableName, number>, heapSizes: number, unknown: number | null): void {
    let at = start;
    for (const [name, rows] of counts) {
      if (unknown !== null && TABLES[name].id > unknown) break;
      const columns = columnsOf(name, counts, heapSizes);
      const width = columns.reduce((sum, column) => sum + column.width, 0);
      const there = Math.max(0, Math.min(rows, Math.floor((this.#view.length - at) / width)));
      if (there < rows) this.short.push(name);
      this.#layouts.set(name, { offset: at, rows: there, width, columns: new Map(columns.map((c) => [c.name, c])) });
      at += rows * width;
    }
  }

  rows(table: TableName): number {
    return this.#layouts.get(table)?.rows ?? 0;
  }

  /** Reader of one column, for loops over a table: the column is looked up once. */
  column(table: TableName, column: string): ColumnReader {
    const layout = this.#layouts.get(table);
    const c = layout?.columns.get(column);
    if (!layout || !c) return () => 0;
    const view = this.#view;
    const { rows, width } = layout;
    const first = layout.offset + c.at - width;
    return c.width === 2 ? (row) => (row < 1 || row > rows ? 0 : view.u16(first + row * width)) : (row) => (row < 1 || row > rows ? 0 : view.u32(first + row * width));
  }

  /** A cell as a number; 0 when the table has no such row. */
  cell(table: TableName, row: number, column: string): number {
    const layout = this.#layouts.get(table);
    const c = layout?.columns.get(column);
    if (!layout || !c || row < 1 || row > layout.rows) return 0;
    const at = layout.offset + (row - 1) * layout.width + c.at;
    return c.width === 2 ? this.#view.u16(at) : this.#view.u32(at);
  }

  /** A coded index taken apart. */
  coded(table: TableName, row: number, column: string): Target {
    const kinds = this.#layouts.get(table)?.columns.get(column)?.coded;
    return kinds ? decode(kinds, this.cell(table, row, column)) : { table: null, row: 0 };
  }
}

/** TypeDefOrRefOrSpecEncoded of signatures uses the same tags (II.23.2.8). */
export function decodeTypeDefOrRef(value: number): Target {
  return decode(CODED['TypeDefOrRef'] ?? [], value);
}

/** Takes the values of a coded column apart. */
export function decodeAs(kind: string, value: number): Target {
  return decode(CODED[kind] ?? [], value);
}

/** Metadata token, `0x0600000A` (II.22): the table's number in the high byte. */
export function token(table: TableName, row: number): string {
  return `0x${TABLES[table].id.toString(16).toUpperCase().padStart(2, '0')}${row.toString(16).toUpperCase().padStart(6, '0')}`;
}

const tagBits = (kinds: ReadonlyArray<unknown>): number => 32 - Math.clz32(kinds.length - 1);

function decode(kinds: ReadonlyArray<TableName | null>, value: number): Target {
  const bits = tagBits(kinds);
  return { table: kinds[value & ((1 << bits) - 1)] ?? null, row: value >>> bits };
}

function columnsOf(name: TableName, counts: ReadonlyMap<TableName, number>, heapSizes: number): Column[] {
  let at = 0;
  return (PARSED.get(name) ?? []).map(({ kind, column, coded }) => {
    const width = widthOf(kind, coded, counts, heapSizes);
    at += width;
    return { name: column, at: at - width, width, coded };
  });
}

/** The schema taken apart once: a small assembly has few rows, and reading their layout was what took time. */
const PARSED = new Map(Object.entries(TABLES).map(([name, table]) => [name, table.columns.map((text) => {
  const [kind = '', column = ''] = text.split(' ');
  return { kind, column, coded: kind.startsWith('^') ? (CODED[kind.slice(1)] ?? []) : null };
})] as const));

function widthOf(kind: string, coded: ReadonlyArray<TableName | null> | null, counts: ReadonlyMap<TableName, number>, heapSizes: number): number {
  if (kind === '2' || kind === '4') return Number(kind);
  if (kind === 's') return (heapSizes & 1) !== 0 ? 4 : 2;
  if (kind === 'g') return (heapSizes & 2) !== 0 ? 4 : 2;
  if (kind === 'b') return (heapSizes & 4) !== 0 ? 4 : 2;
  const rowsOf = (table: TableName | null): number => (table === null ? 0 : (counts.get(table) ?? 0));
  if (coded) return Math.max(...coded.map(rowsOf)) < 2 ** (16 - tagBits(coded)) ? 2 : 4;
  return rowsOf(kind.slice(1) as TableName) < 0x10000 ? 2 : 4;
}
