import { z } from 'zod';
import { EvidenceRef, Place } from './place.ts';
import { Moment } from './moment.ts';

/** One saved copy of the configuration: `CFGHISTORY_0000000007`, or the live file (id `live`), which is the last. */
export const ConfigCopy = Place.extend({
  id: z.string(),
  server: z.string(),
  order: z.number().int(),
  moment: Moment,
  sha256: z.string(),
});
export type ConfigCopy = z.infer<typeof ConfigCopy>;

/** A difference in meaning between two neighbouring copies. */
export const ConfigChange = z.object({
  what: z.enum(['added', 'removed', 'changed', 'reordered']),
  /** Which list: a component kind, or the section for settings such as logging. */
  kind: z.string(),
  section: z.string(),
  scope: z.string(),
  name: z.string(),
  /** The entry's attributes as one text, or null. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  refs: z.array(EvidenceRef),
});
export type ConfigChange = z.infer<typeof ConfigChange>;
