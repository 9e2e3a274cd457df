import { useEffect, useRef, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { useRowWindow } from './grid/use-row-window.ts';

export interface TextSourceProps {
  readonly totalLines: number;
  /** Undefined while it is on its way. */
  readonly line: (number: number) => string | undefined;
  readonly want: (first: number, last: number) => void;
  /** 1-based line to show and mark, or null. */
  readonly at: number | null;
  /** Lines that set something, with what they set: they are marked beside their number. */
  readonly noted?: ReadonlyMap<number, string>;
  readonly rowHeight: number;
  readonly onLine: (line: number) => void;
}

/** Lines of a file with their numbers; one of them is marked as the place that a fact rests on. */
export function TextSource(props: TextSourceProps): ReactNode {
  const { at, want } = props;
  const view = useRowWindow(props.totalLines, props.rowHeight, 0);
  const { scroller, first, last, show, viewportRows } = view;
  useEffect(() => want(first + 1, last + 1), [want, first, last]);
  const jumped = useRef('');
  useEffect(() => {
    const place = `${at} ${props.totalLines} ${viewportRows}`;
    if (at === null || props.totalLines === 0 || jumped.current === place) return;
    jumped.current = place;
    const row = Math.min(at, props.totalLines) - 1;
    show(row, row < first || row > last);
  }, [at, props.totalLines, viewportRows, first, last, show]);

  const lines: number[] = [];
  for (let i = first; i <= last; i++) lines.push(i);
  const move = (delta: number): void => {
    const next = Math.max(1, Math.min(props.totalLines, (at ?? 1) + delta));
    props.onLine(next);
    show(next - 1);
  };
  return (
    <div
      className="text-source mono" ref={scroller} onScroll={view.onScroll} tabIndex={0} role="list" aria-label="Lines of the file"
      onKeyDown={(e) => {
        const delta = { ArrowDown: 1, ArrowUp: -1, PageDown: view.viewportRows - 1, PageUp: 1 - view.viewportRows }[e.key];
        if (delta === undefined || e.ctrlKey || e.altKey) return;
        e.preventDefault();
        move(delta);
      }}
    >
      <div className="text-lines" style={{ height: view.physicalHeight }}>
        {lines.map((i) => (
          <div key={i} role="listitem" aria-setsize={props.totalLines} aria-posinset={i + 1} aria-current={i + 1 === at ? 'true' : undefined} className={`text-line ${i + 1 === at ? 'marked' : ''}`} style={{ top: view.top(i), height: props.rowHeight }} onClick={() => props.onLine(i + 1)}>
            {props.noted?.has(i + 1) === true ? <span className="line-number noted" title={props.noted.get(i + 1)}><span className="visually-hidden">{props.noted.get(i + 1)}, </span>{i + 1}</span> : <span className="line-number">{i + 1}</span>}
            <span className="line-text">{lineText(props.line(i + 1))}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Tabs keep their width; everything else that cannot be seen becomes a mark. Very long lines are cut, and say so. */
export function lineText(text: string | undefined): string {
  if (text === undefined) return '...';
  const cut = text.length > 4000 ? `${text.slice(0, 4000)} ... (${text.length} characters)` : text;
  return cut.split('\t').map(visible).join('    ');
}
