import { useRef, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { useRowFocus, useTally } from '../../state/rows.ts';
import { count, DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, SeverityWord, ViewHead, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';
import { Coverage } from './Coverage.tsx';
import { Jobs } from './Jobs.tsx';
import { ServerGlance } from './ServerGlance.tsx';

type Finding = Output<'finding.list'>['findings'][number];
const keyOf = (row: Finding): string => row.id;

/** Front page of a case: oddities first, then the server, what is covered, and what still runs. */
export function OverviewView(): ReactNode {
  const { store } = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const info = useApp((s) => s.info);
  const list = useRequest('finding.list', {});
  const components = useRequest('component.list', {});
  const ignored = new Set((list.value?.decisions ?? []).filter((d) => d.decision === 'ignored').map((d) => d.finding));
  const all = list.value?.findings ?? [];
  const top = all.filter((f) => !ignored.has(f.id));
  const focus = useRowFocus('overview', top, keyOf);
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  useTally(top.length, all.length, 'findings');
  const nameOf = new Map((components.value?.components ?? []).map((c) => [c.id, c.name ?? c.type ?? c.image ?? '']));
  const columns: readonly Column<Finding>[] = [
    { id: 'severity', title: 'Severity', width: '76px', render: (f) => <SeverityWord severity={f.severity} /> },
    { id: 'title', title: 'What', width: 'minmax(280px, 3fr)', render: (f) => <VisibleText text={f.title} /> },
    { id: 'component', title: 'Component', width: 'minmax(130px, 1fr)', render: (f) => <VisibleText text={f.component === null ? '' : (nameOf.get(f.component) ?? '')} mono /> },
    { id: 'first', title: 'Since when', width: '190px', mono: true, render: (f) => (f.first.time === null ? (f.first.order === undefined ? 'not dated' : `copy ${f.first.order}`) : time(f.first.time)) },
    { id: 'refs', title: 'Evidence', width: '76px', align: 'end', render: (f) => String(f.refs.length) },
  ];
  return (
    <div className="view">
      <ViewHead title="Overview">{info?.partial === true ? <span className="warn">Partial: reading goes on, counts may grow.</span> : null}</ViewHead>
      <div className="overview">
        <section aria-labelledby="overview-odd" className="overview-odd">
          <h2 id="overview-odd">Oddities first</h2>
          {list.failure === null ? null : <FailureLine message={list.failure.message} />}
          <div className="overview-grid" style={{ height: `min(46vh, ${(Math.max(5, top.length) + 1) * rowHeight + 12}px)` }}>
            <DataGrid
              label="Oddities" columns={columns} source={listSource(top)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus}
              onOpen={(f) => store.getState().navigate('findings', { id: f.id })} autoFocus handle={grid}
              empty={<EmptyState title={list.loading ? 'Loading...' : info?.partial === true ? 'Nothing found so far; reading goes on.' : 'Nothing out of place was found.'}><p>That no rule found anything does not prove that nothing is there: see Problems for what could not be read.</p></EmptyState>}
            />
          </div>
        </section>
        <section aria-labelledby="overview-server" className="overview-box">
          <h2 id="overview-server">Server at a glance</h2>
          <ServerGlance components={components.value?.components ?? []} />
        </section>
        <section aria-labelledby="overview-coverage" className="overview-box">
          <h2 id="overview-coverage">Coverage</h2>
          <Coverage />
        </section>
        <section aria-labelledby="overview-jobs" className="overview-box">
          <h2 id="overview-jobs">Jobs</h2>
          <Jobs />
          <p className="dim">{count(info?.counts.events ?? 0)} events · {count(info?.counts.components ?? 0)} components · {count(info?.counts.notes ?? 0)} notes · {count(info?.counts.problems ?? 0)} {info?.counts.problems === 1 ? 'problem' : 'problems'} · {count(info?.counts.missing ?? 0)} expected but absent</p>
        </section>
      </div>
    </div>
  );
}
