import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode, type Ref, useImperativeHandle } from 'react';
import { useRowWindow } from '../grid/use-row-window.ts';
import { byteUnder, moved, offsetText, PER_ROW, runsOf, selected, type Caret, type Range } from './rows.ts';

/** Where bytes come from: piece by piece, as they come into sight. */
export interface HexSource {
  readonly size: number;
  /** Undefined while it is on its way, and where there is none. */
  byte(at: number): number | undefined;
  want(first: number, last: number): void;
}

export interface HexHandle {
  focus(): void;
}

export interface HexViewProps {
  readonly label: string;
  readonly source: HexSource;
  readonly caret: Caret;
  readonly onCaret: (caret: Caret) => void;
  /** The piece that a fact rests on: it is brought into sight whenever it changes. */
  readonly mark: Range | null;
  readonly rowHeight: number;
  /** The selection was copied: as text, for the clipboard. */
  readonly onCopy?: (hex: string) => void;
  readonly handle?: Ref<HexHandle>;
}

/** Most bytes that go to the clipboard at once. */
const MOST_COPIED = 65_536;

/** Bytes of a file of any size as offset, hexadecimal and characters, with a caret and a selection. */
export function HexView({ label, source, caret, onCaret, mark, rowHeight, onCopy, handle }: HexViewProps): ReactNode {
  const id = useId();
  const rows = Math.ceil(source.size / PER_ROW);
  const view = useRowWindow(rows, rowHeight, 0);
  const { scroller, first, last, show, viewportRows } = view;
  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }), [scroller]);
  useEffect(() => {
    if (last >= first) source.want(first * PER_ROW, (last + 1) * PER_ROW - 1);
  }, [source, first, last]);
  const jumped = useRef({ place: '', size: '' });
  useEffect(() => {
    if (rows === 0) return;
    const place = mark === null ? 'none' : `${mark.offset} ${mark.length}`;
    const size = `${rows} ${viewportRows}`;
    const before = jumped.current;
    if (before.place === place && before.size === size) return;
    jumped.current = { place, size };
    // A new mark is gone to; where only the window changed, the place of the caret stays in sight.
    const at = mark !== null && before.place !== place ? mark.offset : caret.at;
    const row = Math.floor(Math.min(at, source.size - 1) / PER_ROW);
    show(row, row < first + 8 || row > last - 8);
  }, [mark, caret.at, rows, viewportRows, first, last, show, source.size]);

  const to = (at: number, extend: boolean): void => {
    onCaret({ at, anchor: extend ? caret.anchor : at });
    show(Math.floor(at / PER_ROW));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key.toLowerCase() === 'c' && onCopy !== undefined) {
      event.preventDefault();
      onCopy(copied(source, selected(caret)));
      return;
    }
    const next = moved(caret.at, source.size, Math.max(1, viewportRows - 1), event.key, ctrl);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    to(next, event.shiftKey);
  };
  const pointAt = (event: MouseEvent<HTMLElement>, row: number): number => {
    const cell = event.currentTarget.getBoundingClientRect();
    const share = cell.width === 0 ? 0 : (event.clientX - cell.left) / cell.width;
    return Math.min(source.size - 1, row * PER_ROW + byteUnder(share, event.currentTarget.dataset['wide'] === 'true'));
  };
  const onPointer = (event: MouseEvent<HTMLElement>, row: number, start: boolean): void => {
    if (event.buttons !== 1) return;
    const at = pointAt(event, row);
    if (start) {
      event.preventDefault();
      scroller.current?.focus({ preventScroll: true });
      onCaret({ at, anchor: event.shiftKey ? caret.anchor : at });
    } else if (at !== caret.at) onCaret({ at, anchor: caret.anchor });
  };

  const shown: number[] = [];
  for (let i = first; i <= last; i++) shown.push(i);
  const caretRow = Math.floor(caret.at / PER_ROW);
  return (
    <div
      className="hex mono" ref={scroller} onScroll={view.onScroll} onKeyDown={onKeyDown} tabIndex={0} role="grid" aria-label={label} aria-rowcount={rows} aria-readonly="true" aria-multiselectable="true"
      aria-activedescendant={caretRow >= first && caretRow <= last ? `${id}${caretRow}` : undefined}
    >
      <div role="rowgroup" className="hex-rows" style={{ height: view.physicalHeight }}>
        {shown.map((row) => {
          const runs = runsOf(row, source.size, (at) => source.byte(at), caret, mark);
          const holdsMark = mark !== null && row >= Math.floor(mark.offset / PER_ROW) && row <= Math.floor((mark.offset + Math.max(1, mark.length) - 1) / PER_ROW);
          return (
            <div key={row} id={`${id}${row}`} role="row" aria-rowindex={row + 1} aria-selected={row === caretRow} aria-current={holdsMark ? 'true' : undefined} className={`hex-row ${holdsMark ? 'holds-mark' : ''}`} style={{ top: view.top(row), height: rowHeight }}>
              <span role="rowheader" className="line-number">{offsetText(row * PER_ROW)}</span>
              <span role="gridcell" className="hex-bytes" data-wide="true" onMouseDown={(e) => onPointer(e, row, true)} onMouseMove={(e) => onPointer(e, row, false)}>
                {runs.map((run, i) => <span key={i} className={run.look === 'plain' ? undefined : `byte-${run.look}`}>{run.hex}</span>)}
              </span>
              <span role="gridcell" className="hex-text" onMouseDown={(e) => onPointer(e, row, true)} onMouseMove={(e) => onPointer(e, row, false)}>
                {runs.map((run, i) => <span key={i} className={run.look === 'plain' ? undefined : `byte-${run.look}`}>{run.text}</span>)}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The selection as hexadecimal digits; what has not been read yet is left as dots. */
function copied(source: HexSource, { offset, length }: Range): string {
  const parts: string[] = [];
  for (let i = 0; i < Math.min(length, MOST_COPIED); i++) parts.push(source.byte(offset + i)?.toString(16).padStart(2, '0') ?? '..');
  return parts.join(' ');
}
