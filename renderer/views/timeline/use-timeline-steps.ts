import { useRef } from 'react';
import { useActions } from '../../commands/actions.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { columnChoices } from './columns.ts';
import { citedPlaces, nearest, nearestOf, nextPassing, notedEvents, positions } from './steps.ts';
import type { Timeline } from './use-timeline.ts';

const HISTORY = 'source:config-history';

interface Parts {
  readonly timeline: Timeline;
  /** What is followed, as a filter; null: nothing. */
  readonly followed: string | null;
  readonly logFields: readonly string[];
  readonly gaps: readonly { readonly before: string; readonly after: string; readonly to: string }[] | null;
}

/** Keys that lead from the focused event to the next one of a kind, and the dialog of columns. */
export function useTimelineSteps({ timeline, followed, logFields, gaps }: Parts): void {
  const { client, store } = useWorkbench();
  const cited = useRef<{ readonly pages: object; readonly at: Promise<readonly number[]> } | null>(null);
  const { event, filter, index, pages, cursor } = timeline;
  const chosenColumns = useApp((s) => s.timelineColumns);
  const { ask, set, toast } = store.getState();

  const goTo = (at: number | null, missing: string): void => (at === null || pages === null ? toast(missing) : timeline.focus(pages.indexOf(at), undefined));
  const step = async (forward: boolean, wanted: string, missing: string): Promise<void> => {
    if (event === undefined) return;
    const next = await nextPassing(client, filter, wanted, event, forward);
    if (next === null) toast(missing);
    else await timeline.goToEvent(next.event);
  };
  const match = (forward: boolean): void => {
    const { filters, filterHistory } = store.getState();
    const current = filters['timeline'] ?? '';
    const wanted = current !== '' ? current : (filterHistory['timeline']?.[0] ?? '');
    if (wanted === '') toast('There was no filter yet; / goes to it.');
    else void step(forward, wanted, `No ${forward ? 'later' : 'earlier'} row passes ${wanted}`);
  };
  const follow = (forward: boolean): void => {
    if (followed === null) toast('Nothing is followed; F follows the focused thing.');
    else void step(forward, followed, `No ${forward ? 'later' : 'earlier'} event of ${followed}${filter === '' ? '' : ' that passes the filter'}.`);
  };
  /** Where findings cite the list; found once for each list that was asked for. */
  const citedPositions = (): Promise<readonly number[]> => {
    if (pages === null) return Promise.resolve([]);
    if (cited.current?.pages !== pages) cited.current = { pages, at: client.request('finding.list', {}).then((found) => positions(client, filter, found.ok ? citedPlaces(found.value.findings) : [])) };
    return cited.current.at;
  };
  const oddity = async (forward: boolean): Promise<void> => {
    if (event === undefined) return;
    const [change, places] = await Promise.all([nextPassing(client, filter, HISTORY, event, forward), citedPositions()]);
    const own = nearest(places, index, forward);
    const at = change?.offset ?? null;
    goTo(at === null ? own : own === null ? at : forward ? Math.min(at, own) : Math.max(at, own), `No ${forward ? 'later' : 'earlier'} change of the configuration, and no event that a finding cites.`);
  };
  const noted = async (forward: boolean): Promise<void> => {
    const found = await client.request('note.list', {});
    const notes = found.ok ? found.value.notes : [];
    const none = notes.every((n) => n.deleted || n.event === null);
    goTo(await nearestOf(client, filter, notedEvents(notes, event?.time ?? null, forward), index, forward), none ? 'No event has a note yet; Space writes one.' : `No ${forward ? 'later' : 'earlier'} event with a note in this list.`);
  };
  const gap = (forward: boolean): void => {
    const own = (gaps ?? []).findLastIndex((g) => cursor !== null && g.to <= cursor);
    const next = gaps?.[forward ? own + 1 : gaps[own]?.after === event?.id ? own - 1 : own];
    if (next === undefined) toast(gaps === null ? 'The silences are still looked for.' : `No ${forward ? 'later' : 'earlier'} long silence.`);
    else void timeline.goToEvent(next.after);
  };
  const chooseColumns = async (): Promise<void> => {
    const chosen = await ask('columns', { options: columnChoices(logFields, chosenColumns), chosen: chosenColumns });
    if (chosen !== null) set({ timelineColumns: chosen });
  };
  useActions({
    'match.next': () => match(true),
    'match.previous': () => match(false),
    'oddity.next': () => void oddity(true),
    'oddity.previous': () => void oddity(false),
    'noted.next': () => void noted(true),
    'noted.previous': () => void noted(false),
    'timeline.followNext': () => follow(true),
    'timeline.followPrevious': () => follow(false),
    'timeline.gapLater': () => gap(true),
    'timeline.gapEarlier': () => gap(false),
    'timeline.columns': () => void chooseColumns(),
  });
}
