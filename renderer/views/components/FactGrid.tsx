import { useRef, useState, type ReactNode } from 'react';
import { useActions } from '../../commands/actions.ts';
import { useApp } from '../../state/react.ts';
import { DataGrid, EmptyState, listSource, ROW_HEIGHT, type Column, type GridHandle, type Range, type RowSource } from '../../ui/index.ts';
import { useExplore, type Shared } from './explore.tsx';

/** Where a row's bytes are: a piece of the file, or a text to look for among its strings. */
export type RowPlace = Range | { readonly find: string } | null;

export interface FactGridProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[] | RowSource<R>;
  readonly rowKey: (row: R) => string;
  readonly place?: (row: R) => RowPlace;
  /** What `=` asks for while this row has the focus. */
  readonly shared?: (row: R) => Shared | null;
  /** Enter, instead of going to the bytes. */
  readonly onOpen?: (row: R) => void;
  readonly onRow?: (row: R) => void;
  readonly twoLines?: boolean;
  /** Index of the row that has the focus at first. */
  readonly start?: number;
  /** Takes the keyboard when its first rows arrive. */
  readonly autoFocus?: boolean;
  readonly empty: string;
  readonly rowClass?: (row: R) => string;
}

/** A list of facts of one file: the focused row marks its bytes at once, Enter goes to them, `=` to what else shares it. */
export function FactGrid<R>(props: FactGridProps<R>): ReactNode {
  const { rowKey, place, shared } = props;
  const explore = useExplore();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)] * (props.twoLines === true ? 2 : 1);
  const [at, setAt] = useState({ index: props.start ?? -1, column: '' });
  const [inside, setInside] = useState(false);
  const grid = useRef<GridHandle>(null);
  const source = isSource(props.rows) ? props.rows : listSource(props.rows);
  const row = source.row(at.index);

  const go = (row: R, open: boolean): void => {
    const where = place?.(row) ?? null;
    if (where === null) return;
    if ('find' in where) {
      // Looking a text up costs a search: only when it is asked for.
      if (open) explore.find(where.find, true);
    } else (open ? explore.open : explore.select)(where);
  };
  const focus = (index: number, row: R | undefined, column: string): void => {
    setAt({ index, column });
    if (row === undefined) return;
    go(row, false);
    props.onRow?.(row);
    explore.point(shared?.(row) ?? null);
  };
  const open = (row: R): void => (props.onOpen === undefined ? go(row, true) : props.onOpen(row));
  useActions(inside ? {
    'list.next': () => grid.current?.move(1),
    'list.previous': () => grid.current?.move(-1),
    'list.first': () => grid.current?.to(0),
    'list.last': () => grid.current?.last(),
    'row.source': () => row !== undefined && go(row, true),
  } : {});

  return (
    <div
      className="fill" onFocus={(e) => {
        setInside(true);
        const first = source.row(0);
        // The keyboard came to the first cell by itself: its row is the one that keys mean.
        if (at.index < 0 && first !== undefined && e.target.getAttribute('role') === 'gridcell') return focus(0, first, props.columns[0]?.id ?? '');
        if (row !== undefined) explore.point(shared?.(row) ?? null);
      }}
      onBlur={(e) => {
        if (e.currentTarget.contains(e.relatedTarget)) return;
        setInside(false);
        explore.point(null);
      }}
    >
      <DataGrid
        label={props.label} columns={props.columns} source={source} rowKey={rowKey} rowHeight={rowHeight} focused={at.index} focusedColumn={at.column} onFocus={focus} onOpen={open} handle={grid}
        {...(props.autoFocus === true ? { autoFocus: true } : {})} {...(props.twoLines === undefined ? {} : { twoLines: props.twoLines })} {...(props.rowClass === undefined ? {} : { rowClass: props.rowClass })} empty={<EmptyState title={props.empty} />}
      />
    </div>
  );
}

function isSource<R>(rows: readonly R[] | RowSource<R>): rows is RowSource<R> {
  return !Array.isArray(rows);
}
