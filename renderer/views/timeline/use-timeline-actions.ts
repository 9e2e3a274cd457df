import type { RefObject } from 'react';
import { quote } from '../../../shared/base/limits.ts';
import { describeTerm, parseFilter, withTimeRange } from '../../../shared/query/index.ts';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { useActions, useActionWords } from '../../commands/actions.ts';
import { copyText, openRef } from '../../commands/evidence-actions.ts';
import { addNote } from '../../commands/note-actions.ts';
import { TIMELINE_MODES } from '../../state/session-slice.ts';
import { useApp, useTimeText, useWorkbench } from '../../state/react.ts';
import { citation, type FilterHandle } from '../../ui/index.ts';
import { cellTerm, nextContext } from './fields.ts';
import type { LanesHandle } from './Lanes.tsx';
import { readFirst } from './reading.ts';
import { neighbourBucket, rangeOf, zoomed } from './span.ts';
import { termText, withField, type FieldName } from './terms.ts';
import type { Drills } from './use-drills.ts';
import type { DrawnSpan } from './use-span.ts';
import type { Timeline } from './use-timeline.ts';

interface Parts {
  readonly timeline: Timeline;
  readonly span: DrawnSpan;
  readonly bar: RefObject<FilterHandle | null>;
  readonly lanes: RefObject<LanesHandle | null>;
  readonly reference: string | null;
  readonly setReference: (time: string | null) => void;
  readonly setFollowed: (filter: string | null) => void;
  readonly drills: Drills;
}
export interface TimelineActions {
  readonly zoom: (factor: number, at: string | null) => void;
  readonly follow: (field: FieldName, value: string) => void;
}

const DAY = 864_000_000_000n;

/** What the keys of the timeline do. */
export function useTimelineActions({ timeline, span, bar, lanes, reference, setReference, setFollowed, drills }: Parts): TimelineActions {
  const wb = useWorkbench();
  const time = useTimeText();
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const column = useApp((s) => s.columns['timeline'] ?? 'what');
  const mode = useApp((s) => s.timelineMode);
  const contextSeconds = useApp((s) => s.contextSeconds);
  const logScale = useApp((s) => s.logScale);
  const everything = useApp((s) => s.histogramAll);
  const allLanes = useApp((s) => s.allLanes);
  const { event, cursor } = timeline;
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
    return withField(text, field, value, negated);
  };
  const apply = (next: string): void => {
    setFilter('timeline', next);
    setSuspended('timeline', false);
  };
  /** The list goes there; another mode only takes its cursor along. */
  const go = (to: string): void => (mode === 'list' ? void timeline.goToTime(to) : timeline.setCursor(to));
  const shiftBy = (ticks: bigint): void => {
    const from = timeline.heading();
    const t = from === null ? null : parseInstant(from);
    if (t !== null) go(instantText(t + ticks));
  };
  const zoom = (factor: number, at: string | null): void => {
    if (at === null || span.drawn === null) return;
    // Without a range there is nothing to widen but the drawn days themselves.
    if (factor > 1 && rangeOf(timeline.filter) === null) return set({ histogramAll: true });
    const next = zoomed(span.drawn, span.recorded ?? span.drawn, at, factor);
    apply(withTimeRange(text, next?.from ?? null, next?.to ?? null));
  };
  const shiftBar = (forward: boolean): void => {
    const data = span.histogram.value;
    const from = timeline.heading();
    const to = from === null || data === null ? null : neighbourBucket(data, from, forward);
    if (to === null) toast(`No ${forward ? 'later' : 'earlier'} bar has events.`);
    else go(to);
  };
  const follow = (field: FieldName, value: string): void => {
    const wanted = termText(field, value, false);
    setFollowed(wanted);
    toast(`Following ${wanted}: o next, O previous.`);
  };
  const front = (): void => {
    const range = rangeOf(text);
    const [from, to] = [range?.from ?? span.drawn?.from, range?.to ?? span.drawn?.to];
    if (from === undefined || to === undefined) toast('Nothing is drawn yet.');
    else void readFirst(wb, { from, to });
  };
  const line = (): string => (event === undefined ? '' : [time(event.time), event.what, event.source, event.message].join('\t'));

  /** What `=`, `-` and `+` would do to the focused cell. */
  const words = (does: string, behind = ''): string | null => {
    if (event === undefined) return null;
    if (column === 'time') return `${does} this second${behind}`;
    const { field, value } = cellTerm(event, column);
    const parsed = parseFilter(termText(field, value, false));
    const [said] = parsed.ok ? parsed.filter.terms : [];
    return said === undefined ? null : `${does} ${quote(describeTerm(said), 60)}${behind}`;
  };
  useActionWords({ 'filter.keep': () => words('Keep:'), 'filter.drop': () => words('Drop:'), 'filter.prepare': () => words('Prepare:', ', without applying it') });
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
      follow(field, value);
    },
    'timeline.up': drills.back,
    'timeline.front': front,
    'timeline.lanes': () => set({ allLanes: !allLanes }),
    'timeline.toLanes': () => lanes.current?.focus(),
    'timeline.dayLater': () => shiftBy(DAY),
    'timeline.dayEarlier': () => shiftBy(-DAY),
    'timeline.zoomIn': () => zoom(0.5, cursor),
    'timeline.zoomOut': () => zoom(2, cursor),
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
  return { zoom, follow };
}
