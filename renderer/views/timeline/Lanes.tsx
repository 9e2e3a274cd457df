import { memo, useImperativeHandle, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { AXIS_LEFT, AXIS_RIGHT } from '../../canvas/index.ts';
import { useTimeText } from '../../state/react.ts';
import { laneWords, percent, STRETCH_WORDS, type Lane, type LaneMark, type LaneSegment } from './lanes.ts';

export interface LanesHandle {
  focus(): void;
}
interface LanesProps {
  readonly lanes: readonly Lane[];
  /** Lanes that are folded away, and whether all are shown although they are many. */
  readonly hidden: number;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
  /** Logs of this stretch are to be read before all others. */
  readonly onFront: (segment: LaneSegment) => void;
  readonly onTime: (time: string) => void;
  /** Only this lane's events. */
  readonly onKeep: (lane: Lane) => void;
  readonly onLeave: () => void;
  readonly handle: Ref<LanesHandle>;
}

/**
 * What the logs cover, and when else something happened, on the histogram's axis. A grid of its own for the keyboard: up and
 * down between lanes, left and right between stretches and marks, Enter does what the place offers.
 */
export const Lanes = memo(function Lanes({ lanes, hidden, all, onAll, onFront, onTime, onKeep, onLeave, handle }: LanesProps): ReactNode {
  const time = useTimeText();
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ row: 0, cell: -1 });
  const row = Math.min(at.row, lanes.length - 1);
  const cellsOf = (lane: Lane | undefined): readonly (LaneSegment | LaneMark)[] => (lane === undefined ? [] : lane.read === null ? lane.marks : lane.segments);
  const cell = Math.min(at.cell, cellsOf(lanes[row]).length - 1);
  const focusOn = (nextRow: number, nextCell: number): void => {
    const r = Math.max(0, Math.min(lanes.length - 1, nextRow));
    const c = Math.max(-1, Math.min(cellsOf(lanes[r]).length - 1, nextCell));
    setAt({ row: r, cell: c });
    box.current?.querySelector<HTMLElement>(`[data-at="${r} ${c}"]`)?.focus();
  };
  useImperativeHandle(handle, () => ({ focus: () => box.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus() }), []);

  const act = (lane: Lane, index: number): void => {
    const target = cellsOf(lane)[index];
    if (target === undefined) onKeep(lane);
    else if ('time' in target) onTime(target.time);
    else if (target.state === 'unread') onFront(target);
    else onTime(target.from);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const moves: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => focusOn(row + 1, cell), ArrowUp: () => focusOn(row - 1, cell), ArrowRight: () => focusOn(row, cell + 1), ArrowLeft: () => focusOn(row, cell - 1),
      Home: () => focusOn(row, -1), End: () => focusOn(row, Number.MAX_SAFE_INTEGER), Escape: onLeave,
      Enter: () => {
        const lane = lanes[row];
        if (lane !== undefined) act(lane, cell);
      },
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  if (lanes.length === 0) return null;
  const place = (r: number, c: number): { readonly 'data-at': string; readonly tabIndex: number } => ({ 'data-at': `${r} ${c}`, tabIndex: r === row && c === cell ? 0 : -1 });
  return (
    <div className="lane-box">
      <div ref={box} role="grid" aria-label="Lanes" className="lane-grid" style={{ '--axis-left': `${AXIS_LEFT}px`, '--axis-right': `${AXIS_RIGHT}px` } as CSSProperties} onKeyDown={onKeyDown}>
        {lanes.map((lane, r) => (
          <div key={lane.id} role="row" className="lane-row" style={{ '--lane': `var(--lane-${lane.colour})` } as CSSProperties}>
            <div role="rowheader" className="lane-head" aria-label={visible(`${lane.letter} ${laneWords(lane)}. Enter keeps only these.`)} title={visible(laneWords(lane))} {...place(r, -1)} onClick={() => focusOn(r, -1)} onDoubleClick={() => onKeep(lane)}>
              <span className={`lane-sign ${lane.shape}`} aria-hidden="true" /><b>{lane.letter}</b> {visible(lane.name)}
            </div>
            <div role="presentation" className="lane-track">
              {lane.segments.map((s, c) => {
                const words = lane.absent === true ? visible(laneWords(lane)) : `${STRETCH_WORDS[s.state]}, ${time(s.from)} to ${time(s.to)}${s.state === 'unread' ? `, ${s.logs} ${s.logs === 1 ? 'log' : 'logs'}: Enter reads this first` : ''}`;
                return (
                  <div key={s.left} role="gridcell" className={`lane-part ${s.state}`} style={{ left: `${s.left * 100}%`, width: `${s.width * 100}%` }} aria-label={words} title={words} {...place(r, c)} onClick={() => act(lane, c)}>
                    {s.state === 'read' || s.width < 0.05 ? null : <span>{lane.absent === true ? 'no log in the evidence' : STRETCH_WORDS[s.state]}</span>}
                  </div>
                );
              })}
              {lane.marks.map((m, c) => (
                <div key={`${m.left} ${m.words}`} role="gridcell" className={`lane-mark ${lane.shape}`} style={{ left: `${m.left * 100}%` }} aria-label={visible(`${m.words}, ${time(m.time)}`)} title={visible(`${m.words}, ${time(m.time)}`)} {...place(r, c)} onClick={() => onTime(m.time)} />
              ))}
            </div>
            <span role="presentation" className="lane-read">{lane.read === null || lane.read === 1 ? '' : percent(lane.read)}</span>
          </div>
        ))}
      </div>
      {hidden > 0 || all ? <button type="button" className="mini lane-more" aria-expanded={all} onClick={() => onAll(!all)}>{all ? 'fewer lanes (L)' : `${hidden} more ${hidden === 1 ? 'lane' : 'lanes'} (L)`}</button> : null}
    </div>
  );
});
