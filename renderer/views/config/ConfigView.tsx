import { useMemo, useState, type ReactNode } from 'react';
import { useActions } from '../../commands/actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { useTally } from '../../state/rows.ts';
import { Button, FailureLine, Split, Tabs, ViewHead } from '../../ui/index.ts';
import { Effective } from './Effective.tsx';
import { FileList } from './FileList.tsx';
import { History } from './History.tsx';
import { SourcePane } from './SourcePane.tsx';

/** Configuration: levels and files, what is in force and from which line, and the text itself. */
export function ConfigView(): ReactNode {
  const wb = useWorkbench();
  const params = useApp((s) => s.route.params);
  const files = useRequest('config.files', {});
  const [tab, setTab] = useState('effective');
  const list = useMemo(() => files.value?.files ?? [], [files.value]);
  const { navigate, ask } = wb.store.getState();
  useTally(list.length, list.length, 'configuration files');

  const path = params['file'] ?? list.find((f) => f.scope === 'server')?.evidencePath ?? list[0]?.evidencePath ?? null;
  const line = numberOf(params['line']);
  const goToLine = async (): Promise<void> => {
    const typed = await ask('text', { title: 'Go to line', label: 'Line', help: '', action: 'Go', initial: '', required: true });
    if (path !== null && typed !== null && /^\d+$/.test(typed.trim())) navigate('config', { file: path, line: typed.trim() });
  };
  useActions({
    'config.history': () => setTab((t) => (t === 'history' ? 'effective' : 'history')),
    'config.line': () => void goToLine(),
    'row.source': () => document.querySelector<HTMLElement>('section[aria-label="Source"] [tabindex="0"]')?.focus(),
  });
  return (
    <div className="view">
      <ViewHead title="Config">
        <Button aria-pressed={tab === 'history'} onClick={() => void runCommand(wb, 'config.history')}>Copies and changes (d)</Button>
        <Button onClick={() => void goToLine()} disabled={path === null}>Go to line (Ctrl+G)</Button>
      </ViewHead>
      {files.failure === null ? null : <FailureLine message={files.failure.message} />}
      <div className="view-rest">
        <Split id="config" parts={[
          { id: 'levels', size: 23, content: <FileList files={list} current={path} onOpen={(file) => navigate('config', { file })} /> },
          { id: 'effective', size: 33, content: (
            <Tabs label="Configuration" value={tab} onChange={setTab} tabs={[
              { id: 'effective', title: 'In force', content: <Effective /> },
              { id: 'history', title: 'Copies and changes', content: <History /> },
            ]} />
          ) },
          { id: 'source', size: 44, content: <SourcePane path={path} line={line} offset={numberOf(params['offset'])} length={numberOf(params['length'])} known={list.find((f) => f.evidencePath === path)} /> },
        ]} />
      </div>
    </div>
  );
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
