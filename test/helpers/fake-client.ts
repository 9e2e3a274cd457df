import { fail, ok, type Result } from '../../shared/base/result.ts';
import { requests, type EventName, type EventPayload, type Input, type Output, type RequestName } from '../../shared/contract/index.ts';
import { RuleText } from '../../shared/contract/finding.ts';
import { matches, parseFilter, type FilterField } from '../../shared/query/index.ts';
import { msOfInstant } from '../../shared/time/zone.ts';
import { instantText, ticksFromSeconds } from '../../shared/time/instant.ts';
import type { Connection, HostClient } from '../../renderer/bridge/host-client.ts';
import { graph } from './fake-graph.ts';
import { imageOf, images, same, strings } from './fake-images.ts';
import { coverage, serving } from './fake-logs.ts';
import { APP_HOST, caseInfo, components, configChanges, configFiles, configLines, copies, diffLines, effective, events, examined, findings, intake, jobs, logs, note, pe, problems, type Answers } from './fake-data.ts';

/** A host in memory with a small case: for tests of the renderer, and for looking at its screens without an engine. */
export interface FakeHost extends HostClient {
  readonly asked: { name: RequestName; input: unknown }[];
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
  connection(state: Connection): void;
  /** Replaces one answer. */
  answer<N extends RequestName>(name: N, make: (input: Input<N>) => Output<N> | Result<never>): void;
}

const FIELD: Readonly<Record<string, string>> = { method: 'cs-method', uri: 'cs-uri-stem', status: 'sc-status', ip: 'c-ip', ua: 'cs(User-Agent)', taken: 'time-taken' };
type Event = (typeof events)[number];

function valueOf(event: Event, field: FilterField): string {
  if (field === 'source' || field === 'what' || field === 'message') return event[field];
  if (field === 'site' || field === 'server') return event[field] ?? '';
  return event.fields.find((f) => f.name === FIELD[field])?.value ?? '';
}

function passing(filter: string): readonly Event[] {
  const parsed = parseFilter(filter);
  if (!parsed.ok) return [];
  return events.filter((event) => matches(parsed.filter, {
    time: event.time, tags: event.tags,
    values: Object.fromEntries((['source', 'what', 'message', 'site', 'server', 'method', 'uri', 'status', 'ip', 'ua', 'taken'] as const).map((f) => [f, valueOf(event, f)])),
  }));
}

function histogram({ filter, buckets }: Input<'timeline.histogram'>): Output<'timeline.histogram'> {
  const seconds = (e: Event): number => (msOfInstant(e.time ?? '') ?? 0) / 1000;
  const start = Math.floor(seconds(events[0] as Event));
  const step = Math.max(60, Math.ceil((seconds(events.at(-1) as Event) - start) / buckets / 60) * 60);
  const bins = (list: readonly Event[]): number[] => {
    const out = Array.from({ length: buckets }, () => 0);
    for (const e of list) {
      const at = Math.min(buckets - 1, Math.floor((seconds(e) - start) / step));
      out[at] = (out[at] ?? 0) + 1;
    }
    return out;
  };
  return { revision: 1, partial: false, start: instantText(ticksFromSeconds(start)), step, buckets: bins(passing(filter)), unfiltered: bins(events), bySource: { 'iis-log': [], httperr: [], 'ftp-log': [], freb: [], 'iis-config': [], 'config-history': [], pe: [], 'file-times': [] } };
}

function stack({ filter, field, limit }: Input<'timeline.stack'>): Output<'timeline.stack'> {
  const groups = new Map<string, Event[]>();
  for (const e of passing(filter)) {
    const value = valueOf(e, field as FilterField);
    groups.set(value, [...(groups.get(value) ?? []), e]);
  }
  const rows = [...groups].map(([value, list]) => ({ value, count: list.length, first: list[0]?.time ?? null, last: list.at(-1)?.time ?? null, spark: [] })).sort((a, b) => b.count - a.count);
  return { rows: rows.slice(0, limit), groups: rows.length, total: passing(filter).length, first: events[0]?.time ?? null, last: events.at(-1)?.time ?? null };
}

function locate({ filter, event, time }: Input<'timeline.locate'>): Output<'timeline.locate'> {
  const list = passing(filter);
  const at = event === undefined ? list.findIndex((e) => (e.time ?? '') >= (time ?? '')) : list.findIndex((e) => e.id === event);
  return { offset: at < 0 ? null : at };
}

function step({ filter, wanted, event, forward }: Input<'timeline.step'>): Output<'timeline.step'> {
  const list = passing(filter);
  const both = new Set(passing(`${filter} ${wanted}`));
  const at = events.findIndex((e) => e.id === event);
  const beyond = (e: Event): boolean => both.has(e) && (forward ? events.indexOf(e) > at : events.indexOf(e) < at);
  const offset = forward ? list.findIndex(beyond) : list.findLastIndex(beyond);
  return offset < 0 ? { event: null, offset: null } : { event: list[offset]?.id ?? null, offset };
}

