import { useMemo, useRef, useState, type ReactNode } from 'react';
import { withTimeRange } from '../../../shared/query/index.ts';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { useApp, useRequest } from '../../state/react.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { Button, DataGrid, EmptyState, listSource, ROW_HEIGHT, type Column, type GridHandle } from '../../ui/index.ts';

const LIMIT = 1000;

/** Everything around one moment in all sources, whatever the filter says. */
export function ContextWindow({ event, seconds, columns, onOpen }: { readonly event: TimelineEvent; readonly seconds: number; readonly columns: readonly Column<TimelineEvent>[]; readonly onOpen: (event: TimelineEvent) => void }): ReactNode {
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const set = useApp((s) => s.set);
  const grid = useRef<GridHandle>(null);
  const [at, setAt] = useState<string | null>(null);
  const filter = useMemo(() => around(event.time, seconds), [event.time, seconds]);
  const answer = useRequest('timeline.page', filter === null ? null : { filter, offset: 0, limit: LIMIT });
  const rows = answer.value?.events ?? [];
  const focused = rows.findIndex((r) => r.id === (at ?? event.id));
  return (
    <section className="context" aria-label="Context window">
      <div className="context-head">
        <h2>{`All sources, ${seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`} around the row`}</h2>
        <span className="dim">{answer.value === null ? '' : `${answer.value.shown} events, filter not applied${answer.value.shown > LIMIT ? `, the first ${LIMIT} shown` : ''}`}</span>
        <Button tone="quiet" onClick={() => set({ contextSeconds: null })}>Close</Button>
      </div>
      <DataGrid
        label="Context" columns={columns} source={listSource(rows)} rowKey={(r) => r.id} rowHeight={rowHeight} focused={focused} onFocus={(_i, row) => setAt(row?.id ?? null)} onOpen={onOpen} handle={grid}
        rowClass={(r) => (r.id === event.id ? 'pivot' : '')} empty={<EmptyState title={event.time === null ? 'The row has no time.' : 'Loading...'} />}
      />
    </section>
  );
}

/** A filter for the window of `seconds` on both sides of a moment; null when there is none. */
export function around(time: string | null, seconds: number): string | null {
  const t = time === null ? null : parseInstant(time);
  if (t === null) return null;
  const half = BigInt(seconds) * 10_000_000n;
  // Half-open: one tick more, so that the last moment is inside.
  return withTimeRange('', instantText(t - half), instantText(t + half + 1n));
}
