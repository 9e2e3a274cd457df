import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { instantInZone } from '../../shared/time/zone.ts';
import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import { Latest } from './latest.ts';
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

/**
 * The answer to a question that changes often (a filter, a range): at most one is under way. It does not follow the data:
 * another `stamp` asks again. A null input asks nothing.
 */
export function useLatest<N extends RequestName>(name: N, input: Input<N> | null, stamp = 0): Answer<Output<N>> {
  const { client } = useWorkbench();
  const [latest] = useState(() => new Latest(client, name));
  const key = JSON.stringify({ stamp, input });
  useEffect(() => latest.ask((JSON.parse(key) as { readonly input: Input<N> | null }).input), [latest, key]);
  return useSyncExternalStore(latest.subscribe, latest.snapshot);
}

/** A value once it has rested for `ms`: what a held-down key runs past is not asked for. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** Formats moments in the zone that the status bar names; every time on screen goes through this. */
export function useTimeText(): (time: string | null) => string {
  const zone = useApp((s) => s.zone);
  return useCallback((time) => (time === null ? 'not dated' : instantInZone(time, zone)), [zone]);
}
