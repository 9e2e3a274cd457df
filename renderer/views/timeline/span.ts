import { parseFilter } from '../../../shared/query/index.ts';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';

/** A stretch of time as UTC texts, half-open. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

interface SourceRow {
  readonly value: string;
  readonly first: string | null;
  readonly last: string | null;
}

/** What was written as it happened: log rows, and the copies of the configuration. File times and stamps reach back years. */
const RECORDED: ReadonlySet<string> = new Set(['iis-log', 'httperr', 'ftp-log', 'config-history']);

/** The days that matter: from the first to the last log row or configuration copy; null when there are none of either. */
export function recordedSpan(rows: readonly SourceRow[]): Span | null {
  const own = rows.filter((r) => RECORDED.has(r.value));
  const times = own.flatMap((r) => [r.first, r.last]).map((t) => (t === null ? null : parseInstant(t))).filter((t) => t !== null);
  const [head] = times;
  if (head === undefined) return null;
  let [first, last]: [bigint, bigint] = [head, head];
  for (const t of times) {
    if (t < first) first = t;
    if (t > last) last = t;
  }
  return { from: instantText(first), to: instantText(last + 1n) };
}

interface Covered {
  readonly first: string | null;
  readonly last: string | null;
}

/** Both together: the days of what is read, and of what the logs cover although it is not read yet. */
export function joined(read: Span | null, covered: Covered | null): Span | null {
  if (covered === null || covered.first === null || covered.last === null) return read;
  const logs = recordedSpan([{ value: 'iis-log', first: covered.first, last: covered.last }]);
  if (read === null || logs === null) return logs ?? read;
  const [a, b, c, d] = [read.from, logs.from, read.to, logs.to].map((t) => parseInstant(t) ?? 0n);
  return { from: (a ?? 0n) <= (b ?? 0n) ? read.from : logs.from, to: (c ?? 0n) >= (d ?? 0n) ? read.to : logs.to };
}

/** The range of time that a filter names itself; null bounds are open. Null: the filter says nothing of time. */
export function rangeOf(text: string): { readonly from: string | null; readonly to: string | null } | null {
  const parsed = parseFilter(text);
  if (!parsed.ok) return null;
  const test = parsed.filter.terms.find((t) => t.test.kind === 'time' && !t.negated)?.test;
  return test?.kind === 'time' ? { from: test.from, to: test.to } : null;
}

/**
 * The span that a zoom leads to, with the row's moment in its middle.
 * @param shown the span drawn now
 * @param whole the span drawn without any range in the filter
 * @param factor below 1 zooms in
 * @returns null when the zoom would show all of `whole`: no range is needed then
 */
export function zoomed(shown: Span, whole: Span, at: string, factor: number): Span | null {
  const [from, to, first, end, middle] = [shown.from, shown.to, whole.from, whole.to, at].map((t) => parseInstant(t));
  if (from === null || from === undefined || to === null || to === undefined || middle === null || middle === undefined) return null;
  // In milliseconds: a century of ticks is beyond what a number holds exactly. Never narrower than two seconds.
  const half = BigInt(Math.max(1000, Math.round(Number((to - from) / 20_000n) * factor))) * 10_000n;
  const next = { from: middle - half, to: middle + half };
  if (factor > 1 && first !== null && first !== undefined && end !== null && end !== undefined && next.from <= first && next.to >= end) return null;
  return { from: instantText(next.from), to: instantText(next.to) };
}

interface Drawn {
  readonly start: string | null;
  /** Seconds per bucket. */
  readonly step: number;
  readonly buckets: readonly number[];
}

/** What the histogram draws, as a span; null when it draws nothing. */
export function drawnSpan(data: Drawn): Span | null {
  const start = data.start === null ? null : parseInstant(data.start);
  if (start === null || data.buckets.length === 0) return null;
  return { from: instantText(start), to: instantText(start + BigInt(data.step * data.buckets.length) * 10_000_000n) };
}

/** The bucket that a moment falls into; -1 before the first, the number of buckets behind the last. */
export function bucketAt(data: Drawn, at: string): number {
  const start = data.start === null ? null : parseInstant(data.start);
  const t = parseInstant(at);
  if (start === null || t === null || t < start) return -1;
  return Math.min(Number((t - start) / (BigInt(data.step) * 10_000_000n)), data.buckets.length);
}

/** Where the nearest bucket with events before or after a moment's own bucket begins; null when there is none. */
export function neighbourBucket(data: Drawn, at: string, forward: boolean): string | null {
  const start = data.start === null ? null : parseInstant(data.start);
  if (start === null || parseInstant(at) === null) return null;
  const width = BigInt(data.step) * 10_000_000n;
  const own = bucketAt(data, at);
  for (let i = own + (forward ? 1 : -1); i >= 0 && i < data.buckets.length; i += forward ? 1 : -1) {
    if ((data.buckets[i] ?? 0) > 0) return instantText(start + BigInt(i) * width);
  }
  return null;
}

interface Pointing {
  readonly severity: string;
  readonly first: { readonly time: string | null; readonly fidelity: string };
}

/** Where the list opens: at the earliest moment within the span that a finding of weight points to, else where the span begins. */
export function openingTime(findings: readonly Pointing[], span: Span | null): string | null {
  const [from, to] = span === null ? [null, null] : [parseInstant(span.from), parseInstant(span.to)];
  let best: bigint | null = null;
  for (const { severity, first } of findings) {
    const t = first.time === null || first.fidelity === 'forgeable' || !['high', 'medium'].includes(severity) ? null : parseInstant(first.time);
    if (t === null || (from !== null && t < from) || (to !== null && t >= to)) continue;
    if (best === null || t < best) best = t;
  }
  return best === null ? (span?.from ?? null) : instantText(best);
}
