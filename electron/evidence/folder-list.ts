import { isAscii } from 'node:buffer';
import { lstat, opendir, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { BigIntStats } from 'node:fs';
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

/** lstat calls in flight: enough to keep the thread pool busy without a promise per file of a huge folder. */
const BATCH = 256;
/** Names fetched from the system at a time. */
const NAMES = 1024;
const SEPARATOR = Buffer.from(path.sep);

/**
 * Lists everything below a folder without following a link. Iterative, so depth costs no stack; a folder whose path is
 * longer than the system accepts is listed with a `limit` problem and not entered.
 * @throws RequestError `cancelled` when the signal is aborted.
 */
export async function listFolder(root: string, signal?: AbortSignal, onProgress?: (files: number) => void): Promise<FolderListing> {
  const entries: DraftEntry[] = [];
  const odd = new Map<string, Buffer>();
  const problems: ParseProblem[] = [];
  const disk = Buffer.from(path.toNamespacedPath(root));
  const waiting: Folder[] = [{ disk: disk.at(-1) === SEPARATOR[0] ? disk.subarray(0, -1) : disk, base: '', odd: false, entry: null }];
  const rootDisk = disk;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const current = folder;
    const seen = new Set<string>();
    try {
      for await (const names of namesOf(current.entry === null ? rootDisk : current.disk)) {
        if (signal?.aborted === true) throw new RequestError('cancelled', 'The listing of the evidence was stopped');
        const made = await Promise.all(names.map((name) => describe(current, name, root)));
        for (const { entry, disk: at, isOdd } of made) {
          if (isOdd || seen.has(entry.evidencePath)) {
            entry.evidencePath = freeName(entry.evidencePath, seen);
            odd.set(entry.evidencePath, at);
          }
          seen.add(entry.evidencePath);
          entries.push(entry);
          if (entry.type === 'folder') waiting.push({ disk: at, base: `${entry.evidencePath}/`, odd: isOdd, entry });
        }
        onProgress?.(entries.length);
        if (entries.length >= MAX_ENTRIES) break;
      }
    } catch (error) {
      if (error instanceof RequestError) throw error;
      const fault = faultOf(error, current.entry === null ? 'The evidence folder' : 'This folder');
      if (current.entry === null) problems.push(fault);
      else addProblem(current.entry, { ...fault, message: `${fault.message}; what lies in it is not listed` });
    }
    if (entries.length >= MAX_ENTRIES) {
      problems.push({ kind: 'limit', message: `The listing stopped at ${entries.length} names; what lies behind them was not seen` });
      break;
    }
  }
  entries.sort((a, b) => compareText(a.evidencePath, b.evidencePath));
  markCaseTwins(entries);
  return { entries, odd, problems };
}

/** Names of a folder in batches, as bytes. */
async function* namesOf(folder: Buffer): AsyncGenerator<Buffer[]> {
  const dir = await opendir(folder, { encoding: 'buffer' as BufferEncoding, bufferSize: NAMES });
  let batch: Buffer[] = [];
  for await (const found of dir) {
    const name: unknown = found.name;
    batch.push(typeof name === 'string' ? Buffer.from(name) : Buffer.from(name as Uint8Array));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function describe(folder: Folder, name: Buffer, root: string): Promise<{ entry: DraftEntry; disk: Buffer; isOdd: boolean }> {
  const disk = Buffer.concat([folder.disk, SEPARATOR, name]);
  const ascii = isAscii(name);
  const text = ascii ? name.toString('latin1') : bytesAsText(name);
  const spoilt = !ascii && !Buffer.from(text, 'utf8').equals(name);
  const entry: DraftEntry = { evidencePath: folder.base + text, type: 'other', size: 0, modified: null, created: null, problem: null };
  if (spoilt) addProblem(entry, { kind: 'anomaly', message: 'The name is not UTF-8; its other bytes are written \\xNN' });
  const strange = oddWindowsName(text);
  if (strange !== null) addProblem(entry, { kind: 'anomaly', message: `The name ${strange}` });
  try {
    const stat = await lstat(disk, { bigint: true });
    entry.type = typeOf(stat);
    entry.size = entry.type === 'file' ? Number(stat.size) : 0;
    entry.modified = stat.mtimeNs / 100n;
    entry.created = stat.birthtimeNs > 0n ? stat.birthtimeNs / 100n : null;
    if (entry.type === 'link') addProblem(entry, await linkProblem(disk, folder.disk, root));
    if (entry.type === 'other') addProblem(entry, { kind: 'unsupported', message: `A ${kindOf(stat)}, not a file; it was not opened` });
  } catch (error) {
    addProblem(entry, faultOf(error, 'This name'));
  }
  return { entry, disk, isOdd: folder.odd || spoilt };
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
  const target = await readlink(disk, { encoding: 'buffer' });
  const text = quote(bytesAsText(target));
  const full = path.resolve(folder.toString('latin1'), target.toString('latin1'));
  const top = Buffer.from(path.toNamespacedPath(root)).toString('latin1');
  const inside = full === top || full.startsWith(top.endsWith(path.sep) ? top : top + path.sep);
  return inside
    ? { kind: 'unsupported', message: `A link to ${text}; it was not followed`, expected: true }
    : { kind: 'escape', message: `A link out of the evidence, to ${text}; it was not followed` };
}
