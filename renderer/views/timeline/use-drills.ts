import { useCallback, useState } from 'react';
import { useWorkbench } from '../../state/react.ts';
import type { TimelineMode } from '../../state/session-slice.ts';

/** Where Enter led away from: Backspace comes back to it. */
interface Drill {
  readonly text: string;
  readonly mode: TimelineMode;
  readonly field: string;
  /** The value of the stack that was opened. */
  readonly value: string | null;
}
export interface Drills {
  /** The value that the stack opens at: the one that was come back from. */
  readonly value: string | null;
  /** Applies a narrower filter in a mode. */
  readonly into: (text: string, mode: TimelineMode, value?: string) => void;
  readonly back: () => void;
}

const MOST = 50;

/** The way down into the data, and back up step by step. */
export function useDrills(): Drills {
  const { store } = useWorkbench();
  const [trail, setTrail] = useState<readonly Drill[]>([]);
  const [value, setValue] = useState<string | null>(null);
  const into = useCallback((text: string, mode: TimelineMode, opened?: string) => {
    const { filters, timelineMode, stackField, setFilter, setSuspended, set } = store.getState();
    setTrail((t) => [...t, { text: filters['timeline'] ?? '', mode: timelineMode, field: stackField, value: opened ?? null }].slice(-MOST));
    setFilter('timeline', text);
    setSuspended('timeline', false);
    set({ timelineMode: mode });
  }, [store]);
  const back = useCallback(() => {
    const last = trail.at(-1);
    const { setFilter, setSuspended, set, toast } = store.getState();
    if (last === undefined) return toast('There is nothing to go back up to.');
    setTrail(trail.slice(0, -1));
    setValue(last.value);
    setFilter('timeline', last.text);
    setSuspended('timeline', false);
    set({ timelineMode: last.mode, stackField: last.field });
  }, [store, trail]);
  return { value, into, back };
}
