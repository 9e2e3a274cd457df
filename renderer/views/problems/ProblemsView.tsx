import { useMemo, useRef, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { useActions } from '../../commands/actions.ts';
import { copyText, openRef } from '../../commands/evidence-actions.ts';
import { rowEntries } from '../../commands/menus.ts';
import { useFilterActions, useListActions } from '../../commands/use-list.ts';
import { useMatches } from '../../commands/use-matches.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { useQuickFilter, useRowFocus } from '../../state/rows.ts';
import { Badge, count, DataGrid, EmptyState, FailureLine, FilterBar, listSource, ROW_HEIGHT, RowMenu, ViewHead, VisibleText, type Column, type FilterHandle, type GridHandle } from '../../ui/index.ts';
import { MOST_PROBLEMS, useProblems } from '../../state/all-problems.ts';

type Problem = Output<'evidence.problems'>['problems'][number];
const keyOf = (p: Problem): string => p.id;
const textOf = (p: Problem): string => `${p.kind} ${p.message} ${p.path ?? ''} ${p.evidencePath} ${p.expected ? 'expected' : ''}`;

const KIND_WORDS: Readonly<Record<Problem['kind'], string>> = {
  truncated: 'truncated: the file ends early', malformed: 'malformed', unsupported: 'not read by this version', limit: 'limit hit: the rest was not seen',
  unreadable: 'could not be read', anomaly: 'anomaly: legal, but no honest tool writes it', escape: 'leads out of the evidence',
};
const ORDER: readonly Problem['kind'][] = ['unreadable', 'malformed', 'truncated', 'limit', 'anomaly', 'escape', 'unsupported'];

/** What could not be read, where, and what that hides; what is normal for its kind of file stands apart, at the end. */
export function ProblemsView(): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const { problems, total, loading, failure } = useProblems();
  const sorted = useMemo(() => [...problems].sort(compareBy((p) => (p.expected ? 1 : 0), (p) => ORDER.indexOf(p.kind), (p) => p.path ?? p.evidencePath, (p) => p.line ?? p.offset ?? 0, keyOf)), [problems]);
  const filter = useQuickFilter('problems', sorted, textOf, 'problems');
  const focus = useRowFocus('problems', filter.rows, keyOf);
  const grid = useRef<GridHandle>(null);
  const bar = useRef<FilterHandle>(null);
  const row = focus.row;
  useListActions(grid);
  useFilterActions('problems', bar);
  useMatches('problems', filter.rows, textOf, focus);
  const line = (p: Problem): string => [p.kind, p.path ?? p.evidencePath, p.line === undefined ? (p.offset ?? '') : `line ${p.line}`, p.message].join('\t');
  useActions({
    'row.source': () => row !== undefined && openRef(wb, row),
    'row.copy': () => row !== undefined && void copyText(wb, line(row), 'Row'),
    'row.cite': () => row !== undefined && void copyText(wb, `${line(row)}\tevidence: ${row.evidencePath}`, 'Row with citation'),
  });
  const groups = ORDER.map((kind) => ({ kind, odd: sorted.filter((p) => p.kind === kind && !p.expected).length })).filter((g) => g.odd > 0);
  const expected = sorted.filter((p) => p.expected).length;
  const columns: readonly Column<Problem>[] = [
    { id: 'kind', title: 'Kind', width: '230px', render: (p) => <>{p.expected ? 'expected: ' : ''}{KIND_WORDS[p.kind]}</> },
    { id: 'message', title: 'What and what it hides', width: 'minmax(280px, 3fr)', render: (p) => <VisibleText text={p.message} /> },
    { id: 'where', title: 'Where', width: '110px', mono: true, render: (p) => (p.line === undefined ? (p.offset === undefined ? '' : `0x${p.offset.toString(16).toUpperCase()}`) : `line ${p.line}`) },
    { id: 'path', title: 'File', width: 'minmax(240px, 2fr)', mono: true, render: (p) => <VisibleText text={p.path ?? p.evidencePath} /> },
  ];
  return (
    <div className="view">
      <ViewHead title="Problems">
        {groups.map((g) => <Badge key={g.kind} tone="warn">{count(g.odd)} {g.kind}</Badge>)}
        {expected > 0 ? <Badge>{count(expected)} expected</Badge> : null}
        {problems.length < total ? <span className="warn">{total > MOST_PROBLEMS && problems.length >= MOST_PROBLEMS ? `The first ${count(problems.length)} of ${count(total)}.` : `${count(problems.length)} of ${count(total)} so far...`}</span> : null}
      </ViewHead>
      <FilterBar {...filter.bar} handle={bar} onLeave={() => grid.current?.focus()} />
      {failure === null ? null : <FailureLine message={failure} />}
      <div className="view-rest">
        <RowMenu entries={rowEntries(wb)}>
          <div className="fill">
            <DataGrid
              label="Problems" columns={columns} source={listSource(filter.rows)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus} onOpen={(p) => openRef(wb, p)} autoFocus handle={grid}
              rowClass={(p) => (p.expected ? 'faded' : '')} empty={<EmptyState title={loading ? 'Loading...' : filter.text === '' ? 'Everything that was tried could be read.' : 'No problem passes the filter.'} />}
            />
          </div>
        </RowMenu>
      </div>
    </div>
  );
}
