import { useEffect, useRef } from 'react';
import { useApp, useWorkbench } from '../../state/react.ts';
import type { Route } from '../../state/route.ts';
import { imageKey, type ProgramRow } from './program-rows.ts';

/** The row that a link names: by the id of a component, or by the SHA-256 of a file; null while it is not there. */
export function wantedKey(params: Readonly<Record<string, string>>, rows: readonly ProgramRow[]): string | null {
  const { id, image } = params;
  if (id !== undefined) return id;
  if (image === undefined) return null;
  const row = rows.find((r) => r.key === imageKey(image)) ?? rows.find((r) => r.component?.file?.sha256 === image) ?? rows.find((r) => r.component?.file32?.sha256 === image);
  return row?.key ?? null;
}

/** Puts the focus on the row that the route names, once; a filter that would hide it is suspended. */
export function useWantedRow(all: readonly ProgramRow[], shown: readonly ProgramRow[]): void {
  const { store } = useWorkbench();
  const route = useApp((s) => s.route);
  const done = useRef<Route | null>(null);
  const key = wantedKey(route.params, all);
  const hidden = key !== null && all.some((r) => r.key === key) && !shown.some((r) => r.key === key);
  useEffect(() => {
    if (key === null || done.current === route) return;
    // Rows that are still on their way cannot be hidden yet.
    if (all.some((r) => r.key === key)) done.current = route;
    const { setFocused, setSuspended, setProgram, focused } = store.getState();
    const { image } = route.params;
    if (hidden) setSuspended('components', true);
    if (image !== undefined) setProgram({ bits: all.find((r) => r.key === key)?.component?.file32?.sha256 === image ? 'wow' : 'native' });
    if (focused.components !== key) setFocused('components', key);
  }, [key, route, hidden, store, all]);
}
