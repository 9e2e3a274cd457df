import type { Output } from '../../../shared/contract/index.ts';
import type { EventSource } from '../../../shared/model/index.ts';
import { msOfInstant } from '../../../shared/time/zone.ts';
import { instantText, ticksFromSeconds } from '../../../shared/time/instant.ts';
import { count } from '../../ui/index.ts';

type Coverage = Output<'timeline.coverage'>['lanes'][number];
export type StretchState = Coverage['stretches'][number]['state'];

/** A part of a lane as it is drawn: fractions of the axis, and what it stands for. */
export interface LaneSegment {
  readonly left: number;
  readonly width: number;
  readonly state: StretchState;
  readonly from: string;
  readonly to: string;
  readonly logs: number;
}
export interface LaneMark {
  readonly left: number;
  readonly time: string;
  readonly words: string;
}
export interface Lane {
  readonly id: string;
  readonly letter: string;
  readonly name: string;
  readonly shape: 'bar' | 'triangle' | 'square' | 'circle' | 'diamond';
  /** 1 to 8: the colour of the lane. */
  readonly colour: number;
  readonly segments: readonly LaneSegment[];
  readonly marks: readonly LaneMark[];
  /** Share of the logs' bytes that is read, 0 to 1; null for lanes of marks. */
  readonly read: number | null;
  readonly source: EventSource | null;
  readonly site: string | null;
  /** The configuration has the site, and no log of it is in the evidence. */
  readonly absent?: true;
}

/** How each source is told apart: by letter, by shape and by colour. */
export const LANE_SIGNS: Readonly<Record<EventSource | 'notes', { readonly letter: string; readonly shape: Lane['shape']; readonly colour: number; readonly name: string }>> = {
  'iis-log': { letter: 'W', shape: 'bar', colour: 1, name: 'web' },
  httperr: { letter: 'H', shape: 'bar', colour: 7, name: 'HTTP.sys' },
  'ftp-log': { letter: 'F', shape: 'bar', colour: 6, name: 'FTP' },
  freb: { letter: 'R', shape: 'circle', colour: 8, name: 'traced requests' },
  'iis-config': { letter: 'C', shape: 'triangle', colour: 2, name: 'configuration' },
  'config-history': { letter: 'K', shape: 'triangle', colour: 2, name: 'config copies' },
  'file-times': { letter: 'D', shape: 'square', colour: 3, name: 'files' },
  pe: { letter: 'P', shape: 'circle', colour: 5, name: 'PE stamps' },
  notes: { letter: 'N', shape: 'diamond', colour: 4, name: 'notes' },
};

/** Parts that a lane is drawn in: finer stretches join their neighbours. */
const COLUMNS = 640;
const RANK: Readonly<Record<StretchState, number>> = { read: 1, none: 2, unread: 3 };

/**
 * The stretches of a lane as they are drawn on an axis. Where several fall into one column an unread one is shown before
 * a hole, and a hole before what is read: what is missing must not vanish.
 * @param axis milliseconds since 1970
 */
export function segmentsOf(stretches: Coverage['stretches'], axis: { readonly from: number; readonly to: number }): readonly LaneSegment[] {
  const range = Math.max(1, axis.to - axis.from);
  const columns: (Coverage['stretches'][number] | undefined)[] = Array.from({ length: COLUMNS });
  for (const stretch of stretches) {
    const [from, to] = [msOfInstant(stretch.from), msOfInstant(stretch.to)];
    if (from === null || to === null || to <= axis.from || from >= axis.to) continue;
    const first = Math.max(0, Math.floor(((from - axis.from) / range) * COLUMNS));
    const last = Math.min(COLUMNS - 1, Math.max(first, Math.ceil(((to - axis.from) / range) * COLUMNS) - 1));
    for (let i = first; i <= last; i++) {
      const own = columns[i];
      if (own === undefined || RANK[stretch.state] > RANK[own.state]) columns[i] = stretch;
    }
  }
  const out: LaneSegment[] = [];
  for (let i = 0; i < COLUMNS;) {
    const head = columns[i];
    let end = i + 1;
    let tail = head;
    const logs = new Set(head?.logs);
    for (; end < COLUMNS && columns[end]?.state === head?.state; end++) {
      if (columns[end] !== tail) for (const log of columns[end]?.logs ?? []) logs.add(log);
      tail = columns[end];
    }
    if (head !== undefined && tail !== undefined) out.push({ left: i / COLUMNS, width: (end - i) / COLUMNS, state: head.state, from: head.from, to: tail.to, logs: logs.size });
    i = end;
  }
  return out;
}

interface Axis {
  readonly start: number;
  readonly step: number;
  readonly size: number;
}

/** Marks where a bucket has events. @param axis seconds since 1970, seconds, number of buckets */
export function marksOf(counts: readonly number[], axis: Axis, what: string): readonly LaneMark[] {
  return counts.flatMap((n, i) => (n === 0 ? [] : [{ left: (i + 0.5) / axis.size, time: instantText(ticksFromSeconds(axis.start + i * axis.step)), words: `${count(n)} ${what}` }]));
}

interface Noted {
  readonly about: string | null;
  readonly text: string;
  readonly deleted: boolean;
}

interface ServerSites {
  readonly id: string;
  readonly sites: readonly { readonly name: string }[];
}

