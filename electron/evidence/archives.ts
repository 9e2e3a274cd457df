import { RequestError } from '../../shared/base/result.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import { MAX_MEMBERS } from './bounds.ts';
import { GzipReader, isGzip } from './gzip-reader.ts';
import { EvidenceUnreadable, type ArchiveListing, type ArchiveMember, type EvidenceReader, type EvidenceSource } from './source.ts';
import { zipWithin } from './zip.ts';

const PACKED_NAME = /\.(?:gz|gzip|zip)$/i;
const ZIP_START = 'PK\u0003\u0004';
/** Zips that stay open between two of their members. */
const KEPT_OPEN = 8;

/** Whether a name is one that packed logs have; what it is says its content. */
export function hasPackedName(evidencePath: string): boolean {
  return PACKED_NAME.test(evidencePath);
}

/** Whether a file begins as an archive that is looked into: what it holds is no text of its own. */
export function beginsAsArchive(head: Uint8Array): boolean {
  return isGzip(head) || Buffer.from(head.subarray(0, 4)).toString('latin1') === ZIP_START;
}

/** The archive that a name of the manifest lies in, or null; `isFile` tells which names are files of the evidence. */
export function archiveAround(evidencePath: string, isFile: (evidencePath: string) => boolean): string | null {
  for (let cut = evidencePath.indexOf('/'); cut > 0; cut = evidencePath.indexOf('/', cut + 1)) {
    const archive = evidencePath.slice(0, cut);
    if (PACKED_NAME.test(archive) && isFile(archive)) return archive;
  }
  return null;
}

/** The one file in a gzip file: its own name without the ending. The name in its header is anybody's. */
function gzipMember(archive: string): string {
  const name = archive.slice(archive.lastIndexOf('/') + 1);
  return `${archive}/${name.replace(PACKED_NAME, '') || name}`;
}

interface OpenZip { readonly zip: Promise<EvidenceSource>; users: number }

/**
 * A source that also opens `<archive>/<inner name>` for gzip files and zips that are files of the evidence. Its
 * inventory is that of the evidence: what archives hold is listed only where somebody asks.
 */
export class ArchivedSource implements EvidenceSource {
  readonly #source: EvidenceSource;
  readonly #zips = new Map<string, OpenZip>();

  constructor(source: EvidenceSource) {
    this.#source = source;
  }

  get kind(): EvidenceSource['kind'] {
    return this.#source.kind;
  }

  get location(): string {
    return this.#source.location;
  }

  get timeFidelity(): EvidenceSource['timeFidelity'] {
    return this.#source.timeFidelity;
  }

  get problems(): readonly ParseProblem[] {
    return this.#source.problems ?? [];
  }

  inventory(...args: Parameters<EvidenceSource['inventory']>): ReturnType<EvidenceSource['inventory']> {
    return this.#source.inventory(...args);
  }

  async open(evidencePath: string): Promise<EvidenceReader> {
    try {
      return await this.#source.open(evidencePath);
    } catch (error) {
      if (!(error instanceof EvidenceUnreadable)) throw error;
      const inner = await this.#openInner(evidencePath);
      if (inner === null) throw error;
      return inner;
    }
  }

