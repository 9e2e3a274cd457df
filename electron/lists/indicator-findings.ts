import { compareBy } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import { type Component, type Finding, type IndicatorKind, type Severity, SEVERITIES } from '../../shared/model/index.ts';
import { findingOf, placesOf, subjectOf } from './finding-of.ts';
import { KIND_WORDS, type Hit } from './match/entry.ts';

/** Findings of one list that are listed one by one, the severe ones first; one more counts the rest. */
const MAX_FINDINGS = 1000;

/** How much it says that the file of a component is meant, by what was compared: hashes name one content, the others many. */
const OF_FILES: Readonly<Partial<Record<IndicatorKind, Severity>>> = { sha256: 'high', sha1: 'high', md5: 'medium', mvid: 'medium', imphash: 'low', pdb: 'low', signer: 'low', 'file-name': 'low', path: 'low', text: 'low' };
const OF_LOGS: Readonly<Partial<Record<IndicatorKind, Severity>>> = { ip: 'low', 'url-path': 'low', header: 'low' };

const rank = (s: Severity): number => SEVERITIES.indexOf(s);
const worst = (all: readonly Severity[]): Severity => [...all].sort((a, b) => rank(a) - rank(b))[0] ?? 'info';

/** What is part of IIS with a signature that holds is not made suspicious by a list: lists have mistakes. */
const isGenuine = (c: Component): boolean => c.origin === 'stock' && (c.signature === 'valid' || c.signature === 'catalog');

function severityOf(hit: Hit, component: Component | null): Severity {
  const { kind } = hit.entry.indicator;
  if (hit.source === 'log' || hit.source === 'trace') return OF_LOGS[kind] ?? 'info';
  if (hit.source === 'server') return 'info';
  if (component === null) return kind === 'sha256' || kind === 'sha1' ? 'medium' : kind === 'md5' || kind === 'mvid' ? 'low' : 'info';
  if (isGenuine(component)) return 'info';
  return hit.source === 'registration' ? 'low' : (OF_FILES[kind] ?? 'low');
}

/** One finding for each thing (component, file, client, path ...) and list, with every line of the list that it meets. */
export function indicatorFindings(hits: readonly Hit[], components: ReadonlyMap<string, Component>, server: string): Finding[] {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const key = `${hit.entry.list.id}\u0000${hit.about}`;
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [hit]);
    else own.push(hit);
  }
  const byList = new Map<string, Finding[]>();
  for (const own of groups.values()) {
    const [one] = own;
    if (one === undefined) continue;
    const list = byList.get(one.entry.list.id) ?? [];
    list.push(ofGroup(own, one, components.get(one.component ?? '') ?? null, server));
    byList.set(one.entry.list.id, list);
  }
  const names = new Map(hits.map((h) => [h.entry.list.id, h.entry.list.name]));
  return [...byList].flatMap(([id, found]) => bounded(id, names.get(id) ?? id, found));
}

function ofGroup(own: readonly Hit[], one: Hit, component: Component | null, server: string): Finding {
  const { list } = one.entry;
  const lines = own.map((h) => `Line ${h.entry.indicator.line}: ${KIND_WORDS[h.entry.indicator.kind]} "${quote(h.entry.indicator.value)}" ${h.where}.${h.entry.indicator.note === '' ? '' : ` The list says: ${quote(h.entry.indicator.note, 400)}`}`);
  const met = new Set(own.map((h) => h.entry.indicator)).size;
  const inLogs = one.source === 'log' || one.source === 'trace';
  const what = component !== null ? subjectOf(component) : one.source === 'file' ? `The file ${quote(one.where.replace(/^.*? of /, ''))}` : `${KIND_WORDS[one.entry.indicator.kind]} "${quote(one.entry.indicator.value, 100)}"`;
  const begin = what.charAt(0).toUpperCase() + what.slice(1);
  return findingOf({
    list: list.id, rule: 'indicator-match', server: component?.server ?? one.server ?? server, severity: worst(own.map((h) => severityOf(h, component))), component, subject: `${list.id} ${one.about}`,
    title: inLogs ? `${begin} of the list "${quote(list.name, 60)}" is in ${one.source === 'log' ? `${one.count} ${one.count === 1 ? 'row' : 'rows'} of the logs` : 'traces of requests'}` : `${begin} meets ${met === 1 ? 'a line' : `${met} lines`} of the list "${quote(list.name, 60)}"`,
    supports: lines,
    refutes: refutesOf(own, component),
    refs: [...own.flatMap((h) => h.refs), ...(component === null ? [] : placesOf(component))],
    first: inLogs ? one.first : (component?.firstSeen ?? one.first),
  });
}

function refutesOf(own: readonly Hit[], component: Component | null): string[] {
  const kinds = new Set(own.map((h) => h.entry.indicator.kind));
  const out = ['The list is wrong, too old, or means something else with this line: ask whoever made it where the line comes from.'];
  if (kinds.has('ip')) out.push('Addresses change hands, and many users share one: only what this client did at that time counts.');
  if (kinds.has('imphash') || kinds.has('pdb') || kinds.has('signer')) out.push('Unrelated programs have the same imphash, the same name of a PDB file or the same signer.');
  if (kinds.has('file-name') || kinds.has('path') || kinds.has('module-name') || kinds.has('text')) out.push('Honest files and entries have the same name: the content decides.');
  if (component !== null && isGenuine(component)) out.push('It is part of IIS and its signature holds.');
  return out;
}

function bounded(id: string, name: string, found: readonly Finding[]): Finding[] {
  if (found.length <= MAX_FINDINGS) return [...found];
  const sorted = [...found].sort(compareBy((f) => rank(f.severity), (f) => f.id));
  const rest = sorted.slice(MAX_FINDINGS);
  const [first] = rest;
  if (first === undefined) return sorted;
  return [...sorted.slice(0, MAX_FINDINGS), findingOf({
    list: id, rule: 'indicator-match', server: first.server, severity: first.severity, component: null, subject: `${id} the rest`,
    title: `${rest.length} more things meet lines of the list "${quote(name, 60)}"`, supports: [`${found.length} things meet the list; the ${MAX_FINDINGS} that say most are findings of their own.`],
    refutes: ['A list that meets so much is too broad for this evidence.'], refs: rest.slice(0, 20).flatMap((f) => f.refs.slice(0, 1)),
  })];
}
