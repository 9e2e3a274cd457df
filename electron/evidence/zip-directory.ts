import { crc32 } from 'node:zlib';
import type { Entry, FileEntry } from '@zip.js/zip.js';
import { compareText } from '../../shared/base/compare.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import { MAX_ENTRIES, MAX_RATIO, MAX_SUSPECT_OUTPUT } from './bounds.ts';
import { addProblem, freeName, markCaseTwins, type DraftEntry } from './odd-names.ts';
import { zipEntryPath, zipNameProblem } from './zip-names.ts';
import { zipTime } from './zip-times.ts';

/** Where the bytes of an entry lie. The library's own entries take kilobytes each, too much for a million of them. */
export interface ZipData {
  /** Of the local header, in bytes from the start of the zip. */
  readonly offset: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly method: number;
  /** Null where the directory has none. */
  readonly crc: number | null;
  /** CRC-32 of the name's bytes, to compare it with the local header's. */
  readonly nameSum: number;
  readonly nameLength: number;
  /** Only for entries that Node cannot inflate. */
  readonly deflate64: FileEntry | null;
}

/** A listed entry and what of it may be read. */
export interface ZipMember {
  readonly listed: DraftEntry;
  readonly data: ZipData;
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

const DEFLATE64 = 9;
/** Stored, Deflate, Deflate64. */
const METHODS = new Set([0, 8, DEFLATE64]);
/** Local file header without name and extra field (APPNOTE.TXT 4.3.7). */
const LOCAL_HEADER = 30;

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
  const data = dataOf(entry);
  const refusal = refusalOf(listed, entry);
  if (refusal !== null) addProblem(listed, refusal);
  const bomb = refusal === null && data.size > MAX_SUSPECT_OUTPUT && data.size > data.compressedSize * MAX_RATIO;
  if (bomb) addProblem(listed, bombProblem(data));
  return { listed, data, refusal, readable: bomb ? MAX_SUSPECT_OUTPUT : data.size };
}

function dataOf(entry: Entry): ZipData {
  const { offset, compressedSize, uncompressedSize: size, compressionMethod: method, rawFilename } = entry;
  const deflate64 = !entry.directory && method === DEFLATE64 ? entry : null;
  return { offset, compressedSize, size, method, crc: entry.crc32 ?? null, nameSum: crc32(rawFilename), nameLength: rawFilename.length, deflate64 };
}

function refusalOf(listed: DraftEntry, entry: Entry): ParseProblem | null {
  if (listed.type === 'link') return { kind: 'escape', message: 'A symbolic link in the zip; it was not followed' };
  if (listed.type !== 'file') return null;
  if (entry.encrypted) return { kind: 'unsupported', message: 'The entry is encrypted; it was not read' };
  if (METHODS.has(entry.compressionMethod)) return null;
  return { kind: 'unsupported', message: `The entry is compressed with method ${entry.compressionMethod}, which this version does not read` };
}

/** Said in the listing, and again where the reading stops. */
export function bombProblem({ compressedSize, size }: ZipData): ParseProblem {
  const message = `The entry claims to grow from ${compressedSize} to ${size} bytes, more than ${MAX_RATIO} times; only its first ${MAX_SUSPECT_OUTPUT} bytes are read`;
  return { kind: 'limit', message };
}

/** Entries that share their bytes are how a small zip pretends to hold petabytes; no honest tool writes them. */
function refuseOverlaps(members: Map<string, ZipMember>, zipSize: number): void {
  const inOrder = [...members].filter(([, member]) => member.listed.type === 'file').sort((a, b) => a[1].data.offset - b[1].data.offset);
  let end = 0;
  let last: [string, ZipMember] | null = null;
  for (const item of inOrder) {
    const { data } = item[1];
    if (data.offset < end) {
      refuse(members, item, 'shares its bytes with another entry of the zip');
      if (last !== null) refuse(members, last, 'shares its bytes with another entry of the zip');
    }
    const own = data.offset + LOCAL_HEADER + data.nameLength + data.compressedSize;
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
