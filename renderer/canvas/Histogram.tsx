import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { instantText, ticksFromSeconds } from '../../shared/time/instant.ts';
import { token } from '../theme/token.ts';
import { barHeights, bucketWords, rangeOfBuckets } from './buckets.ts';
import { countTick, tickText, timeTicks } from './ticks.ts';

export interface HistogramProps {
  /** Seconds since 1970 of the first bucket's begin. */
  readonly start: number;
  /** Seconds per bucket. */
  readonly step: number;
  readonly buckets: readonly number[];
  readonly unfiltered: readonly number[];
  readonly logScale: boolean;
  /** Seconds that the zone of the screen is ahead of UTC. */
  readonly zoneSeconds: number;
  /** Formats an instant in the zone of the screen. */
  readonly timeText: (time: string) => string;
  /** Seconds since 1970 of the focused row, or null. */
  readonly marked: number | null;
  /** A range was chosen: half-open UTC texts. It comes once, when the mouse is let go or Enter is pressed. */
  readonly onRange: (from: string, to: string) => void;
  /** The slider was moved by keyboard to the bar that begins then. */
  readonly onMove?: (time: string) => void;
  /** One step of zooming around a moment, by the wheel with Ctrl. */
  readonly onZoom?: (factor: number, at: string) => void;
  /** Pixels of the drawing, with its axis. */
  readonly height?: number;
}

/** Pixels left and right of the bars: lanes that lie on the same axis keep them too. */
export const AXIS_LEFT = 170;
export const AXIS_RIGHT = 64;

/** Pixels of the smallest bar, with the axis below it counted in. */
const LEAST_BAR = 4;

/** Counts over time with the unfiltered counts as a ghost behind. A brush applies when it is let go; the keyboard has a slider. */
export function Histogram(props: HistogramProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const plotted = useRef<uPlot | null>(null);
  const marked = useRef(props.marked);
  const height = props.height ?? 98;
  const [at, setAt] = useState(0);
  // The words below tell of the bar of the focused row until the slider is moved.
  const place = `${props.marked} ${props.start} ${props.step}`;
  const [told, setTold] = useState('');
  if (told !== place) {
    setTold(place);
    const own = props.marked === null ? -1 : Math.floor((props.marked - props.start) / props.step);
    if (own >= 0 && own < props.buckets.length) setAt(own);
  }
  const xs = useMemo(() => props.buckets.map((_, i) => props.start + i * props.step), [props.buckets, props.start, props.step]);

  useEffect(() => {
    const element = host.current;
    if (element === null || xs.length === 0) return;
    const log = props.logScale;
    const top = props.unfiltered.reduce((most, n) => Math.max(most, n), 1);
    const series = (values: readonly number[]): Array<number | null> => barHeights(values, top, LEAST_BAR / height, log);
    const plot = new uPlot(options(latest, marked, element.clientWidth, height, log), [xs, series(props.unfiltered), series(props.buckets)], element);
    plotted.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    const onWheel = zoomByWheel(plot, latest);
    plot.over.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      plot.destroy();
      plotted.current = null;
    };
  }, [xs, props.buckets, props.unfiltered, props.logScale, height]);
  useEffect(() => {
    marked.current = props.marked;
    plotted.current?.redraw(false);
  }, [props.marked]);

  const current = Math.min(at, props.buckets.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey) return;
    const moves: Record<string, number | undefined> = { ArrowLeft: current - 1, ArrowRight: current + 1, PageUp: current - 10, PageDown: current + 10, Home: 0, End: props.buckets.length - 1 };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move !== undefined) {
      const next = Math.max(0, Math.min(props.buckets.length - 1, move));
      setAt(next);
      props.onMove?.(rangeOfBuckets(props.start, props.step, next, next).from);
    } else if (event.key === 'Enter') {
      const range = rangeOfBuckets(props.start, props.step, current, current);
      props.onRange(range.from, range.to);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="histogram" role="slider" tabIndex={0} aria-label="Events over time" aria-valuemin={0} aria-valuemax={Math.max(0, props.buckets.length - 1)} aria-valuenow={Math.max(0, current)}
      aria-valuetext={`${bucketWords(props, current, props.timeText)}${props.logScale ? ', log scale' : ''}`} onKeyDown={onKeyDown}
    >
      <div ref={host} className="histogram-plot" style={{ height }} />
      {props.logScale ? <span className="histogram-scale">log scale</span> : null}
      <span className="histogram-text">{bucketWords(props, current, props.timeText)}</span>
    </div>
  );
}

