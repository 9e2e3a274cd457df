import { useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { pickPath } from '../../commands/case-actions.ts';
import { attachEvidence } from '../../commands/evidence-actions.ts';
import { useListActions } from '../../commands/use-list.ts';
import { reading } from '../../state/case-slice.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { useRowFocus, useTally } from '../../state/rows.ts';
import { Button, byteSize, count, DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, Split, Tabs, ViewHead, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';
import { ArtifactFiles } from './ArtifactFiles.tsx';
import { JobList } from './JobList.tsx';
import { ListsTab } from './ListsTab.tsx';

type Row = Output<'evidence.intake'>['rows'][number];
type Missing = Output<'evidence.intake'>['missing'][number];
const keyOf = (row: Row): string => row.artifact;
const missingKey = (row: Missing): string => `${row.what} ${row.evidencePath} ${row.path ?? ''}`;

/** What is read and what will be, what is expected and absent, and how far the reading is. */
export function IntakeView(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const info = useApp((s) => s.info);
  const busy = useApp(reading);
  const intake = useRequest('evidence.intake', {});
  const jobs = useRequest('job.list', {});
  const lists = useRequest('list.list', {}).value?.lists ?? [];
  const rows = intake.value?.rows ?? [];
  const missing = intake.value?.missing ?? [];
  const focus = useRowFocus('intake', rows, keyOf);
  const wanted = useApp((s) => s.route.params['missing']);
  const [missingMoved, setMissingMoved] = useState<number | null>(null);
  // A link to a missing place comes with its path.
  const missingAt = missingMoved ?? Math.max(0, missing.findIndex((m) => m.evidencePath === wanted));
  const [tab, setTab] = useState('missing');
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  useTally(rows.length, rows.length, 'kinds of evidence');
  const columns: readonly Column<Row>[] = [
    { id: 'title', title: 'Artifact', width: 'minmax(180px, 1fr)', render: (r) => r.title },
    { id: 'files', title: 'Files', width: '80px', align: 'end', render: (r) => count(r.files) },
    { id: 'bytes', title: 'Size', width: '100px', align: 'end', render: (r) => byteSize(r.bytes) },
    { id: 'first', title: 'First', width: '170px', mono: true, render: (r) => (r.first === null ? '' : time(r.first)) },
    { id: 'last', title: 'Last', width: '170px', mono: true, render: (r) => (r.last === null ? '' : time(r.last)) },
    { id: 'read', title: 'Will be read?', width: '120px', render: (r) => r.read },
  ];
  const missingColumns: readonly Column<Missing>[] = [
    { id: 'what', title: 'What', width: 'minmax(160px, 1fr)', render: (r) => <VisibleText text={r.what} /> },
    { id: 'path', title: 'Path on the server', width: 'minmax(240px, 2fr)', mono: true, render: (r) => <VisibleText text={r.path ?? r.evidencePath} /> },
    { id: 'why', title: 'Why it is expected', width: 'minmax(240px, 2fr)', render: (r) => <VisibleText text={r.why} /> },
  ];
  const locate = async (): Promise<void> => {
    const path = await pickPath(wb, { mode: 'folder', title: 'Where the evidence lies now', action: 'Compare and attach' });
    if (path !== null) await attachEvidence(wb, path);
  };
  return (
    <div className="view">
      <ViewHead title="Intake">
        <Button disabled={!busy} onClick={() => void runCommand(wb, 'job.cancel')}>Stop reading</Button>
        <Button disabled={busy} onClick={() => void runCommand(wb, 'job.resume')}>Resume reading</Button>
        <Button onClick={() => void locate()}>Evidence lies elsewhere...</Button>
      </ViewHead>
      <ul className="facts" aria-label="Evidence">
        {info?.evidence.map((e) => (
          <li key={e.id}><span className="mono"><VisibleText text={e.location} /></span> · layout {e.layout} · {count(e.files)} files · {byteSize(e.bytes)} · {e.attached ? 'attached, read only' : <span className="warn">not attached</span>}</li>
        ))}
      </ul>
      {intake.failure === null ? null : <FailureLine message={intake.failure.message} />}
      <Split id="intake" down parts={[
        { id: 'artifacts', size: 50, content: <DataGrid label="Artifacts" columns={columns} source={listSource(rows)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus} onOpen={() => setTab('files')} autoFocus handle={grid} empty={<EmptyState title={intake.loading ? 'Looking at the evidence...' : 'Nothing was recognised.'} />} /> },
        { id: 'details', size: 50, content: (
          <Tabs label="Intake details" value={tab} onChange={setTab} tabs={[
            { id: 'missing', title: `Expected but absent (${missing.length})`, content: <DataGrid label="Expected but absent" columns={missingColumns} source={listSource(missing)} rowKey={missingKey} rowHeight={rowHeight} focused={missing.length === 0 ? -1 : missingAt} onFocus={(i) => setMissingMoved(i)} empty={<EmptyState title="Nothing that the configuration names is absent." />} /> },
            { id: 'files', title: focus.row === undefined ? 'Files' : `Files: ${focus.row.title}`, content: focus.row === undefined ? <EmptyState title="No line has the focus." /> : <ArtifactFiles key={focus.row.artifact} artifact={focus.row.artifact} title={focus.row.title} /> },
            { id: 'lists', title: `Lists (${lists.length})`, content: <ListsTab /> },
            { id: 'jobs', title: 'Jobs and history', content: <JobList history={jobs.value?.history ?? []} listed={jobs.value?.jobs ?? []} /> },
          ]} />
        ) },
      ]} />
    </div>
  );
}
