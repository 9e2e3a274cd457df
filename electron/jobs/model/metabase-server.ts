import { type ConfigCopy, type Moment, type ParseProblem, type Place, type Server, type TimeFidelity } from '../../../shared/model/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { asApplicationHost, type ConfigurationFile, type ConfigurationFiles, holdsWebServer, metabaseChanges, type MetabaseFile, readServer } from '../../iis/index.ts';
import type { Host, Hosts } from '../reading/hosts.ts';
import { stableId } from '../stable-id.ts';
import { configurationFilesOf, looseConfigurationFiles } from './configuration-files-of.ts';
import { LIVE_COPY } from './copies.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import type { ServerHistory } from './server-history.ts';

/** A server of IIS 6, in the form of all servers. */
export interface MetabaseServer extends ServerHistory {
  readonly server: Server;
  readonly host: Host | null;
  readonly files: ConfigurationFiles;
  readonly poolCopies: readonly KnownConfiguration[];
}

const NOT_IN_FORCE = 'An applicationHost.config is in force on this host: what the metabase says of the web server is left over from IIS 6 and was not evaluated.';

const WINDOWS_OLD = /^[A-Z]:\\Windows\.old/i;

/**
 * Servers of IIS 6: hosts whose configuration is a metabase, and metabases that came alone. `taken` are the hosts that
 * an applicationHost.config speaks for.
 */
export function metabaseServers(hosts: Hosts, known: readonly KnownConfiguration[], taken: ReadonlySet<Host | null>, fidelity: TimeFidelity): MetabaseServer[] {
  const metabases = known.filter((k) => k.role.kind === 'metabase' && holdsWebServer(k.configuration.document));
  const parsed = new Map(known.map((k) => [k.configuration.evidencePath, k.configuration]));
  const onHosts = hosts.hosts.flatMap((host) => {
    const own = metabases.filter((k) => hosts.hostOf(k.configuration.evidencePath) === host);
    const live = own.find((k) => k.role.copy === null && !WINDOWS_OLD.test(k.configuration.path ?? ''));
    return live === undefined || taken.has(host) ? [] : [serverOf(host, live, own, parsed, fidelity)];
  });
  const loose = metabases.filter((k) => k.role.copy === null && hosts.hostOf(k.configuration.evidencePath) === null)
    .map((k) => serverOf(null, k, [k], parsed, fidelity));
  return [...onHosts, ...loose];
}

/** What to tell of metabases on hosts that an applicationHost.config speaks for. */
export function idleMetabases(hosts: Hosts, known: readonly KnownConfiguration[], servers: readonly { readonly host: Host | null }[]): ReadonlyMap<Host | null, readonly { readonly place: Place; readonly found: ParseProblem }[]> {
  const taken = new Set(servers.map((s) => s.host));
  const found = new Map<Host | null, { place: Place; found: ParseProblem }[]>();
  for (const { role, configuration } of known) {
    const host = role.kind === 'metabase' && role.copy === null ? hosts.hostOf(configuration.evidencePath) : null;
    if (host === null || !taken.has(host) || !holdsWebServer(configuration.document)) continue;
    found.set(host, [...(found.get(host) ?? []), { place: placeOf(configuration), found: { kind: 'unsupported', message: NOT_IN_FORCE, expected: true } }]);
  }
  return found;
}

function serverOf(host: Host | null, live: KnownConfiguration, own: readonly KnownConfiguration[], parsed: ReadonlyMap<string, ConfigurationFile>, fidelity: TimeFidelity): MetabaseServer {
  const id = host?.id ?? stableId('s', live.configuration.evidencePath, live.configuration.sha256);
  const inForce = metabaseFile(live.configuration);
  const files = host === null ? looseConfigurationFiles(inForce) : configurationFilesOf(host.view, parsed, inForce);
  const read = readServer(files, id, host?.name ?? null);
  const copies = copiesOf(id, own, live, fidelity);
  return {
    server: { ...read.server, iisVersion: '6.0' },
    host,
    files,
    copies,
    mainLine: copies,
    changes: metabaseChanges(copies),
    poolChanges: [],
    lineages: [{ of: live.configuration.path, copies, live: true }],
    poolCopies: [],
    problems: read.problems.map((found) => ({ place: placeOf(live.configuration), found })),
  };
}

/** The metabase as the file in force: sites and pools in the form of later versions, and the metabase itself beside it. */
export function metabaseFile(file: ConfigurationFile): MetabaseFile {
  return { ...file, document: asApplicationHost(file.document), metabase: file.document };
}

const placeOf = ({ path, evidencePath }: ConfigurationFile): Place => ({ path, evidencePath });

/** Copies in the order of their numbers (`MetaBase_MAJOR_MINOR`: saved by the service, edited by hand meanwhile), the file in force last. */
function copiesOf(server: string, own: readonly KnownConfiguration[], live: KnownConfiguration, fidelity: TimeFidelity): { copy: ConfigCopy; file: MetabaseFile }[] {
  const numbered = own.flatMap((known) => {
    const numbers = /_(\d{1,10})_(\d{1,10})$/.exec(known.role.copy ?? '');
    return numbers === null ? [] : [{ known, major: Number(numbers[1]), minor: Number(numbers[2]) }];
  });
  const saved = numbered.sort(compareBy((n) => n.major, (n) => n.minor, (n) => n.known.configuration.evidencePath));
  return [...saved.map(({ known }) => known), live].map((known, i): { copy: ConfigCopy; file: MetabaseFile } => {
    const isLive = known === live;
    const { path, evidencePath, sha256 } = known.configuration;
    const moment: Moment = known.modified === null || fidelity === 'none'
      ? { time: null, from: 'history-order', fidelity: 'order-only', order: i + 1 } : { time: known.modified, from: 'file-time', fidelity: 'mtime-only', order: i + 1 };
    return {
      copy: { id: isLive ? LIVE_COPY : (known.role.copy ?? ''), series: isLive ? 'live' : 'history', of: null, server, order: i + 1, moment, path, evidencePath, sha256 },
      file: metabaseFile(known.configuration),
    };
  });
}