  /**
   * What an archive holds; null for a file that is neither gzip nor zip.
   * @throws EvidenceUnreadable when it cannot be read at all
   */
  async members(archive: string, signal?: AbortSignal): Promise<ArchiveListing | null> {
    const kind = await this.#kindOf(archive);
    if (kind === null) return null;
    if (kind === 'gzip') {
      const reader = await GzipReader.over(await this.#source.open(archive), archive);
      await reader.close();
      return { kind, members: [{ evidencePath: gzipMember(archive), size: reader.size, refusal: null, problem: null }], problems: [] };
    }
    const open = await this.#use(archive);
    try {
      const zip = await open.zip;
      const entries = (await zip.inventory(signal)).filter((entry) => entry.type === 'file' || entry.problem !== null);
      const problems = [...(zip.problems ?? [])];
      if (entries.length > MAX_MEMBERS) problems.push({ kind: 'limit', message: `The archive holds ${entries.length} files; the first ${MAX_MEMBERS} by name are looked at` });
      const members = entries.slice(0, MAX_MEMBERS).map(({ evidencePath, size, problem }) => ({ evidencePath: `${archive}/${evidencePath}`, size, ...judged(evidencePath, problem) }));
      return { kind, members, problems };
    } catch (error) {
      if (error instanceof EvidenceUnreadable || error instanceof RequestError) throw error;
      throw new EvidenceUnreadable({ kind: 'malformed', message: `The directory of the zip cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}` });
    } finally {
      open.users -= 1;
    }
  }

  async close(): Promise<void> {
    for (const { zip } of this.#zips.values()) await zip.then((open) => open.close(), () => undefined);
    this.#zips.clear();
    await this.#source.close();
  }

  async #openInner(evidencePath: string): Promise<EvidenceReader | null> {
    for (let cut = evidencePath.indexOf('/'); cut > 0; cut = evidencePath.indexOf('/', cut + 1)) {
      const archive = evidencePath.slice(0, cut);
      if (!PACKED_NAME.test(archive)) continue;
      const kind = await this.#kindOf(archive).catch((error: unknown) => {
        if (error instanceof EvidenceUnreadable) return null;
        throw error;
      });
      // A folder may have such a name.
      if (kind === null) continue;
      if (kind === 'gzip') return evidencePath === gzipMember(archive) ? GzipReader.over(await this.#source.open(archive), archive) : null;
      return this.#openMember(archive, evidencePath.slice(cut + 1));
    }
    return null;
  }

  async #openMember(archive: string, name: string): Promise<EvidenceReader> {
    const open = await this.#use(archive);
    try {
      return new MemberReader(await (await open.zip).open(name), archive, () => (open.users -= 1));
    } catch (error) {
      open.users -= 1;
      throw error;
    }
  }

  /** Opened once for all its members; those that nobody uses are closed when there are many. The caller counts itself out. */
  async #use(archive: string): Promise<OpenZip> {
    const known = this.#zips.get(archive);
    if (known !== undefined) {
      known.users += 1;
      return known;
    }
    const made: OpenZip = { zip: this.#source.open(archive).then((reader) => zipWithin(reader, archive)), users: 1 };
    made.zip.catch(() => this.#zips.delete(archive));
    this.#zips.set(archive, made);
    for (const [other, open] of this.#zips) {
      if (this.#zips.size <= KEPT_OPEN) break;
      if (open.users > 0) continue;
      this.#zips.delete(other);
      await open.zip.then((zip) => zip.close(), () => undefined);
    }
    return made;
  }

  async #kindOf(archive: string): Promise<ArchiveListing['kind'] | null> {
    const reader = await this.#source.open(archive);
    try {
      const head = await reader.read(0, 4);
      if (isGzip(head)) return 'gzip';
      return Buffer.from(head.subarray(0, 4)).toString('latin1') === ZIP_START ? 'zip' : null;
    } finally {
      await reader.close();
    }
  }
}

/** A name that leads out of its folder is a key that never becomes a path; still nothing of such an entry is used. */
function judged(name: string, problem: ParseProblem | null): Pick<ArchiveMember, 'refusal' | 'problem'> {
  if (name === '' || name.includes('\0') || name.split(/[/\\]/).includes('..')) {
    return { refusal: problem ?? { kind: 'escape', message: 'The name leads out of its folder; the entry was not read' }, problem: null };
  }
  if (hasPackedName(name)) return { refusal: { kind: 'unsupported', message: 'An archive within an archive; it was not unpacked' }, problem: null };
  if (problem !== null && (problem.kind === 'unsupported' || problem.kind === 'truncated' || problem.kind === 'malformed')) return { refusal: problem, problem: null };
  return { refusal: null, problem };
}

/** A member, which says what it is unpacked from. */
class MemberReader implements EvidenceReader {
  readonly archive: string;
  readonly size: number;
  readonly #reader: EvidenceReader;
  readonly #closed: () => void;
  #open = true;

  constructor(reader: EvidenceReader, archive: string, closed: () => void) {
    this.#reader = reader;
    this.archive = archive;
    this.size = reader.size;
    this.#closed = closed;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#reader.read(offset, length);
  }

  stream(start?: number): AsyncIterable<Uint8Array> {
    return this.#reader.stream(start);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#reader.close();
    this.#closed();
  }
}
