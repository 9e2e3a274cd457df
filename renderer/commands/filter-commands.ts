import { caseOpen } from '../state/case-slice.ts';
import { SAVED_KEYS } from '../state/filter-slice.ts';
import type { Workbench } from '../state/workbench.ts';
import { isOffered } from './actions.ts';
import type { Command } from './command.ts';

/** Applies a filter to the timeline and goes there. */
export function applyTimelineFilter({ store }: Workbench, text: string): void {
  const { navigate, setFilter, setSuspended, route } = store.getState();
  setFilter('timeline', text);
  setSuspended('timeline', false);
  if (route.view !== 'timeline') navigate('timeline');
}

const inTimeline = (id: string, title: string, keys: readonly string[]): Command => ({
  id, title, group: 'Filter', keys, views: ['timeline'], menu: true, when: (s) => caseOpen(s) && isOffered(id), run: ({ act }) => void act(id),
});

/** What the filter bar of the timeline does beyond that of every list. */
export const filterCommands: readonly Command[] = [
  inTimeline('filter.apply', 'Apply the prepared filter', ['Ctrl+Enter']),
  inTimeline('filter.terms', 'Go to the terms of the filter', [';']),
  { ...inTimeline('filter.around', 'Only moments around this row: ten minutes before and behind', ['@']), row: true },
  inTimeline('filter.save', 'Save this filter under a name', ['S']),
  { id: 'filter.saved', title: 'Saved filters', group: 'Filter', keys: ['H'], views: ['timeline'], menu: true, when: caseOpen, run: ({ workbench }) => void workbench.store.getState().ask('savedFilters', {}) },
  ...SAVED_KEYS.map((digit): Command => ({
    id: `filter.saved.${digit}`, title: `Apply the saved filter of key ${digit}`, group: 'Filter', keys: [`Alt+Shift+${digit}`],
    when: (s) => caseOpen(s) && s.savedFilters.some((f) => f.key === digit),
    run: ({ workbench }) => {
      const saved = workbench.store.getState().savedFilters.find((f) => f.key === digit);
      if (saved !== undefined) applyTimelineFilter(workbench, saved.text);
    },
  })),
];
