import { z } from 'zod';
import { EventSource, LogFile, TimelineEvent } from '../model/index.ts';
import { Freshness, Nothing, request } from './define.ts';

const FilterText = z.string().max(10_000);

export const TimelinePage = Freshness.extend({
  events: z.array(TimelineEvent),
  /** Rows that pass the filter, and rows in all. */
  shown: z.number().int(),
  total: z.number().int(),
  offset: z.number().int(),
});
export type TimelinePage = z.infer<typeof TimelinePage>;

/** Counts per bucket; `start` is UTC, buckets are `step` seconds wide and empty ones are there too. */
export const Histogram = Freshness.extend({
  start: z.string().nullable(),
  step: z.number(),
  buckets: z.array(z.number().int()),
  /** The same buckets without the filter: the ghost behind. */
  unfiltered: z.array(z.number().int()),
  bySource: z.record(EventSource, z.array(z.number().int())),
});
export type Histogram = z.infer<typeof Histogram>;

export const StackRow = z.object({ value: z.string(), count: z.number().int(), first: z.string().nullable(), last: z.string().nullable() });
export type StackRow = z.infer<typeof StackRow>;

export const timelineRequests = {
  /** Rows of the filtered timeline, in order of time, then id. */
  'timeline.page': request(z.object({ filter: FilterText, offset: z.number().int().min(0), limit: z.number().int().min(1).max(5000), /** Id of an event: the rows behind it, for reading the whole list in order; `offset` is then where the caller is and is only told back. */ after: z.string().optional() }), TimelinePage),
  'timeline.histogram': request(z.object({ filter: FilterText, buckets: z.number().int().min(1).max(2000), from: z.string().optional(), to: z.string().optional() }), Histogram),
  /** Groups by a field of the filter language. */
  'timeline.stack': request(z.object({ filter: FilterText, field: z.string(), limit: z.number().int().min(1).max(1000) }), z.object({ rows: z.array(StackRow), groups: z.number().int() })),
  /** Position of an event (by its id, or by the place in the evidence that it begins at, or the first row at or after a moment) within the filtered list; null when it is filtered out. */
  'timeline.locate': request(z.object({ filter: FilterText, event: z.string().optional(), place: z.object({ evidencePath: z.string().max(4096), offset: z.number().int().min(0) }).optional(), time: z.string().optional() }), z.object({ offset: z.number().int().nullable() })),
  'timeline.event': request(z.object({ id: z.string() }), TimelineEvent),
  'timeline.logs': request(Nothing, z.object({ logs: z.array(LogFile), first: z.string().nullable(), last: z.string().nullable(), bySource: z.record(EventSource, z.number().int()), total: z.number().int() })),
};
