import { useEffect, useMemo, useRef, useState } from 'react';
import type { Input, Output } from '../../../shared/contract/index.ts';
import { refused } from '../../commands/case-actions.ts';
import { useWorkbench } from '../../state/react.ts';

type Place = Output<'graph.arrangement'>['places'][number];

interface Places {
  readonly places: readonly Place[];
  readonly pinned: ReadonlySet<string>;
  put(place: Place): void;
  free(ids: readonly string[] | 'all'): void;
}

/** Where the analyst put nodes: kept with the case. Shown at once, written one after the other. */
export function usePlaces(): Places {
  const wb = useWorkbench();
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const writing = useRef<{ next: Input<'graph.arrange'> | null } | null>(null);
  useEffect(() => {
    let there = true;
    void wb.client.request('graph.arrangement', {}).then((result) => (there && result.ok && writing.current === null ? setPlaces(result.value.places) : undefined));
    return () => {
      there = false;
    };
  }, [wb]);
  const write = async (input: Input<'graph.arrange'>): Promise<void> => {
    if (writing.current !== null) {
      writing.current.next = joined(writing.current.next, input);
      return;
    }
    const state = { next: input as Input<'graph.arrange'> | null };
    writing.current = state;
    while (state.next !== null) {
      const now = state.next;
      state.next = null;
      const result = await wb.client.request('graph.arrange', now);
      if (!result.ok) refused(wb, result.failure);
    }
    writing.current = null;
  };
  const pinned = useMemo(() => new Set(places.map((p) => p.id)), [places]);
  return {
    places, pinned,
    put: (place) => {
      setPlaces((all) => [...all.filter((p) => p.id !== place.id), place]);
      void write({ put: [place] });
    },
    free: (ids) => {
      setPlaces((all) => (ids === 'all' ? [] : all.filter((p) => !ids.includes(p.id))));
      void write({ put: [], free: ids === 'all' ? 'all' : [...ids] });
    },
  };
}

/** Two changes as one: the later wins where both name a node. */
export function joined(first: Input<'graph.arrange'> | null, second: Input<'graph.arrange'>): Input<'graph.arrange'> {
  if (first === null || second.free === 'all') return second;
  const touched = new Set([...(second.free ?? []), ...second.put.map((p) => p.id)]);
  const put = [...first.put.filter((p) => !touched.has(p.id)), ...second.put];
  return { put, free: first.free === 'all' ? 'all' : [...new Set([...(first.free ?? []), ...(second.free ?? [])])] };
}
