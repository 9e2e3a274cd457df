import { useMemo, useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { EFFECTIVE_LISTS, type EffectiveListName } from '../../../shared/model/index.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { DataGrid, EmptyState, FailureLine, listSource, refWords, ROW_HEIGHT, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';

type Entry = Output<'config.effective'>['modules']['entries'][number];

const LIST_WORDS: Readonly<Record<EffectiveListName, string>> = {
  globalModules: 'globalModules (native code of the server)', modules: 'modules', handlers: 'handlers', isapiFilters: 'isapiFilters', isapiCgiRestriction: 'isapiCgiRestriction',
  httpModules: 'httpModules (classic pipeline)', httpHandlers: 'httpHandlers (classic pipeline)',
};

/** What one application runs, in the order in which IIS uses it; every entry leads to the line that set it. */
export function Effective(): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const info = useApp((s) => s.info);
  const applications = useMemo(() => (info?.servers ?? []).flatMap((server) => server.sites.flatMap((site) => site.applications.map((app) => ({ server: server.id, site: site.name, app: app.path, words: `${(info?.servers.length ?? 0) > 1 ? `${server.name ?? server.id}: ` : ''}${site.name}${app.path}` })))), [info]);
  const [chosen, setChosen] = useState(0);
  const [name, setName] = useState<EffectiveListName>('modules');
  const [at, setAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  const target = applications[Math.min(chosen, applications.length - 1)];
  const answer = useRequest('config.effective', target === undefined ? null : { server: target.server, site: target.site, app: target.app });
  const list = answer.value?.[name];
  const entries = list?.entries ?? [];
  const columns: readonly Column<Entry>[] = [
    { id: 'name', title: 'Name', width: 'minmax(130px, 1fr)', mono: true, render: (e) => <VisibleText text={e.name} /> },
    { id: 'from', title: 'Set at', width: '244px', mono: true, render: (e) => <button type="button" tabIndex={-1} className="source-link" onClick={() => openRef(wb, e.from)}>{refWords(e.from)}</button> },
    { id: 'what', title: 'Image, type or script', width: 'minmax(140px, 1.4fr)', mono: true, render: (e) => <VisibleText text={e.image ?? e.type ?? e.scriptProcessor ?? e.modules ?? ''} /> },
    { id: 'overrides', title: 'Overrode', width: '240px', mono: true, render: (e) => e.overrides.map(refWords).join(', ') },
    { id: 'state', title: 'State', width: 'minmax(90px, 1fr)', render: (e) => (e.state === 'effective' ? 'effective' : <VisibleText text={`dormant: ${e.why ?? ''}`} />) },
    { id: 'more', title: 'Path, verb, precondition', width: 'minmax(140px, 1fr)', mono: true, render: (e) => <VisibleText text={[e.path, e.verb, e.preCondition].filter((t) => t !== undefined && t !== null && t !== '').join(' ')} /> },
  ];
  if (target === undefined) return <div className="pad"><EmptyState title="No application is known: no applicationHost.config was read." /></div>;
  return (
    <div className="effective">
      <div className="stack-head">
        <label>Application <select className="input" value={chosen} onChange={(e) => setChosen(Number(e.target.value))}>{applications.map((a, i) => <option key={`${a.server} ${a.words}`} value={i}>{visible(a.words)}</option>)}</select></label>
        <label>List <select className="input" value={name} onChange={(e) => setName(e.target.value as EffectiveListName)}>{EFFECTIVE_LISTS.map((l) => <option key={l} value={l}>{LIST_WORDS[l]}{answer.value === null ? '' : ` (${answer.value[l].entries.length})`}</option>)}</select></label>
        {answer.value === null ? null : <span className="dim">pool {visible(answer.value.pool)}, {answer.value.pipeline}, {answer.value.clr === '' ? 'no CLR' : `CLR ${answer.value.clr}`}, {answer.value.bitness}-bit</span>}
      </div>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {list === undefined || list.outcome === 'effective' ? null : <FailureLine message={`${list.outcome === 'invalid' ? 'IIS would refuse this (500.19)' : 'Cannot be evaluated'}: ${list.reason ?? ''}${list.missing.length === 0 ? '' : ` Missing: ${list.missing.map((m) => m.path ?? m.evidencePath).join(', ')}`}`} />}
      <div className="fill-rest">
        <DataGrid
          label="Effective entries" columns={columns} source={listSource(entries)} rowKey={(e) => `${e.name} ${e.from.evidencePath} ${e.from.line}`} rowHeight={rowHeight} focused={entries.length === 0 ? -1 : Math.min(at, entries.length - 1)} onFocus={(i) => setAt(i)} onOpen={(e) => openRef(wb, e.from)} handle={grid}
          rowClass={(e) => (e.state === 'dormant' ? 'faded' : '')} empty={<EmptyState title={answer.loading ? 'Working it out...' : 'The list is empty.'} />}
        />
      </div>
    </div>
  );
}
