import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Client } from '../../../shared/contract/index.ts';
import { activeFilter } from '../../state/session-slice.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { TimelinePages, type TimelineEvent } from '../../state/timeline-pages.ts';
import { openingTime, recordedSpan } from './span.ts';

export interface Timeline {
  readonly pages: TimelinePages | null;
  readonly index: number;
  readonly event: TimelineEvent | undefined;
  readonly filter: string;
  readonly focus: (index: number, row: TimelineEvent | undefined, column?: string) => void;
  /** Goes to the first row at or after a moment. */
  readonly goToTime: (time: string) => Promise<void>;
  readonly goToEvent: (id: string) => Promise<boolean>;
  /** Takes what came in since; the focused row stays the focused row. */
  readonly reload: () => void;
}

/** The list under the current filter, with the focused row kept by its id through every change of filter or data. */
export function useTimeline(): Timeline {
  const { client, store } = useWorkbench();
  const filter = useApp((s) => activeFilter(s, 'timeline'));
  const revision = useApp((s) => s.revision);
  const [, bump] = useReducer((n: number) => n + 1, 0);
  const [state, setState] = useState<{ pages: TimelinePages | null; index: number }>({ pages: null, index: -1 });
  const lastTime = useRef<string | null>(null);

  const latest = useRef(0);
  const begin = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    const pages = new TimelinePages(client, filter, () => (mine === latest.current ? bump() : undefined));
    const id = store.getState().focused['timeline'];
    let at: number | null = null;
    if (id !== undefined) {
      const found = await client.request('timeline.locate', { filter, event: id });
      at = found.ok ? found.value.offset : null;
      if (at === null && lastTime.current !== null) {
        const near = await client.request('timeline.locate', { filter, time: lastTime.current });
        at = near.ok ? near.value.offset : null;
      }
    }
    if (id === undefined && store.getState().route.params['event'] === undefined) at = await openingRow(client, filter);
    await pages.load(at ?? 0);
    if (mine === latest.current) setState({ pages, index: pages.count === 0 ? -1 : Math.min(at ?? 0, pages.count - 1) });
  }, [client, filter, store]);
  useEffect(() => void begin(), [begin]);

  // New data does not move the list; it only says how many rows R would bring.
  useEffect(() => {
    const { pages } = state;
    if (pages === null || revision === 0) return;
    let over = false;
    void client.request('timeline.page', { filter: pages.filter, offset: 0, limit: 1 }).then((result) => {
      if (!over && result.ok) store.getState().setNewRows(Math.max(0, result.value.shown - pages.count));
    });
    return () => {
      over = true;
    };
  }, [client, store, revision, state]);
  useEffect(() => () => store.getState().setNewRows(0), [store]);

  const event = state.pages?.row(state.index);
  useEffect(() => {
    if (event === undefined) return;
    if (event.time !== null) lastTime.current = event.time;
    if (store.getState().focused['timeline'] !== event.id) store.getState().setFocused('timeline', event.id);
  }, [event, store]);

  const focus = useCallback((index: number, row: TimelineEvent | undefined, column?: string) => {
    setState((s) => ({ ...s, index }));
    store.getState().setFocused('timeline', row?.id ?? null, column);
  }, [store]);
  const goToTime = useCallback(async (time: string) => {
    const found = await client.request('timeline.locate', { filter, time });
    if (found.ok && found.value.offset !== null) focus(found.value.offset, undefined);
  }, [client, filter, focus]);
  const goToEvent = useCallback(async (id: string) => {
    const found = await client.request('timeline.locate', { filter, event: id });
    if (!found.ok || found.value.offset === null) return false;
    focus(found.value.offset, undefined);
    return true;
  }, [client, filter, focus]);

  return {
    pages: state.pages, index: state.index, event, filter, focus, goToTime, goToEvent,
    reload: () => {
      store.getState().setNewRows(0);
      void begin();
    },
  };
}

/** The row at which a timeline that nobody has looked at opens: where the findings of weight begin, within the days of logs. */
async function openingRow(client: Client, filter: string): Promise<number | null> {
  const [sources, findings] = await Promise.all([client.request('timeline.stack', { filter, field: 'source', limit: 20 }), client.request('finding.list', {})]);
  const time = openingTime(findings.ok ? findings.value.findings : [], sources.ok ? recordedSpan(sources.value.rows) : null);
  if (time === null) return null;
  const found = await client.request('timeline.locate', { filter, time });
  return found.ok ? found.value.offset : null;
}
