import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { TIME_MEANINGS } from '../../../shared/model/index.ts';
import { parseFilter, withoutTerm } from '../../../shared/query/index.ts';
import { durationText } from '../../../shared/time/duration.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { zoneText } from '../../../shared/time/zone.ts';
import { rowEntries } from '../../commands/menus.ts';
import { useFilterActions, useListActions } from '../../commands/use-list.ts';
import { TIMELINE_MODES } from '../../state/session-slice.ts';
import { useApp, useTimeText, useWorkbench } from '../../state/react.ts';
import { useTally } from '../../state/rows.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { Button, count, DataGrid, EmptyState, FailureLine, FilterBar, ROW_HEIGHT, RowMenu, Split, ViewHead, VisibleText, type Column, type FilterHandle, type GridHandle } from '../../ui/index.ts';
import { COLUMN_CHOICES, columnValue } from './columns.ts';
import { ContextWindow } from './ContextWindow.tsx';
import { EventDetail } from './EventDetail.tsx';
import { gapsOf } from './gaps.ts';
import { StackList } from './StackList.tsx';
import { Story } from './Story.tsx';
import { TimelineHistogram } from './TimelineHistogram.tsx';
import { useTimelineActions } from './use-timeline-actions.ts';
import { useSpan } from './use-span.ts';
import { useTimelineSteps } from './use-timeline-steps.ts';
import { useTimeline, type Timeline } from './use-timeline.ts';

const MODE_WORDS = { list: 'In what order (list)', stack: 'What kinds (stack)', story: 'My story (notes)' } as const;
const NO_ROWS = { count: 0, row: () => undefined };

/** Everything that has a time, in order, with one filter over list, histogram and stack. */
export function TimelineView(): ReactNode {
  const wb = useWorkbench();
  const mode = useApp((s) => s.timelineMode);
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const suspended = useApp((s) => s.suspended['timeline'] === true);
  const contextSeconds = useApp((s) => s.contextSeconds);
  const eventParam = useApp((s) => s.route.params['event']);
  const timeline = useTimeline();
  const span = useSpan(timeline.filter);
  const [reference, setReference] = useState<string | null>(null);
  const bar = useRef<FilterHandle>(null);
  const grid = useRef<GridHandle>(null);
  const { setFilter, setSuspended, set } = wb.store.getState();
  const columns = useColumns(reference);
  useFilterActions('timeline', bar);
  useTimelineActions({ timeline, span, bar, reference, setReference });
  useTimelineSteps(timeline);
  useTally(timeline.pages?.count ?? 0, timeline.pages?.total ?? 0, 'events', timeline.pages?.partial ?? false);

  const { goToEvent, pages } = timeline;
  const asked = useRef('');
  useEffect(() => {
    if (eventParam === undefined || pages === null || asked.current === eventParam) return;
    asked.current = eventParam;
    void goToEvent(eventParam).then((found) => {
      if (found || text === '') return;
      wb.store.getState().setFocused('timeline', eventParam);
      wb.store.getState().setSuspended('timeline', true);
      wb.store.getState().toast('The filter hid this event and is suspended; "." restores it.');
    });
  }, [eventParam, pages, goToEvent, text, wb]);

  const parsed = useMemo(() => parseFilter(text), [text]);
  const chips = parsed.ok ? parsed.filter.terms.map((term) => ({ text: text.slice(term.start, term.end), negated: term.negated, remove: () => setFilter('timeline', withoutTerm(text, term)) })) : [];
  return (
    <div className="view">
      <ViewHead title="Timeline">
        <div role="radiogroup" aria-label="Mode" className="modes">
          {TIMELINE_MODES.map((m) => <button key={m} type="button" role="radio" aria-checked={mode === m} className="mode" onClick={() => set({ timelineMode: m })}>{MODE_WORDS[m]}</button>)}
        </div>
        {reference === null ? null : <Button tone="quiet" onClick={() => setReference(null)}>Times relative to the reference (t ends it)</Button>}
      </ViewHead>
      <FilterBar
        text={text} suspended={suspended} chips={chips} handle={bar} placeholder="source:iis-log status:>=500 -uri:*.css ip:203.0.113.0/24 @2026-03-02T14:00..+2h"
        check={(typed) => {
          const result = parseFilter(typed);
          return result.ok ? null : result.fault;
        }}
        onApply={(next) => {
          setFilter('timeline', next);
          setSuspended('timeline', false);
        }}
        onSuspend={(next) => setSuspended('timeline', next)} onLeave={() => grid.current?.focus()}
      />
      <TimelineHistogram span={span} filter={timeline.filter} time={timeline.event?.time ?? null} />
      {pages?.failure === null || pages === null ? null : <FailureLine message={pages.failure.message} />}
      <div className="view-rest">
        {mode === 'stack' ? <StackList filter={timeline.filter} /> : mode === 'story' ? <Story /> : (
          <Split id="timeline" parts={[
            { id: 'list', size: 68, content: contextSeconds === null || timeline.event === undefined ? <EventList timeline={timeline} columns={columns} grid={grid} text={text} suspended={suspended} /> : (
              <Split id="timeline-context" down parts={[
                { id: 'events', size: 50, content: <EventList timeline={timeline} columns={columns} grid={grid} text={text} suspended={suspended} /> },
                { id: 'context', size: 50, content: <ContextWindow event={timeline.event} seconds={contextSeconds} columns={columns} onOpen={(e) => void timeline.goToEvent(e.id)} /> },
              ]} />
            ) },
            { id: 'detail', size: 32, content: <EventDetail event={timeline.event} /> },
          ]} />
        )}
      </div>
    </div>
  );
}

