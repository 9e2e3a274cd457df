import type { ConfigCopy } from '../../shared/model/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { foldCase } from '../../shared/base/compare.ts';
import { listDocuments } from '../case/documents.ts';
import { countRegistrations, effectiveLists, listsWithoutHost, readServer, webConfigsOf } from '../iis/index.ts';
import type { EffectiveConfig } from '../../shared/contract/component.ts';
import { explainName } from '../jobs/explain-name.ts';
import type { CaseModel, ServerModel } from '../jobs/model/case-model.ts';
import { LIVE_COPY } from '../jobs/model/copies.ts';
import type { Workspace } from '../jobs/workspace.ts';
import { searchConfiguration } from './config-search.ts';
import type { HandlersOf } from './handlers.ts';

export function configService(workspace: Workspace): HandlersOf<'config'> {
  return {
    'config.files': async () => ({ files: await configFiles(await workspace.model(), workspace) }),
    'config.effective': async ({ server: wanted, site, app, asOf, explain }) => {
      const known = await workspace.model();
      const bare = withoutHost(known, wanted, site, app);
      if (bare !== null) return bare;
      const server = serverWith(known, wanted, site);
      const copy = asOf === undefined ? null : copyAt(server, asOf);
      const files = copy === null ? server.files : { ...server.files, applicationHost: copy.file };
      const model = copy === null ? server.server : readServer(files, server.server.id, server.server.name).server;
      const answer = effectiveLists(files, model, site, app);
      if (answer === null) throw new RequestError('usage', `There is no application ${app} in site ${site}.`);
      const shown = explain === undefined ? answer.config : explainName(files, model, answer, explain);
      const notes = [copy === null || copy.copy.id === LIVE_COPY ? null : asOfNote(copy.copy), shown.note ?? null].filter((n) => n !== null);
      return { ...shown, note: notes.length === 0 ? null : notes.join(' ') };
    },
    'config.diff': async () => { throw new RequestError('usage', 'Not there yet.'); },
    'config.search': async ({ text, limit }) => searchConfiguration(await workspace.model(), text, limit),
    'config.history': async ({ server }) => {
      const { servers } = await workspace.model();
      if (server !== undefined && !servers.some((s) => s.server.id === server)) throw new RequestError('usage', `There is no server ${server}.`);
      const chosen = servers.filter((s) => server === undefined || s.server.id === server);
      return { copies: chosen.flatMap((s) => s.copies.map((c) => c.copy)), changes: chosen.flatMap((s) => [...s.changes]) };
    },
  };
}

/** The answer for a host whose applicationHost.config was not collected, where no other server can be meant. */
function withoutHost(model: CaseModel, wanted: string | undefined, site: string, app: string): EffectiveConfig | null {
  const named = ({ id, name }: ServerModel['server']): boolean => wanted === undefined || id === wanted || name === wanted;
  if (model.servers.some((s) => named(s.server))) return null;
  const bare = model.bare.find((b) => b.host !== null && named(b.server));
  const path = bare?.host?.view.expand('%windir%\\System32\\inetsrv\\config\\applicationHost.config', 64);
  return bare === undefined || path === undefined ? null : listsWithoutHost(bare.server.id, site, app, { path, evidencePath: '' });
}

/** The server that is named, or the only one that has the site. */
function serverWith(model: CaseModel, wanted: string | undefined, site: string): ServerModel {
  const named = model.servers.filter((s) => wanted === undefined || s.server.id === wanted || s.server.name === wanted);
  if (named.length === 0) throw new RequestError('usage', wanted === undefined ? 'The evidence holds no applicationHost.config.' : `There is no server ${wanted}.`);
  const having = named.filter((s) => s.server.sites.some((x) => foldCase(x.name) === foldCase(site)));
  const [first] = having;
  if (first === undefined) throw new RequestError('usage', `There is no site ${site}; the sites are ${named.flatMap((s) => s.server.sites.map((x) => x.name)).join(', ') || 'none'}.`);
  if (having.length > 1) throw new RequestError('usage', `Several servers have a site ${site}; name one: ${having.map((s) => s.server.id).join(', ')}.`);
  return first;
}

/** The copy that is named, or the last one saved at or before a moment. */
function copyAt(server: ServerModel, asOf: string): ServerModel['copies'][number] {
  const byId = server.copies.find((c) => c.copy.id === asOf);
  const moment = parseInstant(asOf);
  const before = server.copies.filter((c) => {
    const saved = c.copy.moment.time === null ? null : parseInstant(c.copy.moment.time);
    return moment !== null && saved !== null && saved <= moment;
  });
  const chosen = byId ?? before.at(-1);
  if (chosen === undefined) {
    throw new RequestError('usage', `${asOf} is neither a copy (${server.copies.map((c) => c.copy.id).join(', ')}) nor a moment that a copy covers.`);
  }
  return chosen;
}

function asOfNote(copy: ConfigCopy): string {
  const saved = copy.moment.time === null ? '' : ` (file time ${copy.moment.time})`;
  return `applicationHost.config is that of ${copy.id}${saved}; web.config files have no copies and are as they were collected, so an entry that comes from one may be newer.`;
}

async function configFiles(model: CaseModel, workspace: Workspace): Promise<{ evidencePath: string; path: string | null; server: string | null; sha256: string; scope: string; registrations: number; problems: number }[]> {
  const problems = new Map<string, number>();
  for (const p of await listDocuments(workspace.opened.file.connection, 'problem')) problems.set(p.evidencePath, (problems.get(p.evidencePath) ?? 0) + 1);
  const scopes = new Map<string, { scope: string; server: string }>();
  for (const { server, files, copies } of model.servers) {
    for (const { copy, file } of copies) scopes.set(file.evidencePath, { scope: copy.id === LIVE_COPY ? 'server' : `copy:${copy.id}`, server: server.id });
    for (const file of files.schemaFiles?.() ?? []) scopes.set(file.evidencePath, { scope: 'schema', server: server.id });
    for (const { file, configPath } of webConfigsOf(files)) {
      const [site = '', ...rest] = configPath.split('/');
      scopes.set(file.evidencePath, { scope: rest.length === 0 ? `site:${site}` : `app:${configPath}`, server: server.id });
    }
  }
  return model.configurations.map(({ configuration: c }) => ({
    evidencePath: c.evidencePath,
    path: c.path,
    server: scopes.get(c.evidencePath)?.server ?? null,
    sha256: c.sha256,
    scope: scopes.get(c.evidencePath)?.scope ?? 'unassigned',
    registrations: countRegistrations(c),
    problems: problems.get(c.evidencePath) ?? 0,
  }));
}
