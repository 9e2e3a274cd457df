import { isAscii } from 'node:buffer';
import { type BigIntStats, lstat } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { bytesAsText } from '../../shared/base/bytes-as-text.ts';
import { compareText } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import { MAX_ENTRIES } from './bounds.ts';
import { faultOf } from './faults.ts';
import { oddWindowsName } from './names.ts';
import { addProblem, freeName, markCaseTwins, type DraftEntry } from './odd-names.ts';

export interface FolderListing {
  /** Sorted by evidencePath. */
  readonly entries: DraftEntry[];
  /** Path on the disk for names whose text is not their bytes. */
  readonly odd: ReadonlyMap<string, Buffer>;
  readonly problems: readonly ParseProblem[];
}

interface Folder {
  readonly disk: Buffer;
  /** '' for the root, else with a slash at the end. */
  readonly base: string;
  /** True when some component is not its own text. */
  readonly odd: boolean;
  readonly entry: DraftEntry | null;
}

/** Names looked at together; between two batches other work of the process gets its turn. */
const BATCH = 256;
/** Folders listed at the same time: small ones would otherwise wait for each other. */
const AT_ONCE = 8;
const SEPARATOR = Buffer.from(path.sep);

/**
 * Lists everything below a folder without following a link. Iterative, so depth costs no stack; a folder whose path is
 * longer than the system accepts is listed with a `limit` problem and not entered.
 * @throws RequestError `cancelled` when the signal is aborted.
 */
export async function listFolder(root: string, signal?: AbortSignal, onProgress?: (files: number) => void): Promise<FolderListing> {
  const listing = { entries: [] as DraftEntry[], odd: new Map<string, Buffer>(), problems: [] as ParseProblem[] };
  const { entries, problems } = listing;
  const disk = Buffer.from(path.toNamespacedPath(root));
  const waiting: Folder[] = [{ disk, base: '', odd: false, entry: null }];
  while (waiting.length > 0 && entries.length < MAX_ENTRIES) {
    if (signal?.aborted === true) throw new RequestError('cancelled', 'The listing of the evidence was stopped');
    await Promise.all(waiting.splice(-AT_ONCE).map((folder) => listOne(folder, root, listing, waiting, signal)));
    onProgress?.(entries.length);
  }
  if (entries.length >= MAX_ENTRIES) {
    problems.push({ kind: 'limit', message: `The listing stopped at ${entries.length} names; what lies behind them was not seen` });
  }
  entries.sort((a, b) => compareText(a.evidencePath, b.evidencePath));
  markCaseTwins(entries);
  return listing;
}

interface Growing {
  readonly entries: DraftEntry[];
  readonly odd: Map<string, Buffer>;
  readonly problems: ParseProblem[];
}

async function listOne(folder: Folder, root: string, listing: Growing, waiting: Folder[], signal: AbortSignal | undefined): Promise<void> {
  let names: readonly Buffer[];
  try {
    // In a fixed order, so that names given to twins do not depend on the disk.
    names = (await readdir(folder.disk, { encoding: 'buffer' })).sort(Buffer.compare);
  } catch (error) {
    const fault = faultOf(error, folder.entry === null ? 'The evidence folder' : 'This folder');
    if (folder.entry === null) listing.problems.push(fault);
    else addProblem(folder.entry, { ...fault, message: `${fault.message}; what lies in it is not listed` });
    return;
  }
  // An escaped byte can look like a name that holds a backslash.
  const seen = new Set<string>();
  for (let from = 0; from < names.length && listing.entries.length < MAX_ENTRIES; from += BATCH) {
    if (signal?.aborted === true) return;
    const found = await statAll(folder, names.slice(from, from + BATCH));
    for (const one of found) {
      const { entry, isOdd } = describe(folder, one);
      if (entry.type === 'link') addProblem(entry, await linkProblem(one.disk, folder.disk, root));
      const taken = seen.has(entry.evidencePath);
      if (taken) entry.evidencePath = freeName(entry.evidencePath, seen);
      if (isOdd || taken) listing.odd.set(entry.evidencePath, one.disk);
      seen.add(entry.evidencePath);
      listing.entries.push(entry);
      if (entry.type === 'folder') waiting.push({ disk: one.disk, base: `${entry.evidencePath}/`, odd: isOdd || taken, entry });
    }
  }
}

