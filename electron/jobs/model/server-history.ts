import type { ConfigChange, Server, TimeFidelity } from '../../../shared/model/index.ts';
import { compareBy, foldCase } from '../../../shared/base/compare.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { attributeValue } from '../../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../../iis/configuration-files.ts';
import { diffCopies, diffFacts, diffPool, factsOf, sectionsOf, webConfigsOf, type CopyFacts } from '../../iis/index.ts';
import type { Host } from '../reading/hosts.ts';
import { asCopy, type Copy, type CopySettings, IdBook, isHost, type Lineage, lineagesOf, loneLine, type PlacedProblem } from './copies.ts';
import type { FoundCopy } from './found-copies.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { configPathOf } from './config-path-of.ts';

/** How the configuration of one server changed, as far as the evidence has copies. */
export interface ServerHistory {
  /** All copies: applicationHost.config oldest first, its pools before the file in force, then files that have copies which differ. */
  readonly copies: readonly Copy[];
  /** Copies of applicationHost.config without those of pools. */
  readonly mainLine: readonly Copy[];
  /** From copy to copy, of every file. */
  readonly changes: readonly ConfigChange[];
  /** From what pools were started with to the file in force. */
  readonly poolChanges: readonly ConfigChange[];
  /** Every file of which there is a copy, whether it changed or not. */
  readonly lineages: readonly Lineage[];
  readonly problems: readonly PlacedProblem[];
}

const DEFAULT_FOLDER = '%SystemDrive%\\inetpub\\history';

/** History of a server whose applicationHost.config came alone. */
export function loneHistory(server: string, live: KnownConfiguration, fidelity: TimeFidelity): ServerHistory {
  const line = loneLine(server, live, fidelity);
  return { copies: line.copies, mainLine: line.copies, changes: [], poolChanges: [], lineages: [line], problems: [] };
}

/**
 * Orders and compares everything that is a copy of a configuration file of one host.
 * @param live the applicationHost.config in force, which redirection may have moved; null where it was not collected
 */
export function serverHistory(host: Host, files: ConfigurationFiles, server: Server, found: readonly FoundCopy[], live: KnownConfiguration | null, fidelity: TimeFidelity): ServerHistory {
  const settings: CopySettings = { server: server.id, fidelity, historyFolder: host.view.expand(historyFolder(files.applicationHost), 64) };
  const here = found.filter((copy) => copy.host === host);
  const own = live === null ? here : withLive(here, live);
  const { lines, problems } = lineagesOf(own, settings);
  const main = lines.find((line) => isHost(line.of ?? '')) ?? (live === null ? { of: null, copies: [], live: false } : loneLine(server.id, live, fidelity));
  const others = lines.filter((line) => line !== main && changed(line));
  const pools = poolCopies(own, main, settings);
  const mainChanges = diffCopies(asSaved(main.copies));
  const levels = new Map(others.length === 0 ? [] : webConfigsOf(files).map(({ file, configPath }) => [file.evidencePath, configPath] as const));
  const otherChanges = others.flatMap((line) => [...lineChanges(line, files, levels.get(line.copies.at(-1)?.file.evidencePath ?? '') ?? null, server)]);
  const told = (changes: readonly ConfigChange[]): ConfigChange[] => changes.map((change) => ({ ...change, server: server.id }));
  return {
    copies: [...(main.live ? main.copies.slice(0, -1) : main.copies), ...pools.copies, ...(main.live ? main.copies.slice(-1) : []), ...others.flatMap((line) => [...line.copies])],
    mainLine: main.copies,
    changes: told([...mainChanges, ...otherChanges]),
    poolChanges: told(pools.changes),
    lineages: lines,
    problems,
  };
}

const asSaved = (copies: readonly Copy[]): { id: string; file: ConfigurationFile }[] => copies.map(({ copy, file }) => ({ id: copy.id, file }));

/** Lines of which something can be told: other contents, or a file that is gone. */
function changed({ copies, live }: Lineage): boolean {
  return copies.length > 1 ? new Set(copies.map(({ copy }) => copy.sha256)).size > 1 : !live;
}

