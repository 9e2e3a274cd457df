import { useMemo, useRef, type ReactNode } from 'react';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { useRowFocus, useTally } from '../../state/rows.ts';
import { count, DataGrid, EmptyState, FailureLine, listSource, momentWords, ROW_HEIGHT, SeverityWord, ViewHead, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';
import { Coverage } from './Coverage.tsx';
import { Jobs } from './Jobs.tsx';
import { AskFor, NextSteps, Unknowns } from './NextSteps.tsx';
import { ServerGlance } from './ServerGlance.tsx';
import { headline, nameOf, oddities, sitesOf, steps, unknowns, type Facts, type Finding, type Oddity } from './summary.ts';

const keyOf = (row: Oddity): string => row.finding.id;

/** Front page of a case: what does not belong here, since when and on which sites; what is not known, what to do, what to ask for. */
export function OverviewView(): ReactNode {
  const { store } = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const info = useApp((s) => s.info);
  const list = useRequest('finding.list', {});
  const components = useRequest('component.list', {});
  const intake = useRequest('evidence.intake', {});
  const logs = useRequest('timeline.logs', {});
  const facts = useMemo((): Facts => ({
    info, findings: list.value?.findings ?? [], decisions: list.value?.decisions ?? [], components: components.value?.components ?? [], missing: intake.value?.missing ?? [], logs: logs.value?.logs ?? [],
  }), [info, list.value, components.value, intake.value, logs.value]);
  const top = useMemo(() => oddities(facts), [facts]);
  const focus = useRowFocus('overview', top, keyOf);
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const told = top.reduce((n, o) => n + 1 + o.more, 0);
  useTally(told, facts.findings.length, 'findings');
  const byId = useMemo(() => new Map(facts.components.map((c) => [c.id, c])), [facts]);
  const of = <T,>(f: Finding, tell: (c: Facts['components'][number]) => T, none: T): T => {
    const component = f.component === null ? undefined : byId.get(f.component);
    return component === undefined ? none : tell(component);
  };
  const columns: readonly Column<Oddity>[] = [
    { id: 'severity', title: 'Severity', width: '76px', render: ({ finding }) => <SeverityWord severity={finding.severity} /> },
    { id: 'title', title: 'What', width: 'minmax(200px, 3fr)', render: ({ finding }) => <VisibleText text={finding.title} /> },
    { id: 'component', title: 'Component', width: 'minmax(130px, 1fr)', render: ({ finding }) => <VisibleText text={of(finding, nameOf, '')} mono /> },
    { id: 'first', title: 'Since when', width: '312px', render: ({ finding: f }) => { const { when, how } = momentWords(f.first, time); return <><span className="mono">{when}</span> <span className="dim">{how}</span></>; } },
    { id: 'sites', title: 'Sites', width: 'minmax(90px, 1fr)', render: ({ finding }) => <VisibleText text={of(finding, sitesOf, '')} /> },
    { id: 'more', title: 'More findings', width: '110px', align: 'end', render: ({ more }) => (more === 0 ? '' : `+ ${more}`) },
    { id: 'refs', title: 'Evidence', width: '76px', align: 'end', render: ({ finding }) => String(finding.refs.length) },
  ];
  const settled = list.value !== null && components.value !== null;
  return (
    <div className="view">
      <ViewHead title="Overview">{info?.partial === true ? <span className="warn">Partial: reading goes on, counts may grow.</span> : null}</ViewHead>
      <div className="overview">
        <section aria-labelledby="overview-odd" className="overview-odd">
          <h2 id="overview-odd">What does not belong here</h2>
          {list.failure === null ? null : <FailureLine message={list.failure.message} />}
          {settled ? <p className="overview-head">{headline(facts, time).map((sentence) => <span key={sentence}><VisibleText text={sentence} /> </span>)}</p> : null}
          <div className="overview-grid" style={{ height: `min(46vh, ${(Math.max(5, top.length) + 1) * rowHeight + 12}px)` }}>
            <DataGrid
              label="Oddities" columns={columns} source={listSource(top)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus}
              onOpen={({ finding }) => store.getState().navigate('findings', { id: finding.id })} autoFocus handle={grid}
              empty={<EmptyState title={list.loading ? 'Loading...' : info?.partial === true ? 'Nothing found so far; reading goes on.' : 'Nothing out of place was found.'}><p>That no rule found anything does not prove that nothing is there: see Problems for what could not be read.</p></EmptyState>}
            />
          </div>
        </section>
        <div className="overview-column">
          <section aria-labelledby="overview-next" className="overview-box">
            <h2 id="overview-next">What to do next</h2>
            {settled ? <NextSteps steps={steps(facts)} /> : <p className="dim">Loading...</p>}
          </section>
          <section aria-labelledby="overview-server" className="overview-box">
            <h2 id="overview-server">Server at a glance</h2>
            <ServerGlance components={facts.components} />
          </section>
        </div>
        <div className="overview-column">
          <section aria-labelledby="overview-unknown" className="overview-box">
            <h2 id="overview-unknown">What is not yet known</h2>
            {settled && logs.value !== null ? <Unknowns unknowns={unknowns(facts)} /> : <p className="dim">Loading...</p>}
          </section>
          <section aria-labelledby="overview-ask" className="overview-box">
            <h2 id="overview-ask">Evidence to ask for</h2>
            <AskFor missing={facts.missing} />
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
    </div>
  );
}
