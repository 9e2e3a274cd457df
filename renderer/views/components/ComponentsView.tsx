import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { useActions } from '../../commands/actions.ts';
import { copyText, openRef } from '../../commands/evidence-actions.ts';
import { rowEntries } from '../../commands/menus.ts';
import { addNote } from '../../commands/note-actions.ts';
import { useFilterActions, useListActions } from '../../commands/use-list.ts';
import { useMatches } from '../../commands/use-matches.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { useQuickFilter, useRowFocus } from '../../state/rows.ts';
import { citation, DataGrid, EmptyState, FailureLine, FilterBar, listSource, ROW_HEIGHT, RowMenu, Split, ViewHead, VisibleText, type Column, type FilterHandle, type GridHandle, type Sort } from '../../ui/index.ts';
import { ComponentDetail } from './ComponentDetail.tsx';
import { componentName, FILE_WORDS, KIND_WORDS, ORIGIN_WORDS, SIGNATURE_WORDS } from './words.ts';

type Component = Output<'component.list'>['components'][number];
const keyOf = (c: Component): string => c.id;
const textOf = (c: Component): string => [c.name, c.image, c.type, KIND_WORDS[c.kind], ORIGIN_WORDS[c.origin], c.file?.path, c.file?.sha256, ...c.registrations.map((r) => `${r.scope} ${r.section}`)].join(' ');
const NONE: readonly Component[] = [];
const ORIGIN_RANK = { unknown: 0, 'known-product': 1, stock: 2 } as const;

/** Every component that runs inside IIS or could; the odd ones first. */
export function ComponentsView(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const wanted = useApp((s) => s.route.params['id']);
  const answer = useRequest('component.list', {});
  const [sort, setSort] = useState<Sort>({ column: 'findings', descending: false });
  const sorted = useMemo(() => [...(answer.value?.components ?? NONE)].sort((a, b) => ordering(sort.column)(a, b) * (sort.descending ? -1 : 1)), [answer.value, sort]);
  const filter = useQuickFilter('components', sorted, textOf, 'components');
  const focus = useRowFocus('components', filter.rows, keyOf);
  const grid = useRef<GridHandle>(null);
  const bar = useRef<FilterHandle>(null);
  const row = focus.row;
  useEffect(() => {
    if (wanted !== undefined) wb.store.getState().setFocused('components', wanted);
  }, [wanted, wb]);
  const { navigate } = wb.store.getState();
  const openSource = (c: Component | undefined): void => {
    const place = c?.registrations[0];
    if (place !== undefined) openRef(wb, place);
    else if (c?.file !== null && c !== undefined) openRef(wb, { evidencePath: c.file.evidencePath, offset: 0 });
  };
  const line = (c: Component): string => [componentName(c), KIND_WORDS[c.kind], ORIGIN_WORDS[c.origin], c.file?.path ?? c.image ?? '', c.file?.sha256 ?? ''].join('\t');
  const refsOf = (c: Component) => c.registrations.map(({ path, evidencePath, line, column, sha256 }) => ({ path, evidencePath, line, column, sha256 }));
  useListActions(grid);
  useFilterActions('components', bar);
  useMatches('components', filter.rows, textOf, focus);
  useActions({
    'row.source': () => openSource(row),
    'row.graph': () => row !== undefined && navigate('graph', { component: row.id }),
    'row.timeline': () => {
      if (row === undefined) return;
      wb.store.getState().setFilter('timeline', `component:"${componentName(row).replaceAll('"', '')}"`);
      navigate('timeline');
    },
    'row.note': () => row !== undefined && void addNote(wb, { about: row.firstSeen.time, refs: refsOf(row), event: null, finding: null, component: row.id }),
    'row.copy': () => row !== undefined && void copyText(wb, line(row), 'Row'),
    'row.cite': () => row !== undefined && void copyText(wb, [line(row), ...refsOf(row).map(citation)].join('\n'), 'Row with citations'),
  });
  const columns: readonly Column<Component>[] = [
    { id: 'name', title: 'Name', width: 'minmax(170px, 2fr)', sortable: true, render: (c) => <VisibleText text={componentName(c)} mono /> },
    { id: 'kind', title: 'Kind', width: '120px', sortable: true, render: (c) => KIND_WORDS[c.kind] },
    { id: 'origin', title: 'Origin', width: '110px', sortable: true, render: (c) => <span className={c.origin === 'unknown' ? 'warn' : 'dim'}>{ORIGIN_WORDS[c.origin]}</span> },
    { id: 'findings', title: 'Findings', width: '76px', align: 'end', sortable: true, render: (c) => (c.findings.length === 0 ? '' : String(c.findings.length)) },
    { id: 'registered', title: 'Registered', width: 'minmax(130px, 1fr)', render: (c) => <VisibleText text={registered(c)} /> },
    { id: 'file', title: 'File', width: '150px', render: (c) => FILE_WORDS[c.fileStatus] },
    { id: 'signature', title: 'Signature', width: '120px', render: (c) => SIGNATURE_WORDS[c.signature] },
    { id: 'first', title: 'First seen', width: '180px', mono: true, sortable: true, render: (c) => (c.firstSeen.time === null ? (c.firstSeen.order === undefined ? '' : `copy ${c.firstSeen.order}`) : time(c.firstSeen.time)) },
  ];
  return (
    <div className="view">
      <ViewHead title="Components"><span className="dim">Origin judges the registration only; what is at a stock path is not verified by it.</span></ViewHead>
      <FilterBar {...filter.bar} handle={bar} onLeave={() => grid.current?.focus()} />
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <div className="view-rest">
        <Split id="components" parts={[
          { id: 'list', size: 54, content: (
            <RowMenu entries={rowEntries(wb)}>
              <div className="fill">
                <DataGrid
                  label="Components" columns={columns} source={listSource(filter.rows)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus} onOpen={openSource} autoFocus handle={grid}
                  sort={sort} onSort={(column) => setSort((s) => ({ column, descending: s.column === column && !s.descending }))}
                  empty={<EmptyState title={answer.loading ? 'Loading...' : filter.text === '' ? 'No components so far.' : 'No component passes the filter.'} />}
                />
              </div>
            </RowMenu>
          ) },
          { id: 'detail', size: 46, content: <ComponentDetail id={row?.id ?? null} /> },
        ]} />
      </div>
    </div>
  );
}

function registered(c: Component): string {
  const first = c.registrations[0];
  if (first === undefined) return 'nowhere';
  return c.registrations.length === 1 ? first.scope : `${first.scope} and ${c.registrations.length - 1} more`;
}

function ordering(column: string): (a: Component, b: Component) => number {
  const name = (c: Component): string => componentName(c).toUpperCase();
  if (column === 'name') return compareBy(name, keyOf);
  if (column === 'kind') return compareBy((c) => c.kind, name, keyOf);
  if (column === 'origin') return compareBy((c) => ORIGIN_RANK[c.origin], name, keyOf);
  if (column === 'first') return compareBy((c) => c.firstSeen.time ?? '~', (c) => c.firstSeen.order ?? 1e9, name, keyOf);
  return compareBy((c) => -c.findings.length, (c) => ORIGIN_RANK[c.origin], name, keyOf);
}
