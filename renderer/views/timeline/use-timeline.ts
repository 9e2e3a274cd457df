import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Client } from '../../../shared/contract/index.ts';
import { activeFilter } from '../../state/session-slice.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { TimelinePages, type TimelineEvent } from '../../state/timeline-pages.ts';
import { openingTime, recordedSpan } from './span.ts';
import { useNewRows } from './use-new-rows.ts';

export interface Timeline {
  readonly pages: TimelinePages | null;
  readonly index: number;
  readonly event: TimelineEvent | undefined;
  readonly filter: string;
  /** The moment that all modes stand at: of the focused event, or where another mode was led to. */
  readonly cursor: string | null;
  /** Where the list is on its way to, else where it stands: a key that is held down counts from here. */
  readonly heading: () => string | null;
  /** Grows when new rows are taken: what is drawn beside the list asks again then. */
  readonly stamp: number;
  readonly focus: (index: number, row: TimelineEvent | undefined, column?: string) => void;
  /** Another mode stands at this moment now; the list follows when it comes to the front. */
  readonly setCursor: (time: string) => void;
  /** Goes to the first row at or after a moment; to the last row when there is none. */
  readonly goToTime: (time: string) => Promise<void>;
  readonly goToEvent: (id: string) => Promise<boolean>;
  /** Takes what came in since; the focused row stays the focused row. */
  readonly reload: () => void;
}

interface Shown {
  readonly pages: TimelinePages | null;
  readonly index: number;
}

/** The list under the current filter, with the focused row kept by its id through every change of filter, mode or data. */
export function useTimeline(): Timeline {
  const { client, store } = useWorkbench();
  const filter = useApp((s) => activeFilter(s, 'timeline'));
  const mode = useApp((s) => s.timelineMode);
  const [, bump] = useReducer((n: number) => n + 1, 0);
  const [stamp, setStamp] = useState(0);
  const [state, setState] = useState<Shown>({ pages: null, index: -1 });
  /** Where another mode was led to; null: at the focused event. */
  const [moved, setMoved] = useState<string | null>(null);
  /** The last moment that the list stood at: where it goes when its row is filtered out. */
  const [stood, setStood] = useState<string | null>(null);
  const place = useRef<{ time: string | null; moved: boolean }>({ time: null, moved: false });

  /** The moment that the list is on its way to. */
  const aim = useRef<{ time: string | null; asking: boolean }>({ time: null, asking: false });
  const latest = useRef(0);
  const begin = useCallback(async (wanted?: string): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    const pages = new TimelinePages(client, filter, () => (mine === latest.current ? bump() : undefined));
    const id = wanted ?? (place.current.moved ? undefined : store.getState().focused['timeline']);
    const at = await rowOf(client, filter, id, place.current.time, store.getState().route.params['event'] === undefined);
    await pages.load(at === 'end' ? 0 : at);
    if (at === 'end') await pages.load(pages.count - 1);
    // What came in between may have cut the list short of the row.
    const index = Math.min(at === 'end' ? pages.count - 1 : at, pages.count - 1);
    if (mine === latest.current) setState({ pages, index });
  }, [client, filter, store]);
  useEffect(() => void begin(), [begin]);

  const event = state.pages?.row(state.index);
  if (event !== undefined && event.time !== null && event.time !== stood) setStood(event.time);
  useEffect(() => {
    if (event === undefined) return;
    if (!place.current.moved && event.time !== null) place.current.time = event.time;
    if (!aim.current.asking) aim.current.time = null;
    if (store.getState().focused['timeline'] !== event.id) store.getState().setFocused('timeline', event.id);
  }, [event, store]);

  const settle = useCallback(() => {
    place.current.moved = false;
    setMoved(null);
  }, []);
  const focus = useCallback((index: number, row: TimelineEvent | undefined, column?: string) => {
    if (row !== undefined) aim.current.time = null;
    settle();
    setState((s) => ({ ...s, index }));
    store.getState().setFocused('timeline', row?.id ?? null, column);
  }, [settle, store]);
  const { pages } = state;
  const goToTime = useCallback(async (time: string) => {
    aim.current.time = time;
    if (aim.current.asking || pages === null || pages.count === 0) return;
    aim.current.asking = true;
    // A key that is held down: one question at a time, and only the last moment is gone to.
    let asked: string | null = null;
    let offset: number | null = null;
    while (asked !== aim.current.time && aim.current.time !== null) {
      asked = aim.current.time;
      const found = await client.request('timeline.locate', { filter, time: asked });
      offset = found.ok ? found.value.offset : null;
    }
    aim.current.asking = false;
    if (aim.current.time === null) return;
    place.current.time = asked;
    focus(offset === null ? pages.count - 1 : pages.indexOf(offset), undefined);
  }, [client, filter, focus, pages]);
  const goToEvent = useCallback(async (id: string) => {
    const found = await client.request('timeline.locate', { filter, event: id });
    if (!found.ok || found.value.offset === null) return false;
    const index = pages?.indexOf(found.value.offset) ?? -1;
    if (pages !== null) await pages.load(index);
    // The list is older than the row: it is taken anew, at that row.
    if (pages?.row(index)?.id === id) focus(index, undefined);
    else {
      settle();
      await begin(id);
    }
    return true;
  }, [begin, client, filter, focus, pages, settle]);
  const setCursor = useCallback((time: string) => {
    place.current = { time, moved: true };
    setMoved(time);
  }, []);
  // The list comes to the front again: it goes to where the other modes stand.
  useEffect(() => {
    if (mode !== 'list' || moved === null) return;
    const timer = setTimeout(() => void goToTime(moved), 0);
    return () => clearTimeout(timer);
  }, [mode, moved, goToTime]);
  const reload = useCallback(() => {
    store.getState().setNewRows(0);
    setStamp((n) => n + 1);
    void begin();
  }, [begin, store]);
  useNewRows(pages, reload);
  const cursor = moved ?? event?.time ?? stood;
  const heading = useCallback(() => aim.current.time ?? cursor, [cursor]);
  return { pages, index: state.index, event, filter, cursor, heading, stamp, focus, setCursor, goToTime, goToEvent, reload };
}

/** The row that a list opens at: an event, else the first at or after a moment ('end': there is none), else where the findings begin. */
async function rowOf(client: Client, filter: string, id: string | undefined, time: string | null, free: boolean): Promise<number | 'end'> {
  const offset = async (where: { event: string } | { time: string }): Promise<number | null> => {
    const found = await client.request('timeline.locate', { filter, ...where });
    return found.ok ? found.value.offset : null;
  };
  if (id !== undefined) {
    const own = await offset({ event: id });
    if (own !== null) return own;
  }
  if (time !== null) return (await offset({ time })) ?? 'end';
  return id === undefined && free ? ((await openingRow(client, filter)) ?? 0) : 0;
}

/** The row at which a timeline that nobody has looked at opens: where the findings of weight begin, within the days of logs. */
async function openingRow(client: Client, filter: string): Promise<number | null> {
  const [sources, findings] = await Promise.all([client.request('timeline.stack', { filter, field: 'source', limit: 20 }), client.request('finding.list', {})]);
  const time = openingTime(findings.ok ? findings.value.findings : [], sources.ok ? recordedSpan(sources.value.rows) : null);
  if (time === null) return null;
  const found = await client.request('timeline.locate', { filter, time });
  return found.ok ? found.value.offset : null;
}
