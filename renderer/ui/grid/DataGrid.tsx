import { memo, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import type { Column, GridHandle, RowSource, Sort } from './types.ts';
import { useRowWindow } from './use-row-window.ts';

export interface DataGridProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly source: RowSource<R>;
  readonly rowKey: (row: R) => string;
  readonly rowHeight: number;
  /** Text may wrap onto a second line; `rowHeight` then holds two. */
  readonly twoLines?: boolean;
  /** Index of the focused row; -1 when there is none. */
  readonly focused: number;
  readonly focusedColumn?: string | undefined;
  readonly onFocus: (index: number, row: R | undefined, column: string) => void;
  readonly onOpen?: (row: R) => void;
  readonly rowClass?: (row: R) => string;
  /** Words on a thin rule above a row: what lies between it and the row before. */
  readonly ruleAbove?: ((index: number) => string | null) | undefined;
  readonly sort?: Sort;
  readonly onSort?: (column: string) => void;
  readonly empty?: ReactNode;
  /** Takes the keyboard when the view appears. */
  readonly autoFocus?: boolean;
  readonly handle?: Ref<GridHandle>;
}

/** Whether keys go into it as text. */
function isTyped(element: Element): boolean {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(element.type));
}

/** ARIA grid over any number of rows; only those in sight are in the document, and exactly one cell can be tabbed to. */
export function DataGrid<R>(props: DataGridProps<R>): ReactNode {
  const { columns, source, rowHeight, focused, onFocus, onOpen } = props;
  const wantsFocus = useRef(props.autoFocus === true);
  /** Nobody has asked for the keyboard: it is only that the list has come. */
  const arriving = useRef(props.autoFocus === true);
  const inside = useRef(false);
  const window_ = useRowWindow(source.count, rowHeight, (props.twoLines === true ? rowHeight / 2 : rowHeight) + 2);
  const { scroller, first, last, show, viewportRows } = window_;
  const columnAt = Math.max(0, columns.findIndex((c) => c.id === props.focusedColumn));
  const template = columns.map((c) => c.width).join(' ');
  const minWidth = columns.reduce((sum, c) => sum + leastWidth(c.width), 0);

  useEffect(() => source.want?.(first, last), [source, first, last]);

  const focusTo = useCallback((index: number, column: number = columnAt) => {
    if (source.count === 0) return;
    const row = Math.max(0, Math.min(source.count - 1, index));
    wantsFocus.current = true;
    arriving.current = false;
    show(row);
    onFocus(row, source.row(row), columns[column]?.id ?? '');
    // The focused row stays the same: nothing is drawn anew, and nothing below would take the keyboard.
    if (row === focused && column === columnAt && row >= first && row <= last) scroller.current?.querySelector<HTMLElement>('[tabindex="0"][role="gridcell"]')?.focus({ preventScroll: true });
  }, [columnAt, columns, first, focused, last, onFocus, scroller, show, source]);

  useImperativeHandle(props.handle, () => ({
    focus: () => {
      wantsFocus.current = true;
      focusTo(Math.max(0, focused));
    },
    move: (delta) => focusTo(Math.max(0, focused) + (focused < 0 ? 0 : delta)),
    to: (row) => focusTo(row),
    last: () => focusTo(source.count - 1),
  }), [focusTo, focused, source.count]);

  // A row that was focused from elsewhere (a jump, a link) is brought into sight, and stays there when the list changes its size.
  const shown = useRef('');
  useLayoutEffect(() => {
    const place = `${focused} ${rowHeight} ${viewportRows}`;
    if (place === shown.current || focused < 0 || focused >= source.count) return;
    shown.current = place;
    show(focused, focused < first || focused > last);
  }, [focused, rowHeight, viewportRows, source.count, show, first, last]);

  useLayoutEffect(() => {
    // The row that had the keyboard may have been drawn anew at another place: the keyboard stays on it.
    const active = document.activeElement;
    // Rows that come late must not take the keyboard from a dialog or a field that was gone to meanwhile: half a word would be lost.
    if (active !== null && (active.closest('[role="dialog"]') !== null || (arriving.current && isTyped(active)))) {
      wantsFocus.current = false;
      arriving.current = false;
      inside.current = false;
      return;
    }
    const cell = scroller.current?.querySelector<HTMLElement>('[tabindex="0"][role="gridcell"]');
    // ... and goes along when the focused row is another one all of a sudden (a link to a row of a list that came late).
    const astray = active?.getAttribute('role') === 'gridcell' && active !== cell && scroller.current?.contains(active) === true;
    const lost = inside.current && (active === document.body || astray);
    if ((!wantsFocus.current && !lost) || source.count === 0) return;
    if (cell === null || cell === undefined) return;
    // A row that is only kept at the edge of the list does not lie where it belongs: scrolling to it would lead astray.
    const inSight = focused < 0 || (focused >= first && focused <= last);
    if (!inSight && wantsFocus.current) return;
    cell.focus({ preventScroll: true });
    if (!inSight) return;
    // The list itself is there already; a column out of sight, or a list in a low window, is brought into it.
    cell.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    wantsFocus.current = false;
    arriving.current = false;
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey && !['Home', 'End'].includes(event.key)) return;
    if (event.altKey || event.metaKey) return;
    const page = viewportRows - 1;
    const moves: Record<string, (() => void) | undefined> = {
      ArrowDown: () => focusTo(focused + 1),
      ArrowUp: () => focusTo(focused - 1),
      PageDown: () => focusTo(focused + page),
      PageUp: () => focusTo(focused - page),
      ArrowRight: () => focusTo(focused, Math.min(columns.length - 1, columnAt + 1)),
      ArrowLeft: () => focusTo(focused, Math.max(0, columnAt - 1)),
      Home: () => (event.ctrlKey ? focusTo(0) : focusTo(focused, 0)),
      End: () => (event.ctrlKey ? focusTo(source.count - 1) : focusTo(focused, columns.length - 1)),
      Enter: () => {
        const row = source.row(focused);
        if (row !== undefined) onOpen?.(row);
      },
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  // The same functions for as long as the grid is there, so that a row is drawn anew only when it changed itself.
  const latest = useRef({ focusTo, open: (_index: number): void => {} });
  useLayoutEffect(() => {
    latest.current = {
      focusTo,
      open: (index) => {
        const row = source.row(index);
        if (row !== undefined) onOpen?.(row);
      },
    };
  });
  const onCell = useCallback((index: number, column: number) => latest.current.focusTo(index, column), []);
  const onOpenRow = useCallback((index: number) => latest.current.open(index), []);

  const indices: number[] = [];
  for (let i = first; i <= last; i++) indices.push(i);
  const tabRow = focused >= 0 && focused < source.count ? focused : 0;
  // The focused row stays in the document when it is scrolled away, so that the focus is never lost.
  if (source.count > 0 && (tabRow < first || tabRow > last)) indices.push(tabRow);

  return (
    <div className={`grid ${props.twoLines === true ? 'two-lines' : ''}`} ref={scroller} onScroll={window_.onScroll} onFocus={() => { inside.current = true; }} onBlur={(e) => { inside.current = e.relatedTarget === null && inside.current; }} role="grid" aria-label={props.label} aria-rowcount={source.count + 1} aria-colcount={columns.length} onKeyDown={onKeyDown}>
      <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth }}>
        {columns.map((column) => <HeadCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />)}
      </div>
      <div className="grid-body" role="rowgroup" style={{ height: window_.physicalHeight, minWidth }}>
        {indices.map((index) => {
          const row = source.row(index);
          return (
            <GridRow
              key={index} index={index} row={row} id={row === undefined ? undefined : props.rowKey(row)} rule={props.ruleAbove?.(index) ?? null} columns={columns as readonly Column<unknown>[]} template={template}
              top={window_.top(index)} height={rowHeight} selected={index === focused} tabColumn={index === tabRow ? columnAt : -1} className={row === undefined ? 'loading' : (props.rowClass?.(row) ?? '')}
              onCell={onCell} onOpen={onOpenRow}
            />
          );
        })}
      </div>
      {source.count === 0 ? <div className="grid-empty">{props.empty}</div> : null}
    </div>
  );
}

