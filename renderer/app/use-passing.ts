import { useEffect, useState } from 'react';
import { useWorkbench } from '../state/react.ts';

/**
 * How many rows pass each of some filters now; null for one that cannot be answered. They are asked for one after the
 * other, `first` before the others, so that a long list does not keep the store busy after it was closed.
 */
export function usePassing(texts: readonly string[], first: string): ReadonlyMap<string, number | null> {
  const { client } = useWorkbench();
  const [known, setKnown] = useState<ReadonlyMap<string, number | null>>(new Map());
  const next = [first, ...texts].find((text) => !known.has(text) && texts.includes(text));
  useEffect(() => {
    if (next === undefined) return undefined;
    let over = false;
    void client.request('timeline.page', { filter: next, offset: 0, limit: 1 }).then((page) => {
      if (!over) setKnown((k) => new Map(k).set(next, page.ok ? page.value.shown : null));
    });
    return () => {
      over = true;
    };
  }, [client, next]);
  return known;
}