function options(latest: { readonly current: HistogramProps }, mark: { readonly current: number | null }, width: number, height: number, log: boolean): uPlot.Options {
  const { bars } = uPlot.paths;
  const paths = bars?.({ size: [0.9, 40], align: 1 });
  const series = (stroke: string): uPlot.Series => ({ stroke, fill: stroke, width: 0, points: { show: false }, ...(paths === undefined ? {} : { paths }) });
  const ticksOf = (u: uPlot, min: number, max: number) => timeTicks(min, max, u.width / 160, latest.current.zoneSeconds);
  const axis = { stroke: token('--text-2'), grid: { stroke: token('--line'), width: 1 }, ticks: { stroke: token('--line'), width: 1 }, font: `11px ${token('--font-ui')}` };
  return {
    width, height, legend: { show: false }, padding: [6, AXIS_RIGHT, 0, 0],
    scales: { x: { time: false, range: () => [latest.current.start, latest.current.start + latest.current.step * Math.max(1, latest.current.buckets.length)] }, y: log ? { distr: 3, log: 10 } : { range: (_u, _min, max) => [0, Math.max(1, max)] } },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    series: [{}, series(token('--ghost')), series(token('--lane-1'))],
    axes: [
      {
        ...axis, size: 26, gap: 4,
        splits: (u, _axis, min, max) => [...ticksOf(u, min, max).at],
        values: (u, splits) => splits.map((s) => tickText(latest.current.timeText(instantText(ticksFromSeconds(s))), ticksOf(u, u.scales['x']?.min ?? s, u.scales['x']?.max ?? s).step)),
      },
      { ...axis, size: AXIS_LEFT, space: 24, values: (_u, splits) => splits.map((v) => (v === null ? '' : countTick(v))) },
    ],
    hooks: {
      setSelect: [(u) => {
        const { start, step, onRange } = latest.current;
        if (u.select.width < 3) return;
        const first = Math.floor((u.posToVal(u.select.left, 'x') - start) / step);
        const last = Math.floor((u.posToVal(u.select.left + u.select.width, 'x') - start) / step);
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        const range = rangeOfBuckets(start, step, Math.max(0, first), Math.max(0, last));
        onRange(range.from, range.to);
      }],
      draw: [(u) => {
        if (mark.current === null) return;
        const x = u.valToPos(mark.current, 'x', true);
        u.ctx.save();
        u.ctx.strokeStyle = token('--focus');
        u.ctx.lineWidth = 2;
        u.ctx.beginPath();
        u.ctx.moveTo(x, u.bbox.top);
        u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
        u.ctx.stroke();
        u.ctx.restore();
      }],
    },
  };
}

/** The wheel with Ctrl zooms one step for each notch, never ten at once; without Ctrl it scrolls the page as ever. */
function zoomByWheel(plot: uPlot, latest: { readonly current: HistogramProps }): (event: WheelEvent) => void {
  let turned = 0;
  return (event) => {
    if (!event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    turned = Math.sign(turned) === Math.sign(event.deltaY) ? turned + event.deltaY : event.deltaY;
    if (Math.abs(turned) < 50) return;
    turned = 0;
    const left = event.clientX - plot.over.getBoundingClientRect().left;
    latest.current.onZoom?.(event.deltaY < 0 ? 0.5 : 2, instantText(ticksFromSeconds(plot.posToVal(left, 'x'))));
  };
}
