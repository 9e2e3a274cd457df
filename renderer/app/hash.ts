import { routeFromHash, routeToHash } from '../state/route.ts';
import type { AppStore } from '../state/store.ts';

/** What an entry of the browser's history remembers beside the address: the filter of the timeline. */
interface Remembered {
  readonly filter: string;
}

/** Keeps the address and the place in step, so that Back and Forward walk through the places and the timeline's filters. */
export function keepHash(store: AppStore): void {
  const first = routeFromHash(window.location.hash);
  if (first !== null) store.setState({ route: first });
  window.addEventListener('popstate', (event) => {
    const route = routeFromHash(window.location.hash);
    if (route === null) return;
    const { filter } = remembered(event.state);
    if (route.view === 'timeline' && filter !== filterOf(store)) store.getState().setFilter('timeline', filter);
    store.setState({ route });
  });
  store.subscribe((now, before) => {
    const hash = routeToHash(now.route);
    const filter = filterOf(store);
    const filtered = now.route.view === 'timeline' && now.filters !== before.filters && filter !== remembered(window.history.state).filter;
    const moved = now.route !== before.route && hash !== window.location.hash;
    if (moved || filtered) window.history.pushState({ filter } satisfies Remembered, '', hash);
  });
}

function filterOf(store: AppStore): string {
  return store.getState().filters['timeline'] ?? '';
}

function remembered(state: unknown): Remembered {
  return typeof state === 'object' && state !== null && 'filter' in state && typeof state.filter === 'string' ? { filter: state.filter } : { filter: '' };
}
