import type { RefObject } from 'react';
import { useApp } from '../state/react.ts';
import type { ViewName } from '../state/route.ts';
import { useActions } from './actions.ts';

/** The part of a grid that list commands need. */
interface ListHandle {
  focus(): void;
  move(delta: number): void;
  to(row: number): void;
  last(): void;
}

/** j, k, g g, G and Ctrl+arrows for the list in front, wherever the focus is. */
export function useListActions(grid: RefObject<ListHandle | null>): void {
  useActions({
    'list.next': () => grid.current?.move(1),
    'list.previous': () => grid.current?.move(-1),
    'list.first': () => grid.current?.to(0),
    'list.last': () => grid.current?.last(),
  });
}

/** `/`, `.` and clearing for the filter of a view. */
export function useFilterActions(view: ViewName, bar: RefObject<{ focus(): void } | null>): void {
  const suspended = useApp((s) => s.suspended[view] === true);
  const { setFilter, setSuspended } = useApp((s) => s);
  useActions({
    'filter.focus': () => bar.current?.focus(),
    'filter.suspend': () => setSuspended(view, !suspended),
    'filter.clear': () => setFilter(view, ''),
  });
}
