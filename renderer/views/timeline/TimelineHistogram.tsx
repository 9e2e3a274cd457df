import { useCallback, useLayoutEffect, useMemo, useRef, useSyncExternalStore, type ReactNode, type Ref } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { msOfInstant, zoneText } from '../../../shared/time/zone.ts';
import { withTimeRange } from '../../../shared/query/index.ts';
import { AXIS_LEFT, AXIS_RIGHT, Histogram } from '../../canvas/index.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { count, FailureLine } from '../../ui/index.ts';
import { Lanes, type LanesHandle } from './Lanes.tsx';
import { foldedLanes, lanesOn, type Lane, type LaneSegment } from './lanes.ts';
import { readFirst } from './reading.ts';
import { rangeOf } from './span.ts';
import { keepLane } from './terms.ts';
import type { DrawnSpan } from './use-span.ts';

const FEW = 8;
/** In a lower window the bars stay small: the rows need the room. */
const HIGH = '(min-height: 740px)';

function onHeight(listener: () => void): () => void {
  const query = window.matchMedia(HIGH);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

interface Props {
  readonly span: DrawnSpan;
  readonly filter: string;
  readonly time: string | null;
  readonly big: boolean;
  readonly lanesHandle: Ref<LanesHandle>;
  readonly onTime: (time: string) => void;
  readonly onZoom: (factor: number, at: string) => void;
  readonly onLeave: () => void;
}

/** Counts over time with the lanes of the sources below, all on one axis. Obeys the filter; brushing sets the filter's range of time. */
export function TimelineHistogram({ span, filter, time, big, lanesHandle, onTime, onZoom, onLeave }: Props): ReactNode {
  const wb = useWorkbench();
  const timeText = useTimeText();
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const { setFilter, setSuspended, set } = wb.store.getState();
  const logScale = useApp((s) => s.logScale);
  const everything = useApp((s) => s.histogramAll);
  const zone = useApp((s) => s.zone);
  const allLanes = useApp((s) => s.allLanes);
  const look = useApp((s) => `${s.theme} ${s.density} ${zoneText(s.zone)}`);
  const high = useSyncExternalStore(onHeight, () => window.matchMedia(HIGH).matches, () => true);
  const notes = useRequest('note.list', {});
  const servers = useApp((s) => s.info?.servers);
  const { histogram: answer, outside, recorded, coverage } = span;
  const data = answer.value;
  const startMs = data?.start === undefined || data.start === null ? null : msOfInstant(data.start);
  const start = startMs === null ? null : startMs / 1000;
  const lanes = useMemo(() => (data === null || start === null ? [] : lanesOn({ start, step: data.step, size: data.buckets.length }, coverage.value?.lanes ?? [], data.bySource, notes.value?.notes ?? [], servers)), [data, start, coverage.value, notes.value, servers]);
  const folded = useMemo(() => ({ ...(allLanes ? { shown: lanes, hidden: 0 } : foldedLanes(lanes, FEW)), foldable: foldedLanes(lanes, FEW).hidden > 0 }), [lanes, allLanes]);
  // The lanes are many parts: they are drawn anew when they change, not with every key.
  const latest = useRef({ onTime, onLeave });
  useLayoutEffect(() => {
    latest.current = { onTime, onLeave };
  });
  const toTime = useCallback((to: string) => latest.current.onTime(to), []);
  const leave = useCallback(() => latest.current.onLeave(), []);
  const onAll = useCallback((all: boolean) => wb.store.getState().set({ allLanes: all }), [wb]);
  const onFront = useCallback((stretch: LaneSegment) => void readFirst(wb, stretch), [wb]);
  const onKeep = useCallback((lane: Lane) => {
    const state = wb.store.getState();
    state.setSuspended('timeline', false);
    state.setFilter('timeline', keepLane(state.filters['timeline'] ?? '', lane));
  }, [wb]);
  if (answer.failure !== null && data === null) return <FailureLine message={answer.failure.message} />;
  if (start === null || data === null) return <div className="axis axis-empty">{data === null ? 'Counting...' : 'No dated events.'}</div>;
  const ms = time === null ? null : msOfInstant(time);
  const marked = ms === null ? null : ms / 1000;
  const share = marked === null ? null : (marked - start) / (data.step * data.buckets.length);
  const apply = (next: string): void => {
    setSuspended('timeline', false);
    setFilter('timeline', next);
  };
  const hidden = outside === null ? 0 : outside.before + outside.after;
  return (
    <div className="axis">
      <Histogram
        start={start} step={data.step} buckets={data.buckets} unfiltered={data.unfiltered} logScale={logScale} key={look} timeText={timeText} height={big && high ? 230 : 98}
        zoneSeconds={zone.kind === 'utc' ? 0 : zone.minutes * 60} marked={marked} onRange={(from, to) => apply(withTimeRange(text, from, to))} onZoom={onZoom}
        {...(big ? { onMove: onTime } : {})}
      />
      <div className="lane-frame">
        <Lanes lanes={folded.shown} hidden={folded.hidden} all={allLanes && folded.foldable} handle={lanesHandle} onAll={onAll} onFront={onFront} onTime={toTime} onKeep={onKeep} onLeave={leave} />
        {share === null || share < 0 || share > 1 ? null : <div className="lane-cursor" style={{ left: `calc(${AXIS_LEFT}px + (100% - ${AXIS_LEFT + AXIS_RIGHT}px) * ${share})` }} />}
      </div>
      <div className="axis-tools">
        {answer.loading ? <span className="dim">counting...</span> : null}
        {answer.failure === null ? null : <span className="warn">the bars are old: {visible(answer.failure.message)}</span>}
        {outside === null || hidden === 0 ? null : (
          <>
            <span>{outsideWords(outside)}</span>
            <button type="button" className="mini" title="A" onClick={() => set({ histogramAll: true })}>Show all</button>
          </>
        )}
        {everything && recorded !== null && rangeOf(filter) === null ? <button type="button" className="mini" title="A" onClick={() => set({ histogramAll: false })}>Only the days of logs and copies</button> : null}
        {rangeOf(text) === null ? null : <button type="button" className="mini" onClick={() => apply(withTimeRange(text, null, null))}>Whole time</button>}
        <span className="spread" />
        {lanes.some((l) => l.read !== null && l.read < 1) ? <button type="button" className="mini" onClick={() => void runCommand(wb, 'timeline.front')}>Read the logs of this range first (f)</button> : null}
        <button type="button" className="mini" aria-pressed={logScale} title="l" onClick={() => set({ logScale: !logScale })}>{logScale ? 'log scale' : 'linear'}</button>
      </div>
    </div>
  );
}

/** What the drawn span leaves out. */
export function outsideWords({ before, after }: { readonly before: number; readonly after: number }): string {
  const events = (n: number): string => `${count(n)} ${n === 1 ? 'event' : 'events'}`;
  return before === 0 ? `${events(after)} after this span` : after === 0 ? `${events(before)} before this span` : `${events(before)} before, ${count(after)} after this span`;
}
