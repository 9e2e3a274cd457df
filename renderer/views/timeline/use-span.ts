import { useMemo } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { withTimeRange } from '../../../shared/query/index.ts';
import type { Answer } from '../../state/query-cache.ts';
import { useApp, useRequest } from '../../state/react.ts';
import { drawnSpan, rangeOf, recordedSpan, type Span } from './span.ts';

const BUCKETS = 160;

export interface DrawnSpan {
  readonly histogram: Answer<Output<'timeline.histogram'>>;
  /** What is drawn; null while nothing is. */
  readonly drawn: Span | null;
  /** The days of logs and configuration copies under the filter, whatever its range of time; null when there are none. */
  readonly recorded: Span | null;
  /** Events that pass the filter and lie outside of what is drawn; null when all are drawn. */
  readonly outside: { readonly before: number; readonly after: number } | null;
}

/**
 * Counts over the span that the screen shows: the filter's own range of time where it has one, else the days of logs
 * and configuration copies, or everything when the analyst asked for it or nothing was recorded.
 */
export function useSpan(filter: string): DrawnSpan {
  const everything = useApp((s) => s.histogramAll);
  const timeless = useMemo(() => withTimeRange(filter, null, null), [filter]);
  const bounded = useMemo(() => rangeOf(filter) !== null, [filter]);
  const sources = useRequest('timeline.stack', { filter: timeless, field: 'source', limit: 20 });
  const recorded = useMemo(() => recordedSpan(sources.value?.rows ?? []), [sources.value]);
  const chosen = everything || bounded ? null : recorded;
  const known = everything || bounded || !sources.loading;
  const histogram = useRequest('timeline.histogram', known ? { filter, buckets: BUCKETS, ...chosen } : null);
  const drawn = useMemo(() => (histogram.value === null ? null : drawnSpan(histogram.value)), [histogram.value]);
  // Of the bars as they are drawn: the first and the last begin and end on round times, beyond the chosen span.
  const ends = chosen === null ? null : drawn;
  const before = useRequest('timeline.page', ends === null ? null : { filter: withTimeRange(timeless, null, ends.from), offset: 0, limit: 1 });
  const after = useRequest('timeline.page', ends === null ? null : { filter: withTimeRange(timeless, ends.to, null), offset: 0, limit: 1 });
  return {
    histogram, drawn, recorded,
    outside: before.value === null || after.value === null ? null : { before: before.value.shown, after: after.value.shown },
  };
}
