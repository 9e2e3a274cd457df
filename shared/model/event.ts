import { z } from 'zod';
import { EvidenceRef } from './place.ts';
import { Fidelity } from './moment.ts';

export const EventSource = z.enum(['iis-log', 'httperr', 'ftp-log', 'freb', 'iis-config', 'config-history', 'pe', 'file-times']);
export type EventSource = z.infer<typeof EventSource>;
export const EVENT_SOURCES: readonly EventSource[] = EventSource.options;

/**
 * What the moment means, in the words that the screen shows: never a bare "modified".
 * The key is stored, the words come from TIME_MEANINGS.
 */
export const TimeMeaning = z.enum([
  'request-finished', 'request-failed-in-http-sys', 'ftp-command-finished', 'request-traced', 'config-saved', 'config-copy-saved', 'component-added', 'component-removed', 'component-changed',
  'components-reordered', 'linker-stamp', 'file-content-changed', 'file-created',
]);
export type TimeMeaning = z.infer<typeof TimeMeaning>;

export const TIME_MEANINGS: Readonly<Record<TimeMeaning, string>> = {
  'request-finished': 'request finished',
  'request-failed-in-http-sys': 'request ended by HTTP.sys',
  'ftp-command-finished': 'FTP command finished',
  'request-traced': 'request traced (began)',
  'config-saved': 'configuration saved',
  'config-copy-saved': 'config copy saved',
  'component-added': 'component added',
  'component-removed': 'component removed',
  'component-changed': 'component changed',
  'components-reordered': 'components reordered',
  'linker-stamp': 'linker stamp (forgeable)',
  'file-content-changed': 'file content changed',
  'file-created': 'file created',
};

/** One row of the timeline as it crosses the contract. */
export const TimelineEvent = z.object({
  /** Stable: made from the file's place and the offset in it. */
  id: z.string(),
  /** UTC text, or null for an event of which only the order is known. */
  time: z.string().nullable(),
  timeMeaning: TimeMeaning,
  fidelity: Fidelity,
  source: EventSource,
  /** Short words: `POST 200`, `native module added`. */
  what: z.string(),
  /** One line for a person. */
  message: z.string(),
  server: z.string().nullable(),
  site: z.string().nullable(),
  /** Every field of the record as text, in the record's order. */
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  ref: EvidenceRef,
  /** Tags of notes that cite this event. */
  tags: z.array(z.string()),
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;
