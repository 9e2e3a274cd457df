import { useCallback, useMemo, type ReactNode, type RefObject } from 'react';
import { rowEntries } from '../../commands/menus.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { DataGrid, EmptyState, ROW_HEIGHT, RowMenu, type Column, type GridHandle } from '../../ui/index.ts';
import { gapsOf, type KnownGap } from './gaps.ts';
import { NoneReason } from './NoneReason.tsx';
import type { Timeline } from './use-timeline.ts';

const NO_ROWS = { count: 0, row: () => undefined };

interface Props {
  readonly timeline: Timeline;
  readonly columns: readonly Column<TimelineEvent>[];
  readonly grid: RefObject<GridHandle | null>;
  readonly text: string;
  readonly suspended: boolean;
  /** The long silences of the list as the host knows them; null: not yet. */
  readonly gaps: readonly KnownGap[] | null;
}

/** The events in order, with a thin rule where nothing happened for long. */
export function EventList({ timeline, columns, grid, text, suspended, gaps }: Props): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const column = useApp((s) => s.columns['timeline']);
  useListActions(grid);
  const { pages } = timeline;
  const filtered = text !== '' && !suspended;
  const gapAbove = useMemo(() => (pages === null ? undefined : gapsOf(pages, filtered, gaps)), [pages, filtered, gaps]);
  const rowClass = useCallback((e: TimelineEvent) => (e.tags.length > 0 ? 'noted' : ''), []);
  return (
    <RowMenu entries={() => rowEntries(wb)}>
      <div className="fill">
        <DataGrid
          label="Events" columns={columns} source={pages ?? NO_ROWS} rowKey={idOf} rowHeight={rowHeight} focused={timeline.index} focusedColumn={column} onFocus={timeline.focus} handle={grid} autoFocus
          onOpen={focusDetail} ruleAbove={gapAbove} rowClass={rowClass}
          empty={pages === null ? <EmptyState title="Loading..." /> : pages.failure !== null ? <EmptyState title="The list could not be asked for."><p>R asks again.</p></EmptyState> : filtered ? <NoneReason text={text} total={pages.total} /> : (
            <EmptyState title={pages.partial ? 'No events yet: reading has only begun. R looks again.' : 'No events.'} />
          )}
        />
      </div>
    </RowMenu>
  );
}

function idOf(event: TimelineEvent): string {
  return event.id;
}

function focusDetail(): void {
  document.querySelector<HTMLElement>('section[aria-label="Event"]')?.focus();
}
