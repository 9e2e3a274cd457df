import type { Component } from '../../../shared/model/index.ts';
import { compareBy, compareText } from '../../../shared/base/compare.ts';
import { sectionName } from '../../components/index.ts';
import { type Served, sourceKey, verdictOf } from '../../iis/index.ts';
import { fileName } from '../../knowledge/index.ts';
import type { HandledAnswers, MarkedAnswers, Requests, Sightings } from '../../story/facts.ts';
import { type AnsweredGroup, answeredGroups, firstRequest, hasRequests, MAX_GROUPS, type PathsAsked } from '../../story/request-rows.ts';
import { type TracedAs, tracesNaming } from '../../story/trace-rows.ts';
import type { Connection } from '../../store/store.ts';
import { Timeline } from '../../timeline/timeline.ts';
import type { ServerModel } from '../model/case-model.ts';
import { siteOf } from '../reading/served/unserved.ts';
import { spaceOf } from '../model/serving.ts';
import { sightingOf } from './sightings.ts';

/** A component that may have answered in the place of another. */
export type Suspect = Pick<Component, 'id' | 'kind' | 'name' | 'registrations' | 'loadedBy' | 'firstSeen'>;

/** Verbs that the stock handler of static files never answers: what reads may have been a file that was taken away since. */
const WRITING = ['POST', 'PUT', 'DELETE', 'PATCH'];

/** What the answers about requests need besides the component. */
export interface RequestQuestion {
  readonly connection: Connection;
  /** Null where no applicationHost.config says what runs. */
  readonly model: ServerModel | null;
  readonly component: Component;
  /** Whether a finding of its server says that something answered which should not have. */
  readonly unexplained: boolean;
  /** Other components of its server that could have answered: modules and filters that are neither stock nor of known products. */
  readonly suspects: () => Promise<readonly Suspect[]>;
  /** Ticks: the component was not there before; and when it was. */
  readonly notBefore: bigint | null;
  readonly there: bigint | null;
}

/** Asks logs and traces for requests to one component. */
export async function requestsOf(question: RequestQuestion): Promise<Requests> {
  const { connection, component, model } = question;
  const server = component.server;
  const timeline = new Timeline(connection);
  const logs = await hasRequests(connection, server);
  const traced = await tracesOf(question, timeline);
  const handled = model === null || !logs ? null : await handledBy(question, model, timeline);
  const marked = model === null || !logs ? null : await markedBy(question, model, timeline);
  const sites = [...new Set(component.loadedBy.map((l) => l.site))].sort(compareText);
  const every = model !== null && sites.length === model.server.sites.length;
  const passed = logs && sites.length > 0 ? await sightingOf(timeline, await firstRequest(connection, server, question.there, every ? null : sites)) : null;
  return { traced, handled, marked, passed, logs };
}

async function tracesOf({ connection, component }: RequestQuestion, timeline: Timeline): Promise<Sightings | null> {
  const handlers = component.registrations.filter((r) => sectionName(r.section) === 'handlers').flatMap((r) => r.attributes.find((a) => a.name === 'name')?.value ?? []);
  const asked: [TracedAs, string][] = [
    ...(component.name === null || handlers.includes(component.name) ? [] : [[component.kind === 'isapi-filter' ? 'filters' : 'modules', component.name] as [TracedAs, string]]),
    ...(component.kind === 'isapi-filter' && component.image !== null ? [['filters', component.image] as [TracedAs, string]] : []),
    ...[...new Set(handlers)].slice(0, 5).map((name): [TracedAs, string] => ['handler', name]),
  ];
  for (const [as, name] of asked) {
    const found = await tracesNaming(connection, component.server, as, name);
    if (found === null) continue;
    const [first, last] = [await sightingOf(timeline, found.first), await sightingOf(timeline, found.last)];
    if (first !== null && last !== null) return { rows: found.rows, first, last };
  }
  return null;
}

