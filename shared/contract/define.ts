import { z } from 'zod';

/** A request of the contract: what goes in and what comes out. The router validates both. */
export interface RequestSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  /** `host` requests are answered by the host (dialogs), all others by the engine. */
  readonly servedBy: 'engine' | 'host';
}

export function request<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): RequestSpec<I, O> {
  return { input, output, servedBy: 'engine' };
}

export function hostRequest<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): RequestSpec<I, O> {
  return { input, output, servedBy: 'host' };
}

export const Nothing = z.object({});
/** Every answer that may still change says so: the revision that it was made at and whether reading goes on. */
export const Freshness = z.object({ revision: z.number().int(), partial: z.boolean() });
