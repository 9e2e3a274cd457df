import { RequestError } from '../../shared/base/result.ts';
import { foldCase } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import { listDocuments } from '../case/documents.ts';
import { countRegistrations, effectiveLists, listsWithoutHost, readServer, unreadSections } from '../iis/index.ts';
import type { EffectiveConfig } from '../../shared/contract/component.ts';
import { compareFiles } from '../jobs/compare-files.ts';
import { explainName } from '../jobs/explain-name.ts';
import { type CaseModel, historiesOf, type ServerModel } from '../jobs/model/case-model.ts';
import { type AsOfServer, filesAsOf } from '../jobs/model/as-of.ts';
import type { Host } from '../jobs/reading/hosts.ts';
import type { Workspace } from '../jobs/workspace.ts';
import { fileScopes } from './config-scopes.ts';
import { searchConfiguration } from './config-search.ts';
import type { HandlersOf } from './handlers.ts';

export function configService(workspace: Workspace): HandlersOf<'config'> {
  return {
    'config.files': async () => ({ files: await configFiles(await workspace.model(), workspace) }),
    'config.effective': async ({ server: wanted, site, app, asOf, explain }) => {
      const known = await workspace.model();
      const bare = withoutHost(known, wanted);
      if (bare !== null && asOf === undefined) return bareAnswer(bare, site, app);
      const server = bare ?? serverWith(known, wanted, site, asOf);
      const { files, note } = asOf === undefined ? { files: server.files, note: null } : filesAsOf(server, asOf);
      const model = files === server.files ? server.server : readServer(files, server.server.id, server.server.name).server;
      const answer = effectiveLists(files, model, site, app);
      if (answer === null) {
        const damaged = files.applicationHost.document.complete ? '' : ` ${files.applicationHost.path ?? files.applicationHost.evidencePath} is damaged and may have had it.`;
        throw new RequestError('usage', `There is no application ${app} in site ${site}.${damaged}`);
      }
      const shown = explain === undefined ? answer.config : explainName(files, model, answer, explain);
      const notes = [note, shown.note ?? null].filter((n) => n !== null);
      return { ...shown, note: notes.length === 0 ? null : notes.join(' ') };
    },
    'config.diff': async ({ from, to }) => compareFiles(workspace.opened, await workspace.model(), from, to),
    'config.search': async ({ text, limit }) => searchConfiguration(await workspace.model(), text, limit),
    'config.history': async ({ server }) => {
      const all = historiesOf(await workspace.model());
      if (server !== undefined && !all.some((s) => s.server.id === server)) throw new RequestError('usage', `There is no server ${server}.`);
      const chosen = all.filter((s) => server === undefined || s.server.id === server).map((s) => s.history);
      return { copies: chosen.flatMap((s) => s.copies.map((c) => c.copy)), changes: chosen.flatMap((s) => [...s.changes, ...s.poolChanges]) };
    },
  };
}

/** A server of which copies may tell what the file in force would. */
type AskedServer = AsOfServer & Pick<ServerModel, 'server'>;

/** The host whose applicationHost.config was not collected, where no other server can be meant. */
function withoutHost(model: CaseModel, wanted: string | undefined): (AskedServer & { readonly host: Host }) | null {
  const named = ({ id, name }: ServerModel['server']): boolean => wanted === undefined || id === wanted || name === wanted;
  if (model.servers.some((s) => named(s.server))) return null;
  for (const { server, host, collected, history } of model.bare) {
    if (host !== null && collected !== null && history !== null && named(server)) return { ...history, server, host, files: collected };
  }
  return null;
}

/** The lists of now cannot be told; whoever asks for one of the copies gets theirs. */
function bareAnswer({ server, host, copies, mainLine }: AskedServer & { readonly host: Host }, site: string, app: string): EffectiveConfig {
  const path = host.view.expand('%windir%\\System32\\inetsrv\\config\\applicationHost.config', 64);
  const lists = listsWithoutHost(server.id, site, app, { path, evidencePath: '' });
  const ids = copies.filter((c) => c.copy.series === 'pool' || mainLine.includes(c)).map(({ copy }) => copy.id);
  return ids.length === 0 ? lists : { ...lists, note: `There are copies of it, and lists as of one of them: ${listed(ids)}.` };
}

/** The server that is named, or the only one that has the site (or had it, when asked as of a copy). */
function serverWith(model: CaseModel, wanted: string | undefined, site: string, asOf: string | undefined): ServerModel {
  const named = model.servers.filter((s) => wanted === undefined || s.server.id === wanted || s.server.name === wanted);
  if (named.length === 0) throw new RequestError('usage', wanted === undefined ? 'The evidence holds no applicationHost.config.' : `There is no server ${wanted}.`);
  const has = (s: ServerModel): boolean => s.server.sites.some((x) => foldCase(x.name) === foldCase(site)) || (asOf !== undefined && hadSite(s, site));
  const having = named.filter(has);
  const [first] = having;
  if (first === undefined) throw new RequestError('usage', `There is no site ${site}; the sites are ${listed(named.flatMap((s) => s.server.sites.map((x) => x.name)))}.${named.flatMap((s) => unreadSections(s.files)).map((p) => ` ${p.message}`)[0] ?? ''}`);
  if (having.length > 1) throw new RequestError('usage', `Several servers have a site ${site}; name one: ${having.map((s) => s.server.id).join(', ')}.`);
  return first;
}

/** Names that fit into a sentence; a large server has hundreds. */
const LISTED = 20;

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const more = names.length - LISTED;
  return `${names.slice(0, LISTED).map((name) => quote(name, 60)).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Whether a copy has a site that is gone by now. */
function hadSite({ changes }: ServerModel, site: string): boolean {
  return changes.some((c) => c.kind === 'site' && c.scope === 'server' && foldCase(c.name) === foldCase(site));
}

async function configFiles(model: CaseModel, workspace: Workspace): Promise<{ evidencePath: string; path: string | null; server: string | null; sha256: string; scope: string; registrations: number; problems: number }[]> {
  const problems = new Map<string, number>();
  for (const p of await listDocuments(workspace.opened.file.connection, 'problem')) problems.set(p.evidencePath, (problems.get(p.evidencePath) ?? 0) + 1);
  const scopes = fileScopes(model);
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
