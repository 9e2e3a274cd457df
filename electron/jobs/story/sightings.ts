import { quote } from '../../../shared/base/limits.ts';
import type { Sighting } from '../../story/facts.ts';
import type { Timeline } from '../../timeline/timeline.ts';

/** An event of the timeline as a source of the story; null when it is not there. */
export async function sightingOf(timeline: Timeline, event: string | null): Promise<Sighting | null> {
  const found = event === null ? null : await timeline.event(event);
  if (found === null) return null;
  return { moment: { time: found.time, from: 'log', fidelity: found.fidelity }, ref: found.ref, event: found.id, words: quote(found.message, 300) };
}
