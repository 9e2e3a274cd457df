import { z } from 'zod';
import { Place } from './place.ts';

/** One entry of an effective list, in the order in which IIS uses them. */
export const EffectiveEntry = z.object({
  name: z.string(),
  type: z.string().nullable(),
  image: z.string().nullable(),
  preCondition: z.string().nullable(),
  path: z.string().optional(),
  verb: z.string().optional(),
  modules: z.string().optional(),
  scriptProcessor: z.string().optional(),
  /** Of a module that works: whether the precondition managedHandler keeps it to some requests. */
  runsFor: z.enum(['every request', 'requests for managed handlers']).optional(),
  state: z.enum(['effective', 'dormant']),
  why: z.string().nullable(),
  from: Place.extend({ line: z.number().int(), column: z.number().int() }),
  overrides: z.array(Place.extend({ line: z.number().int() })),
});
export type EffectiveEntry = z.infer<typeof EffectiveEntry>;

/** Three outcomes: the list as IIS builds it, the error that IIS would give (500.19), or which file is missing. */
export const EffectiveList = z.object({
  outcome: z.enum(['effective', 'invalid', 'not-evaluable']),
  reason: z.string().nullable(),
  missing: z.array(Place),
  entries: z.array(EffectiveEntry),
  /** Rules that the answer rests on and that no documentation confirms, in words. Empty when there is none. */
  assumed: z.array(z.string()),
});
export type EffectiveList = z.infer<typeof EffectiveList>;

export const EFFECTIVE_LISTS = [
  'modules', 'handlers', 'isapiFilters', 'globalModules', 'isapiCgiRestriction', 'httpModules', 'httpHandlers',
] as const;
export type EffectiveListName = (typeof EFFECTIVE_LISTS)[number];
