import { useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { Button, byteSize, count, DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, VisibleText, type Column } from '../../ui/index.ts';

type File = Output<'evidence.files'>['files'][number];
const PAGE = 1000;
const TIME_WORDS: Readonly<Record<File['timeFidelity'], string>> = { full: 'as on the server', 'mtime-only': 'content time only', none: 'times of the copy' };

/** The files behind one line of the artifacts, a thousand at a time. Enter opens one. */
export function ArtifactFiles({ artifact, title }: { readonly artifact: string; readonly title: string }): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const [offset, setOffset] = useState(0);
  const [at, setAt] = useState(0);
  const answer = useRequest('evidence.files', { artifact, limit: PAGE, offset });
  const rows = answer.value?.files ?? [];
  const total = answer.value?.total ?? 0;
  const columns: readonly Column<File>[] = [
    { id: 'path', title: 'Path', width: 'minmax(300px, 3fr)', mono: true, render: (f) => <VisibleText text={f.path ?? f.evidencePath} /> },
    { id: 'size', title: 'Size', width: '100px', align: 'end', render: (f) => byteSize(f.size) },
    { id: 'modified', title: 'Content changed', width: '180px', mono: true, render: (f) => (f.modified === null ? '' : time(f.modified)) },
    { id: 'times', title: 'Its times', width: '140px', render: (f) => TIME_WORDS[f.timeFidelity] },
    { id: 'sha256', title: 'SHA-256', width: 'minmax(140px, 1fr)', mono: true, render: (f) => (f.sha256 === null ? <span className="quiet">not needed yet</span> : f.sha256) },
  ];
  return (
    <div className="stack">
      {total <= PAGE ? null : (
        <div className="stack-head">
          <span className="dim">{title}: files {count(offset + 1)} to {count(offset + rows.length)} of {count(total)}</span>
          <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>Previous {PAGE}</Button>
          <Button disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>Next {PAGE}</Button>
        </div>
      )}
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <DataGrid
        label="Files of the artifact" columns={columns} source={listSource(rows)} rowKey={(f) => f.evidencePath} rowHeight={rowHeight} focused={rows.length === 0 ? -1 : Math.min(at, rows.length - 1)} onFocus={(i) => setAt(i)}
        onOpen={(f) => openRef(wb, { evidencePath: f.evidencePath, offset: 0 })} empty={<EmptyState title={answer.loading ? 'Loading...' : 'No files.'} />}
      />
    </div>
  );
}