/** With redirection the file in force lies elsewhere, and the local one is what was in force before. */
function withLive(found: readonly FoundCopy[], live: KnownConfiguration): FoundCopy[] {
  const local = found.find((copy) => copy.series === 'live' && isHost(copy.of));
  if (local === undefined || local.known.configuration === live.configuration) return [...found];
  const rest = found.filter((copy) => copy.known.configuration !== live.configuration);
  return [...rest.map((copy): FoundCopy => (copy === local ? { ...copy, series: 'backup', label: 'backup:local' } : copy)), { ...local, known: live, label: 'live' }];
}

function historyFolder(applicationHost: ConfigurationFile): string {
  const bodies = sectionsOf(applicationHost).bodies('system.applicationHost/configHistory');
  return bodies.map((body) => attributeValue(body.element, 'path')).findLast((path) => path !== undefined && path !== '') ?? DEFAULT_FOLDER;
}

/** Changes of a file other than applicationHost.config; one that is gone lost its entries. */
function* lineChanges(line: Lineage, files: ConfigurationFiles, placed: string | null, server: Server): Generator<ConfigChange> {
  const of = line.of ?? '';
  const level = /\\web\.config$/i.test(of) && !/\\Microsoft\.NET\\Framework/i.test(of) ? (placed ?? configPathOf(server, of)) : '';
  yield* diffCopies(asSaved(line.copies), level);
  const last = line.copies.findLast(({ file }) => file.document.complete);
  if (line.live || last === undefined || last.copy.series !== 'shadow' || files.at(of) !== 'absent') return;
  for (const change of diffFacts(last.copy.id, factsOf(last.file, level), `absent:${of}`, new Map())) {
    if (change.kind !== 'setting' && change.kind !== 'section') yield change;
  }
}

/** What pools were started with, each compared with the file in force and with the copies before it. */
function poolCopies(found: readonly FoundCopy[], main: Lineage, settings: CopySettings): { readonly copies: readonly Copy[]; readonly changes: readonly ConfigChange[] } {
  const pools = found.filter((copy) => copy.series === 'pool').sort(compareBy((c) => foldCase(c.label), (c) => c.known.configuration.evidencePath));
  if (pools.length === 0) return { copies: [], changes: [] };
  const known = new Map<string, CopyFacts>();
  const facts = ({ copy, file }: Copy): CopyFacts => {
    const key = copy.sha256 || copy.id;
    const made = known.get(key) ?? factsOf(file);
    known.set(key, made);
    return made;
  };
  const candidates = main.copies.filter(({ file }) => file.document.complete).toReversed();
  const live = main.live ? main.copies.at(-1) : undefined;
  const names = new IdBook('');
  const copies: Copy[] = [];
  const changes: ConfigChange[] = [];
  for (const pool of pools) {
    const id = names.take(pool.label);
    const own = pool.known.configuration;
    const side = { id, name: pool.name, facts: own.document.complete ? factsOf(own) : new Map<string, never>() };
    const compared = (other: Copy): readonly ConfigChange[] => diffPool(side, { id: other.copy.id, facts: facts(other) });
    const started = orderAt(main, pool);
    // Of several equal copies the file in force says most; else the last that was there when the pool started.
    const byThen = (other: Copy): boolean => started === null || other === live || other.copy.order <= started;
    const equalTo = (others: readonly Copy[]): Copy | undefined => others.find((other) => compared(other).length === 0);
    const equal = own.document.complete ? (equalTo(candidates.filter(byThen)) ?? equalTo(candidates.filter((other) => !byThen(other)))) : undefined;
    const order = equal?.copy.order ?? started ?? main.copies.at(-1)?.copy.order ?? 1;
    const made = asCopy(pool, id, main.of ?? pool.of, order, settings);
    copies.push(equal === undefined ? made : { ...made, copy: { ...made.copy, equals: equal.copy.id } });
    // One in an earlier state of the drive was another start: the file in force is not what it is to be compared with.
    const here = !pool.label.includes('/');
    if (here && live !== undefined && equal !== live && own.document.complete && live.file.document.complete) for (const change of compared(live)) changes.push(change);
  }
  return { copies, changes };
}

/** The last copy that was saved before a pool started, where times tell. */
function orderAt(main: Lineage, pool: FoundCopy): number | null {
  const started = pool.known.modified === null ? null : parseInstant(pool.known.modified);
  if (started === null) return null;
  const before = main.copies.filter(({ copy }) => {
    const saved = copy.moment.time === null ? null : parseInstant(copy.moment.time);
    return saved !== null && saved <= started;
  });
  return before.at(-1)?.copy.order ?? null;
}
