import { useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { addList, makeKnownGood, removeList } from '../../commands/list-actions.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { Button, count, DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, Split, VisibleText, type Column } from '../../ui/index.ts';
import { ListHits } from './ListHits.tsx';

type Row = Output<'list.list'>['lists'][number];
const KINDS: Readonly<Record<Row['kind'], string>> = { indicators: 'Indicators', 'known-good': 'Known good', yara: 'YARA rules' };

/** How far a list is applied. */
function stateOf(row: Row): string {
  if (!row.applied) return 'being applied';
  if (row.kind !== 'yara') return 'applied';
  return `${count(row.searched)} files searched${row.unsearched === 0 ? '' : `, ${count(row.unsearched)} not`}`;
}

/** Lists that the analyst brings: what they hold, what they met, and what could not be read of them. */
export function ListsTab(): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const busy = useApp((s) => s.jobs).filter((j) => (j.kind === 'lists' || j.kind === 'yara') && j.state === 'running');
  const answer = useRequest('list.list', {});
  const rows = answer.value?.lists ?? [];
  const [at, setAt] = useState(0);
  const focused = rows[Math.min(at, rows.length - 1)];
  const columns: readonly Column<Row>[] = [
    { id: 'kind', title: 'Kind', width: '110px', render: (r) => KINDS[r.kind] },
    { id: 'name', title: 'List', width: 'minmax(160px, 2fr)', render: (r) => <VisibleText text={r.name} /> },
    { id: 'entries', title: 'Entries', width: '80px', align: 'end', render: (r) => count(r.entries) },
    { id: 'hits', title: 'Hits', width: '70px', align: 'end', render: (r) => count(r.hits) },
    { id: 'problems', title: 'Unread', width: '80px', align: 'end', render: (r) => (r.problems.length === 0 ? '' : <span className="warn">{count(r.problems.length)}</span>) },
    { id: 'state', title: 'State', width: 'minmax(140px, 1fr)', render: stateOf },
  ];
  return (
    <div className="stack">
      <div className="stack-head" role="toolbar" aria-label="Lists">
        <Button onClick={() => void addList(wb, 'indicators')}>Add indicators...</Button>
        <Button onClick={() => void addList(wb, 'known-good')}>Add known-good list...</Button>
        <Button onClick={() => void addList(wb, 'yara', 'folder')}>Add folder of YARA rules...</Button>
        <Button onClick={() => void addList(wb, 'yara')}>Add YARA file...</Button>
        <Button disabled={focused === undefined} onClick={() => focused !== undefined && void removeList(wb, focused)}>Remove list...</Button>
        <Button onClick={() => void makeKnownGood(wb)}>Make known-good list...</Button>
        <span className="dim" role="status">{busy.map((j) => `${j.title}: ${j.total === null ? '' : `${count(j.done)} of ${count(j.total)} `}${j.message}`).join(' · ')}</span>
      </div>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {rows.length === 0 ? <EmptyState title={answer.loading ? 'Loading...' : 'No lists yet: hashes, names or addresses that you look for, servers that you know to be clean, YARA rules.'} /> : <Split id="lists" parts={[
        { id: 'lists', size: 50, content: <DataGrid label="Lists of the analyst" columns={columns} source={listSource(rows)} rowKey={(r) => r.id} rowHeight={rowHeight} focused={rows.length === 0 ? -1 : Math.min(at, rows.length - 1)} onFocus={(i) => setAt(i)} empty={<EmptyState title="Loading..." />} /> },
        { id: 'hits', size: 50, content: focused === undefined ? <EmptyState title="No list has the focus." /> : <ListHits key={focused.id} list={focused} /> },
      ]} />}
    </div>
  );
}
