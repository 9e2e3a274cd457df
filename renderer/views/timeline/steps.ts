import type { Client, Output } from '../../../shared/contract/index.ts';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';

type Finding = Output<'finding.list'>['findings'][number];

/** An event by its id, or by where it stands in the evidence. */
export type Target = { readonly event: string } | { readonly place: { readonly evidencePath: string; readonly offset: number } };

/** Beyond this many the list is no longer stepped through one by one; a filter is. */
const MOST = 400;

/** Both must hold: terms side by side do. */
export function both(a: string, b: string): string {
  return `${a.trim()} ${b.trim()}`.trim();
}

/** The places with an offset that findings of weight rest on: log rows and files, each once. */
export function citedPlaces(findings: readonly Finding[]): readonly Target[] {
  const seen = new Map<string, Target>();
  for (const { severity, refs } of findings) {
    if (severity !== 'high' && severity !== 'medium') continue;
    for (const { evidencePath, offset } of refs) {
      if (offset !== undefined) seen.set(`${offset} ${evidencePath}`, { place: { evidencePath, offset } });
    }
  }
  return [...seen.values()].slice(0, MOST);
}

/** Where events stand in a filtered list, in its order; what the filter hides is left out. */
export async function positions(client: Client, filter: string, targets: readonly Target[]): Promise<readonly number[]> {
  const found = await Promise.all(targets.slice(0, MOST).map((target) => client.request('timeline.locate', { filter, ...target })));
  const offsets = found.map((f) => (f.ok ? f.value.offset : null)).filter((n) => n !== null);
  return [...new Set(offsets)].sort((a, b) => a - b);
}

/** The nearest position beyond `index`; null when there is none. */
export function nearest(sorted: readonly number[], index: number, forward: boolean): number | null {
  return (forward ? sorted.find((n) => n > index) : sorted.findLast((n) => n < index)) ?? null;
}

/**
 * The position, in the list under `filter`, of the nearest row beyond the focused one that passes `wanted` too.
 * Rows of the same moment are tried one after another, because only the list itself tells their order.
 */
export async function nextPassing(client: Client, filter: string, wanted: string, event: TimelineEvent, index: number, forward: boolean): Promise<number | null> {
  const narrowed = both(filter, wanted);
  const own = await client.request('timeline.locate', { filter: narrowed, event: event.id });
  let at = own.ok && own.value.offset !== null ? own.value.offset + (forward ? 1 : -1) : null;
  if (at === null) {
    const t = event.time === null ? null : parseInstant(event.time);
    if (t === null) return null;
    // Backwards from behind the moment, so that rows of the same moment that stand before this one are not passed over.
    const near = await client.request('timeline.locate', { filter: narrowed, time: instantText(forward ? t : t + 1n) });
    if (!near.ok) return null;
    if (near.value.offset !== null) at = near.value.offset - (forward ? 0 : 1);
    else if (forward) return null;
    else {
      const all = await client.request('timeline.page', { filter: narrowed, offset: 0, limit: 1 });
      at = all.ok ? all.value.shown - 1 : -1;
    }
  }
  for (let tries = 0; tries < 50 && at >= 0; tries++, at += forward ? 1 : -1) {
    const page = await client.request('timeline.page', { filter: narrowed, offset: at, limit: 1 });
    const row = page.ok ? page.value.events[0] : undefined;
    if (row === undefined) return null;
    const place = await client.request('timeline.locate', { filter, event: row.id });
    const offset = place.ok ? place.value.offset : null;
    if (offset !== null && (forward ? offset > index : offset < index)) return offset;
  }
  return null;
}
