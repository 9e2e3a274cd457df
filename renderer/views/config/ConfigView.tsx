import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useActions } from '../../commands/actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { useTally } from '../../state/rows.ts';
import type { ConfigTab } from '../../state/session-slice.ts';
import { Button, FailureLine, Split, Tabs, ViewHead } from '../../ui/index.ts';
import { Compare } from './Compare.tsx';
import { copyName } from './copies.ts';
import { DiffPane } from './DiffPane.tsx';
import { Effective } from './Effective.tsx';
import { FileList } from './FileList.tsx';
import { History } from './History.tsx';
import { Search } from './Search.tsx';
import { SourcePane } from './SourcePane.tsx';
import { pairOf, type Subject } from './subject.ts';

/** Configuration: levels and files, what is in force and from which line, the copies, and the text itself or two texts compared. */
export function ConfigView(): ReactNode {
  const wb = useWorkbench();
  const params = useApp((s) => s.route.params);
  const { tab, from: comparedFrom, to: comparedTo } = useApp((s) => s.config);
  const files = useRequest('config.files', {});
  const history = useRequest('config.history', {});
  const list = useMemo(() => files.value?.files ?? [], [files.value]);
  const copies = useMemo(() => history.value?.copies ?? [], [history.value]);
  const { navigate, ask, setConfig, toast } = wb.store.getState();
  useTally(list.length, list.length, 'configuration files');

  const { from, to } = params;
  const comparing = from !== undefined && to !== undefined;
  const path = comparing ? null : (params['file'] ?? list.find((f) => f.scope === 'server')?.evidencePath ?? list[0]?.evidencePath ?? null);
  const line = numberOf(params['line']);
  const subject = useRef<Subject | null>(null);
  useEffect(() => {
    if (path !== null) subject.current = { kind: 'file', evidencePath: path };
  }, [path]);
  const searchBox = useRef<HTMLInputElement>(null);
  const toBox = useRef<{ focus(): void }>(null);
  /** After the tab is there. */
  const then = (run: () => void): void => void setTimeout(run, 0);
  const goToLine = async (): Promise<void> => {
    const typed = await ask('text', { title: 'Go to line', label: 'Line', help: '', action: 'Go', initial: '', required: true });
    if (path !== null && typed !== null && /^\d+$/.test(typed.trim())) navigate('config', { file: path, line: typed.trim() });
  };
  const compare = (one: string, other: string, at?: string): void => {
    setConfig({ tab: 'compare', from: one, to: other });
    navigate('config', { from: one, to: other, ...(at === undefined ? {} : { at }) });
  };
  const compareSubject = (): void => {
    if (subject.current === null) return setConfig({ tab: 'compare' });
    const pair = pairOf(subject.current, wb.store.getState().config.marked, copies);
    if (pair.to !== null) return compare(pair.from, pair.to, pair.at);
    setConfig({ tab: 'compare', from: pair.from });
    then(() => toBox.current?.focus());
  };
  useActions({
    'config.history': () => setConfig({ tab: tab === 'history' ? 'effective' : 'history' }),
    'config.compare': compareSubject,
    'config.mark': () => {
      if (subject.current?.kind !== 'file') return;
      setConfig({ marked: subject.current.evidencePath });
      toast(`Marked ${nameOf(subject.current.evidencePath)}. d on another file compares the two.`);
    },
    'config.search': () => {
      setConfig({ tab: 'search' });
      then(() => searchBox.current?.select());
    },
    'config.line': () => void goToLine(),
    ...(comparing ? {} : { 'row.source': () => document.querySelector<HTMLElement>('section[aria-label="Source"] [tabindex="0"]')?.focus() }),
  });
  const nameOf = (evidencePath: string): string => {
    const copy = copies.find((c) => c.evidencePath === evidencePath);
    const name = list.find((f) => f.evidencePath === evidencePath)?.path ?? evidencePath;
    return copy === undefined ? name : `${copyName(copy.id)}: ${name}`;
  };
  return (
    <div className="view">
      <ViewHead title="Config">
        <Button aria-pressed={tab === 'history'} onClick={() => void runCommand(wb, 'config.history')}>Copies and changes (h)</Button>
        <Button onClick={() => void runCommand(wb, 'config.compare')}>Compare (d)</Button>
        <Button onClick={() => void runCommand(wb, 'config.search')}>Search (/)</Button>
        <Button onClick={() => void goToLine()} disabled={path === null}>Go to line (Ctrl+G)</Button>
      </ViewHead>
      {files.failure === null ? null : <FailureLine message={files.failure.message} />}
      <div className="view-rest">
        <Split id="config" parts={[
          { id: 'levels', size: 19, content: <FileList files={list} loading={files.loading} current={path} onOpen={(file) => navigate('config', { file })} onSubject={(evidencePath) => { subject.current = { kind: 'file', evidencePath }; }} /> },
          { id: 'effective', size: 43, content: (
            <Tabs label="Configuration" value={tab} onChange={(id) => {
              setConfig({ tab: id as ConfigTab });
              if (id === 'compare' && comparedFrom !== null && comparedTo !== null) navigate('config', { from: comparedFrom, to: comparedTo });
            }} tabs={[
              { id: 'effective', title: 'In force', content: <Effective /> },
              { id: 'history', title: 'Copies and changes', content: <History onSubject={(s) => { subject.current = s; }} onCompare={compareSubject} /> },
              { id: 'compare', title: 'Compare', content: <Compare files={list} copies={copies} to={toBox} onCompare={compare} /> },
              { id: 'search', title: 'Search', content: <Search files={list} box={searchBox} /> },
            ]} />
          ) },
          { id: 'source', size: 38, content: comparing
            ? <DiffPane from={from} to={to} at={params['at']} fromName={nameOf(from)} toName={nameOf(to)} />
            : <SourcePane path={path} line={line} offset={numberOf(params['offset'])} length={numberOf(params['length'])} known={list.find((f) => f.evidencePath === path)} /> },
        ]} />
      </div>
    </div>
  );
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
