import { compareText } from '../../shared/base/compare.ts';
import type { CoverageLane, CoverageStretch } from '../../shared/contract/timeline.ts';
import { instantText } from '../../shared/time/instant.ts';
import type { Connection, Row } from '../store/store.ts';
import { LOG_SOURCES } from './log-source.ts';
import { SECOND } from './position-index.ts';
import { spansRead, type Span } from './scattered.ts';

/** Stretches that one lane has at most, and logs that one stretch names. */
const MOST_STRETCHES = 2000;
const NAMED_LOGS = 50;

type State = CoverageStretch['state'];

/** A part of a log: [from, to) in ticks. */
interface Part {
  readonly from: bigint;
  readonly to: bigint;
  readonly state: State;
  readonly logs: readonly string[];
}

/** What the logs cover, by source, server and site, from what is known of each file, read or not. Traces of single requests cover nothing. */
export async function coverage(connection: Connection): Promise<{ readonly lanes: CoverageLane[]; readonly first: string | null; readonly last: string | null }> {
  const rows = await connection.all(
    `select f.file_id, f.evidence_path, f.server, f.site, coalesce(f.source, 0) as source, f.finished, f.size, f.row_bytes + f.header_bytes + f.padding_bytes + f.rejected_bytes as done,
       f.first, f.last, f.head_time, f.tail_time, exists (select 1 from event_stretch s where s.file_id = f.file_id) as scattered
     from event_file f where f.format is not null and f.format <> 'freb' order by f.evidence_path`,
  );
  const spans = await spansRead(connection);
  const partsOf = (row: Row): readonly Part[] => partsOfLog(row, spans.get(row['file_id'] as bigint) ?? []);
  const lanes = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([Number(row['source']), row['server'] ?? null, row['site'] ?? null]);
    const lane = lanes.get(key) ?? [];
    lane.push(row);
    lanes.set(key, lane);
  }
  const made = [...lanes.values()].map((files) => laneOf(files, partsOf)).sort((a, b) =>
    LOG_SOURCES.findIndex((s) => s === a.source) - LOG_SOURCES.findIndex((s) => s === b.source) || compareText(a.server ?? '', b.server ?? '') || compareText(a.site ?? '', b.site ?? ''));
  const edges = rows.flatMap(partsOf);
  const first = edges.reduce<bigint | null>((least, p) => (least === null || p.from < least ? p.from : least), null);
  const last = edges.reduce<bigint | null>((most, p) => (most === null || p.to > most ? p.to : most), null);
  return { lanes: made, first: first === null ? null : instantText(first), last: last === null ? null : instantText(last) };
}

function laneOf(files: readonly Row[], partsOf: (row: Row) => readonly Part[]): CoverageLane {
  const [head] = files;
  const sum = (column: string): number => files.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  return {
    source: LOG_SOURCES[Number(head?.['source'])] ?? 'iis-log', server: text(head, 'server'), site: text(head, 'site'),
    stretches: stretchesOf(files.flatMap(partsOf)).map((p) => ({ from: instantText(p.from), to: instantText(p.to), state: p.state, logs: p.logs.slice(0, NAMED_LOGS) })),
    files: files.length, bytes: sum('size'), read: sum('done'),
  };
}

/** A log that is read halfway has two parts; one of which parts were read ahead has as many. @param spans what was read of such a log, by its begin */
function partsOfLog(row: Row, spans: readonly Span[]): readonly Part[] {
  const known = ['first', 'last', 'head_time', 'tail_time'].map((column) => row[column]).filter((v): v is bigint => typeof v === 'bigint');
  if (known.length === 0) return [];
  const from = known.reduce((a, b) => (b < a ? b : a));
  const to = known.reduce((a, b) => (b > a ? b : a)) + SECOND;
  const logs = [String(row['evidence_path'])];
  if (row['finished'] === true) return [{ from, to, state: 'read', logs }];
  const last = row['last'];
  if (row['scattered'] === true) return scatteredParts(from, to, spans, logs);
  if (typeof last !== 'bigint' || last + SECOND >= to) return [{ from, to, state: 'unread', logs }];
  return [{ from, to: last + SECOND, state: 'read', logs }, { from: last + SECOND, to, state: 'unread', logs }];
}

/** What was read, and what is between. */
function scatteredParts(from: bigint, to: bigint, spans: readonly Span[], logs: readonly string[]): readonly Part[] {
  const out: Part[] = [];
  let at = from;
  for (const { first, last } of spans) {
    const begin = first > at ? first : at;
    const end = last + SECOND < to ? last + SECOND : to;
    if (end <= begin) continue;
    if (begin > at) out.push({ from: at, to: begin, state: 'unread', logs });
    out.push({ from: begin, to: end, state: 'read', logs });
    at = end;
  }
  return at < to ? [...out, { from: at, to, state: 'unread', logs }] : out;
}

