import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { DataGrid, EmptyState, listSource, ROW_HEIGHT, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';

type Note = Output<'note.list'>['notes'][number];

/** What the analyst noted, by the time that it is about: the case's own timeline, always complete. */
export function Story(): ReactNode {
  const { store } = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const answer = useRequest('note.list', {});
  const [at, setAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const notes = useMemo(() => (answer.value?.notes ?? []).filter((n) => !n.deleted).sort(compareBy((n) => n.about ?? '~', (n) => n.written, (n) => n.id)), [answer.value]);
  const columns: readonly Column<Note>[] = [
    { id: 'about', title: 'Time', width: '210px', mono: true, render: (n) => time(n.about) },
    { id: 'tag', title: 'Tag', width: '130px', render: (n) => <VisibleText text={n.tag} /> },
    { id: 'text', title: 'Note', width: 'minmax(300px, 1fr)', render: (n) => <VisibleText text={n.text.split('\n')[0] ?? ''} /> },
  ];
  return (
    <DataGrid
      label="Story" columns={columns} source={listSource(notes)} rowKey={(n) => n.id} rowHeight={rowHeight} focused={notes.length === 0 ? -1 : Math.min(at, notes.length - 1)} onFocus={(i) => setAt(i)} handle={grid} autoFocus
      onOpen={(n) => store.getState().navigate('notes', { id: n.id })}
      empty={<EmptyState title="No notes yet."><p>Space on an event writes a note about it. Notes are the story of the case.</p></EmptyState>}
    />
  );
}
