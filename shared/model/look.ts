import { z } from 'zod';

/**
 * How a rule looked at a component: `found` (there is a finding), `not-found` (it looked and saw nothing odd), `not-evaluable`
 * (what it needs is not in the evidence), `not-applicable` (it does not look at such components).
 */
export const LookOutcome = z.enum(['found', 'not-found', 'not-evaluable', 'not-applicable']);
export type LookOutcome = z.infer<typeof LookOutcome>;

export const Look = z.object({ rule: z.string(), outcome: LookOutcome, /** What it saw, one fact a sentence. */ saw: z.array(z.string()) });
export type Look = z.infer<typeof Look>;

/** What every rule saw of one component; rules that do not look at its kind are left out. */
export const ComponentLooks = z.object({ component: z.string(), looks: z.array(Look) });
export type ComponentLooks = z.infer<typeof ComponentLooks>;
