import { quote } from '../../../shared/base/limits.ts';
import { instantText } from '../../../shared/time/instant.ts';
import type { EvidenceRef } from '../../../shared/model/index.ts';
import type { Connection, Row } from '../../store/store.ts';
import { textOf } from '../../timeline/signals/sighting.ts';
import { UNDATED, type Entry, type Hit } from './entry.ts';
import type { IndicatorIndex } from './indicator-index.ts';
import { SHOWN_ROWS } from './log-hits.ts';

interface Traced { hit: Hit; readonly refs: EvidenceRef[]; count: number }

/** Lines of lists in traces of failed requests (FREB): addresses, the URL, module names and any text among what the trace says. */
export async function matchTraces(connection: Connection, index: IndicatorIndex): Promise<Hit[]> {
  if (!index.hasAny('ip', 'url-path', 'text', 'module-name', 'user-agent', 'header')) return [];
  const found = new Map<string, Traced>();
  const rows = connection.stream(
    `select e.time, e.server, e.site, e.off, e.line, e.length, e.extra, f.path, f.evidence_path, f.sha256 from event e join event_file f on f.file_id = e.file_id where e.source = 'freb' order by e.time nulls last, e.file_id, e.off`);
  for await (const piece of rows) for (const row of piece) addTrace(index, row, found);
  return [...found.values()].map(({ hit, refs, count }) => ({ ...hit, refs, count, where: `${hit.where} of ${count} ${count === 1 ? 'trace' : 'traces'} of requests` }));
}

function addTrace(index: IndicatorIndex, row: Row, found: Map<string, Traced>): void {
  const server = textOf(row, 'server');
  const time = row['time'];
  const line = row['line'];
  const length = row['length'];
  const ref: EvidenceRef = {
    path: textOf(row, 'path'), evidencePath: String(row['evidence_path']), ...(typeof line === 'number' ? { line } : {}), offset: Number(row['off']), ...(typeof length === 'number' ? { length } : {}), sha256: String(row['sha256']),
  };
  for (const { entry, words } of inTrace(index, textOf(row, 'extra') ?? '[]')) {
    const about = `trace ${server ?? ''} ${entry.list.id} ${entry.indicator.line} ${entry.indicator.kind} ${entry.indicator.value}`;
    const known = found.get(about);
    if (known !== undefined) {
      known.count += 1;
      if (known.refs.length < SHOWN_ROWS) known.refs.push(ref);
      continue;
    }
    const first = typeof time === 'bigint' ? { time: instantText(time), from: 'log' as const, fidelity: 'exact' as const } : UNDATED;
    found.set(about, { hit: { entry, source: 'trace', server, component: null, about, where: words, refs: [], first, count: 0 }, refs: [ref], count: 1 });
  }
}

function inTrace(index: IndicatorIndex, json: string): { readonly entry: Entry; readonly words: string }[] {
  const fields: unknown = JSON.parse(json);
  if (!Array.isArray(fields)) return [];
  const out = new Map<string, { entry: Entry; words: string }>();
  const add = (entries: readonly Entry[], words: string): void => {
    for (const entry of entries) {
      const key = `${entry.list.id} ${entry.indicator.line} ${entry.indicator.kind} ${entry.indicator.value}`;
      if (!out.has(key)) out.set(key, { entry, words });
    }
  };
  for (const field of fields) {
    if (!Array.isArray(field) || typeof field[0] !== 'string' || typeof field[1] !== 'string') continue;
    const [name, value]: [string, string] = [field[0], field[1]];
    add(index.address(value), `is an address (${quote(name, 40)})`);
    if (name === 'url') add(index.exact('url-path', pathOf(value)), 'is the path');
    if (name === 'modules') for (const call of value.split('; ')) add(index.exact('module-name', call.split(' ')[0] ?? ''), 'is a module');
    add(index.texts(value), `stands in ${quote(name, 40)}`);
  }
  return [...out.values()];
}

/** The path of a URL as a trace writes it, `http://host:80/a/b?c`. */
function pathOf(url: string): string {
  return (url.replace(/^[a-z]{2,8}:\/\/[^/]*/i, '').split('?')[0] ?? '') || '/';
}
