import { useRef, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { newCase, openCase } from '../../commands/case-actions.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { useRowFocus } from '../../state/rows.ts';
import { Button, byteSize, DataGrid, EmptyState, listSource, ROW_HEIGHT, ViewHead, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';

type Recent = Output<'case.recent'>['cases'][number];
const keyOf = (row: Recent): string => row.path;

/** The first screen: what can be opened, and what this program does and does not do. */
export function StartView(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const recent = useRequest('case.recent', {});
  const cases = recent.value?.cases ?? [];
  const focus = useRowFocus('start', cases, keyOf);
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const columns: readonly Column<Recent>[] = [
    { id: 'title', title: 'Case', width: 'minmax(180px, 1fr)', render: (r) => <VisibleText text={r.title} /> },
    { id: 'opened', title: 'Opened', width: '190px', mono: true, render: (r) => time(r.opened) },
    { id: 'size', title: 'Size', width: '90px', align: 'end', render: (r) => byteSize(r.size) },
    { id: 'path', title: 'File', width: 'minmax(260px, 2fr)', mono: true, render: (r) => <>{r.exists ? '' : <span className="warn">gone: </span>}<VisibleText text={r.path} /></> },
  ];
  return (
    <div className="view start">
      <ViewHead title="Start" />
      <div className="start-body">
        <p className="start-lead">Which IIS components run on this server, which do not belong there, since when, and what proves it.</p>
        <div className="start-actions">
          <Button tone="primary" onClick={() => void newCase(wb, 'folder')}>New case from folder...</Button>
          <Button onClick={() => void newCase(wb, 'file')}>New case from zip or file...</Button>
          <Button onClick={() => void openCase(wb)}>Open case...</Button>
        </div>
        <p className="drop-zone">or drop a folder, a zip or a case file anywhere here</p>
        <ul className="promises" aria-label="What this program does not do">
          <li>Works offline; nothing leaves this computer.</li>
          <li>Evidence is read only; it is never written, and no case is stored in it.</li>
        </ul>
        <h2>Recent cases</h2>
        <div className="start-recent">
          <DataGrid
            label="Recent cases" columns={columns} source={listSource(cases)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column}
            onFocus={focus.onFocus} onOpen={(row) => void openCase(wb, row.path)} autoFocus handle={grid}
            empty={<EmptyState title="No recent cases."><p>Begin with a folder that holds an exported disk of a Windows web server, a collector's zip, or a single configuration file. A synthetic server to try things on comes with the program: <span className="mono">npm start</span> opens it.</p></EmptyState>}
          />
        </div>
      </div>
    </div>
  );
}