interface RowProps {
  readonly index: number;
  readonly row: unknown;
  readonly id: string | undefined;
  readonly rule: string | null;
  readonly columns: readonly Column<unknown>[];
  readonly template: string;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  /** The cell that can be tabbed to; -1: none of this row. */
  readonly tabColumn: number;
  readonly className: string;
  readonly onCell: (index: number, column: number) => void;
  readonly onOpen: (index: number) => void;
}

/** A key that moves the focus changes two rows of some forty: the others stay as they are. */
const GridRow = memo(function GridRow({ index, row, id, rule, columns, template, top, height, selected, tabColumn, className, onCell, onOpen }: RowProps): ReactNode {
  return (
    <div
      role="row" aria-rowindex={index + 2} aria-selected={selected} aria-description={rule === null ? undefined : `after ${rule}`} data-row={id}
      className={`grid-row ${index % 2 === 1 ? 'odd' : ''} ${selected ? 'focused' : ''} ${className}`} style={{ gridTemplateColumns: template, top, height }}
    >
      {rule === null ? null : <div className="grid-rule" aria-hidden="true"><span>{rule}</span></div>}
      {columns.map((column, at) => (
        <div
          key={column.id} role="gridcell" aria-colindex={at + 1} tabIndex={at === tabColumn ? 0 : -1} className={`grid-cell ${column.mono === true ? 'mono' : ''} ${column.align ?? ''}`}
          onMouseDown={() => onCell(index, at)} onDoubleClick={() => onOpen(index)}
        >
          {row === undefined ? (at === 0 ? '...' : '') : column.render(row)}
        </div>
      ))}
    </div>
  );
});

/** The least pixels of a track: of `160px` and of `minmax(160px, 1fr)` alike. */
function leastWidth(track: string): number {
  return Number(/(\d+)px/.exec(track)?.[1] ?? 0);
}

function HeadCell<R>({ column, sort, onSort }: { readonly column: Column<R>; readonly sort: Sort | undefined; readonly onSort: ((column: string) => void) | undefined }): ReactNode {
  const sorted = sort?.column === column.id;
  const direction = sorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
  if (column.sortable !== true || onSort === undefined) return <div role="columnheader" className={`grid-cell ${column.align ?? ''}`}>{column.title}</div>;
  return (
    <div role="columnheader" className={`grid-cell ${column.align ?? ''}`} aria-sort={direction}>
      <button type="button" className="grid-sort" tabIndex={-1} onClick={() => onSort(column.id)}>
        {column.title}{sorted ? (sort.descending ? ' \u25be' : ' \u25b4') : ''}
      </button>
    </div>
  );
}
