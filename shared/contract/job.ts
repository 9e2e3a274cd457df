import { z } from 'zod';
import { Nothing, request } from './define.ts';

/** One stage of reading: how far, how fast, and what it will still bring. */
export const Job = z.object({
  id: z.string(),
  /** `inventory`, `configuration`, `components`, `logs`, `findings`. */
  kind: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'paused', 'done', 'cancelled', 'failed']),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.enum(['bytes', 'files', 'steps']),
  message: z.string(),
});
export type Job = z.infer<typeof Job>;

export const jobRequests = {
  'job.list': request(Nothing, z.object({ jobs: z.array(Job), /** Of earlier runs too: who read what, when. `files`: logs that the run read to their end; `bytes` of logs that it took in. */ history: z.array(z.object({ started: z.string(), ended: z.string().nullable(), outcome: z.string(), files: z.number().int(), bytes: z.number().int() })) })),
  'job.cancel': request(Nothing, Nothing),
  /** Holds the reading of logs where it is, or lets it go on; what is read stays and can be asked. */
  'job.pause': request(z.object({ paused: z.boolean() }), Nothing),
  /** Logs of this range of time are read before all others; null: the usual order again. */
  'job.front': request(z.object({ range: z.object({ from: z.string(), to: z.string() }).nullable() }), Nothing),
  /** Goes on with reading. `serverZone`: kept as it is when it is left out. */
  'job.resume': request(z.object({ evidence: z.string().min(1).max(4096).optional(), workers: z.number().int().min(1).max(16).optional(), serverZone: z.string().optional() }), Nothing),
  /** Resolves when the current reading has ended in any way. */
  'job.wait': request(Nothing, z.object({ outcome: z.enum(['done', 'cancelled', 'failed', 'none']), message: z.string() })),
};
