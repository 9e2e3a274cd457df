import { useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { Button, Chooser, DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, type Column, type GridHandle } from '../../ui/index.ts';
import { CHANGE_WORDS, changeClass } from './change-words.ts';
import { fileChoices, type ConfigFile, type Copy } from './copies.ts';

type Change = Output<'config.diff'>['changes'][number];

interface CompareProps {
  readonly files: readonly ConfigFile[];
  readonly copies: readonly Copy[];
  readonly to: RefObject<{ focus(): void } | null>;
  readonly onCompare: (from: string, to: string, at?: string) => void;
}

/** Two files chosen, and what differs between them in meaning; the texts themselves lie beside it. */
export function Compare({ files, copies, to: toBox, onCompare }: CompareProps): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const { from, to, sideBySide } = useApp((s) => s.config);
  const [at, setAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  const { setConfig } = wb.store.getState();
  const choices = useMemo(() => fileChoices(files, copies, time), [files, copies, time]);
  const answer = useRequest('config.diff', from === null || to === null ? null : { from, to });
  const changes = answer.value?.changes ?? [];
  const choose = (part: { from?: string; to?: string }): void => {
    const next = { from: part.from ?? from, to: part.to ?? to };
    setConfig(next);
    if (next.from !== null && next.to !== null) onCompare(next.from, next.to);
  };
  const columns: readonly Column<Change>[] = [
    { id: 'what', title: 'What', width: '104px', render: (c) => <span className={changeClass(c.what)}>{CHANGE_WORDS[c.what]}</span> },
    { id: 'name', title: 'Name and section', width: 'minmax(150px, 1fr)', mono: true, render: (c) => <><span className="line" title={visible(c.name)}>{visible(c.name)}</span><span className="line dim" title={visible(`${c.section} ${c.scope}`)}>{visible(c.section)}</span></> },
    { id: 'values', title: 'Before and after', width: 'minmax(170px, 1.4fr)', mono: true, render: (c) => <><span className="line" title={visible(c.before ?? '')}>{c.before === null ? <span className="quiet">(not there)</span> : visible(c.before)}</span><span className="line" title={visible(c.after ?? '')}>{c.after === null ? <span className="quiet">(not there)</span> : visible(c.after)}</span></> },
  ];
  const open = (c: Change): void => {
    if (from === null || to === null) return;
    const right = c.refs.find((r) => r.evidencePath === to);
    const left = c.refs.find((r) => r.evidencePath === from);
    if (right?.line !== undefined) onCompare(from, to, `right:${right.line}`);
    else if (left?.line !== undefined) onCompare(from, to, `left:${left.line}`);
  };
  return (
    <div className="effective">
      <div className="stack-head">
        <Chooser label="From" choices={choices} value={from} placeholder="a copy or file" onChoose={(value) => choose({ from: value })} onLeave={() => grid.current?.focus()} />
        <Chooser label="To" choices={choices} value={to} placeholder="a copy or file" onChoose={(value) => choose({ to: value })} onLeave={() => grid.current?.focus()} handle={toBox} />
        <Button onClick={() => from !== null && to !== null && choose({ from: to, to: from })} disabled={from === null || to === null}>Swap</Button>
        <label className="inline"><input type="checkbox" checked={sideBySide} onChange={(e) => setConfig({ sideBySide: e.target.checked })} /> side by side (v)</label>
      </div>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <div className="fill-rest">
        <DataGrid
          label="Changes by meaning" columns={columns} source={listSource(changes)} rowKey={(c) => `${c.what} ${c.section} ${c.scope} ${c.name} ${c.before ?? ''}`} twoLines rowHeight={2 * rowHeight} focused={changes.length === 0 ? -1 : Math.min(at, changes.length - 1)} onFocus={(i) => setAt(i)} onOpen={open} handle={grid}
          empty={<EmptyState title={from === null || to === null ? 'Choose two files. In the lists, m marks one and d compares another with it.' : answer.loading ? 'Comparing...' : 'Nothing differs in meaning.'} />}
        />
      </div>
    </div>
  );
}
