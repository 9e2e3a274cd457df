import type { RequestServing } from '../../shared/contract/request.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { Component, EffectiveEntry, TimelineEvent } from '../../shared/model/index.ts';
import { listDocuments } from '../case/documents.ts';
import { pathOfUrl, SERVING_ASSUMED, type Served, sourceKey } from '../iis/index.ts';
import { spaceOf } from '../jobs/model/serving.ts';
import type { CaseModel, ServerModel } from '../jobs/model/case-model.ts';
import type { Workspace } from '../jobs/workspace.ts';
import { Timeline } from '../timeline/timeline.ts';
import type { HandlersOf } from './handlers.ts';

/** Modules of one answer; a hostile list has a hundred thousand. */
const MAX_MODULES = 1000;

export function requestService(workspace: Workspace): HandlersOf<'request'> {
  return {
    'request.explain': async ({ event: id }) => {
      const { connection } = workspace.opened.file;
      const event = await new Timeline(connection).event(id);
      if (event === null) throw new RequestError('usage', 'There is no such event in this case.');
      const request = requestOf(event);
      if ('reason' in request) return untold(request.reason, event.site);
      const found = serverOf(await workspace.model(), event, request.siteId);
      if ('reason' in found) return untold(found.reason, event.site);
      const space = spaceOf(found.model, found.site);
      if ('reason' in space) return untold(space.reason, found.site);
      const components = await listDocuments(connection, 'component');
      return answer(space.serve(request.path, request.verb), found, components);
    },
  };
}

interface Asked { readonly path: string; readonly verb: string; readonly siteId: number | null }

const NOT_A_REQUEST = 'This event is not a request that IIS answered.';

/** Path and verb of the record, under the names that the formats have for them. */
function requestOf(event: TimelineEvent): Asked | { readonly reason: string } {
  const value = (...names: readonly string[]): string | null => {
    const found = event.fields.find((f) => names.includes(f.name) && f.value !== '' && f.value !== '-');
    return found?.value ?? null;
  };
  switch (event.source) {
    case 'iis-log': {
      const path = value('cs-uri-stem', 'cs-uri', 'uri', 'target');
      const verb = value('cs-method', 'method', 'operation');
      if (path === null || verb === null) return { reason: 'The row does not say which path was asked for, or with which verb.' };
      const named = /^W3SVC(\d{1,9})$/i.exec(value('s-sitename', 'service') ?? '')?.[1];
      return { path, verb, siteId: named === undefined ? null : Number(named) };
    }
    case 'freb': {
      const url = value('url');
      const verb = value('verb');
      const siteId = Number(value('siteId') ?? '');
      if (url === null || verb === null) return { reason: 'The trace does not say which URL was asked for, or with which verb.' };
      return { path: pathOfUrl(url), verb, siteId: Number.isSafeInteger(siteId) && siteId > 0 ? siteId : null };
    }
    case 'httperr':
      return { reason: 'HTTP.sys ended this request itself or lost the process that had it: the log does not say that a handler was chosen.' };
    case 'ftp-log':
      return { reason: 'The FTP service has no handlers.' };
    default:
      return { reason: NOT_A_REQUEST };
  }
}

interface Found { readonly model: ServerModel; readonly site: string; readonly assumed: readonly string[] }

/** The site of the row: by the log's folder or configuration, by the number in the row, or the only one there is. */
function serverOf({ servers }: CaseModel, event: TimelineEvent, siteId: number | null): Found | { readonly reason: string } {
  const model = servers.find((s) => s.server.id === event.server) ?? (event.server === null && servers.length === 1 ? servers[0] : undefined);
  if (model === undefined) return { reason: servers.length === 0 ? 'The evidence holds no applicationHost.config.' : 'Nothing says on which server of the evidence this request was answered.' };
  const { sites } = model.server;
  const assumed = event.server === null ? ['The log belongs to the only server of the evidence.'] : [];
  const named = sites.find((s) => s.name === event.site) ?? (siteId === null ? undefined : sites.find((s) => s.id === siteId));
  if (named !== undefined) return { model, site: named.name, assumed };
  const [only] = sites;
  if (event.site === null && siteId === null && sites.length === 1 && only !== undefined) return { model, site: only.name, assumed: [...assumed, 'The request was for the only site of the server.'] };
  return { reason: event.site === null && siteId === null ? 'Nothing says which site answered this request.' : 'The configuration in force has no such site.' };
}

function answer(served: Served, { site, assumed }: Found, components: readonly Component[]): RequestServing {
  const bySource = new Map<string, Component>();
  for (const component of components) for (const line of component.registrations) if (!bySource.has(sourceKey(line))) bySource.set(sourceKey(line), component);
  const componentOf = (entry: EffectiveEntry): Component | undefined => bySource.get(sourceKey(entry.from));
  const assumptions = [SERVING_ASSUMED.sameThen, SERVING_ASSUMED.pathAsLogged, ...assumed, ...served.assumptions];
  const [first] = served.fits;
  if (first !== undefined && first.mapping.entry.why !== null) assumptions.push(`The handler is chosen and fails: ${first.mapping.entry.why}.`);
  const behind = served.fits.slice(1).map((f) => `"${f.mapping.entry.name}"`);
  if (behind.length > 0) assumptions.push(`Behind it stands, for this path and verb: ${behind.join(', ')}.`);
  if (first === undefined && served.reason === null) assumptions.push('No handler fits path and verb: IIS answers 404.4 or 405.');
  assumptions.push(...served.detours.any);
  return {
    reason: served.reason,
    assumptions,
    site,
    application: served.application?.path ?? null,
    pool: served.application?.pool.name ?? null,
    file: served.file,
    handler: first === undefined ? null : {
      name: first.mapping.entry.name, path: first.mapping.entry.path ?? '', verb: first.mapping.entry.verb ?? '', type: first.mapping.entry.type, image: first.mapping.entry.image,
      modules: [...first.mapping.modules], component: componentOf(first.mapping.entry)?.id ?? null, from: first.mapping.entry.from,
    },
    modules: served.modules.slice(0, MAX_MODULES).map((m) => {
      const component = componentOf(m);
      return { name: m.name, component: component?.id ?? null, origin: component?.origin ?? null, from: m.from };
    }),
  };
}

function untold(reason: string, site: string | null): RequestServing {
  return { reason, assumptions: [], site, application: null, pool: null, file: null, handler: null, modules: [] };
}
