import { useEffect, useRef, type ReactNode, type Ref, useImperativeHandle } from 'react';
import { count } from './basic.tsx';
import type { DiffRow } from './diff-rows.ts';
import { lineText } from './text-source.tsx';
import { useRowWindow } from './grid/use-row-window.ts';

export interface DiffSourceProps {
  readonly rows: readonly DiffRow[];
  readonly sideBySide: boolean;
  /** Row that is marked. */
  readonly at: number;
  readonly rowHeight: number;
  readonly onRow: (row: number) => void;
  /** Opens the line of the marked row in its own file. */
  readonly onOpen: (side: 'left' | 'right', line: number) => void;
  readonly handle?: Ref<{ focus(): void }>;
}

const WORDS = { same: '', added: '+ added', removed: '- removed' } as const;
type Side = 'left' | 'right';

/** Two texts laid over each other, with the line numbers of both; a line that only one of them has says so in words. */
export function DiffSource(props: DiffSourceProps): ReactNode {
  const { rows, at, rowHeight, sideBySide } = props;
  const view = useRowWindow(rows.length, rowHeight, 0);
  const { scroller, first, last, show, viewportRows } = view;
  useImperativeHandle(props.handle, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }), [scroller]);
  const shown = useRef('');
  useEffect(() => {
    const place = `${at} ${rows.length} ${viewportRows}`;
    if (rows.length === 0 || shown.current === place) return;
    shown.current = place;
    show(at, at < first || at > last);
  }, [at, rows.length, viewportRows, first, last, show]);
  const drawn: number[] = [];
  for (let i = first; i <= last; i++) drawn.push(i);
  return (
    <div
      className={`diff-source mono ${sideBySide ? 'sides' : ''}`} ref={scroller} onScroll={view.onScroll} tabIndex={0} role="list" aria-label="Lines of both files"
      onKeyDown={(e) => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: viewportRows - 1, PageUp: 1 - viewportRows, Home: -rows.length, End: rows.length }[e.key];
        if (e.ctrlKey || e.altKey) return;
        if (e.key === 'Enter') {
          const place = placeOf(rows[at]);
          if (place !== null) props.onOpen(place.side, place.line);
        } else if (step === undefined) return;
        else props.onRow(Math.max(0, Math.min(rows.length - 1, at + step)));
        e.preventDefault();
      }}
    >
      <div className="text-lines" style={{ height: view.physicalHeight }}>
        {drawn.map((i) => {
          const row = rows[i];
          if (row === undefined) return null;
          return (
            <div key={i} role="listitem" aria-setsize={rows.length} aria-posinset={i + 1} aria-current={i === at ? 'true' : undefined} className={`diff-row ${i === at ? 'marked' : ''} ${row.kind}`} style={{ top: view.top(i), height: rowHeight }} onClick={() => props.onRow(i)}>
              {row.kind === 'gap' ? <span className="diff-gap">{row.lines === 1 ? '1 equal line' : `${count(row.lines)} equal lines`} left out</span>
                : sideBySide ? <><Half row={row} side="left" /><Half row={row} side="right" /></>
                : <Whole row={row} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The file and line that a row stands for: the new one where both have it. */
export function placeOf(row: DiffRow | undefined): { side: Side; line: number } | null {
  if (row === undefined || row.kind === 'gap') return null;
  if (row.right?.right !== null && row.right !== null) return { side: 'right', line: row.right.right };
  return row.left?.left === undefined || row.left.left === null ? null : { side: 'left', line: row.left.left };
}

type Line = Extract<DiffRow, { kind: 'line' }>;

function Whole({ row }: { readonly row: Line }): ReactNode {
  const line = row.left ?? row.right;
  if (line === null) return null;
  return (
    <span className={`diff-half ${line.what}`}>
      <span className="line-number">{line.left ?? ''}</span><span className="line-number">{line.right ?? ''}</span>
      <span className="diff-sign">{WORDS[line.what]}</span><span className="line-text">{lineText(line.text)}</span>
    </span>
  );
}

function Half({ row, side }: { readonly row: Line; readonly side: Side }): ReactNode {
  const line = row[side];
  if (line === null) return <span className="diff-half none" />;
  return (
    <span className={`diff-half ${line.what}`}>
      <span className="line-number">{line[side] ?? ''}</span>
      <span className="diff-sign">{WORDS[line.what]}</span><span className="line-text" title={line.what === 'same' ? undefined : lineText(line.text)}><Indented text={lineText(line.text)} /></span>
    </span>
  );
}

/** Half a screen is little for lines that begin with many spaces: those are drawn narrower, none is left out. */
function Indented({ text }: { readonly text: string }): ReactNode {
  const rest = text.trimStart();
  return <><span className="diff-indent">{text.slice(0, text.length - rest.length)}</span>{rest}</>;
}
