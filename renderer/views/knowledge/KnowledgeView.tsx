import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useActions } from '../../commands/actions.ts';
import { copyText } from '../../commands/evidence-actions.ts';
import { useFilterActions, useListActions } from '../../commands/use-list.ts';
import { useMatches } from '../../commands/use-matches.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { useQuickFilter, useRowFocus } from '../../state/rows.ts';
import { DataGrid, EmptyState, FailureLine, FilterBar, listSource, ROW_HEIGHT, Split, ViewHead, VisibleText, type Column, type FilterHandle, type GridHandle } from '../../ui/index.ts';
import { entriesOf, textOf, type Entry } from './entries.ts';
import { EntryDetail } from './EntryDetail.tsx';

const keyOf = (entry: Entry): string => entry.id;

/** The subject without any evidence: kinds of components, the technique, countermeasures, families and the rules, in words. */
export function KnowledgeView(): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const answer = useRequest('knowledge.get', {});
  const entries = useMemo(() => (answer.value === null ? [] : entriesOf(answer.value)), [answer.value]);
  const filter = useQuickFilter('knowledge', entries, textOf, 'entries');
  const focus = useRowFocus('knowledge', filter.rows, keyOf);
  const grid = useRef<GridHandle>(null);
  const bar = useRef<FilterHandle>(null);
  useListActions(grid);
  useFilterActions('knowledge', bar);
  useMatches('knowledge', filter.rows, textOf, focus);
  const wanted = useApp((s) => s.route.params['id']);
  useEffect(() => {
    if (wanted !== undefined) wb.store.getState().setFocused('knowledge', wanted);
  }, [wanted, wb]);
  const { row } = focus;
  useActions({ 'row.copy': () => row !== undefined && void copyText(wb, `${row.title}\t${row.words}`, 'Row') });
  const columns: readonly Column<Entry>[] = [
    { id: 'about', title: 'About', width: '120px', render: (e) => e.about },
    { id: 'title', title: 'What', width: 'minmax(180px, 1fr)', render: (e) => <VisibleText text={e.title} /> },
    { id: 'words', title: 'In short', width: 'minmax(200px, 2fr)', render: (e) => e.words },
  ];
  return (
    <div className="view">
      <ViewHead title="Knowledge"><span className="dim">What is known without any evidence, in our words; references are text.</span></ViewHead>
      <FilterBar {...filter.bar} handle={bar} onLeave={() => grid.current?.focus()} />
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <div className="view-rest">
        <Split id="knowledge" parts={[
          { id: 'list', size: 50, content: (
            <DataGrid
              label="Entries" columns={columns} source={listSource(filter.rows)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus} autoFocus handle={grid}
              empty={<EmptyState title={answer.loading ? 'Loading...' : 'No entry passes the filter.'} />}
            />
          ) },
          { id: 'detail', size: 50, content: <EntryDetail entry={row} /> },
        ]} />
      </div>
    </div>
  );
}
