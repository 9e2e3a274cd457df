import { z } from 'zod';

/**
 * How far a moment can be trusted.
 * - `exact`: written by the system as it happened (a log row).
 * - `mtime-only`: a file time that a copy tool keeps, but that anybody with access can set.
 * - `order-only`: only before/after is known (the number of a configuration copy).
 * - `forgeable`: written by whoever made the file (the linker's stamp).
 * - `zone-assumed`: written by the system in its local time, whose zone nobody has said: read as if it were UTC.
 */
export const Fidelity = z.enum(['exact', 'mtime-only', 'order-only', 'forgeable', 'zone-assumed']);
export type Fidelity = z.infer<typeof Fidelity>;

export const MomentFrom = z.enum(['history-order', 'file-time', 'log', 'pe', 'none']);
export type MomentFrom = z.infer<typeof MomentFrom>;

export const Moment = z.object({
  /** UTC, up to seven decimals; null when nothing in the evidence dates it. */
  time: z.string().nullable(),
  from: MomentFrom,
  fidelity: Fidelity,
  /** Place in a sequence (history copy number), where only that is known. */
  order: z.number().int().optional(),
});
export type Moment = z.infer<typeof Moment>;

export const UNKNOWN_MOMENT: Moment = { time: null, from: 'none', fidelity: 'order-only' };
