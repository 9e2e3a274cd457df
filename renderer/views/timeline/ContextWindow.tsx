import { useEffect, useMemo, useReducer, useRef, useState, type ReactNode } from 'react';
import { withTimeRange } from '../../../shared/query/index.ts';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { TimelinePages, type TimelineEvent } from '../../state/timeline-pages.ts';
import { Button, count, DataGrid, EmptyState, FailureLine, ROW_HEIGHT, type Column, type GridHandle } from '../../ui/index.ts';

interface Props {
  readonly event: TimelineEvent;
  readonly seconds: number;
  readonly columns: readonly Column<TimelineEvent>[];
  readonly onOpen: (event: TimelineEvent) => void;
}
const NO_ROWS = { count: 0, row: () => undefined };

/** Everything around one moment in all sources, whatever the filter says. The row itself stays fixed in the middle, however many lie around it. */
export function ContextWindow({ event, seconds, columns, onOpen }: Props): ReactNode {
  const { client } = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const set = useApp((s) => s.set);
  const grid = useRef<GridHandle>(null);
  const [, bump] = useReducer((n: number) => n + 1, 0);
  const filter = useMemo(() => around(event.time, seconds), [event.time, seconds]);
  const [state, setState] = useState<{ readonly key: string; readonly pages: TimelinePages; readonly at: number } | null>(null);
  const key = `${event.id} ${filter}`;
  useEffect(() => {
    if (filter === null) return;
    let over = false;
    const begin = async (): Promise<void> => {
      const found = await client.request('timeline.locate', { filter, event: event.id });
      const at = found.ok ? (found.value.offset ?? 0) : 0;
      const pages = new TimelinePages(client, filter, () => (over ? undefined : bump()));
      if (over) return;
      await pages.load(at);
      if (!over) setState({ key: `${event.id} ${filter}`, pages, at });
    };
    void begin();
    return () => {
      over = true;
    };
  }, [client, filter, event.id]);
  // Of another row's window nothing stays on screen; of a narrower or wider one of the same row it does, until the new one is there.
  const own = state !== null && state.key.startsWith(`${event.id} `) ? state : null;
  const pages = own?.pages ?? null;
  return (
    <section className="context" aria-label="Context window">
      <div className="context-head">
        <h2>{`All sources, ${spanWords(seconds)} around the row`}</h2>
        <span className="dim">{pages === null || own?.key !== key ? 'Loading...' : `${count(pages.count)} events, filter not applied`}</span>
        <Button tone="quiet" onClick={() => set({ contextSeconds: null })}>Close</Button>
      </div>
      {pages?.failure === null || pages === null ? null : <FailureLine message={pages.failure.message} />}
      <DataGrid
        label="Context" columns={columns} source={pages ?? NO_ROWS} rowKey={(r) => r.id} rowHeight={rowHeight} focused={own?.at ?? -1} onFocus={(at) => setState((s) => (s === null ? s : { ...s, at }))} onOpen={onOpen} handle={grid}
        rowClass={(r) => (r.id === event.id ? 'pivot' : '')} empty={<EmptyState title={event.time === null ? 'The row has no time.' : 'Loading...'} />}
      />
    </section>
  );
}

function spanWords(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
}

/** A filter for the window of `seconds` on both sides of a moment; null when there is none. */
export function around(time: string | null, seconds: number): string | null {
  const t = time === null ? null : parseInstant(time);
  if (t === null) return null;
  const half = BigInt(seconds) * 10_000_000n;
  // Half-open: one tick more, so that the last moment is inside.
  return withTimeRange('', instantText(t - half), instantText(t + half + 1n));
}
