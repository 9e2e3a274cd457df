import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { useActions } from '../../commands/actions.ts';
import { copyText, openRef } from '../../commands/evidence-actions.ts';
import { rowEntries } from '../../commands/menus.ts';
import { addNote, decideFinding } from '../../commands/note-actions.ts';
import { useFilterActions, useListActions } from '../../commands/use-list.ts';
import { useMatches } from '../../commands/use-matches.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { nextIndex, useQuickFilter, useRowFocus } from '../../state/rows.ts';
import { citation, DataGrid, EmptyState, FailureLine, FilterBar, listSource, momentWords, ROW_HEIGHT, RowMenu, SeverityWord, Split, ViewHead, VisibleText, type Column, type FilterHandle, type GridHandle } from '../../ui/index.ts';
import { FindingDetail } from './FindingDetail.tsx';

type Finding = Output<'finding.list'>['findings'][number];
const keyOf = (f: Finding): string => f.id;
const textOf = (f: Finding): string => [f.severity, f.rule, f.title, ...f.supports, ...f.refs.map((r) => r.path ?? r.evidencePath)].join(' ');
const NONE: readonly Finding[] = [];
const DECISION_WORDS = { accepted: 'accepted', ignored: 'ignored', open: '' } as const;

/** The oddities with what supports and what would refute each; every one leads to its source. */
export function FindingsView(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const wanted = useApp((s) => s.route.params['id']);
  const answer = useRequest('finding.list', {});
  const components = useRequest('component.list', {});
  const filter = useQuickFilter('findings', answer.value?.findings ?? NONE, textOf, 'findings');
  const focus = useRowFocus('findings', filter.rows, keyOf);
  const grid = useRef<GridHandle>(null);
  const bar = useRef<FilterHandle>(null);
  const finding = focus.row;
  const decisions = useMemo(() => new Map((answer.value?.decisions ?? []).map((d) => [d.finding, d])), [answer.value]);
  const nameOf = useMemo(() => new Map((components.value?.components ?? []).map((c) => [c.id, c.name ?? c.type ?? c.image ?? ''])), [components.value]);
  useEffect(() => {
    if (wanted !== undefined) wb.store.getState().setFocused('findings', wanted);
  }, [wanted, wb]);

  const ignore = async (f: Finding): Promise<void> => {
    const reason = await wb.store.getState().ask('text', { title: 'Ignore this finding', label: 'Reason', help: 'It stays in the list, marked as ignored with this reason, and can be opened again.', action: 'Ignore', initial: '', required: true });
    if (reason !== null) await decideFinding(wb, f.id, 'ignored', reason);
  };
  const source = (f: Finding | undefined): void => {
    const ref = f?.refs[0];
    if (ref !== undefined) openRef(wb, ref);
  };
  const line = (f: Finding): string => [f.severity, f.rule, f.title, f.first.time === null ? '' : time(f.first.time)].join('\t');
  const { navigate } = wb.store.getState();
  useListActions(grid);
  useFilterActions('findings', bar);
  useMatches('findings', filter.rows, textOf, focus);
  const weighty = (forward: boolean): void => {
    const at = nextIndex(filter.rows.length, focus.index, forward, (i) => ['high', 'medium'].includes(filter.rows[i]?.severity ?? ''));
    if (at === null) wb.store.getState().toast(`No ${forward ? 'later' : 'earlier'} finding of high or medium severity.`);
    else focus.onFocus(at, filter.rows[at], focus.column ?? '');
  };
  useActions({
    'oddity.next': () => weighty(true),
    'oddity.previous': () => weighty(false),
    'finding.accept': () => finding !== undefined && void decideFinding(wb, finding.id, 'accepted', ''),
    'finding.ignore': () => finding !== undefined && void ignore(finding),
    'finding.reopen': () => finding !== undefined && void decideFinding(wb, finding.id, 'open', ''),
    'row.source': () => source(finding),
    'row.graph': () => finding?.component !== null && finding !== undefined && navigate('graph', { component: finding.component }),
    'row.timeline': () => finding !== undefined && void toTimeline(finding),
    'row.note': () => finding !== undefined && void addNote(wb, { about: finding.first.time, refs: finding.refs, event: null, finding: finding.id, component: finding.component }),
    'row.copy': () => finding !== undefined && void copyText(wb, line(finding), 'Row'),
    'row.cite': () => finding !== undefined && void copyText(wb, [line(finding), ...finding.refs.map(citation)].join('\n'), 'Row with citations'),
  });
  const toTimeline = async (f: Finding): Promise<void> => {
    if (f.first.time === null) return void wb.store.getState().toast('Nothing in the evidence dates this finding.');
    const found = await wb.client.request('timeline.locate', { filter: '', time: f.first.time });
    const page = found.ok && found.value.offset !== null ? await wb.client.request('timeline.page', { filter: '', offset: found.value.offset, limit: 1 }) : null;
    const event = page?.ok === true ? page.value.events[0] : undefined;
    navigate('timeline', event === undefined ? {} : { event: event.id });
  };

  const columns: readonly Column<Finding>[] = [
    { id: 'severity', title: 'Severity', width: '80px', render: (f) => <SeverityWord severity={f.severity} /> },
    { id: 'title', title: 'Finding', width: 'minmax(240px, 5fr)', render: (f) => <VisibleText text={f.title} /> },
    { id: 'component', title: 'Component', width: 'minmax(104px, 1fr)', render: (f) => <VisibleText text={f.component === null ? '' : (nameOf.get(f.component) ?? '')} mono /> },
    { id: 'first', title: 'Since when', width: '154px', render: (f) => { const { when, how } = momentWords(f.first, time); return <><span className="line mono">{when}</span><span className="line dim">{how}</span></>; } },
    { id: 'refs', title: 'Evidence', width: '80px', align: 'end', render: (f) => String(f.refs.length) },
    { id: 'decision', title: 'Decision', width: '76px', render: (f) => DECISION_WORDS[decisions.get(f.id)?.decision ?? 'open'] },
  ];
  return (
    <div className="view">
      <ViewHead title="Findings"><span className="dim">What does not fit, with its evidence. None of it is a verdict.</span></ViewHead>
      <FilterBar {...filter.bar} handle={bar} onLeave={() => grid.current?.focus()} />
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <div className="view-rest">
        <Split id="findings" parts={[
          { id: 'list', size: 64, content: (
            <RowMenu entries={rowEntries(wb)}>
              <div className="fill">
                <DataGrid
                  label="Findings" columns={columns} source={listSource(filter.rows)} rowKey={keyOf} twoLines rowHeight={2 * rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus} onOpen={source} autoFocus handle={grid}
                  rowClass={(f) => (decisions.get(f.id)?.decision === 'ignored' ? 'faded' : '')}
                  empty={<EmptyState title={answer.loading ? 'Loading...' : filter.text === '' ? 'No rule found anything so far.' : 'No finding passes the filter.'} />}
                />
              </div>
            </RowMenu>
          ) },
          { id: 'detail', size: 36, content: <FindingDetail finding={finding} decision={finding === undefined ? undefined : decisions.get(finding.id)} rule={answer.value?.rules.find((r) => r.rule === finding?.rule)} chain={answer.value?.d3fend ?? []} component={finding?.component === null || finding === undefined ? null : (nameOf.get(finding.component) ?? null)} /> },
        ]} />
      </div>
    </div>
  );
}
