import type { FieldLayout, LogRow } from '../../artifacts/kit/log-lines.ts';

/** Where the scanner puts rows. Offsets and lines count from the start of the segment. */
export interface RowSink {
  /** The layout of plain lines from here on; null: there are none. */
  useLayout(layout: FieldLayout | null): void;
  /** A new segment begins. */
  renameLayout(): void;
  /** @returns false when the line is not entirely plain; nothing was written then */
  writeClean(b: Uint8Array, start: number, end: number, sep: Int32Array, count: number, high: boolean, offset: number, length: number, line: number): boolean;
  writeExact(row: LogRow, layout: FieldLayout, offset: number, length: number, line: number): void;
}
