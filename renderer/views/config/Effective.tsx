import { Fragment, useMemo, useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import type { EffectiveList } from '../../../shared/model/index.ts';
import { useActions } from '../../commands/actions.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { Badge, Chooser, DataGrid, EmptyState, FailureLine, fileName, listSource, refWords, ROW_HEIGHT, Split, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';
import { applicationsOf } from './applications.ts';
import { asOfChoices } from './copies.ts';
import { Explain } from './Explain.tsx';
import { ListOutcomes } from './ListOutcomes.tsx';
import { byLine, oddFirst, oddityOf } from './oddity.ts';

type Entry = Output<'config.effective'>['modules']['entries'][number];
const NONE: readonly Entry[] = [];

/** What one application runs, in the order in which IIS uses it; every entry leads to the line that set it. */
export function Effective(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const info = useApp((s) => s.info);
  const setup = useApp((s) => s.config);
  const { setConfig } = wb.store.getState();
  const applications = useMemo(() => applicationsOf(info?.servers ?? []), [info]);
  const [at, setAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  const target = applications.find((a) => a.value === setup.application) ?? applications[0];
  const copies = useRequest('config.history', {});
  const moments = useMemo(() => asOfChoices((copies.value?.copies ?? []).filter((c) => c.server === target?.server), time), [copies.value, target, time]);
  const asOf = moments.some((m) => m.value === setup.asOf) ? setup.asOf : null;
  const asked = useMemo(() => (target === undefined ? null : { server: target.server, site: target.site, app: target.app, ...(asOf === null || asOf === '' ? {} : { asOf }) }), [target, asOf]);
  const answer = useRequest('config.effective', asked);
  const components = useRequest('component.list', {});
  const registered = useMemo(() => byLine(components.value?.components ?? []), [components.value]);
  const list = answer.value?.[setup.list];
  const entries = useMemo(() => (setup.oddFirst ? oddFirst(list?.entries ?? NONE, registered) : (list?.entries ?? NONE)), [list, registered, setup.oddFirst]);
  const focused = entries.length === 0 ? -1 : Math.min(at, entries.length - 1);
  const explain = (): void => setConfig({ explain: setup.explain === null ? (entries[focused]?.name ?? '') : null });
  useActions({ 'config.explain': explain, 'config.odd': () => setConfig({ oddFirst: !setup.oddFirst }) });

  const columns: readonly Column<Entry>[] = [
    { id: 'name', title: 'Name; what', width: 'minmax(150px, 1.3fr)', mono: true, render: (e) => <><span className="line"><VisibleText text={e.name} /></span><span className="line dim"><VisibleText text={e.image ?? e.type ?? e.scriptProcessor ?? e.modules ?? ''} /></span></> },
    { id: 'from', title: 'Set at; overrode', width: '258px', mono: true, render: (e) => <><span className="line"><PlaceLink place={e.from} /></span><span className="line dim">{e.overrides.length === 0 ? '' : <>over {e.overrides.map((o) => <Fragment key={`${o.evidencePath} ${o.line}`}><PlaceLink place={o} words={`line ${o.line}`} /> {visible(fileName(o.path ?? o.evidencePath))} </Fragment>)}</>}</span></> },
    { id: 'state', title: 'State; odd', width: 'minmax(100px, 0.8fr)', render: (e) => <><span className="line">{e.state === 'effective' ? 'effective' : <VisibleText text={`dormant: ${e.why ?? ''}`} />}</span><span className="line warn" title={oddityOf(e, registered).words}>{oddityOf(e, registered).words}</span></> },
    { id: 'more', title: 'Path; precondition', width: 'minmax(90px, 0.8fr)', mono: true, render: (e) => <><span className="line"><VisibleText text={[e.path, e.verb].filter((t) => t !== undefined && t !== '').join(' ')} /></span><span className="line dim"><VisibleText text={e.preCondition ?? ''} /></span></> },
  ];
  if (target === undefined || asked === null) return <div className="pad"><EmptyState title="No application is known: no applicationHost.config was read." /></div>;
  const table = (
    <DataGrid
      label="Effective entries" columns={columns} source={listSource(entries)} rowKey={(e) => `${e.name} ${e.from.evidencePath} ${e.from.line}`} twoLines rowHeight={2 * rowHeight} focused={focused} onFocus={(i) => setAt(i)} onOpen={(e) => openRef(wb, e.from)} handle={grid}
      rowClass={(e) => (e.state === 'dormant' ? 'faded' : '')} empty={<EmptyState title={answer.loading ? 'Working it out...' : list === undefined || list.outcome === 'effective' ? 'The list is empty.' : 'The list cannot be given.'} />}
    />
  );
  return (
    <div className="effective">
      <div className="stack-head">
        <Chooser label="Application" choices={applications} value={target.value} onChoose={(value) => setConfig({ application: value })} onLeave={() => grid.current?.focus()} />
        <Chooser label="As of" choices={moments} value={asOf ?? ''} onChoose={(value) => setConfig({ asOf: value === '' ? null : value })} onLeave={() => grid.current?.focus()} />
        <span className="dim">{answer.value === null ? '' : answer.value.pool === null ? 'pool not known' : `pool ${visible(answer.value.pool)}, ${answer.value.pipeline ?? ''}, ${answer.value.clr === '' ? 'no CLR' : `CLR ${answer.value.clr ?? ''}`}, ${answer.value.bitness ?? ''}-bit`}</span>
        <label className="inline"><input type="checkbox" checked={setup.oddFirst} onChange={(e) => setConfig({ oddFirst: e.target.checked })} /> odd ones first, not in IIS's order</label>
      </div>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {answer.value?.note === null || answer.value?.note === undefined ? null : <p className="pad-line note-line" role="note">{visible(answer.value.note)}</p>}
      <ListOutcomes config={answer.value} chosen={setup.list} onChoose={(name) => setConfig({ list: name })} />
      {list === undefined ? null : <OutcomeLines list={list} />}
      <div className="fill-rest">
        {setup.explain === null ? table : <Split id="explain" down inner parts={[{ id: 'entries', size: 55, content: table }, { id: 'lines', size: 45, content: <Explain target={asked} name={setup.explain} /> }]} />}
      </div>
    </div>
  );
}

function PlaceLink({ place, words }: { readonly place: { readonly path: string | null; readonly evidencePath: string; readonly line: number }; readonly words?: string }): ReactNode {
  const wb = useWorkbench();
  return <button type="button" tabIndex={-1} className="source-link" title={visible(place.path ?? place.evidencePath)} onClick={() => openRef(wb, place)}>{words ?? refWords(place)}</button>;
}

/** Why a list is not there, with the places that are missing; and what an answer rests on that no documentation confirms. */
function OutcomeLines({ list }: { readonly list: EffectiveList }): ReactNode {
  const wb = useWorkbench();
  const files = useRequest('config.files', {});
  const { navigate } = wb.store.getState();
  const open = (evidencePath: string): void => {
    if (files.value?.files.some((f) => f.evidencePath === evidencePath) === true) navigate('config', { file: evidencePath });
    else navigate('intake', { missing: evidencePath });
  };
  return (
    <>
      {list.outcome === 'effective' ? null : (
        <div className="outcome-why">
          <FailureLine message={`${list.outcome === 'invalid' ? 'IIS would refuse this (500.19)' : 'Cannot be evaluated'}: ${list.reason ?? ''}`} />
          {list.missing.length === 0 ? null : (
            <ul className="source-list" aria-label="Missing places">
              {list.missing.map((m) => <li key={m.evidencePath}>Missing: <button type="button" className="source-link mono" onClick={() => open(m.evidencePath)}>{visible(m.path ?? m.evidencePath)}</button></li>)}
            </ul>
          )}
        </div>
      )}
      {list.assumed.length === 0 ? null : (
        <ul className="assumed" aria-label="Assumed">
          {list.assumed.map((sentence) => <li key={sentence}><Badge tone="warn">assumed</Badge> {visible(sentence)}</li>)}
        </ul>
      )}
    </>
  );
}
