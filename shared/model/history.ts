import { z } from 'zod';
import { EvidenceRef, Place } from './place.ts';
import { Moment } from './moment.ts';

/**
 * Where a copy comes from. `history`: CFGHISTORY folder; `pool`: what an application pool was started with; `backup`:
 * `inetsrv\\backup\\NAME` or a file renamed beside the original; `shadow`: a volume shadow copy; `old-windows`: Windows.old.
 */
export const CopySeries = z.enum(['live', 'history', 'pool', 'backup', 'shadow', 'old-windows']);
export type CopySeries = z.infer<typeof CopySeries>;

/** One saved copy of the configuration: `CFGHISTORY_0000000007`, or the live file (id `live`), which is the last. */
export const ConfigCopy = Place.extend({
  series: CopySeries.default('history'),
  /** Windows path of the file that it is a copy of: applicationHost.config, or a web.config; null where that is not known. */
  of: z.string().nullable().default(null),
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

/** One line of two texts laid side by side; a line that only one of them has is null in the other. */
export const DiffLine = z.object({
  what: z.enum(['same', 'added', 'removed']),
  left: z.number().int().nullable(),
  right: z.number().int().nullable(),
  text: z.string(),
});
export type DiffLine = z.infer<typeof DiffLine>;
