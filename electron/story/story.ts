import type { Story, StoryStep } from '../../shared/model/index.ts';
import { arrowsOf } from './arrows.ts';
import { doubtsOf } from './doubts.ts';
import type { StoryFacts } from './facts.ts';
import { configuredStep, laterSteps, poolStep } from './of-configuration.ts';
import { builtStep, writtenStep } from './of-file.ts';
import { servedSteps } from './of-requests.ts';
import { secondsBetween, subjectOf } from './words.ts';

/**
 * How a component came and was used: every step with its source, or with what would show it.
 * Steps stand in the order in which they can happen; what can happen at any time (a later change, the last start of a
 * pool) stands where its moment puts it.
 */
export function storyOf(facts: StoryFacts): Story {
  const [first, last] = servedSteps(facts);
  const chain: StoryStep[] = [builtStep(facts), writtenStep(facts), configuredStep(facts)];
  const fixed = chain.length;
  const pool = poolStep(facts);
  chain.push(...(late(pool, first) ? [first, last] : [pool, first, last]));
  if (late(pool, first)) insert(chain, pool, fixed);
  for (const step of laterSteps(facts)) insert(chain, step, fixed);
  return { component: facts.component.id, subject: subjectOf(facts.component), steps: chain, arrows: arrowsOf(chain), doubts: doubtsOf(facts, chain), partial: facts.partial };
}

/** Only the last start of a pool leaves a trace: one after the first request is no step towards it. */
function late(pool: StoryStep, first: StoryStep): boolean {
  return (secondsBetween(first.moment.time, pool.moment.time) ?? 0) > 0;
}

/** Puts a step behind the last dated one that is not later, but never among the first `fixed`; one without a time at the end. */
function insert(chain: StoryStep[], step: StoryStep, fixed: number): void {
  const notLater = (other: StoryStep): boolean => other.moment.time === null || (secondsBetween(other.moment.time, step.moment.time) ?? 0) >= 0;
  let at = chain.length;
  while (step.moment.time !== null && at > fixed && !notLater(chain[at - 1] ?? step)) at -= 1;
  chain.splice(at, 0, step);
}