function EventList({ timeline, columns, grid, text, suspended }: { readonly timeline: Timeline; readonly columns: readonly Column<TimelineEvent>[]; readonly grid: React.RefObject<GridHandle | null>; readonly text: string; readonly suspended: boolean }): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const column = useApp((s) => s.columns['timeline']);
  useListActions(grid);
  const { pages } = timeline;
  const gapAbove = useMemo(() => (pages === null ? undefined : gapsOf(pages, text !== '' && !suspended)), [pages, text, suspended]);
  return (
    <RowMenu entries={rowEntries(wb)}>
      <div className="fill">
        <DataGrid
          label="Events" columns={columns} source={pages ?? NO_ROWS} rowKey={(e) => e.id} rowHeight={rowHeight} focused={timeline.index} focusedColumn={column} onFocus={timeline.focus} handle={grid} autoFocus
          onOpen={() => document.querySelector<HTMLElement>('section[aria-label="Event"]')?.focus()}
          ruleAbove={gapAbove}
          rowClass={(e) => (e.tags.length > 0 ? 'noted' : '')}
          empty={pages === null ? <EmptyState title="Loading..." /> : text !== '' && !suspended ? (
            <EmptyState title={`No event passes the filter; there are ${count(pages.total)} without it.`}><p>Remove a term above, or press . to suspend the filter.</p></EmptyState>
          ) : <EmptyState title="No events." />}
        />
      </div>
    </RowMenu>
  );
}

function useColumns(reference: string | null): readonly Column<TimelineEvent>[] {
  const time = useTimeText();
  const zone = useApp((s) => zoneText(s.zone));
  const added = useApp((s) => s.timelineColumns);
  return useMemo((): readonly Column<TimelineEvent>[] => {
    const zero = reference === null ? null : parseInstant(reference);
    const cell = (e: TimelineEvent): string => {
      const t = e.time === null ? null : parseInstant(e.time);
      return zero === null || t === null ? time(e.time) : durationText(t - zero);
    };
    return [
      { id: 'time', title: zero === null ? `Time (${zone})` : 'Time from reference', width: '200px', mono: true, render: cell },
      { id: 'what', title: 'What happened', width: '210px', render: (e) => <span title={TIME_MEANINGS[e.timeMeaning]}>{e.tags.length > 0 ? '\u25c6 ' : ''}<VisibleText text={e.what} /></span> },
      { id: 'source', title: 'Source', width: '150px', render: (e) => <VisibleText text={e.site === null ? e.source : `${e.source} ${e.site}`} /> },
      ...COLUMN_CHOICES.filter((c) => added.includes(c.id)).map((c): Column<TimelineEvent> => ({ ...c, mono: true, render: (e) => <VisibleText text={columnValue(e, c.id)} /> })),
      { id: 'message', title: 'Message', width: 'minmax(320px, 1fr)', mono: true, render: (e) => <VisibleText text={e.message} /> },
    ];
  }, [reference, time, zone, added]);
}
