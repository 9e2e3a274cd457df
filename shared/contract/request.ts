import { z } from 'zod';
import { Place } from '../model/index.ts';
import { request } from './define.ts';

/** A line of configuration that decides something. */
export const DecidedAt = Place.extend({ line: z.number().int(), column: z.number().int() });
export type DecidedAt = z.infer<typeof DecidedAt>;

/** Which code would have answered a logged request, by the configuration that is in force in the evidence. */
export const RequestServing = z.object({
  /** Null when it can be told; else a sentence why not. */
  reason: z.string().nullable(),
  /** What the answer takes for granted: that the configuration was the same then, that the log's path is the one before rewriting. */
  assumptions: z.array(z.string()),
  site: z.string().nullable(),
  application: z.string().nullable(),
  pool: z.string().nullable(),
  /** Where the path leads on disk; `folder`: a directory is there. Null without a path. */
  file: Place.extend({ status: z.enum(['present', 'absent', 'folder', 'not-collected']) }).nullable(),
  /** The first handler that fits path and verb. */
  handler: z.object({
    name: z.string(), path: z.string(), verb: z.string(), type: z.string().nullable(), image: z.string().nullable(), modules: z.array(z.string()),
    component: z.string().nullable(), from: DecidedAt.nullable(),
  }).nullable(),
  /** Modules that see the request, in the order in which they stand. */
  modules: z.array(z.object({ name: z.string(), component: z.string().nullable(), origin: z.enum(['stock', 'known-product', 'unknown']).nullable(), from: DecidedAt.nullable() })),
});
export type RequestServing = z.infer<typeof RequestServing>;

export const requestRequests = {
  'request.explain': request(z.object({ event: z.string() }), RequestServing),
};