interface Found {
  readonly name: Buffer;
  readonly disk: Buffer;
  readonly stat: BigIntStats | null;
  readonly error: unknown;
}

/** One promise for a batch: a promise for each name would cost three times the call itself. */
function statAll(folder: Folder, names: readonly Buffer[]): Promise<Found[]> {
  const lead = folder.disk.at(-1) === SEPARATOR[0] ? folder.disk : Buffer.concat([folder.disk, SEPARATOR]);
  return new Promise((resolve) => {
    const found: Found[] = [];
    let left = names.length;
    names.forEach((name, i) => {
      const disk = Buffer.concat([lead, name]);
      lstat(disk, { bigint: true }, (error, stat) => {
        found[i] = { name, disk, stat: error === null ? stat : null, error };
        left -= 1;
        if (left === 0) resolve(found);
      });
    });
    if (left === 0) resolve(found);
  });
}

function describe(folder: Folder, { name, stat, error }: Found): { entry: DraftEntry; isOdd: boolean } {
  const ascii = isAscii(name);
  const text = ascii ? name.toString('latin1') : bytesAsText(name);
  const spoilt = !ascii && !Buffer.from(text, 'utf8').equals(name);
  const entry: DraftEntry = { evidencePath: folder.base + text, type: 'other', size: 0, modified: null, created: null, problem: null };
  if (spoilt) addProblem(entry, { kind: 'anomaly', message: 'The name is not UTF-8; its other bytes are written \\xNN' });
  const strange = oddWindowsName(text);
  if (strange !== null) addProblem(entry, { kind: 'anomaly', message: `The name ${strange}` });
  if (stat === null) {
    addProblem(entry, faultOf(error, 'This name'));
  } else {
    entry.type = typeOf(stat);
    entry.size = entry.type === 'file' ? Number(stat.size) : 0;
    entry.modified = stat.mtimeNs / 100n;
    entry.created = stat.birthtimeNs > 0n ? stat.birthtimeNs / 100n : null;
    if (entry.type === 'other') addProblem(entry, { kind: 'unsupported', message: `A ${kindOf(stat)}, not a file; it was not opened` });
  }
  return { entry, isOdd: folder.odd || spoilt };
}

function typeOf(stat: BigIntStats): DraftEntry['type'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'folder';
  return stat.isSymbolicLink() ? 'link' : 'other';
}

function kindOf(stat: BigIntStats): string {
  if (stat.isFIFO()) return 'named pipe';
  if (stat.isSocket()) return 'socket';
  return stat.isBlockDevice() || stat.isCharacterDevice() ? 'device' : 'special file';
}

/** Where a link leads, judged by its text alone: a link inside the evidence is normal (junctions of Windows), one out of it is not. */
async function linkProblem(disk: Buffer, folder: Buffer, root: string): Promise<ParseProblem> {
  let target: Buffer;
  try {
    target = await readlink(disk, { encoding: 'buffer' });
  } catch (error) {
    return faultOf(error, 'This link');
  }
  const text = quote(bytesAsText(target));
  const full = path.resolve(folder.toString('latin1'), target.toString('latin1'));
  const top = Buffer.from(path.toNamespacedPath(root)).toString('latin1');
  const inside = full === top || full.startsWith(top.endsWith(path.sep) ? top : top + path.sep);
  return inside
    ? { kind: 'unsupported', message: `A link to ${text}; it was not followed`, expected: true }
    : { kind: 'escape', message: `A link out of the evidence, to ${text}; it was not followed` };
}
