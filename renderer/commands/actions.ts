import { useEffect, useLayoutEffect, useRef } from 'react';

/** What the views in front can do, by command id. The last one mounted wins. */
const offered = new Map<string, Array<() => void>>();

export function offerAction(id: string, run: () => void): () => void {
  const list = offered.get(id) ?? [];
  list.push(run);
  offered.set(id, list);
  return () => {
    const at = list.indexOf(run);
    if (at >= 0) list.splice(at, 1);
  };
}

export function isOffered(id: string): boolean {
  return (offered.get(id)?.length ?? 0) > 0;
}

/** @returns false when no view offers the action. */
export function act(id: string): boolean {
  const run = offered.get(id)?.at(-1);
  run?.();
  return run !== undefined;
}

/** Offers actions for as long as the view is mounted. The set of ids must not change; what they do may. */
export function useActions(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  const ids = Object.keys(actions).join(' ');
  useEffect(() => {
    const stops = ids.split(' ').filter((id) => id !== '').map((id) => offerAction(id, () => latest.current[id]?.()));
    return () => stops.forEach((stop) => stop());
  }, [ids]);
}

/** What an action would do just now, in words for a menu; by command id. */
const words = new Map<string, () => string | null>();

/** The title of a command as the view in front says it now; null: the one of the table. */
export function wordsOf(id: string): string | null {
  return words.get(id)?.() ?? null;
}

/** Says, for as long as the view is mounted, what its actions would do. The set of ids must not change. */
export function useActionWords(says: Readonly<Record<string, () => string | null>>): void {
  const latest = useRef(says);
  useLayoutEffect(() => {
    latest.current = says;
  });
  const ids = Object.keys(says).join(' ');
  useEffect(() => {
    const own = ids.split(' ');
    for (const id of own) words.set(id, () => latest.current[id]?.() ?? null);
    return () => own.forEach((id) => words.delete(id));
  }, [ids]);
}
