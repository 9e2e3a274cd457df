import { useMemo, type ReactNode } from 'react';
import { msOfInstant, zoneText } from '../../../shared/time/zone.ts';
import { withTimeRange } from '../../../shared/query/index.ts';
import { Histogram } from '../../canvas/index.ts';
import { useApp, useRequest, useTimeText } from '../../state/react.ts';
import { FailureLine } from '../../ui/index.ts';

const BUCKETS = 160;

/** Counts over time; obeys the filter, brushing sets the filter's time range. */
export function TimelineHistogram({ filter, time }: { readonly filter: string; readonly time: string | null }): ReactNode {
  const timeText = useTimeText();
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const { setFilter, setSuspended, set } = useApp((s) => s);
  const logScale = useApp((s) => s.logScale);
  const look = useApp((s) => `${s.theme} ${s.density} ${zoneText(s.zone)}`);
  const answer = useRequest('timeline.histogram', { filter, buckets: BUCKETS });
  const data = answer.value;
  const buckets = useMemo(() => data?.buckets ?? [], [data]);
  const unfiltered = useMemo(() => data?.unfiltered ?? [], [data]);
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  const startMs = data?.start === undefined || data.start === null ? null : msOfInstant(data.start);
  const marked = time === null ? null : msOfInstant(time);
  if (startMs === null || data === null) return <div className="histogram dim">{answer.loading ? 'Counting...' : 'No dated events.'}</div>;
  return (
    <div className="histogram-box">
      <Histogram
        start={startMs / 1000} step={data.step} buckets={buckets} unfiltered={unfiltered} logScale={logScale} key={look} timeText={timeText}
        marked={marked === null ? null : marked / 1000}
        onRange={(from, to) => {
          setSuspended('timeline', false);
          setFilter('timeline', withTimeRange(text, from, to));
        }}
      />
      <div className="histogram-tools">
        <button type="button" className="mini" aria-pressed={logScale} onClick={() => set({ logScale: !logScale })}>{logScale ? 'log scale' : 'linear'}</button>
        {data.partial ? <span className="warn">counting...</span> : null}
      </div>
    </div>
  );
}
