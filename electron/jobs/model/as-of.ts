import { RequestError } from '../../../shared/base/result.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../../iis/configuration-files.ts';
import { metabaseOf, webConfigsOf } from '../../iis/index.ts';
import type { ServerHistory } from './server-history.ts';
import { type Copy, isHost, type Lineage, LIVE_COPY } from './copies.ts';

/** The configuration of a server as it was, as far as there are copies. */
export interface PastFiles {
  readonly files: ConfigurationFiles;
  /** Which files are of that time and which are not, for whoever reads the answer; null for now. */
  readonly note: string | null;
}

/** What of a server is asked; `files` are those in force, or what there is of them. */
export type AsOfServer = Pick<ServerHistory, 'copies' | 'mainLine' | 'lineages'> & { readonly files: ConfigurationFiles };

/** What no document says of the copy that a pool gets. */
const OF_POOL = 'It is assumed that such a copy has all of applicationHost.config but what concerns other sites and pools alone: for an application of another pool it proves nothing.';

/** Paths that a note names one by one. */
const NAMED = 5;

/**
 * The files as of a copy (of whatever file and kind) or as of a moment. applicationHost.config is the copy that is named,
 * or the last one of its line at or before the moment; every other file with copies is the last of its own line by then.
 * @throws RequestError for a name that is no copy and a moment that no copy covers
 */
export function filesAsOf(server: AsOfServer, asOf: string): PastFiles {
  const named = server.copies.find(({ copy }) => copy.id === asOf) ?? lined(server, asOf);
  const moment = named === undefined ? parseInstant(asOf) : timeOf(named);
  const onHost = named !== undefined && (named.copy.series === 'pool' || server.mainLine.includes(named));
  const host = onHost ? named : at(server.mainLine, moment) ?? (named === undefined ? undefined : server.mainLine.at(-1));
  if (host === undefined) {
    const ids = server.copies.map(({ copy }) => copy.id);
    throw new RequestError('usage', `${asOf} is neither a copy (${ids.slice(0, 50).join(', ')}${ids.length > 50 ? ', ...' : ''}) nor a moment that a copy covers.`);
  }
  if (named?.copy.id === LIVE_COPY) return { files: server.files, note: null };
  const past = otherFiles(server, named, onHost ? treeOf(host) : null, moment);
  const files = withFiles({ ...server.files, applicationHost: host.file }, past.replaced);
  const name = metabaseOf(host.file) === null ? 'applicationHost.config' : 'The metabase';
  const taken = host.copy.id === LIVE_COPY ? `${name} is the file in force` : `${name} is that of ${host.copy.id}`;
  const words = [
    `${taken}${host.copy.moment.time === null ? '' : ` (file time ${host.copy.moment.time})`}; ${webWords(files, past, moment)}`,
    host.copy.series === 'pool' ? OF_POOL : '',
    !onHost && backAndForth(server.mainLine) ? 'File times run against the order of the copies: another of them may have been in force then.' : '',
    (files.schemaFiles?.() ?? []).length === 0 ? '' : 'The schema is the one that was collected, not one of that time.',
  ];
  return { files, note: words.filter((text) => text !== '').join(' ') };
}

/** Whether a copy has an earlier file time than one before it. */
function backAndForth(line: readonly Copy[]): boolean {
  const times = line.map(timeOf).filter((time) => time !== null);
  return times.some((time, i) => i > 0 && time < (times[i - 1] ?? time));
}

const timeOf = (copy: Copy): bigint | null => (copy.copy.moment.time === null ? null : parseInstant(copy.copy.moment.time));

/** The name of a copy that is not listed, because its file never changed. */
function lined(server: AsOfServer, id: string): Copy | undefined {
  return server.lineages.flatMap((line) => [...line.copies]).find(({ copy }) => copy.id === id);
}

/** The last copy saved at or before a moment. */
function at(copies: readonly Copy[], moment: bigint | null): Copy | undefined {
  return moment === null ? undefined : copies.findLast((copy) => (timeOf(copy) ?? moment + 1n) <= moment);
}

