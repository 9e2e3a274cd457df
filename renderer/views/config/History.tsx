import { useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { DataGrid, DetailPane, EmptyState, FailureLine, FIDELITY_BRIEF, Fields, listSource, ROW_HEIGHT, SourceList, Split, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';

type Copy = Output<'config.history'>['copies'][number];
type Change = Output<'config.history'>['changes'][number];
const SIGN = { added: '+', removed: '-', changed: '~', reordered: '\u2195' } as const;

/** The saved copies of the configuration and what changed in meaning from one to the next. */
export function History(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const answer = useRequest('config.history', {});
  const copies = answer.value?.copies ?? [];
  const changes = answer.value?.changes ?? [];
  const [copyAt, setCopyAt] = useState(0);
  const [changeAt, setChangeAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  const change = changes[Math.min(changeAt, changes.length - 1)];
  const copyColumns: readonly Column<Copy>[] = [
    { id: 'id', title: 'Copy', width: 'minmax(150px, 1fr)', mono: true, render: (c) => <VisibleText text={c.id} /> },
    { id: 'time', title: 'Saved', width: '190px', render: (c) => <><span className="line mono">{time(c.moment.time)}</span><span className="line dim">{FIDELITY_BRIEF[c.moment.fidelity]}</span></> },
  ];
  const changeColumns: readonly Column<Change>[] = [
    { id: 'what', title: 'What', width: '90px', render: (c) => <span className={c.what === 'added' ? 'add' : c.what === 'removed' ? 'remove' : ''}>{SIGN[c.what]} {c.what}</span> },
    { id: 'name', title: 'Name and section', width: 'minmax(180px, 1fr)', mono: true, render: (c) => <><span className="line" title={visible(c.name)}>{visible(c.name)}</span><span className="line dim" title={visible(c.section)}>{visible(c.section)}</span></> },
    { id: 'between', title: 'Between', width: '110px', render: (c) => <><span className="line" title={visible(c.from)}>{visible(short(c.from))}</span><span className="line" title={visible(c.to)}>and {visible(short(c.to))}</span></> },
  ];
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  return (
    <Split id="history" inner parts={[
      { id: 'copies', size: 30, content: <DataGrid label="Configuration copies" columns={copyColumns} source={listSource(copies)} rowKey={(c) => c.id} twoLines rowHeight={2 * rowHeight} focused={copies.length === 0 ? -1 : Math.min(copyAt, copies.length - 1)} onFocus={(i) => setCopyAt(i)} onOpen={(c) => openRef(wb, { evidencePath: c.evidencePath, line: 1 })} empty={<EmptyState title={answer.loading ? 'Loading...' : 'No copies were found (inetpub\\history).'} />} /> },
      { id: 'changes', size: 40, content: <DataGrid label="Configuration changes" columns={changeColumns} source={listSource(changes)} rowKey={(c) => `${c.from} ${c.to} ${c.section} ${c.name} ${c.what}`} twoLines rowHeight={2 * rowHeight} focused={changes.length === 0 ? -1 : Math.min(changeAt, changes.length - 1)} onFocus={(i) => setChangeAt(i)} onOpen={(c) => c.refs[0] !== undefined && openRef(wb, c.refs[0])} handle={grid} empty={<EmptyState title="No differences between copies." />} /> },
      { id: 'change', size: 30, content: change === undefined ? <div /> : (
        <DetailPane label="Change">
          <Fields fields={[{ name: 'scope', value: change.scope }, { name: 'kind', value: change.kind }, { name: 'before', value: change.before ?? '(not there)' }, { name: 'after', value: change.after ?? '(not there)' }]} />
          <SourceList label="Sources of the change" refs={change.refs} onOpen={(ref) => openRef(wb, ref)} />
        </DetailPane>
      ) },
    ]} />
  );
}

function short(id: string): string {
  return id.replace(/^CFGHISTORY_0*/, 'copy ');
}
