import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { useActions } from '../../commands/actions.ts';
import { refused } from '../../commands/case-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { copyText, openRef } from '../../commands/evidence-actions.ts';
import { rowEntries } from '../../commands/menus.ts';
import { addNote, ensureExamination } from '../../commands/note-actions.ts';
import { useFilterActions, useListActions } from '../../commands/use-list.ts';
import { useMatches } from '../../commands/use-matches.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { useQuickFilter, useRowFocus } from '../../state/rows.ts';
import { Button, citation, DataGrid, EmptyState, FailureLine, FilterBar, listSource, ROW_HEIGHT, RowMenu, Split, ViewHead, VisibleText, type Column, type FilterHandle, type GridHandle } from '../../ui/index.ts';
import { NoteDetail } from './NoteDetail.tsx';

type Note = Output<'note.list'>['notes'][number];
const keyOf = (n: Note): string => n.id;
const textOf = (n: Note): string => `${n.tag} ${n.text} ${n.examination.examiner}`;

/** The analyst's own words about evidence, in order of the time that they are about. */
export function NotesView(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const wanted = useApp((s) => s.route.params['id']);
  const examination = useApp((s) => s.info?.examination ?? null);
  const answer = useRequest('note.list', {});
  const sorted = useMemo(() => (answer.value?.notes ?? []).filter((n) => !n.deleted).sort(compareBy((n) => n.about ?? '~', (n) => n.written, keyOf)), [answer.value]);
  const filter = useQuickFilter('notes', sorted, textOf, 'notes');
  const focus = useRowFocus('notes', filter.rows, keyOf);
  const grid = useRef<GridHandle>(null);
  const bar = useRef<FilterHandle>(null);
  const note = focus.row;
  useEffect(() => {
    if (wanted !== undefined) wb.store.getState().setFocused('notes', wanted);
  }, [wanted, wb]);

  const add = (): void => void addNote(wb, { about: null, refs: [], event: null, finding: null, component: null });
  const edit = async (n: Note): Promise<void> => {
    if (!(await ensureExamination(wb))) return;
    const words = await wb.store.getState().ask('note', { title: 'Edit note', text: n.text, tag: n.tag, about: n.about, cites: n.refs.length, free: n.event === null && n.finding === null });
    if (words === null) return;
    const result = await wb.client.request('note.edit', { id: n.id, text: words.text, tag: words.tag, about: words.about });
    if (!result.ok) return void refused(wb, result.failure);
    wb.store.getState().toast('Edited; the earlier text is kept.');
    wb.queries.changed(['note.list', 'note.revisions']);
  };
  const remove = async (n: Note): Promise<void> => {
    const choice = await wb.store.getState().ask('choice', { title: 'Delete this note?', help: 'It leaves the list; its text and history stay in the case file.', options: [{ value: 'delete', label: 'Delete' }] });
    if (choice === null) return;
    const result = await wb.client.request('note.delete', { id: n.id });
    if (!result.ok) return void refused(wb, result.failure);
    wb.queries.changed(['note.list']);
    void wb.refresh();
  };
  const line = (n: Note): string => [time(n.about), n.tag, n.text].join('\t');
  useListActions(grid);
  useFilterActions('notes', bar);
  useMatches('notes', filter.rows, textOf, focus);
  useActions({
    'note.add': add,
    'note.edit': () => note !== undefined && void edit(note),
    'note.delete': () => note !== undefined && void remove(note),
    'row.source': () => note?.refs[0] !== undefined && openRef(wb, note.refs[0]),
    'row.timeline': () => note !== undefined && wb.store.getState().navigate('timeline', note.event === null ? {} : { event: note.event }),
    'row.copy': () => note !== undefined && void copyText(wb, line(note), 'Note'),
    'row.cite': () => note !== undefined && void copyText(wb, [line(note), ...note.refs.map(citation)].join('\n'), 'Note with citations'),
  });
  const columns: readonly Column<Note>[] = [
    { id: 'about', title: 'About', width: '190px', mono: true, render: (n) => time(n.about) },
    { id: 'tag', title: 'Tag', width: '120px', render: (n) => <VisibleText text={n.tag} /> },
    { id: 'text', title: 'Note', width: 'minmax(260px, 1fr)', render: (n) => <VisibleText text={n.text.split('\n')[0] ?? ''} /> },
    { id: 'refs', title: 'Evidence', width: '76px', align: 'end', render: (n) => String(n.refs.length) },
    { id: 'written', title: 'Written', width: '190px', mono: true, render: (n) => time(n.written) },
  ];
  return (
    <div className="view">
      <ViewHead title="Notes">
        <Button tone="primary" onClick={add}>Add a free note (a)</Button>
        <Button onClick={() => note !== undefined && void edit(note)} disabled={note === undefined}>Edit (c)</Button>
        <Button onClick={() => void runCommand(wb, 'case.examination')}>Examination...</Button>
        <Button onClick={() => void runCommand(wb, 'view.report')}>Report (0)</Button>
        <span className="dim">{examination === null ? 'Case number, examiner and host are asked for with the first note.' : <VisibleText text={`${examination.caseNumber} · ${examination.examiner} · ${examination.hostLabel}`} />}</span>
      </ViewHead>
      <FilterBar {...filter.bar} handle={bar} onLeave={() => grid.current?.focus()} />
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <div className="view-rest">
        <Split id="notes" parts={[
          { id: 'list', size: 62, content: (
            <RowMenu entries={rowEntries(wb)}>
              <div className="fill">
                <DataGrid
                  label="Notes" columns={columns} source={listSource(filter.rows)} rowKey={keyOf} rowHeight={rowHeight} focused={focus.index} focusedColumn={focus.column} onFocus={focus.onFocus} onOpen={(n) => void edit(n)} autoFocus handle={grid}
                  empty={<EmptyState title={answer.loading ? 'Loading...' : filter.text === '' ? 'No notes yet.' : 'No note passes the filter.'}><p>Space on an event, a component or a finding writes a note that cites it; a free note (a call, an interview) needs no evidence and may have a moment of its own.</p></EmptyState>}
                />
              </div>
            </RowMenu>
          ) },
          { id: 'detail', size: 38, content: <NoteDetail note={note} /> },
        ]} />
      </div>
    </div>
  );
}
