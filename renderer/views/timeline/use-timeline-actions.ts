import { useRef, type RefObject } from 'react';
import { printTerm, withTerm, withTimeRange } from '../../../shared/query/index.ts';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { useActions } from '../../commands/actions.ts';
import { copyText, openRef } from '../../commands/evidence-actions.ts';
import { addNote } from '../../commands/note-actions.ts';
import { TIMELINE_MODES } from '../../state/session-slice.ts';
import { useApp, useTimeText, useWorkbench } from '../../state/react.ts';
import { citation, type FilterHandle } from '../../ui/index.ts';
import { cellTerm, nextContext } from './fields.ts';
import { neighbourBucket, rangeOf, zoomed } from './span.ts';
import type { DrawnSpan } from './use-span.ts';
import type { Timeline } from './use-timeline.ts';

interface Parts {
  readonly timeline: Timeline;
  readonly span: DrawnSpan;
  readonly bar: RefObject<FilterHandle | null>;
  readonly reference: string | null;
  readonly setReference: (time: string | null) => void;
}

const DAY = 864_000_000_000n;

/** What the keys of the timeline do. */
export function useTimelineActions({ timeline, span, bar, reference, setReference }: Parts): void {
  const wb = useWorkbench();
  const time = useTimeText();
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const column = useApp((s) => s.columns['timeline'] ?? 'what');
  const mode = useApp((s) => s.timelineMode);
  const contextSeconds = useApp((s) => s.contextSeconds);
  const logScale = useApp((s) => s.logScale);
  const everything = useApp((s) => s.histogramAll);
  const followed = useRef<string | null>(null);
  const { event } = timeline;
  const { set, setFilter, setSuspended, toast } = wb.store.getState();

  const term = (negated: boolean): string => {
    if (event === undefined) return text;
    if (column === 'time' && event.time !== null) {
      const t = parseInstant(event.time);
      if (t === null || negated) return text;
      const second = t - (((t % 10_000_000n) + 10_000_000n) % 10_000_000n);
      return withTimeRange(text, instantText(second), instantText(second + 10_000_000n));
    }
    const { field, value } = cellTerm(event, column);
    return withTerm(text, field, value, negated);
  };
  const apply = (next: string): void => {
    setFilter('timeline', next);
    setSuspended('timeline', false);
  };
  const shiftBy = (ticks: bigint): void => {
    const t = event?.time === undefined || event.time === null ? null : parseInstant(event.time);
    if (t !== null) void timeline.goToTime(instantText(t + ticks));
  };
  const zoom = (factor: number): void => {
    if (event?.time === undefined || event.time === null || span.drawn === null) return;
    // Without a range there is nothing to widen but the drawn days themselves.
    if (factor > 1 && rangeOf(timeline.filter) === null) return set({ histogramAll: true });
    const next = zoomed(span.drawn, span.recorded ?? span.drawn, event.time, factor);
    apply(withTimeRange(text, next?.from ?? null, next?.to ?? null));
  };
  const shiftBar = (forward: boolean): void => {
    const data = span.histogram.value;
    const to = event?.time === undefined || event.time === null || data === null ? null : neighbourBucket(data, event.time, forward);
    if (to === null) toast(`No ${forward ? 'later' : 'earlier'} bar has events.`);
    else void timeline.goToTime(to);
  };
  const step = async (forward: boolean): Promise<void> => {
    if (followed.current === null || event === undefined) return void toast('Nothing is followed; F follows the focused thing.');
    const here = await wb.client.request('timeline.locate', { filter: followed.current, event: event.id });
    const near = here.ok && here.value.offset !== null ? here.value.offset + (forward ? 1 : -1) : await placeByTime(followed.current, forward);
    if (near === null || near < 0) return void toast('No further event of the followed thing.');
    const page = await wb.client.request('timeline.page', { filter: followed.current, offset: near, limit: 1 });
    const next = page.ok ? page.value.events[0] : undefined;
    if (next === undefined) return void toast('No further event of the followed thing.');
    if (!(await timeline.goToEvent(next.id))) toast('The next event of it is hidden by the filter.');
  };
  const placeByTime = async (filter: string, forward: boolean): Promise<number | null> => {
    if (event?.time === undefined || event.time === null) return null;
    const found = await wb.client.request('timeline.locate', { filter, time: event.time });
    return found.ok && found.value.offset !== null ? found.value.offset - (forward ? 0 : 1) : null;
  };
  const line = (): string => (event === undefined ? '' : [time(event.time), event.what, event.source, event.message].join('\t'));

  useActions({
    'filter.keep': () => apply(term(false)),
    'filter.drop': () => apply(term(true)),
    'filter.prepare': () => bar.current?.prepare(term(false)),
    'timeline.mode': () => set({ timelineMode: TIMELINE_MODES[(TIMELINE_MODES.indexOf(mode) + 1) % TIMELINE_MODES.length] ?? 'list' }),
    'timeline.stack': () => set({ timelineMode: 'stack', stackField: event === undefined ? 'source' : column === 'time' ? 'what' : cellTerm(event, column).field }),
    'timeline.window': () => set({ contextSeconds: nextContext(contextSeconds) }),
    'timeline.reference': () => setReference(reference === null ? (event?.time ?? null) : null),
    'timeline.follow': () => {
      if (event === undefined) return;
      const { field, value } = cellTerm(event, column);
      followed.current = printTerm({ field, negated: false, test: { kind: 'equals', value } });
      toast(`Following ${followed.current}: o next, O previous.`);
    },
    'timeline.followNext': () => void step(true),
    'timeline.followPrevious': () => void step(false),
    'timeline.dayLater': () => shiftBy(DAY),
    'timeline.dayEarlier': () => shiftBy(-DAY),
    'timeline.zoomIn': () => zoom(0.25),
    'timeline.zoomOut': () => zoom(4),
    'timeline.span': () => set({ histogramAll: !everything }),
    'timeline.bucketLater': () => shiftBar(true),
    'timeline.bucketEarlier': () => shiftBar(false),
    'timeline.scale': () => set({ logScale: !logScale }),
    'row.source': () => (event === undefined ? undefined : openRef(wb, event.ref)),
    'row.copy': () => void copyText(wb, line(), 'Row'),
    'row.cite': () => (event === undefined ? undefined : void copyText(wb, `${line()}\n${citation(event.ref)}`, 'Row with citation')),
    'row.note': () => (event === undefined ? undefined : void addNote(wb, { about: event.time, refs: [event.ref], event: event.id, finding: null, component: null })),
    'app.refresh': () => timeline.reload(),
  });
}
