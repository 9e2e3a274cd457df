import type { ConfigChange, ConfigCopy, ParseProblem, Place, Server, TimeFidelity } from '../../../shared/model/index.ts';
import { compareBy, foldCase } from '../../../shared/base/compare.ts';
import { configurationCopies } from './copies.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../../iis/configuration-files.ts';
import { diffCopies } from '../../iis/history.ts';
import { readServer } from '../../iis/server-model.ts';
import { NO_SERVER, type Host, type Hosts } from '../reading/hosts.ts';
import { stableId } from '../stable-id.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { configurationFilesOf, looseConfigurationFiles } from './configuration-files-of.ts';

/** One IIS installation, ready for questions. */
export interface ServerModel {
  readonly server: Server;
  readonly host: Host | null;
  readonly files: ConfigurationFiles;
  /** Saved copies, oldest first; the file in force is the last, with id `live`. */
  readonly copies: readonly { readonly copy: ConfigCopy; readonly file: ConfigurationFile }[];
  readonly changes: readonly ConfigChange[];
  /** What pools were started with. */
  readonly poolCopies: readonly KnownConfiguration[];
  readonly problems: readonly { readonly place: Place; readonly found: ParseProblem }[];
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
}

const LIVE = '\\WINDOWS\\SYSTEM32\\INETSRV\\CONFIG\\APPLICATIONHOST.CONFIG';

export function buildModel(hosts: Hosts, configurations: readonly KnownConfiguration[], fidelity: TimeFidelity): CaseModel {
  const known = [...configurations].sort(compareBy((k) => k.configuration.evidencePath));
  const parsed = new Map(known.map((k) => [k.configuration.evidencePath, k.configuration]));
  const onHosts = hosts.hosts.flatMap((host) => {
    const own = known.filter((k) => hosts.hostOf(k.configuration.evidencePath) === host);
    const live = own.find((k) => k.role.kind === 'applicationHost' && foldCase(k.configuration.path ?? '').endsWith(LIVE));
    if (live === undefined) return [];
    const target = redirected(host, parsed, live);
    return [serverModel(host, configurationFilesOf(host.view, parsed, target.configuration), own, target, fidelity)];
  });
  const placeless = known.filter((k) => hosts.hostOf(k.configuration.evidencePath) === null);
  const loose = placeless.filter((k) => k.role.kind === 'applicationHost')
    .map((k) => serverModel(null, looseConfigurationFiles(k.configuration), [k], k, fidelity));
  const webConfigs = (of: readonly KnownConfiguration[]): ConfigurationFile[] => of.filter((k) => k.role.kind === 'webConfig').map((k) => k.configuration);
  const bareHosts = hosts.hosts.filter((host) => !onHosts.some((s) => s.host === host))
    .map((host) => ({ server: bareServer(host.id, host.name), host, files: webConfigs(known.filter((k) => hosts.hostOf(k.configuration.evidencePath) === host)) }));
  const orphans: BareServer = { server: bareServer(NO_SERVER, null), host: null, files: webConfigs(placeless) };
  return { servers: [...onHosts, ...loose], configurations: known, bare: [...bareHosts, orphans] };
}

function bareServer(id: string, name: string | null): Server {
  return { id, name, iisVersion: null, sites: [], pools: [], configuration: null, redirected: false };
}

/** With configuration redirection the file in force is another one; when it was collected it is used, else the local one stands in. */
function redirected(host: Host, parsed: ReadonlyMap<string, ConfigurationFile>, live: KnownConfiguration): KnownConfiguration {
  const { redirectedTo } = readServer(configurationFilesOf(host.view, parsed, live.configuration), host.id, host.name);
  if (redirectedTo === null) return live;
  const found = host.view.resolve(`${redirectedTo}\\applicationHost.config`, 64).entry;
  const configuration = found === null ? undefined : parsed.get(found.evidencePath);
  return configuration === undefined ? live : { ...live, configuration };
}

function serverModel(host: Host | null, files: ConfigurationFiles, own: readonly KnownConfiguration[], live: KnownConfiguration, fidelity: TimeFidelity): ServerModel {
  const id = host?.id ?? stableId('s', live.configuration.evidencePath, live.configuration.sha256);
  const read = readServer(files, id, host?.name ?? null);
  const copies = configurationCopies(id, own, live, fidelity);
  const place: Place = { path: live.configuration.path, evidencePath: live.configuration.evidencePath };
  return {
    server: read.server,
    host,
    files,
    copies: copies.list,
    changes: diffCopies(copies.list.map(({ copy, file }) => ({ id: copy.id, order: copy.order, moment: copy.moment, file }))),
    poolCopies: own.filter((k) => k.role.kind === 'poolCopy'),
    problems: [...read.problems, ...copies.problems].map((found) => ({ place, found })),
  };
}