/** The shadow copy, backup tree or earlier Windows that a copy lies in, as its id begins. */
function treeOf({ copy }: Copy): string | null {
  return /^(?:shadow|old-windows):[^/:]+/.exec(copy.id)?.[0] ?? null;
}

interface OtherFiles {
  /** By folded path: the path as written, and the file as it was. */
  readonly replaced: ReadonlyMap<string, { readonly of: string; readonly file: ConfigurationFile }>;
  /** Folded paths of files that were as they are now, by their file times. */
  readonly unchanged: ReadonlySet<string>;
  /** Files that an earlier copy has and that are gone: when they went is not known. */
  readonly gone: readonly string[];
}

function otherFiles(server: AsOfServer, named: Copy | undefined, tree: string | null, moment: bigint | null): OtherFiles {
  const replaced = new Map<string, { of: string; file: ConfigurationFile }>();
  const unchanged = new Set<string>();
  const gone: string[] = [];
  for (const line of server.lineages) {
    if (line.of === null || isHost(line.of) || line.copies === server.mainLine) continue;
    const certain = (named !== undefined && line.copies.includes(named) ? named : undefined) ?? (tree === null ? undefined : line.copies.find((copy) => treeOf(copy) === tree));
    const chosen = certain ?? at(line.copies, moment);
    if (chosen === undefined) continue;
    if (certain === undefined && !line.live && chosen === line.copies.at(-1)) gone.push(line.of);
    else if (isInForce(line, chosen)) unchanged.add(foldCase(line.of));
    else replaced.set(foldCase(line.of), { of: line.of, file: chosen.file });
  }
  return { replaced, unchanged, gone };
}

const isInForce = (line: Lineage, copy: Copy): boolean => line.live && copy === line.copies.at(-1);

function withFiles(files: ConfigurationFiles, replaced: OtherFiles['replaced']): ConfigurationFiles {
  if (replaced.size === 0) return files;
  const folded = (path: string): string => foldCase(files.place(path).path ?? path);
  return {
    ...files,
    at: (path) => replaced.get(folded(path))?.file ?? files.at(path),
    webConfigsBelow: (path) => {
      const base = folded(path).replace(/\\+$/, '');
      const known = files.webConfigsBelow(path);
      const had = new Set(known.map(foldCase));
      // A file that is gone by now was there then.
      const gone = [...replaced].filter(([p]) => !had.has(p) && p.startsWith(`${base}\\`) && p.endsWith('\\WEB.CONFIG'));
      return gone.length === 0 ? known : [...known, ...gone.map(([, { of }]) => of)].sort();
    },
  };
}

/** Which web.config files the sites reach, and of what time they are. */
function webWords(files: ConfigurationFiles, { replaced, unchanged, gone }: OtherFiles, moment: bigint | null): string {
  const all = webConfigsOf(files).map(({ file }) => file);
  if (all.length === 0 && gone.length === 0) return 'no site has a web.config in the evidence.';
  const then = new Set([...replaced.values()].map(({ file }) => file));
  const now = all.filter((file) => !then.has(file) && !unchanged.has(foldCase(file.path ?? '')));
  if (all.length === now.length && gone.length === 0) return 'web.config files have no copies and are as they were collected, so an entry that comes from one may be newer.';
  const named = (paths: readonly string[]): string => `${paths.slice(0, NAMED).join(', ')}${paths.length > NAMED ? ` and ${paths.length - NAMED} more` : ''}`;
  const parts = [
    replaced.size === 0 ? '' : `${replaced.size === 1 ? '1 other file is' : `${replaced.size} other files are`} of ${moment === null ? 'that copy' : 'that time'}`,
    unchanged.size === 0 ? '' : 'files that were written last before that time are as they were collected',
    now.length === 0 ? '' : `web.config files have no copies of that time and are as they were collected, so an entry that comes from one may be newer: ${named(now.map((file) => file.path ?? file.evidencePath))}`,
    gone.length === 0 ? '' : `left out, because it is not known when they went: ${named(gone)}`,
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}
