import type { Entry } from '@zip.js/zip.js';
import { compareText } from '../../shared/base/compare.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import { MAX_ENTRIES, MAX_RATIO, MAX_SUSPECT_OUTPUT } from './bounds.ts';
import { addProblem, freeName, markCaseTwins, type DraftEntry } from './odd-names.ts';
import { zipEntryPath, zipNameProblem } from './zip-names.ts';
import { zipTime } from './zip-times.ts';

/** A listed entry and what of it may be read. */
export interface ZipMember {
  readonly listed: DraftEntry;
  readonly entry: Entry;
  /** Why it cannot be read at all, or null. */
  readonly refusal: ParseProblem | null;
  /** Bytes that may be taken from it; below its size for an entry that grows like a bomb. */
  readonly readable: number;
}

export interface ZipDirectory {
  /** By evidencePath. */
  readonly members: ReadonlyMap<string, ZipMember>;
  /** Sorted by evidencePath. */
  readonly entries: readonly DraftEntry[];
  readonly problems: readonly ParseProblem[];
}

/** Stored, Deflate, Deflate64: what the library inflates. */
const METHODS = new Set([0, 8, 9]);

/**
 * Lists the directory of a zip. Every entry is kept: bad names with an `escape` problem, a second entry of one name
 * under a name with a number.
 * @throws RequestError `cancelled` when the signal is aborted.
 */
export async function listZip(found: AsyncIterable<Entry>, zipSize: number, signal?: AbortSignal, onProgress?: (files: number) => void): Promise<ZipDirectory> {
  const members = new Map<string, ZipMember>();
  const problems: ParseProblem[] = [];
  let withoutZone = 0;
  try {
    for await (const entry of found) {
      if (signal?.aborted === true) throw new RequestError('cancelled', 'The listing of the evidence was stopped');
      const member = memberOf(entry, members);
      members.set(member.listed.evidencePath, member);
      if (member.listed.modified !== null && !entry.directory && !zipTime(entry).utc) withoutZone += 1;
      if (members.size % 4096 === 0) onProgress?.(members.size);
      if (members.size < MAX_ENTRIES) continue;
      problems.push({ kind: 'limit', message: `The listing stopped at ${members.size} entries; what lies behind them was not seen` });
      break;
    }
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const why = error instanceof Error ? error.message : 'unknown reason';
    problems.push({ kind: 'malformed', message: `The directory of the zip is damaged behind ${members.size} entries (${why}); what lies behind them was not seen` });
  }
  refuseOverlaps(members, zipSize);
  if (withoutZone > 0) {
    problems.push({ kind: 'anomaly', expected: true, message: `${withoutZone} file times in the zip are local times of an unknown zone (steps of two seconds); they are shown as if they were UTC` });
  }
  const entries = [...members.values()].map((member) => member.listed).sort((a, b) => compareText(a.evidencePath, b.evidencePath));
  markCaseTwins(entries);
  onProgress?.(entries.length);
  return { members, entries, problems };
}

function memberOf(entry: Entry, taken: ReadonlyMap<string, ZipMember>): ZipMember {
  const written = zipEntryPath(entry);
  const path = freeName(written, taken);
  const type = entry.symlink ? 'link' : entry.directory ? 'folder' : 'file';
  const listed: DraftEntry = { evidencePath: path, type, size: type === 'file' ? entry.uncompressedSize : 0, modified: zipTime(entry).ticks, created: null, problem: zipNameProblem(written) };
  if (path !== written) addProblem(listed, { kind: 'anomaly', message: 'The zip holds another entry of the same name' });
  return judge(listed, entry);
}

function judge(listed: DraftEntry, entry: Entry): ZipMember {
  let refusal: ParseProblem | null = null;
  let readable = entry.uncompressedSize;
  if (listed.type === 'link') refusal = { kind: 'escape', message: 'A symbolic link in the zip; it was not followed' };
  else if (listed.type === 'file' && entry.encrypted) refusal = { kind: 'unsupported', message: 'The entry is encrypted; it was not read' };
  else if (listed.type === 'file' && !METHODS.has(entry.compressionMethod)) refusal = { kind: 'unsupported', message: `The entry is compressed with method ${entry.compressionMethod}, which this version does not read` };
  if (refusal !== null) addProblem(listed, refusal);
  else if (entry.uncompressedSize > MAX_SUSPECT_OUTPUT && entry.uncompressedSize > entry.compressedSize * MAX_RATIO) {
    readable = MAX_SUSPECT_OUTPUT;
    addProblem(listed, bombProblem(entry));
  }
  return { listed, entry, refusal, readable };
}

/** Said in the listing, and again where the reading stops. */
export function bombProblem(entry: Entry): ParseProblem {
  const message = `The entry claims to grow from ${entry.compressedSize} to ${entry.uncompressedSize} bytes, more than ${MAX_RATIO} times; only its first ${MAX_SUSPECT_OUTPUT} bytes are read`;
  return { kind: 'limit', message };
}

/** Length of a local file header without name and extra field (APPNOTE.TXT 4.3.7). */
const LOCAL_HEADER = 30;

/** Entries that share their bytes are how a small zip pretends to hold petabytes; no honest tool writes them. */
function refuseOverlaps(members: Map<string, ZipMember>, zipSize: number): void {
  const inOrder = [...members].filter(([, member]) => member.listed.type === 'file').sort((a, b) => a[1].entry.offset - b[1].entry.offset);
  let end = 0;
  let last: [string, ZipMember] | null = null;
  for (const item of inOrder) {
    const { entry } = item[1];
    if (entry.offset < end) {
      refuse(members, item, 'shares its bytes with another entry of the zip');
      if (last !== null) refuse(members, last, 'shares its bytes with another entry of the zip');
    }
    const own = entry.offset + LOCAL_HEADER + entry.rawFilename.length + entry.compressedSize;
    if (own > zipSize) refuse(members, item, 'lies behind the end of the zip');
    if (own > end) {
      end = own;
      last = item;
    }
  }
}

function refuse(members: Map<string, ZipMember>, [path, member]: [string, ZipMember], why: string): void {
  if (members.get(path)?.refusal !== null) return;
  const refusal: ParseProblem = { kind: why.includes('end') ? 'truncated' : 'malformed', message: `The entry ${why}; it was not read` };
  addProblem(member.listed, refusal);
  members.set(path, { ...member, refusal });
}
