import type { Place, Server, TimeFidelity } from '../../../shared/model/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../../iis/configuration-files.ts';
import { readServer } from '../../iis/server-model.ts';
import { NO_SERVER, type Host, type Hosts } from '../reading/hosts.ts';
import { stableId } from '../stable-id.ts';
import { isHost } from './copies.ts';
import { findCopies, type FoundCopy } from './found-copies.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { idleMetabases, metabaseServers } from './metabase-server.ts';
import { loneHistory, serverHistory, type ServerHistory } from './server-history.ts';
import { configurationFilesOf, looseConfigurationFiles } from './configuration-files-of.ts';

/** One IIS installation, ready for questions. */
export interface ServerModel extends ServerHistory {
  readonly server: Server;
  readonly host: Host | null;
  readonly files: ConfigurationFiles;
  /** What pools were started with. */
  readonly poolCopies: readonly KnownConfiguration[];
}

/** Every server with a history: also those whose files in force were not collected. */
export function historiesOf(model: CaseModel): readonly { readonly server: Server; readonly history: ServerHistory }[] {
  return [...model.servers.map((s) => ({ server: s.server, history: s })), ...model.bare.flatMap(({ server, history }) => (history === null ? [] : [{ server, history }]))];
}

/** All configuration of a case, parsed: made while reading, or again from the bytes that the case embeds. */
export interface CaseModel {
  readonly servers: readonly ServerModel[];
  readonly configurations: readonly KnownConfiguration[];
  /** Hosts whose applicationHost.config was not collected, and (host null) loose files: web.config files that no site points at. */
  readonly bare: readonly BareServer[];
}

/** Configuration files without the file that says where they apply. */
export interface BareServer {
  readonly server: Server;
  readonly host: Host | null;
  readonly files: readonly ConfigurationFile[];
  /** All that was collected, with an empty applicationHost.config in force; null for loose files. */
  readonly collected: ConfigurationFiles | null;
  /** What copies tell of the configuration although the files in force were not collected; null for loose files. */
  readonly history: ServerHistory | null;
}

/** What names code whether or not an applicationHost.config says where it applies. */
const OF_SERVERS: ReadonlySet<string> = new Set(['webConfig', 'rootWebConfig', 'machine', 'administration']);

export function buildModel(hosts: Hosts, configurations: readonly KnownConfiguration[], fidelity: TimeFidelity): CaseModel {
  const known = [...configurations].sort(compareBy((k) => k.configuration.evidencePath));
  const parsed = new Map(known.map((k) => [k.configuration.evidencePath, k.configuration]));
  const found = findCopies(hosts, known);
  // A file of a shadow copy or of a copied tree is neither in force nor a server of its own.
  const copied = (k: KnownConfiguration): boolean => hosts.earlierOf(k.configuration.evidencePath) !== null;
  const onHosts = hosts.hosts.flatMap((host) => {
    const own = known.filter((k) => hosts.hostOf(k.configuration.evidencePath) === host);
    const live = own.find((k) => k.role.kind === 'applicationHost' && isHost(k.configuration.path ?? '') && !copied(k));
    if (live === undefined) return [];
    const { target, notInForce } = redirected(host, parsed, known, live);
    return [serverModel(host, { ...configurationFilesOf(host.view, parsed, target.configuration), notInForce }, found, own, target, fidelity)];
  });
  const placeless = known.filter((k) => hosts.hostOf(k.configuration.evidencePath) === null && !copied(k));
  const loose = placeless.filter((k) => k.role.kind === 'applicationHost')
    .map((k) => serverModel(null, looseConfigurationFiles(k.configuration), [], [k], k, fidelity));
  const ofMetabases = metabaseServers(hosts, known.filter((k) => !copied(k)), new Set(onHosts.map((s) => s.host)), fidelity);
  const idle = idleMetabases(hosts, known, onHosts);
  const servers = [...onHosts.map((s) => ({ ...s, problems: [...s.problems, ...(idle.get(s.host) ?? [])] })), ...ofMetabases, ...loose];
  const webConfigs = (of: readonly KnownConfiguration[]): ConfigurationFile[] => of.filter((k) => OF_SERVERS.has(k.role.kind)).map((k) => k.configuration);
  const bareHosts = hosts.hosts.filter((host) => !servers.some((s) => s.host === host))
    .map((host): BareServer => {
      const server = bareServer(host.id, host.name);
      const nothing: ConfigurationFile = { path: null, evidencePath: '', sha256: '', document: { root: null, complete: false, encoding: 'utf-8' } };
      const collected = configurationFilesOf(host.view, parsed, nothing);
      const history = serverHistory(host, collected, server, found, null, fidelity);
      return { server, host, files: webConfigs(known.filter((k) => hosts.hostOf(k.configuration.evidencePath) === host)), collected, history };
    });
  const orphans: BareServer = { server: bareServer(NO_SERVER, null), host: null, files: webConfigs(placeless), collected: null, history: null };
  return { servers, configurations: known, bare: [...bareHosts, orphans] };
}

function bareServer(id: string, name: string | null): Server {
  return { id, name, iisVersion: null, sites: [], pools: [], configuration: null, redirected: false };
}

/**
 * With configuration redirection the file in force is another one. When it was collected it is used; else the local one
 * stands in for showing, and every list says that it cannot be told from it.
 */
function redirected(host: Host, parsed: ReadonlyMap<string, ConfigurationFile>, known: readonly KnownConfiguration[], live: KnownConfiguration): { target: KnownConfiguration; notInForce: Place | null } {
  const { redirectedTo } = readServer(configurationFilesOf(host.view, parsed, live.configuration), host.id, host.name);
  if (redirectedTo === null) return { target: live, notInForce: null };
  const path = `${redirectedTo}\\applicationHost.config`;
  const found = host.view.resolve(path, 64);
  const target = known.find((k) => k.configuration.evidencePath === found.entry?.evidencePath);
  if (target !== undefined) return { target: { ...target, role: live.role }, notInForce: null };
  return { target: live, notInForce: { path: found.path ?? path, evidencePath: found.entry?.evidencePath ?? '' } };
}

function serverModel(host: Host | null, files: ConfigurationFiles, found: readonly FoundCopy[], own: readonly KnownConfiguration[], live: KnownConfiguration, fidelity: TimeFidelity): ServerModel {
  const id = host?.id ?? stableId('s', live.configuration.evidencePath, live.configuration.sha256);
  const read = readServer(files, id, host?.name ?? null);
  const history = host === null ? loneHistory(id, live, fidelity) : serverHistory(host, files, read.server, found, live, fidelity);
  const place: Place = { path: live.configuration.path, evidencePath: live.configuration.evidencePath };
  return {
    ...history,
    server: read.server,
    host,
    files,
    poolCopies: own.filter((k) => k.role.kind === 'poolCopy' && !/^[A-Z]:\\Windows\.old/i.test(k.configuration.path ?? '')),
    problems: [...read.problems.map((problem) => ({ place, found: problem })), ...history.problems],
  };
}
