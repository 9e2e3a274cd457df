import './timeline.css';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { withTimeRange } from '../../../shared/query/index.ts';
import { useFilterActions } from '../../commands/use-list.ts';
import { TIMELINE_MODES, type TimelineMode } from '../../state/session-slice.ts';
import { useApp, useLatest, useSettled, useTimeText, useWorkbench } from '../../state/react.ts';
import { useTally } from '../../state/rows.ts';
import { Button, FailureLine, Split, ViewHead, type FilterHandle, type GridHandle } from '../../ui/index.ts';
import { BucketTable } from './BucketTable.tsx';
import { logFieldsOf } from './columns.ts';
import { ContextWindow } from './ContextWindow.tsx';
import { useEventColumns } from './event-columns.tsx';
import { EventDetail } from './EventDetail.tsx';
import { EventList } from './EventList.tsx';
import type { LanesHandle } from './Lanes.tsx';
import { StackList } from './StackList.tsx';
import { StateLine } from './StateLine.tsx';
import { Story } from './Story.tsx';
import { withField, type FieldName } from './terms.ts';
import { TimelineFilter } from './TimelineFilter.tsx';
import { TimelineHistogram } from './TimelineHistogram.tsx';
import { useDrills } from './use-drills.ts';
import { useTimelineActions } from './use-timeline-actions.ts';
import { useSpan } from './use-span.ts';
import { useTimelineSteps } from './use-timeline-steps.ts';
import { useTimeline, type Timeline } from './use-timeline.ts';

const MODE_WORDS: Readonly<Record<TimelineMode, string>> = { counts: 'How much (counts)', stack: 'What kinds (stack)', list: 'In what order (list)', story: 'My story (notes)' };
/** The longest silences that are told of. */
const MOST_GAPS = 500;

/** Everything that has a time, in order, with one filter and one moment over all modes: how much, what kinds, in what order, my story. */
export function TimelineView(): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const mode = useApp((s) => s.timelineMode);
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const suspended = useApp((s) => s.suspended['timeline'] === true);
  const contextSeconds = useApp((s) => s.contextSeconds);
  const timeline = useTimeline();
  const span = useSpan(timeline.filter, timeline.stamp);
  const [reference, setReference] = useState<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  const bar = useRef<FilterHandle>(null);
  const grid = useRef<GridHandle>(null);
  const lanes = useRef<LanesHandle>(null);
  const drills = useDrills();
  const { set } = wb.store.getState();
  const columns = useEventColumns(reference);
  const { pages, event, index } = timeline;
  // The list is drawn first; the detail follows a key that is held down as it can.
  const detailed = useDeferredValue(event);
  const near = pages?.around(index);
  const logFields = useMemo(() => logFieldsOf(near ?? []), [near]);
  // After the rows themselves, and not while the filter is still changing.
  const asked = useSettled(pages === null || pages.count === 0 ? null : pages.filter, 400);
  const gaps = useLatest('timeline.gaps', asked === null ? null : { filter: asked, limit: MOST_GAPS }, timeline.stamp).value?.gaps ?? null;
  useFilterActions('timeline', bar);
  const actions = useTimelineActions({ timeline, span, bar, lanes, reference, setReference, setFollowed, drills });
  useTimelineSteps({ timeline, followed, logFields, gaps });
  useTally(pages?.count ?? 0, pages?.total ?? 0, 'events', pages?.partial ?? false);
  useAskedEvent(timeline, text);

  const toTime = (to: string): void => (mode === 'list' ? void timeline.goToTime(to) : timeline.setCursor(to));
  const leave = (): void => (grid.current === null ? document.querySelector<HTMLElement>('.view [role="gridcell"][tabindex="0"]')?.focus() : grid.current.focus());
  const list = <EventList timeline={timeline} columns={columns} grid={grid} text={text} suspended={suspended} gaps={gaps} />;
  return (
    <div className="view">
      <ViewHead title="Timeline">
        <div role="radiogroup" aria-label="Mode" className="modes">
          {TIMELINE_MODES.map((m) => <button key={m} type="button" role="radio" aria-checked={mode === m} className="mode" onClick={() => set({ timelineMode: m })}>{MODE_WORDS[m]}</button>)}
        </div>
        {reference === null ? null : <Button tone="quiet" onClick={() => setReference(null)}>Times from {time(reference)} (t ends it)</Button>}
        {followed === null ? null : <span className="followed">Following <span className="mono">{visible(followed)}</span> (o, O) <button type="button" className="mini" aria-label="End following" onClick={() => setFollowed(null)}>x</button></span>}
      </ViewHead>
      <TimelineFilter handle={bar} onLeave={leave} />
      <TimelineHistogram span={span} filter={timeline.filter} time={timeline.cursor} big={mode === 'counts'} lanesHandle={lanes} onTime={toTime} onZoom={actions.zoom} onLeave={leave} />
      <StateLine timeline={timeline} lanes={span.coverage.value?.lanes ?? []} />
      {pages?.failure === null || pages === null ? null : <FailureLine message={`${pages.failure.message} R asks again; Problems (8) lists what could not be read.`} />}
      <div className="view-rest">
        {mode === 'counts' ? (
          <BucketTable span={span} time={timeline.cursor} onTime={timeline.setCursor} onOpen={(from, to, finest) => drills.into(withTimeRange(text, from, to), finest ? 'list' : 'counts')} />
        ) : mode === 'stack' ? (
          <StackList key={drills.value} filter={timeline.filter} stamp={timeline.stamp} logFields={logFields} value={drills.value} onOpen={(field, value) => drills.into(withField(text, field as FieldName, value, false), 'list', value)} />
        ) : mode === 'story' ? <Story cursor={timeline.cursor} onTime={timeline.setCursor} /> : (
          <Split id="timeline" parts={[
            { id: 'list', size: 68, content: contextSeconds === null || event === undefined ? list : (
              <Split id="timeline-context" down parts={[
                { id: 'events', size: 50, content: list },
                { id: 'context', size: 50, content: <ContextWindow event={event} seconds={contextSeconds} columns={columns} onOpen={(e) => void timeline.goToEvent(e.id)} /> },
              ]} />
            ) },
            { id: 'detail', size: 32, content: <EventDetail event={detailed} onFollow={actions.follow} /> },
          ]} />
        )}
      </div>
    </div>
  );
}

/** The event that a link named is gone to, once; a filter that hides it is suspended. */
function useAskedEvent({ pages, goToEvent }: Timeline, text: string): void {
  const { store } = useWorkbench();
  const wanted = useApp((s) => s.route.params['event']);
  const asked = useRef('');
  useEffect(() => {
    if (wanted === undefined || pages === null || asked.current === wanted) return;
    asked.current = wanted;
    void goToEvent(wanted).then((found) => {
      if (found || text === '') return;
      store.getState().setFocused('timeline', wanted);
      store.getState().setSuspended('timeline', true);
      store.getState().toast('The filter hid this event and is suspended; "." restores it.');
    });
  }, [wanted, pages, goToEvent, text, store]);
}
