import type { ReactNode } from 'react';
import { msOfInstant, zoneText } from '../../../shared/time/zone.ts';
import { withTimeRange } from '../../../shared/query/index.ts';
import { Histogram } from '../../canvas/index.ts';
import { useApp, useTimeText } from '../../state/react.ts';
import { count, FailureLine } from '../../ui/index.ts';
import { rangeOf } from './span.ts';
import type { DrawnSpan } from './use-span.ts';

/** Counts over time; obeys the filter, brushing sets the filter's time range. What lies outside of the drawn days is said beside it. */
export function TimelineHistogram({ span, filter, time }: { readonly span: DrawnSpan; readonly filter: string; readonly time: string | null }): ReactNode {
  const timeText = useTimeText();
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const { setFilter, setSuspended, set } = useApp((s) => s);
  const logScale = useApp((s) => s.logScale);
  const everything = useApp((s) => s.histogramAll);
  const zone = useApp((s) => s.zone);
  const look = useApp((s) => `${s.theme} ${s.density} ${zoneText(s.zone)}`);
  const { histogram: answer, outside, recorded } = span;
  const data = answer.value;
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  const startMs = data?.start === undefined || data.start === null ? null : msOfInstant(data.start);
  const marked = time === null ? null : msOfInstant(time);
  if (startMs === null || data === null) return <div className="histogram dim">{data === null ? 'Counting...' : 'No dated events.'}</div>;
  const hidden = outside === null ? 0 : outside.before + outside.after;
  return (
    <div className="histogram-box">
      <Histogram
        start={startMs / 1000} step={data.step} buckets={data.buckets} unfiltered={data.unfiltered} logScale={logScale} key={look} timeText={timeText}
        zoneSeconds={zone.kind === 'utc' ? 0 : zone.minutes * 60} marked={marked === null ? null : marked / 1000}
        onRange={(from, to) => {
          setSuspended('timeline', false);
          setFilter('timeline', withTimeRange(text, from, to));
        }}
      />
      <div className="histogram-tools">
        {data.partial ? <span className="warn">counting...</span> : null}
        {outside === null || hidden === 0 ? null : (
          <>
            <span>{outsideWords(outside)}</span>
            <button type="button" className="mini" title="A" onClick={() => set({ histogramAll: true })}>Show all</button>
          </>
        )}
        {everything && recorded !== null && rangeOf(filter) === null ? <button type="button" className="mini" title="A" onClick={() => set({ histogramAll: false })}>Only the days of logs and copies</button> : null}
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
