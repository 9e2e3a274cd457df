import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { DataGrid, EmptyState, listSource, ROW_HEIGHT, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';

type Note = Output<'note.list'>['notes'][number];

/** The note at a moment, else the last one before it, else the first of all. */
export function noteAt(notes: readonly Pick<Note, 'about'>[], time: string | null): number {
  const t = time === null ? null : parseInstant(time);
  if (t === null) return 0;
  return Math.max(0, notes.findLastIndex((n) => n.about !== null && (parseInstant(n.about) ?? t + 1n) <= t));
}

/** What the analyst noted, by the time that it is about: the case's own timeline, always complete. It opens at the cursor's time and takes the cursor along. */
export function Story({ cursor, onTime }: { readonly cursor: string | null; readonly onTime: (time: string) => void }): ReactNode {
  const { store } = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const answer = useRequest('note.list', {});
  const [id, setId] = useState<string | null>(null);
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const notes = useMemo(() => (answer.value?.notes ?? []).filter((n) => !n.deleted).sort(compareBy((n) => n.about ?? '~', (n) => n.written, (n) => n.id)), [answer.value]);
  const columns = useMemo((): readonly Column<Note>[] => [
    { id: 'about', title: 'Time', width: '210px', mono: true, render: (n) => time(n.about) },
    { id: 'tag', title: 'Tag', width: '130px', render: (n) => <span>{'\u25c6 '}<VisibleText text={n.tag} /></span> },
    { id: 'text', title: 'Note', width: 'minmax(300px, 1fr)', render: (n) => <VisibleText text={n.text.split('\n')[0] ?? ''} /> },
    { id: 'author', title: 'By', width: '160px', render: (n) => <VisibleText text={n.examination.examiner} /> },
  ], [time]);
  const at = id === null ? noteAt(notes, cursor) : notes.findIndex((n) => n.id === id);
  return (
    <DataGrid
      label="Story" columns={columns} source={listSource(notes)} rowKey={(n) => n.id} rowHeight={rowHeight} focused={notes.length === 0 ? -1 : Math.max(0, at)} handle={grid} autoFocus
      onFocus={(_i, note) => {
        if (note === undefined || note.id === id) return;
        setId(note.id);
        if (note.about !== null) onTime(note.about);
      }}
      onOpen={(n) => store.getState().navigate('notes', { id: n.id })}
      empty={<EmptyState title="No notes yet."><p>Space on an event writes a note about it. Notes are the story of the case.</p></EmptyState>}
    />
  );
}
