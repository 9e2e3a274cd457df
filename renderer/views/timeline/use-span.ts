import { useMemo } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { withTimeRange } from '../../../shared/query/index.ts';
import type { Answer } from '../../state/query-cache.ts';
import { useApp, useLatest, useRequest } from '../../state/react.ts';
import { drawnSpan, joined, rangeOf, recordedSpan, type Span } from './span.ts';

const BUCKETS = 160;

export interface DrawnSpan {
  readonly histogram: Answer<Output<'timeline.histogram'>>;
  /** What is drawn; null while nothing is. */
  readonly drawn: Span | null;
  /** The days of logs (read or not) and configuration copies, whatever the filter says; null when there are none. */
  readonly recorded: Span | null;
  /** Events that pass the filter and lie outside of what is drawn; null when all are drawn. */
  readonly outside: { readonly before: number; readonly after: number } | null;
  readonly coverage: Answer<Output<'timeline.coverage'>>;
}

/**
 * Counts over the span that the screen shows: the filter's own range of time where it has one, else the days of logs
 * and configuration copies, or everything when the analyst asked for it or nothing was recorded.
 * @param stamp another one asks again: new rows were taken
 */
export function useSpan(filter: string, stamp: number): DrawnSpan {
  const everything = useApp((s) => s.histogramAll);
  const timeless = useMemo(() => withTimeRange(filter, null, null), [filter]);
  const range = useMemo(() => rangeOf(filter), [filter]);
  const coverage = useRequest('timeline.coverage', {});
  const sources = useLatest('timeline.stack', { filter: '', field: 'source', limit: 20 }, stamp);
  // The coverage grows while heads and tails of logs are looked at; the axis follows that only when new rows are taken.
  const covered = useLatest('timeline.coverage', {}, stamp);
  const recorded = useMemo(() => joined(recordedSpan(sources.value?.rows ?? []), covered.value), [sources.value, covered.value]);
  const known = everything || range !== null || [sources, covered].every((answer) => answer.value !== null || answer.failure !== null);
  const chosen = everything ? null : range === null ? recorded : within(range, recorded);
  const histogram = useLatest('timeline.histogram', known ? { filter, buckets: BUCKETS, ...chosen } : null, stamp);
  const drawn = useMemo(() => (histogram.value === null ? null : drawnSpan(histogram.value)), [histogram.value]);
  // Of the bars as they are drawn: the first and the last begin and end on round times, beyond the chosen span.
  const ends = everything || range !== null || histogram.loading ? null : drawn;
  const before = useLatest('timeline.page', ends === null ? null : { filter: withTimeRange(timeless, null, ends.from), offset: 0, limit: 1 }, stamp);
  const after = useLatest('timeline.page', ends === null ? null : { filter: withTimeRange(timeless, ends.to, null), offset: 0, limit: 1 }, stamp);
  return {
    histogram, drawn, recorded, coverage,
    outside: before.value === null || after.value === null ? null : { before: before.value.shown, after: after.value.shown },
  };
}

/** The filter's range with an open end closed by what is recorded, so that the axis shows the whole of what was asked for, empty or not. */
function within(range: { readonly from: string | null; readonly to: string | null }, recorded: Span | null): Span | null {
  const [from, to] = [range.from ?? recorded?.from ?? null, range.to ?? recorded?.to ?? null];
  return from === null || to === null || from >= to ? null : { from, to };
}
