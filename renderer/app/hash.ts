import { routeFromHash, routeToHash } from '../state/route.ts';
import type { AppStore } from '../state/store.ts';

/** Keeps the address and the place in step, so that Back and Forward walk through the places. */
export function keepHash(store: AppStore): void {
  const first = routeFromHash(window.location.hash);
  if (first !== null) store.setState({ route: first });
  window.addEventListener('popstate', () => {
    const route = routeFromHash(window.location.hash);
    if (route !== null) store.setState({ route });
  });
  store.subscribe((now, before) => {
    if (now.route === before.route) return;
    const hash = routeToHash(now.route);
    if (hash !== window.location.hash) window.history.pushState(null, '', hash);
  });
}
