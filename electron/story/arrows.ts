import type { EvidenceRef, StoryArrow, StoryStep } from '../../shared/model/index.ts';
import { secondsBetween, spanText } from './words.ts';

/** From each step that is shown to the next one that is, with a source for each end. */
export function arrowsOf(steps: readonly StoryStep[]): StoryArrow[] {
  const at = steps.flatMap((step, i) => (step.missing === null && step.refs.length > 0 ? [i] : []));
  return at.slice(1).flatMap((to, n) => {
    const from = at[n];
    const [a, b] = [steps[from ?? -1], steps[to]];
    const refs = a === undefined || b === undefined ? null : pair(a, b);
    if (from === undefined || a === undefined || b === undefined || refs === null) return [];
    const seconds = secondsBetween(a.moment.time, b.moment.time);
    return [{ from, to, seconds, sentence: gapWords(a, b, seconds), refs }];
  });
}

function pair(a: StoryStep, b: StoryStep): [EvidenceRef, EvidenceRef] | null {
  const [x] = a.refs;
  const [y] = b.refs;
  return x === undefined || y === undefined ? null : [x, y];
}

function gapWords(a: StoryStep, b: StoryStep, seconds: number | null): string {
  if (a.event !== null && a.event === b.event) return 'the same record';
  if (seconds === null) return 'later by the order of the steps; no two moments say how much';
  // Of each end: the earliest and the latest moment at which it can have been. What had happened by a moment has no earliest.
  const most = a.by ? null : secondsBetween(a.earliest?.time ?? a.moment.time, b.moment.time);
  const least = b.by ? null : secondsBetween(a.moment.time, b.earliest?.time ?? b.moment.time);
  if (most !== null && most < 0) return `${spanText(most)} earlier by these clocks: the order is contradicted`;
  if (most === null && seconds < 0) return 'the earlier step is only known to have happened by its moment: no gap can be told';
  if (most === null) return least === null ? 'both are only known to have happened by their moments: no gap can be told' : `at least ${spanText(Math.max(0, least))} later`;
  if (least === null || least < most) return least === null || least <= 0 ? `at most ${spanText(most)} later` : `between ${spanText(least)} and ${spanText(most)} later`;
  return seconds === 0 ? 'at the same second' : `${spanText(seconds)} later`;
}