/**
 * Parts in order without overlaps: what was not read hides what was. Between two logs nothing is missing as long as they
 * begin no further apart than half as much again as the logs of the lane usually do (a day of few visitors begins late,
 * and of a packed log only the begin is known before it is read), or the break is short; the stretch before reaches that far.
 */
function stretchesOf(parts: readonly Part[]): readonly Part[] {
  const begins = [...parts].sort((a, b) => order(a.from, b.from) || order(a.to, b.to));
  const ends = [...parts].sort((a, b) => order(a.to, b.to));
  const steps = begins.slice(1).map((p, i) => p.from - (begins[i]?.from ?? p.from)).filter((d) => d > 0n).sort(order);
  const usual = steps[steps.length >> 1] ?? 0n;
  const active: Active = { read: new Set(), unread: new Set() };
  const setOf = (part: Part): Set<Part> => (part.state === 'unread' ? active.unread : active.read);
  const out: Part[] = [];
  let b = 0;
  for (const end of ends) {
    for (let part = begins[b]; part !== undefined && part.from < end.to; part = begins[++b]) {
      cover(out, active, part.from);
      bridge(out, active, part, begins[b - 1], usual);
      setOf(part).add(part);
    }
    cover(out, active, end.to);
    setOf(end).delete(end);
  }
  return out.length <= MOST_STRETCHES ? out : cells(out);
}

/** Parts that a moment lies in. */
interface Active {
  readonly read: Set<Part>;
  readonly unread: Set<Part>;
}

/** Adds what is active up to a moment. */
function cover(out: Part[], { read, unread }: Active, to: bigint): void {
  const last = out.at(-1);
  const state = unread.size > 0 ? 'unread' : 'read';
  const shown = unread.size > 0 ? unread : read;
  const [one] = shown;
  if (one === undefined) return;
  // The stretch before reaches to where these begin; where there is none, all began at the same moment.
  const from = last?.to ?? one.from;
  if (from >= to) return;
  const logs: string[] = [];
  for (const part of shown) {
    logs.push(...part.logs);
    if (logs.length >= NAMED_LOGS) break;
  }
  if (last?.state === state && last.to === from) out[out.length - 1] = { ...last, to, logs: both(last.logs, logs) };
  else out.push({ from, to, state, logs });
}

/** Before a log that begins where none is active. */
function bridge(out: Part[], { read, unread }: Active, part: Part, before: Part | undefined, usual: bigint): void {
  const last = out.at(-1);
  if (last === undefined || read.size + unread.size > 0 || part.from <= last.to) return;
  if (part.from - (before ?? part).from <= (usual * 3n) / 2n || part.from - last.to <= usual / 2n) out[out.length - 1] = { ...last, to: part.from };
  else out.push({ from: last.to, to: part.from, state: 'none', logs: [...last.logs.slice(-1), ...part.logs.slice(0, 1)] });
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Equal cells instead of more stretches than a screen can show: a cell is unread if any of it is. */
function cells(parts: readonly Part[]): readonly Part[] {
  const from = parts[0]?.from ?? 0n;
  const width = ((parts.at(-1)?.to ?? from) - from) / BigInt(MOST_STRETCHES) + 1n;
  const rank: Readonly<Record<State, number>> = { none: 0, read: 1, unread: 2 };
  const out: Part[] = [];
  for (const part of parts) {
    const start = from + ((part.from - from) / width) * width;
    const end = from + ((part.to - from + width - 1n) / width) * width;
    const last = out.at(-1);
    if (last === undefined || start >= last.to) out.push({ ...part, from: last === undefined ? start : last.to, to: end });
    else if (rank[part.state] > rank[last.state]) {
      if (start <= last.from) out[out.length - 1] = { ...part, from: last.from, to: later(end, last.to) };
      else {
        out[out.length - 1] = { ...last, to: start };
        out.push({ ...part, from: start, to: end });
      }
    } else if (end > last.to) out.push({ ...part, from: last.to, to: end });
  }
  return out.slice(0, MOST_STRETCHES);
}

function both(a: readonly string[], b: readonly string[]): readonly string[] {
  const all = [...new Set([...a, ...b])];
  return all.length > NAMED_LOGS ? [...all.slice(0, NAMED_LOGS - 1), ...all.slice(-1)] : all;
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function text(row: Row | undefined, name: string): string | null {
  const value = row?.[name];
  return typeof value === 'string' ? value : null;
}
