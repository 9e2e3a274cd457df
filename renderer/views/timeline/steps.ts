import type { Client, Output } from '../../../shared/contract/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';

type Finding = Output<'finding.list'>['findings'][number];
type Note = Output<'note.list'>['notes'][number];

/** An event by its id, or by where it stands in the evidence. */
export type Target = { readonly event: string } | { readonly place: { readonly evidencePath: string; readonly offset: number } };

/** Places of findings that are stepped through; beyond that a filter leads on. Looked up once for a list. */
const MOST_CITED = 200;
/** Notes whose events the filter hides are passed over, so many at most. */
const MOST_NOTES = 50;

/** The places with an offset that findings of weight rest on: log rows and files, each once; the weightiest first. */
export function citedPlaces(findings: readonly Finding[]): readonly Target[] {
  const seen = new Map<string, Target>();
  for (const wanted of ['high', 'medium']) {
    for (const { severity, refs } of findings) {
      if (severity !== wanted) continue;
      for (const { evidencePath, offset } of refs) {
        if (offset !== undefined) seen.set(`${offset} ${evidencePath}`, { place: { evidencePath, offset } });
      }
    }
  }
  return [...seen.values()].slice(0, MOST_CITED);
}

/** Where events stand in a filtered list, in its order; what the filter hides is left out. */
export async function positions(client: Client, filter: string, targets: readonly Target[]): Promise<readonly number[]> {
  return [...new Set(await located(client, filter, targets))].filter((at) => at !== null).sort((a, b) => a - b);
}

/** The positions in the order asked, with one question. */
async function located(client: Client, filter: string, targets: readonly Target[]): Promise<readonly (number | null)[]> {
  if (targets.length === 0) return [];
  const found = await client.request('timeline.locateAll', { filter, targets: [...targets] });
  return found.ok ? found.value.offsets : [];
}

/** The nearest position beyond `index`; null when there is none. */
export function nearest(sorted: readonly number[], index: number, forward: boolean): number | null {
  return (forward ? sorted.find((n) => n > index) : sorted.findLast((n) => n < index)) ?? null;
}

/** The events that notes cite, in the order in which they come beyond a moment; those of the moment itself belong to both directions. */
export function notedEvents(notes: readonly Note[], time: string | null, forward: boolean): readonly string[] {
  const t = time === null ? null : parseInstant(time);
  const dated = notes.flatMap((n) => {
    const about = n.deleted || n.event === null || n.about === null ? null : parseInstant(n.about);
    return about === null || n.event === null || (t !== null && (forward ? about < t : about > t)) ? [] : [{ about, event: n.event }];
  });
  dated.sort((a, b) => (a.about < b.about ? -1 : a.about > b.about ? 1 : 0) * (forward ? 1 : -1));
  return [...new Set(dated.map((n) => n.event))].slice(0, MOST_NOTES);
}

/** The position of the nearest of some events beyond a row; null when the filter hides them or there is none. */
export async function nearestOf(client: Client, filter: string, events: readonly string[], index: number, forward: boolean): Promise<number | null> {
  const at = await located(client, filter, events.map((event) => ({ event })));
  return at.find((n) => n !== null && (forward ? n > index : n < index)) ?? null;
}

/** The position, in the list under `filter`, of the nearest row beyond the focused one that passes `wanted` too. */
export async function nextPassing(client: Client, filter: string, wanted: string, event: TimelineEvent, forward: boolean): Promise<{ readonly event: string; readonly offset: number } | null> {
  const found = await client.request('timeline.step', { filter, wanted, event: event.id, forward });
  if (!found.ok || found.value.event === null || found.value.offset === null) return null;
  return { event: found.value.event, offset: found.value.offset };
}
