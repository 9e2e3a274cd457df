import { useApp, useWorkbench } from '../state/react.ts';
import { matcher, nextIndex, type RowFocus } from '../state/rows.ts';
import type { ViewName } from '../state/route.ts';
import { useActions } from './actions.ts';

/** n and N in a list that is here as a whole: to the next row that the filter, or the last one that there was, names. */
export function useMatches<R>(view: ViewName, rows: readonly R[], text: (row: R) => string, focus: RowFocus<R>): void {
  const { store } = useWorkbench();
  const typed = useApp((s) => (s.filters[view] ?? '') || (s.filterHistory[view]?.[0] ?? ''));
  const step = (forward: boolean): void => {
    if (typed.trim() === '') return store.getState().toast('There was no filter yet; / goes to it.');
    const passes = matcher(typed);
    const at = nextIndex(rows.length, focus.index, forward, (i) => {
      const row = rows[i];
      return row !== undefined && passes(text(row));
    });
    if (at === null) store.getState().toast(`No ${forward ? 'later' : 'earlier'} row holds ${typed}`);
    else focus.onFocus(at, rows[at], focus.column ?? '');
  };
  useActions({ 'match.next': () => step(true), 'match.previous': () => step(false) });
}
