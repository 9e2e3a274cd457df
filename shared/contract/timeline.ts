import { z } from 'zod';
import { EventSource, LogFile, TimelineEvent } from '../model/index.ts';
import { Freshness, Nothing, request } from './define.ts';

const FilterText = z.string().max(10_000);
/** Where an event begins in the evidence. */
const EventPlace = z.object({ evidencePath: z.string().max(4096), offset: z.number().int().min(0) });

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

export const StackRow = z.object({
  value: z.string(), count: z.number().int(), first: z.string().nullable(), last: z.string().nullable(),
  /** Counts over equal parts of the span from the first to the last event that passes the filter. */
  spark: z.array(z.number().int()),
});
export type StackRow = z.infer<typeof StackRow>;

/** A stretch of time of a lane, half-open, and what is known of it. */
export const CoverageStretch = z.object({
  from: z.string(), to: z.string(),
  /** `read`: its rows are in the case; `unread`: a log covers it that is not read yet; `none`: no log covers it although logs lie before and after. */
  state: z.enum(['read', 'unread', 'none']),
  /** Logs that the stretch rests on, or that lie before and after it. */
  logs: z.array(z.string()),
});
export type CoverageStretch = z.infer<typeof CoverageStretch>;

/** What one source of one server or site covers. */
export const CoverageLane = z.object({
  source: EventSource, server: z.string().nullable(), site: z.string().nullable(),
  stretches: z.array(CoverageStretch),
  files: z.number().int(), bytes: z.number(), read: z.number(),
});
export type CoverageLane = z.infer<typeof CoverageLane>;

/** A stretch in which nothing passes the filter, between two events that do. */
export const TimelineGap = z.object({ from: z.string(), to: z.string(), seconds: z.number(), before: z.string(), after: z.string() });
export type TimelineGap = z.infer<typeof TimelineGap>;

export const timelineRequests = {
  /** Rows of the filtered timeline, in order of time, then id. */
  'timeline.page': request(z.object({ filter: FilterText, offset: z.number().int().min(0), limit: z.number().int().min(1).max(5000), /** Id of an event: the rows behind it, for reading the whole list in order; `offset` is then where the caller is and is only told back. */ after: z.string().optional() }), TimelinePage),
  /** The same rows as the lines of an export, so that each is made and checked once: JSON lines or CSV (without its head). */
  'timeline.lines': request(z.object({ filter: FilterText, offset: z.number().int().min(0), limit: z.number().int().min(1).max(5000), after: z.string().optional(), format: z.enum(['jsonl', 'csv']) }), z.object({ text: z.string(), count: z.number().int(), /** Id of the last event; null when there is none. */ last: z.string().nullable(), shown: z.number().int() })),
  'timeline.histogram': request(z.object({ filter: FilterText, buckets: z.number().int().min(1).max(2000), from: z.string().optional(), to: z.string().optional() }), Histogram),
  /** Groups by a field of the filter language. */
  'timeline.stack': request(z.object({ filter: FilterText, field: z.string(), limit: z.number().int().min(1).max(1000) }), z.object({ rows: z.array(StackRow), groups: z.number().int(), /** Events that pass the filter: what shares are of. */ total: z.number().int(), /** Of the whole of `spark`. */ first: z.string().nullable(), last: z.string().nullable() })),
  /** Position of an event (by its id, or by the place in the evidence that it begins at, or the first row at or after a moment) within the filtered list; null when it is filtered out. */
  'timeline.locate': request(z.object({ filter: FilterText, event: z.string().optional(), place: EventPlace.optional(), time: z.string().optional() }), z.object({ offset: z.number().int().nullable() })),
  /** The positions of many events at once, in the order asked; null for what the filter hides or is not there. */
  'timeline.locateAll': request(z.object({ filter: FilterText, targets: z.array(z.union([z.object({ event: z.string() }), z.object({ place: EventPlace })])).max(1000) }), z.object({ offsets: z.array(z.number().int().nullable()) })),
  'timeline.event': request(z.object({ id: z.string() }), TimelineEvent),
  'timeline.logs': request(Nothing, z.object({ logs: z.array(LogFile), first: z.string().nullable(), last: z.string().nullable(), bySource: z.record(EventSource, z.number().int()), total: z.number().int() })),
  /** What the logs cover, by source, server and site, read or not: known from heads and tails of the files before any is read. */
  'timeline.coverage': request(Nothing, Freshness.extend({ lanes: z.array(CoverageLane), first: z.string().nullable(), last: z.string().nullable() })),
  /** The longest silences of the filtered list, in order of time. Without `seconds`, those that are unusual for it. */
  'timeline.gaps': request(z.object({ filter: FilterText, seconds: z.number().int().min(1).optional(), limit: z.number().int().min(1).max(1000) }), z.object({ gaps: z.array(TimelineGap) })),
  /** The nearest event before or behind one that passes `wanted` as well as `filter`, and its position under `filter`; nulls when there is none. */
  'timeline.step': request(z.object({ filter: FilterText, wanted: FilterText, event: z.string(), forward: z.boolean() }), z.object({ event: z.string().nullable(), offset: z.number().int().nullable() })),
};
