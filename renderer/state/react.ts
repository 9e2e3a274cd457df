import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { instantInZone } from '../../shared/time/zone.ts';
import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import type { Answer } from './query-cache.ts';
import type { AppState } from './store.ts';
import type { Workbench } from './workbench.ts';

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (workbench === null) throw new Error('There is no workbench above this component.');
  return workbench;
}

export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useWorkbench().store, select);
}

const IDLE: Answer<never> = { value: null, failure: null, loading: false };

/** The answer to a request, kept up to date. A null input asks nothing. */
export function useRequest<N extends RequestName>(name: N, input: Input<N> | null): Answer<Output<N>> {
  const { queries } = useWorkbench();
  const key = JSON.stringify(input);
  const subscribe = useCallback((listener: () => void) => {
    const parsed = JSON.parse(key) as Input<N> | null;
    return parsed === null ? () => {} : queries.subscribe(name, parsed, listener);
  }, [queries, name, key]);
  const snapshot = useCallback(() => {
    const parsed = JSON.parse(key) as Input<N> | null;
    return parsed === null ? IDLE : queries.peek(name, parsed);
  }, [queries, name, key]);
  return useSyncExternalStore(subscribe, snapshot);
}

/** Formats moments in the zone that the status bar names; every time on screen goes through this. */
export function useTimeText(): (time: string | null) => string {
  const zone = useApp((s) => s.zone);
  return useCallback((time) => (time === null ? 'not dated' : instantInZone(time, zone)), [zone]);
}
