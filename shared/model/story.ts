import { z } from 'zod';
import { ComponentKind } from './component.ts';
import { Moment } from './moment.ts';
import { EvidenceRef } from './place.ts';

/**
 * The steps by which a component came and was used, in the order in which they can happen. `first-served`: the first request
 * that only it can have answered.
 */
export const StoryStepKind = z.enum(['built', 'file-written', 'configured', 'pool-started', 'first-served', 'last-served', 'changed', 'removed']);
export type StoryStepKind = z.infer<typeof StoryStepKind>;

export const StoryStep = z.object({
  kind: StoryStepKind,
  moment: Moment,
  /** Where the step lies between two moments: it did not happen before this one, and `moment` is when it had happened. */
  earliest: Moment.nullable().optional(),
  /** True where it is only known that the step had happened by `moment`. */
  by: z.boolean().optional(),
  sentence: z.string(),
  refs: z.array(EvidenceRef),
  /** Id of the event of the timeline that is this step, where there is one. */
  event: z.string().nullable(),
  /** Why nothing in the evidence shows the step, and what would; null where it is shown. */
  missing: z.string().nullable(),
});
export type StoryStep = z.infer<typeof StoryStep>;

/** From one step to a later one, both shown: the time between them and a source for each end. */
export const StoryArrow = z.object({
  from: z.number().int(), to: z.number().int(),
  /** Seconds between the two; null where only the order is known; negative where the clocks say that the later step came first. */
  seconds: z.number().nullable(),
  sentence: z.string(),
  refs: z.tuple([EvidenceRef, EvidenceRef]),
});
export type StoryArrow = z.infer<typeof StoryArrow>;

export const Story = z.object({
  component: z.string(),
  /** `native module "X" (C:\\...\\x.dll)`. */
  subject: z.string().optional(),
  steps: z.array(StoryStep), arrows: z.array(StoryArrow),
  /** What speaks against this order. */
  doubts: z.array(z.string()),
  /** True while evidence is being read: steps may still change. */
  partial: z.boolean().optional(),
});
export type Story = z.infer<typeof Story>;

/** A value that several components or hosts have in common, and what that says. */
export const SharedTrait = z.object({
  by: z.string(), value: z.string(), words: z.string(),
  /** Why the value says little, or null. */
  weak: z.string().nullable().optional(),
  components: z.array(z.object({ id: z.string(), server: z.string(), name: z.string() })),
});
export type SharedTrait = z.infer<typeof SharedTrait>;

/** One kind of component over all hosts of the case: on how many of them it is. */
export const StackRow = z.object({
  kind: ComponentKind, name: z.string().nullable(), what: z.string(),
  /** Servers that have it and how many could. */
  servers: z.array(z.string()), of: z.number().int(),
  /** Different contents (SHA-256) of its file among those hosts. */
  contents: z.number().int(),
  components: z.array(z.string()),
});
export type StackRow = z.infer<typeof StackRow>;
