import type { ReactNode } from 'react';

export interface Column<R> {
  readonly id: string;
  readonly title: string;
  /** A CSS grid track: `160px`, `minmax(200px, 1fr)`. */
  readonly width: string;
  readonly render: (row: R) => ReactNode;
  readonly mono?: boolean;
  readonly align?: 'end';
  /** Given when the list can be sorted by this column. */
  readonly sortable?: boolean;
}

/** Where rows come from: all at once, or page by page. */
export interface RowSource<R> {
  readonly count: number;
  /** Undefined while the row's page is on its way. */
  row(index: number): R | undefined;
  /** Tells which rows are in sight, so that their pages can be fetched. */
  want?(first: number, last: number): void;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface GridHandle {
  focus(): void;
  move(delta: number): void;
  to(row: number): void;
  last(): void;
}

export function listSource<R>(rows: readonly R[]): RowSource<R> {
  return { count: rows.length, row: (index) => rows[index] };
}
