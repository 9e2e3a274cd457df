import { useRef } from 'react';
import { useActions } from '../../commands/actions.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { COLUMN_CHOICES } from './columns.ts';
import { citedPlaces, nearest, nextPassing, positions } from './steps.ts';
import type { Timeline } from './use-timeline.ts';

const HISTORY = 'source:config-history';

/** Keys that lead from the focused event to the next one of a kind, and the dialogs of columns and earlier filters. */
export function useTimelineSteps(timeline: Timeline): void {
  const { client, store } = useWorkbench();
  const revision = useApp((s) => s.revision);
  const cited = useRef<{ readonly key: string; readonly at: Promise<readonly number[]> } | null>(null);
  const { event, filter, index } = timeline;
  const { ask, set, setFilter, setSuspended, toast } = store.getState();

  const goTo = (at: number | null, missing: string): void => (at === null ? toast(missing) : timeline.focus(at, undefined));
  const match = async (forward: boolean): Promise<void> => {
    const { filters, filterHistory } = store.getState();
    const current = filters['timeline'] ?? '';
    const wanted = current !== '' ? current : (filterHistory['timeline']?.[0] ?? '');
    if (wanted === '') return void toast('There was no filter yet; / goes to it.');
    if (event !== undefined) goTo(await nextPassing(client, filter, wanted, event, index, forward), `No ${forward ? 'later' : 'earlier'} row passes ${wanted}`);
  };
  /** Where findings cite the list; found once per filter and state of the data. */
  const citedPositions = (): Promise<readonly number[]> => {
    const key = `${revision} ${filter}`;
    if (cited.current?.key !== key) {
      cited.current = { key, at: client.request('finding.list', {}).then((found) => positions(client, filter, found.ok ? citedPlaces(found.value.findings) : [])) };
    }
    return cited.current.at;
  };
  const oddity = async (forward: boolean): Promise<void> => {
    if (event === undefined) return;
    const [change, places] = await Promise.all([nextPassing(client, filter, HISTORY, event, index, forward), citedPositions()]);
    const own = nearest(places, index, forward);
    goTo(change === null ? own : own === null ? change : forward ? Math.min(change, own) : Math.max(change, own), `No ${forward ? 'later' : 'earlier'} change of the configuration, and no event that a finding cites.`);
  };
  const noted = async (forward: boolean): Promise<void> => {
    const notes = await client.request('note.list', {});
    const events = notes.ok ? notes.value.notes.flatMap((n) => (n.deleted || n.event === null ? [] : [{ event: n.event }])) : [];
    goTo(nearest(await positions(client, filter, events), index, forward), events.length === 0 ? 'No event has a note yet; Space writes one.' : `No ${forward ? 'later' : 'earlier'} event with a note in this list.`);
  };
  const chooseColumns = async (): Promise<void> => {
    const chosen = await ask('columns', { options: COLUMN_CHOICES, chosen: store.getState().timelineColumns });
    if (chosen !== null) set({ timelineColumns: chosen });
  };
  const earlierFilters = async (): Promise<void> => {
    const texts = store.getState().filterHistory['timeline'] ?? [];
    if (texts.length === 0) return void toast('There was no filter yet; / goes to it.');
    const text = await ask('filters', { texts });
    if (text === null) return;
    setFilter('timeline', text);
    setSuspended('timeline', false);
  };
  useActions({
    'match.next': () => void match(true),
    'match.previous': () => void match(false),
    'oddity.next': () => void oddity(true),
    'oddity.previous': () => void oddity(false),
    'noted.next': () => void noted(true),
    'noted.previous': () => void noted(false),
    'timeline.columns': () => void chooseColumns(),
    'filter.history': () => void earlierFilters(),
  });
}