/** Lanes of the sites of which no log was found, once it is known which logs there are. A log that names no site may hold rows of any. */
function absentLanes(coverage: readonly Coverage[], servers: readonly ServerSites[], span: { readonly from: number; readonly to: number }): readonly Lane[] {
  const { letter, colour, name: web } = LANE_SIGNS['iis-log'];
  const [from, to] = [span.from, span.to].map((ms) => instantText(ticksFromSeconds(ms / 1000)));
  return servers.flatMap(({ id, sites }) => {
    const own = coverage.filter((c) => c.source === 'iis-log' && c.server === id);
    if (coverage.length === 0 || own.some((c) => c.site === null) || from === undefined || to === undefined) return [];
    return sites.filter(({ name }) => !own.some((c) => c.site === name)).map(({ name }): Lane => ({
      id: `absent ${id} ${name}`, letter, shape: 'bar', colour, source: 'iis-log', site: name, absent: true, marks: [], read: 1,
      name: `${web} ${name}${servers.length > 1 ? ` (${id})` : ''}`, segments: [{ left: 0, width: 1, state: 'none', from, to, logs: 0 }],
    }));
  });
}

/** All lanes on one axis: logs as bars by source, server and site, the rest as marks. Lanes with nothing on the axis are left out, but not those of logs. */
export function lanesOn(axis: Axis, coverage: readonly Coverage[], bySource: Readonly<Record<string, readonly number[]>>, notes: readonly Noted[], configured: readonly ServerSites[] = []): readonly Lane[] {
  const span = { from: axis.start * 1000, to: (axis.start + axis.step * axis.size) * 1000 };
  const servers = new Set(coverage.map((c) => c.server)).size;
  const covered = new Set(coverage.map((c) => c.source));
  const logs = coverage.map((c): Lane => {
    const sign = LANE_SIGNS[c.source];
    return {
      id: `${c.source} ${c.server ?? ''} ${c.site ?? ''}`, letter: sign.letter, shape: 'bar', colour: sign.colour, source: c.source, site: c.site,
      name: `${sign.name}${c.site === null ? '' : ` ${c.site}`}${servers > 1 && c.server !== null ? ` (${c.server})` : ''}`,
      segments: segmentsOf(c.stretches, span), marks: [], read: c.bytes === 0 ? 1 : Math.min(1, c.read / c.bytes),
    };
  });
  const marked = (Object.keys(LANE_SIGNS) as (EventSource | 'notes')[]).flatMap((source): Lane[] => {
    if (source === 'notes' || covered.has(source)) return [];
    const sign = LANE_SIGNS[source];
    const marks = marksOf(bySource[source] ?? [], axis, sign.name);
    return marks.length === 0 ? [] : [{ id: source, letter: sign.letter, shape: sign.shape === 'bar' ? 'square' : sign.shape, colour: sign.colour, name: sign.name, segments: [], marks, read: null, source, site: null }];
  });
  const own = notes.flatMap((n): LaneMark[] => {
    const ms = n.deleted || n.about === null ? null : msOfInstant(n.about);
    return ms === null || n.about === null || ms < span.from || ms >= span.to ? [] : [{ left: (ms - span.from) / (span.to - span.from), time: n.about, words: n.text.split('\n')[0] ?? '' }];
  });
  const { letter, shape, colour, name } = LANE_SIGNS.notes;
  return [...logs, ...absentLanes(coverage, configured, span), ...marked, ...(own.length === 0 ? [] : [{ id: 'notes', letter, shape, colour, name, segments: [], marks: own, read: null, source: null, site: null }])];
}

/** The lanes that are drawn: marks always; of the logs' lanes the first few, those that are not read whole and those of which there is no log before the others. */
export function foldedLanes(lanes: readonly Lane[], most: number): { readonly shown: readonly Lane[]; readonly hidden: number } {
  const logs = lanes.filter((l) => l.read !== null);
  if (logs.length <= most) return { shown: lanes, hidden: 0 };
  const weight = (l: Lane): number => (l.read !== 1 ? 0 : l.absent === true ? 1 : 2);
  const chosen = new Set([0, 1, 2].flatMap((w) => logs.filter((l) => weight(l) === w)).slice(0, most));
  return { shown: lanes.filter((l) => l.read === null || chosen.has(l)), hidden: logs.length - most };
}

export const STRETCH_WORDS: Readonly<Record<StretchState, string>> = { read: 'read', unread: 'not read', none: 'no log' };

/** What a lane's header says aloud. */
export function laneWords(lane: Lane): string {
  if (lane.read === null) return `${lane.name}: ${count(lane.marks.length)} ${lane.marks.length === 1 ? 'mark' : 'marks'}`;
  if (lane.absent === true) return `${lane.name}: no log of this site is in the evidence`;
  const n = (state: StretchState): number => lane.segments.filter((s) => s.state === state).length;
  const parts = [`${percent(lane.read)} read`, ...(n('unread') > 0 ? [`not read in ${n('unread')} ${n('unread') === 1 ? 'stretch' : 'stretches'}`] : []), ...(n('none') > 0 ? [`no log in ${n('none')}`] : [])];
  return `${lane.name}: ${parts.join(', ')}`;
}

/** Never "100 %" while a byte is missing. */
export function percent(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;
}

/** A share with one decimal; a part is never shown as nothing nor as the whole. */
export function shareWords(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  if (part > 0 && share < 0.0005) return '< 0.1 %';
  if (part < whole && share > 0.9995) return '> 99.9 %';
  return `${(share * 100).toFixed(1)} %`;
}
