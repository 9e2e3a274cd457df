import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useActions } from '../../commands/actions.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { count, diffTable, DiffSource, EmptyState, FailureLine, placeOf, ROW_HEIGHT, rowOfLine, VisibleText } from '../../ui/index.ts';

export interface DiffPaneProps {
  readonly from: string;
  readonly to: string;
  readonly fromName: string;
  readonly toName: string;
  /** `left:12` or `right:12`: the line to begin at. */
  readonly at: string | undefined;
}

/** The texts of two files with what differs marked; n and N go from one difference to the next. */
export function DiffPane(props: DiffPaneProps): ReactNode {
  return <Diff key={`${props.from}\n${props.to}`} {...props} />;
}

function Diff({ from, to, fromName, toName, at }: DiffPaneProps): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const { sideBySide } = useApp((s) => s.config);
  const answer = useRequest('config.diff', { from, to });
  const table = useMemo(() => diffTable(answer.value?.lines ?? [], sideBySide), [answer.value, sideBySide]);
  const [row, setRow] = useState<number | null>(null);
  const box = useRef<{ focus(): void }>(null);
  const { setConfig, announce, toast } = wb.store.getState();
  const there = answer.value !== null;
  // A place that was asked for, a comparison that arrived, another way of laying it out: the row is found anew.
  const [placed, setPlaced] = useState('');
  const wanted = `${at ?? ''} ${there} ${sideBySide}`;
  if (there && placed !== wanted) {
    setPlaced(wanted);
    const asked = /^(left|right):(\d{1,15})$/.exec(at ?? '');
    setRow(asked === null ? (table.differences[0]?.row ?? 0) : rowOfLine(table.rows, asked[1] === 'left' ? 'left' : 'right', Number(asked[2])));
  }
  const took = useRef<string | null>(null);
  useEffect(() => {
    if (!there || took.current === (at ?? '')) return;
    took.current = at ?? '';
    // Whoever is choosing files in the fields is not sent away from them.
    if (!(document.activeElement instanceof HTMLInputElement)) box.current?.focus();
  }, [there, at]);
  const current = row ?? 0;
  const step = (forward: boolean): void => {
    const next = forward ? table.differences.find((d) => d.row > current) : table.differences.findLast((d) => d.row < current);
    if (next === undefined) return void toast(`There is no ${forward ? 'later' : 'earlier'} difference.`);
    setRow(next.row);
    announce(next.words);
    box.current?.focus();
  };
  const open = (side: 'left' | 'right', line: number): void => openRef(wb, { evidencePath: side === 'left' ? from : to, line });
  useActions({
    'config.next': () => step(true),
    'config.previous': () => step(false),
    'config.sides': () => setConfig({ sideBySide: !sideBySide }),
    'row.source': () => {
      const place = placeOf(table.rows[current]);
      if (place !== null) open(place.side, place.line);
    },
  });
  const which = table.differences.findLast((d) => d.row <= current);
  return (
    <section aria-label="Difference" className="source-pane">
      <div className="source-head">
        <span className="remove mono">- <VisibleText text={fromName} /></span>
        <span className="add mono">+ <VisibleText text={toName} /></span>
        <span className="dim" role="status">{!there ? '' : table.differences.length === 0 ? 'no line differs' : `${which === undefined ? '' : `difference ${table.differences.indexOf(which) + 1} of `}${count(table.differences.length)}${which === undefined ? ' differences' : `: ${which.words}`}`}</span>
        <span className="quiet">n, N: next, previous; Enter: the line in its file</span>
      </div>
      {answer.value?.capped === true ? <p className="pad-line warn">The files are longer than what is compared here: lines were left out.</p> : null}
      <div className="fill-rest">
        {answer.failure !== null ? <FailureLine message={answer.failure.message} />
          : !there ? <p className="pad dim">Comparing...</p>
          : table.rows.length === 0 ? <div className="pad"><EmptyState title="The two files are the same." /></div>
          : <DiffSource rows={table.rows} sideBySide={sideBySide} at={current} rowHeight={rowHeight} onRow={setRow} onOpen={open} handle={box} />}
      </div>
    </section>
  );
}
