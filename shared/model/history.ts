import { z } from 'zod';
import { EvidenceRef, Place } from './place.ts';
import { Moment } from './moment.ts';

/**
 * Where a copy comes from. `history`: CFGHISTORY folder; `pool`: what an application pool was started with; `backup`:
 * `inetsrv\\backup\\NAME` or a file renamed beside the original; `shadow`: a volume shadow copy; `old-windows`: Windows.old.
 */
export const CopySeries = z.enum(['live', 'history', 'pool', 'backup', 'shadow', 'old-windows']);
export type CopySeries = z.infer<typeof CopySeries>;

/**
 * One saved copy of a configuration file, or the file itself. Ids of applicationHost.config: `CFGHISTORY_0000000007`,
 * `backup:NAME`, `shadow:NAME`, `pool:NAME`, `live`; those of other files have `:` and its Windows path behind.
 */
export const ConfigCopy = Place.extend({
  series: CopySeries.default('history'),
  /** Windows path of the file that it is a copy of: applicationHost.config, or a web.config; null where that is not known. */
  of: z.string().nullable().default(null),
  id: z.string(),
  server: z.string(),
  /** Rises along the copies of one file: the folder numbers of the history where there are any. */
  order: z.number().int(),
  moment: Moment,
  sha256: z.string(),
  /** Of a pool's copy: the newest copy that has the same entries for code, where there is one. */
  equals: z.string().optional(),
});
export type ConfigCopy = z.infer<typeof ConfigCopy>;

/** The copies of applicationHost.config, oldest first: all but those of pools, which stand beside them, and those of other files. */
export function mainLine<T extends Pick<ConfigCopy, 'id' | 'of' | 'series'>>(copies: readonly T[]): T[] {
  // Without the file in force its copies are told by their ids: those of other files end with a path.
  const one = copies.find((copy) => copy.id === 'live') ?? copies.find((copy) => copy.of !== null && copy.of !== undefined && !copy.id.endsWith(`:${copy.of}`));
  const of = one?.of ?? null;
  return copies.filter((copy) => copy.series !== 'pool' && (copy.of ?? null) === of);
}

/** A difference in meaning between two neighbouring copies, or between what a pool was started with and the file in force. */
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
  /** Server of the copies; absent in cases of earlier versions. */
  server: z.string().optional(),
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