/** Which paths the handlers of a component can fit, as widely as one look at the texts allows. */
function pathsOf(component: Component): PathsAsked {
  const texts: string[] = [];
  for (const r of component.registrations) {
    if (sectionName(r.section) !== 'handlers') continue;
    for (const pattern of (r.attributes.find((a) => a.name === 'path')?.value ?? '*').split(',')) {
      const literal = pattern.trim().split('*').reduce((longest, part) => (part.length > longest.length ? part : longest), '');
      if (literal === '' || literal === '.') return 'all';
      texts.push(literal.replace(/^\//, ''));
    }
  }
  if ((component.kind === 'isapi-extension' || component.kind === 'cgi') && component.image !== null) texts.push(fileName(component.image));
  return { containing: [...new Set(texts)].slice(0, 100) };
}

async function handledBy({ connection, component, notBefore }: RequestQuestion, model: ServerModel, timeline: Timeline): Promise<HandledAnswers | null> {
  const asked = pathsOf(component);
  const groups = await answeredGroups(connection, component.server, asked, notBefore, { statuses: [200, 399] });
  const lines = new Set(component.registrations.map(sourceKey));
  const hedges = new Set<string>();
  const own = groups.filter((group) => {
    const served = servedBy(model, group);
    const fit = served?.fits.find((f) => !f.absent);
    if (served === null || served === undefined || fit === undefined) return false;
    const asFile = component.file !== null && served.file?.evidencePath === component.file.evidencePath && !fit.mapping.static;
    if (!lines.has(sourceKey(fit.mapping.entry.from)) && !asFile) return false;
    for (const hedge of served.detours.any) hedges.add(hedge);
    return true;
  });
  const found = await endsOf(own, timeline);
  if (found === null) return null;
  return { ...found, paths: new Set(own.filter((g) => g.rows > 0).map((g) => g.path)).size, before: own.reduce((n, g) => n + g.before, 0), hedges: [...hedges], all: groups.length < MAX_GROUPS };
}

function servedBy(model: ServerModel, { site: named, path, method }: Pick<AnsweredGroup, 'site' | 'path' | 'method'>) {
  const site = siteOf(model, named);
  const space = site === null ? null : spaceOf(model, site);
  return space === null || 'reason' in space ? null : space.serve(path, method);
}

async function endsOf(groups: readonly AnsweredGroup[], timeline: Timeline): Promise<Sightings | null> {
  const firsts = groups.flatMap((g) => g.first ?? []).sort(compareBy((p) => p.event)).sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const lasts = groups.flatMap((g) => g.last ?? []).sort(compareBy((p) => p.event)).sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const [first, last] = [await sightingOf(timeline, firsts[0]?.event ?? null), await sightingOf(timeline, lasts.at(-1)?.event ?? null)];
  return first === null || last === null ? null : { rows: groups.reduce((n, g) => n + g.rows, 0), first, last };
}

/** Answers that neither a file nor a handler explains, on requests that the component sees. */
async function markedBy({ connection, component, unexplained, notBefore, suspects }: RequestQuestion, model: ServerModel, timeline: Timeline): Promise<MarkedAnswers | null> {
  if (component.kind !== 'native-module' && component.kind !== 'managed-module' && component.kind !== 'isapi-filter') return null;
  if (component.origin !== 'unknown' || component.registrations.length === 0) return null;
  if (!unexplained) return null;
  const groups = await answeredGroups(connection, component.server, 'all', notBefore, { statuses: [200, 299], methods: WRITING });
  const others = new Set<string>();
  const lists = new Map<Served['modules'], Map<string, boolean>>();
  const all = await suspects();
  const own = groups.filter((group) => {
    const served = group.rows > 0 ? servedBy(model, group) : null;
    const site = siteOf(model, group.site);
    if (served === null || site === null) return false;
    const verdict = verdictOf(served, group.method, group.path);
    // A page that was deleted since did answer.
    if ((verdict !== 'no-file' && verdict !== 'write-to-file') || served.fits.some((f) => !f.mapping.static)) return false;
    // Requests of one place share the list of modules: who sees them is worked out once for each site and list.
    const known = lists.get(served.modules)?.get(site);
    if (known !== undefined) return known;
    const seen = new Set(served.modules.map((m) => sourceKey(m.from)));
    const sees = (c: Pick<Component, 'kind' | 'registrations' | 'loadedBy'>): boolean => (c.kind === 'isapi-filter' ? c.loadedBy.some((l) => l.site === site) : c.registrations.some((r) => seen.has(sourceKey(r))));
    const own = sees(component);
    lists.set(served.modules, (lists.get(served.modules) ?? new Map<string, boolean>()).set(site, own));
    if (own) for (const other of all) if (other.id !== component.id && sees(other)) others.add(`${other.name ?? other.id}${other.firstSeen.time === null ? '' : ` (first seen ${other.firstSeen.time})`}`);
    return own;
  });
  const found = await endsOf(own, timeline);
  return found === null ? null : { ...found, why: 'by the configuration in force only the handler of static files fits, and it answers this verb with 405.', others: [...others].sort(compareText) };
}
