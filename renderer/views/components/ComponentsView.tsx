import './components.css';
import { useCallback, useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { useActions } from '../../commands/actions.ts';
import { copyText, openRef } from '../../commands/evidence-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { rowEntries } from '../../commands/menus.ts';
import { addNote } from '../../commands/note-actions.ts';
import { useFilterActions, useListActions } from '../../commands/use-list.ts';
import { useMatches } from '../../commands/use-matches.ts';
import { useProblems } from '../../state/all-problems.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { useQuickFilter, useRowFocus } from '../../state/rows.ts';
import { Button, citation, DataGrid, EmptyState, FailureLine, FilterBar, listSource, ROW_HEIGHT, RowMenu, Split, ViewHead, type FilterHandle, type GridHandle, type Sort } from '../../ui/index.ts';
import { programColumns } from './columns.tsx';
import { ComponentDetail } from './ComponentDetail.tsx';
import { programRows, rowOrder, textOfRow, type ProgramRow } from './program-rows.ts';
import { useWantedRow } from './use-wanted-row.ts';
import { KIND_WORDS, ORIGIN_WORDS, signatureWords } from './words.ts';

const keyOf = (r: ProgramRow): string => r.key;
const NO_COMPONENTS: Output<'component.list'>['components'] = [];
const NO_IMAGES: Output<'image.list'>['images'] = [];
const NO_STACKS: Output<'story.stack'>['rows'] = [];
const NO_FINDINGS: Output<'finding.list'>['findings'] = [];

/** Every component that runs inside IIS or could, and every other program file that was read; the odd ones first. */
export function ComponentsView(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const answer = useRequest('component.list', {});
  const images = useRequest('image.list', {});
  const findings = useRequest('finding.list', {});
  const stack = useRequest('story.stack', {});
  const several = (stack.value?.servers ?? 0) > 1;
  const { problems } = useProblems();
  const [sort, setSort] = useState<Sort>({ column: 'findings', descending: false });
  const all = useMemo(() => programRows(answer.value?.components ?? NO_COMPONENTS, images.value?.images ?? NO_IMAGES, findings.value?.findings ?? NO_FINDINGS, problems, several ? (stack.value?.rows ?? NO_STACKS) : NO_STACKS), [answer.value, images.value, findings.value, problems, several, stack.value]);
  const sorted = useMemo(() => {
    const order = rowOrder(sort.column);
    return [...all].sort((a, b) => order(a, b) * (sort.descending ? -1 : 1));
  }, [all, sort]);
  const filter = useQuickFilter('components', sorted, textOfRow, 'components and files');
  const focus = useRowFocus('components', filter.rows, keyOf);
  const grid = useRef<GridHandle>(null);
  const bar = useRef<FilterHandle>(null);
  const row = focus.row;
  // Walking through the list is never slowed by what stands beside it.
  const detailKey = useDeferredValue(row?.key ?? null);
  const leaveDetail = useCallback(() => grid.current?.focus(), []);
  useWantedRow(sorted, filter.rows);
  const columns = useMemo(() => programColumns(time, several), [time, several]);
  const { navigate } = wb.store.getState();
  const openSource = (r: ProgramRow | undefined): void => {
    const place = r?.component?.registrations[0];
    if (place !== undefined) return openRef(wb, place);
    const file = r?.component?.file ?? r?.image?.places[0];
    if (file !== undefined) openRef(wb, { evidencePath: file.evidencePath, offset: 0 });
  };
  useListActions(grid);
  useFilterActions('components', bar);
  useMatches('components', filter.rows, textOfRow, focus);
  useActions({
    'row.source': () => openSource(row),
    'row.graph': () => row?.component !== null && row !== undefined && navigate('graph', { component: row.component.id }),
    'row.timeline': () => {
      if (row === undefined) return;
      wb.store.getState().setFilter('timeline', `component:"${row.name.replaceAll('"', '')}"`);
      navigate('timeline');
    },
    'row.note': () => row !== undefined && void addNote(wb, { about: row.component?.firstSeen.time ?? null, refs: refsOf(row), event: null, finding: null, component: row.component?.id ?? null }),
    'row.copy': () => row !== undefined && void copyText(wb, line(row), 'Row'),
    'row.cite': () => row !== undefined && void copyText(wb, [line(row), ...refsOf(row).map(citation)].join('\n'), 'Row with citations'),
  });
  return (
    <div className="view">
      <ViewHead title="Components"><span className="dim">Origin judges the registration only; what is at a stock path is not verified by it.</span>{several ? <Button aria-pressed={sort.column === 'hosts'} onClick={() => setSort({ column: sort.column === 'hosts' ? 'findings' : 'hosts', descending: false })}>Stack by host</Button> : null}</ViewHead>
      <FilterBar {...filter.bar} handle={bar} onLeave={() => grid.current?.focus()} />
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {images.failure === null ? null : <FailureLine message={`Program files that nothing registers are not listed: ${images.failure.message}`} />}
      <div className="view-rest">
        <Split id="components" parts={[
          { id: 'list', size: 46, content: (
            <RowMenu entries={rowEntries(wb)}>
              <div className="fill">
                <DataGrid
                  label="Components" columns={columns} source={listSource(filter.rows)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus} onOpen={() => void runCommand(wb, 'program.detail')} autoFocus handle={grid}
                  sort={sort} onSort={(column) => setSort((s) => ({ column, descending: s.column === column && !s.descending }))}
                  empty={<EmptyState title={answer.loading ? 'Loading...' : filter.text === '' ? 'No components so far.' : 'No component passes the filter.'} />}
                />
              </div>
            </RowMenu>
          ) },
          { id: 'detail', size: 54, content: <ComponentDetail rowKey={detailKey} onLeave={leaveDetail} /> },
        ]} />
      </div>
    </div>
  );
}

/** The row as one line of text, fields parted by tabs. */
function line({ name, component: c, image, signature }: ProgramRow): string {
  const place = image?.places[0];
  return [
    name, c === null ? 'not registered' : KIND_WORDS[c.kind], c === null ? '' : ORIGIN_WORDS[c.origin], signatureWords(signature), c?.file?.path ?? place?.path ?? c?.image ?? place?.evidencePath ?? '', c?.file?.sha256 ?? image?.sha256 ?? '',
  ].join('\t');
}

/** What the row rests on: its registrations, or the file itself. */
function refsOf({ component, image }: ProgramRow) {
  if (component !== null) return component.registrations.map(({ path, evidencePath, line, column, sha256 }) => ({ path, evidencePath, line, column, sha256 }));
  return (image?.places ?? []).map(({ path, evidencePath }) => ({ path, evidencePath, offset: 0, sha256: image?.sha256 ?? '' }));
}