/** @param open false: no case is open yet */
export function fakeClient(open = true): FakeHost {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const connectionListeners = new Set<(state: Connection) => void>();
  const asked: FakeHost['asked'] = [];
  let info: Output<'case.info'> = open ? caseInfo : { ...caseInfo, state: 'none', servers: [], evidence: [], path: null, title: '' };
  let notes = [note('n1', 'The module appears here; ask the owner what was installed that day.', 'install', '2026-03-02T14:12:03Z')];
  let decisions: Output<'finding.list'>['decisions'] = [];

  const answers: Answers = {
    'case.info': () => info,
    'case.open': () => (info = caseInfo),
    'case.create': () => (info = { ...caseInfo, unsaved: true }),
    'case.close': () => {
      info = { ...caseInfo, state: 'none', servers: [], evidence: [], path: null };
      return {};
    },
    'case.saveAs': ({ path }) => (info = { ...info, path, unsaved: false }),
    'case.examination': (given) => (info = { ...info, examination: given }),
    'case.recent': () => ({ cases: [{ path: '/cases/web01.iiscase', title: 'WEB01 intrusion', opened: '2026-03-10T08:00:00Z', size: 8_400_000, exists: true }] }),
    'job.list': () => ({ jobs, history: [{ started: '2026-03-10T08:00:00Z', ended: null, outcome: 'reading', files: 2100, bytes: 512_000_000 }] }),
    'job.cancel': () => ({}), 'job.resume': () => ({}), 'job.pause': () => ({}), 'job.front': () => ({}),
    'evidence.intake': () => intake,
    'evidence.problems': () => ({ problems, total: problems.length }),
    'evidence.text': ({ evidencePath, fromLine, lines }) => (evidencePath.endsWith('.config')
      ? { available: true, reason: null, sha256: components[0]?.file?.sha256 ?? '', encoding: 'utf-8', totalLines: configLines.length, lines: configLines.slice(fromLine - 1, fromLine - 1 + lines) }
      : { available: false, reason: 'This file is not kept in the case.', sha256: '', encoding: '', totalLines: 0, lines: [] }),
    'evidence.bytes': ({ offset, length }) => ({ available: true, reason: null, sha256: '', size: 78_336, hex: Array.from({ length: Math.min(length, 78_336 - offset) }, (_, i) => ((offset + i) % 251).toString(16).padStart(2, '0')).join('') }),
    'component.list': () => ({ components }),
    'component.get': ({ id }) => ({ component: components.find((c) => c.id === id) ?? (components[0] as (typeof components)[number]), pe, pe32: null }),
    'image.list': () => ({ images }), 'image.get': ({ sha256 }) => imageOf(sha256), 'image.same': same, 'image.strings': strings,
    'config.files': () => ({ files: configFiles }),
    'config.effective': ({ site, app }) => ({ ...effective, site, app }),
    'config.history': () => ({ copies, changes: configChanges }),
    'config.diff': ({ from, to }) => ({ changes: from === to ? [] : configChanges, lines: from === to ? [] : diffLines, capped: false }),
    'config.search': ({ text, limit }) => {
      const hits = configLines.flatMap((line, i) => (line.toLowerCase().includes(text.toLowerCase()) ? [{ path: APP_HOST.path, evidencePath: APP_HOST.evidencePath, line: i + 1, column: 9, element: 'system.webServer/globalModules/add', location: null, text: line.trim() }] : []));
      return { hits: hits.slice(0, limit), capped: hits.length > limit };
    },
    'graph.view': (input) => {
      const whole = graph(input.all === true || (input.expand?.length ?? 0) > 0 || input.question !== undefined, input.asOf);
      const ids = new Set(['server', 'site1', 'app1', 'reg-planted', 'c-planted', 'file-planted', 'ep-planted', input.question?.kind === 'path' ? input.question.to : '']);
      const shown = input.question === undefined ? whole : { nodes: whole.nodes.filter((n) => ids.has(n.id)), edges: whole.edges.filter((e) => ids.has(e.from) && ids.has(e.to)), capped: false };
      return { ...shown, copies, servers: [{ id: 's1', name: 'WEB01' }], counts: [] };
    },
    'graph.find': ({ text, limit }) => {
      const hits = graph(true).nodes.filter((n) => n.label.toLowerCase().includes(text.toLowerCase())).map(({ id, kind, label, detail, severity }) => ({ id, kind, label, detail, severity, how: 'part' as const }));
      return { hits: hits.slice(0, limit), total: hits.length };
    },
    'graph.text': () => ({ text: '' }), 'graph.write': ({ path }) => ({ path, bytes: 0 }), 'graph.arrangement': () => ({ places: [] }), 'graph.arrange': ({ put }) => ({ places: put }),
    'finding.list': () => ({
      revision: 1, partial: false, findings, decisions,
      rules: findings.map((f) => RuleText.parse({ rule: f.rule, title: f.rule, condition: 'A registration whose name and image are in no baseline and belong to no known product.', severityHow: 'high outside trusted folders, medium inside them', reference: 'MITRE ATT&CK T1505.004' })),
      d3fend: ['IIS components', 'Server software component', 'Persistence technique', 'ATT&CK enterprise technique', 'ATT&CK enterprise thing', 'ATT&CK thing', 'External threat model thing', 'ExternalThing'].map((label, i) => ({ label, iri: i === 0 ? 'http://d3fend.mitre.org/ontologies/d3fend.owl#T1505.004' : `d3f:${label.replaceAll(' ', '')}` })),
    }),
    'finding.decide': (input) => {
      decisions = [...decisions.filter((d) => d.finding !== input.finding), { ...input, author: examined.examiner, time: '2026-03-10T10:00:00Z' }];
      return { decisions, note: null };
    },
    'note.list': () => ({ notes }),
    'note.add': (draft) => {
      const added = { ...note(`n${notes.length + 1}`, draft.text, draft.tag, draft.about), ...draft };
      notes = [...notes, added];
      return added;
    },
    'note.edit': ({ id, text, tag }) => {
      notes = notes.map((n) => (n.id === id ? { ...n, text, tag, revision: n.revision + 1 } : n));
      return notes.find((n) => n.id === id) as (typeof notes)[number];
    },
    'note.delete': ({ id }) => {
      notes = notes.filter((n) => n.id !== id);
      return {};
    },
    'note.revisions': ({ id }) => ({ revisions: [note(id, 'The first wording.', 'install', null)] }),
    'timeline.page': ({ filter, offset, limit }) => {
      const list = passing(filter);
      return { revision: 1, partial: false, events: list.slice(offset, offset + limit), shown: list.length, total: events.length, offset };
    },
    'timeline.histogram': histogram,
    'timeline.stack': stack,
    'timeline.locate': locate,
    'timeline.locateAll': ({ filter, targets }) => ({ offsets: targets.map((target) => ('event' in target ? locate({ filter, event: target.event }).offset : null)) }),
    'timeline.lines': () => ({ text: '', count: 0, last: null, shown: 0 }),
    'timeline.coverage': () => coverage,
    'timeline.gaps': () => ({ gaps: [] }),
    'timeline.step': step,
    'request.explain': () => serving,
    'timeline.event': ({ id }) => events.find((e) => e.id === id) as Event,
    'timeline.logs': () => ({ logs, first: events[0]?.time ?? null, last: events.at(-1)?.time ?? null, bySource: { 'iis-log': 4000, httperr: 0, 'ftp-log': 0, freb: 0, 'iis-config': 1, 'config-history': 1, pe: 4, 'file-times': 1 }, total: events.length }),
    'host.info': () => ({ kind: 'loopback', version: '0.1.0', platform: 'linux' }),
    'host.pickFolder': () => ({ path: null, inPage: true }),
    'host.pickFile': () => ({ path: null, inPage: true }),
    'host.pickSave': () => ({ path: null, inPage: true }),
    'host.listFolder': ({ path }) => ({ path: path ?? '/evidence', parent: '/', capped: false, entries: [{ name: 'web01', path: '/evidence/web01', kind: 'folder' }, { name: 'web01.zip', path: '/evidence/web01.zip', kind: 'file' }] }),
    'evidence.attach': () => ({ attached: true, differences: [] }),
  };
  const replaced = new Map<RequestName, (input: never) => unknown>();

  return {
    asked,
    request: async <N extends RequestName>(name: N, input: Input<N>): Promise<Result<Output<N>>> => {
      asked.push({ name, input });
      const make = (replaced.get(name) ?? answers[name]) as ((input: Input<N>) => Output<N> | Result<never>) | undefined;
      if (make === undefined) return fail('unavailable', `The fake host does not answer ${name}.`);
      const value = make(input);
      if (value !== null && typeof value === 'object' && 'ok' in value && value.ok === false) return value as Result<never>;
      // A fake that the contract would refuse proves nothing.
      return ok(requests[name].output.parse(value) as Output<N>);
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (payload: never) => void));
      return () => set.delete(listener as (payload: never) => void);
    },
    emit: (name, payload) => listeners.get(name)?.forEach((listener) => listener(payload as never)),
    onConnection: (listener) => {
      connectionListeners.add(listener);
      listener('open');
      return () => connectionListeners.delete(listener);
    },
    connection: (state) => connectionListeners.forEach((listener) => listener(state)),
    answer: (name, make) => replaced.set(name, make as (input: never) => unknown),
  };
}
