import { useMemo, useState, type ReactNode } from 'react';
import { compareBy } from '../../../shared/base/compare.ts';
import { visible } from '../../../shared/base/visible.ts';
import type { Input, Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { Button, DataGrid, EmptyState, FailureLine, fileName, listSource, ROW_HEIGHT, VisibleText, type Column } from '../../ui/index.ts';

type Line = NonNullable<Output<'config.effective'>['explained']>[number];

const FATE_WORDS: Readonly<Record<Line['state'], string>> = { effective: 'effective', dormant: 'dormant', lost: 'lost', elsewhere: 'elsewhere' };
const FATE_ORDER: readonly Line['state'][] = ['effective', 'dormant', 'lost', 'elsewhere'];
const NONE: readonly Line[] = [];

/** What concerns the application on screen before what only others read. */
export function nearestFirst(lines: readonly Line[]): readonly Line[] {
  return lines.map((line, i) => ({ line, i })).sort(compareBy(({ line }) => FATE_ORDER.indexOf(line.state), ({ i }) => i)).map(({ line }) => line);
}

/** Every line of configuration that has a name, and what became of it for the application on screen. */
export function Explain({ target, name }: { readonly target: Input<'config.effective'>; readonly name: string }): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const [typed, setTyped] = useState(name);
  const [from, setFrom] = useState(name);
  if (from !== name) {
    setFrom(name);
    setTyped(name);
  }
  const [at, setAt] = useState(0);
  const { setConfig } = wb.store.getState();
  const answer = useRequest('config.effective', name === '' ? null : { ...target, explain: name });
  const lines = useMemo(() => nearestFirst(answer.value?.explained ?? NONE), [answer.value]);
  const columns: readonly Column<Line>[] = [
    { id: 'state', title: 'Became', width: '104px', render: (l) => <span className={l.state === 'effective' ? '' : 'warn'}>{FATE_WORDS[l.state]}</span> },
    { id: 'line', title: 'Line', width: '170px', mono: true, render: (l) => <><span className="line" title={visible(l.path ?? l.evidencePath)}>{visible(fileName(l.path ?? l.evidencePath))}</span><span className="line dim">line {l.line}</span></> },
    { id: 'section', title: 'Section and scope', width: 'minmax(150px, 1fr)', render: (l) => <><span className="line mono"><VisibleText text={l.section} /></span><span className="line dim"><VisibleText text={l.scope} /></span></> },
    { id: 'why', title: 'Why', width: 'minmax(160px, 1.4fr)', render: (l) => <span className="wrap"><VisibleText text={l.why ?? ''} /></span> },
  ];
  return (
    <section className="explain" aria-label="What became of a name">
      <form className="stack-head" onSubmit={(e) => {
        e.preventDefault();
        if (typed.trim() !== '') setConfig({ explain: typed.trim() });
      }}>
        <label>Every line named <input className="input mono" value={typed} spellCheck={false} autoComplete="off" onChange={(e) => setTyped(e.target.value)} /></label>
        <Button type="submit">Explain</Button>
        <Button tone="quiet" onClick={() => setConfig({ explain: null })}>Close (w)</Button>
      </form>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {answer.value?.note === null || answer.value?.note === undefined ? null : <p className="pad-line dim">{visible(answer.value.note)}</p>}
      <div className="fill-rest">
        <DataGrid
          label="Lines with this name" columns={columns} source={listSource(lines)} rowKey={(l) => `${l.evidencePath} ${l.line} ${l.column}`} twoLines rowHeight={2 * rowHeight} focused={lines.length === 0 ? -1 : Math.min(at, lines.length - 1)} onFocus={(i) => setAt(i)} onOpen={(l) => openRef(wb, l)}
          rowClass={(l) => (l.state === 'effective' ? '' : 'faded')} empty={<EmptyState title={name === '' ? 'Type a name.' : answer.loading ? 'Working it out...' : 'No line has this name.'} />}
        />
      </div>
    </section>
  );
}
