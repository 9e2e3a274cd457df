import { useEffect, useRef } from 'react';
import { useApp, useWorkbench } from '../../state/react.ts';
import type { TimelinePages } from '../../state/timeline-pages.ts';

/** The rows that came in are counted at most this often, and never faster than a tenth of the host's time. */
const LEAST_MS = 2000;

/**
 * Says how many rows `R` would bring; the list itself does not move. While logs are read the host tells of changes many
 * times a second: one question is under way at a time, and the next waits.
 * @param take takes the rows: done here only where the list was empty, for then nothing on screen moves
 */
export function useNewRows(pages: TimelinePages | null, take: () => void): void {
  const { client, store } = useWorkbench();
  const revision = useApp((s) => s.revision);
  const taken = useRef(take);
  useEffect(() => {
    taken.current = take;
  }, [take]);
  const wake = useRef<() => void>(() => {});
  useEffect(() => {
    if (pages === null) return;
    let over = false;
    let running = false;
    let again = false;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      again = false;
      const begun = performance.now();
      const result = await client.request('timeline.page', { filter: pages.filter, offset: 0, limit: 1 });
      if (over) return;
      const more = result.ok ? Math.max(0, result.value.shown - pages.count) : 0;
      if (more > 0 && pages.count === 0) return taken.current();
      if (result.ok) store.getState().setNewRows(more);
      rest = setTimeout(() => {
        running = false;
        if (again) void ask();
      }, Math.max(LEAST_MS, (performance.now() - begun) * 10));
    };
    wake.current = () => void ask();
    return () => {
      over = true;
      clearTimeout(rest);
      wake.current = () => {};
    };
  }, [client, store, pages]);
  const seen = useRef(revision);
  useEffect(() => {
    if (revision === seen.current) return;
    seen.current = revision;
    wake.current();
  }, [revision]);
  useEffect(() => () => store.getState().setNewRows(0), [store]);
}
