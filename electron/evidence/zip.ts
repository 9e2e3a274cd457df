import { type Entry, Reader, ZipReader } from '@zip.js/zip.js';
import { RequestError } from '../../shared/base/result.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import { EvidenceUnreadable, type EvidenceReader, type EvidenceSource, type InventoryEntry } from './source.ts';
import { bombProblem, listZip, type ZipDirectory } from './zip-directory.ts';
import { ZipEntryReader } from './zip-entry-reader.ts';
import { ZipFileReader } from './zip-file.ts';

type ClosableZip = Reader<unknown> & { close(): Promise<void> };

/**
 * A zip of a collector, read in place: entries are looked up by name in its directory and inflated into memory;
 * nothing is ever written and no name is used as a path. A zip keeps modification times only.
 */
class ZipSource implements EvidenceSource {
  readonly kind = 'zip';
  readonly timeFidelity = 'mtime-only';
  readonly location: string;
  readonly problems: ParseProblem[] = [];
  private readonly file: ClosableZip;
  private directory: ZipDirectory | null = null;

  constructor(location: string, file: ClosableZip) {
    this.location = location;
    this.file = file;
  }

  async inventory(signal?: AbortSignal, onProgress?: (files: number) => void): Promise<readonly InventoryEntry[]> {
    return (await this.list(signal, onProgress)).entries;
  }

  async open(evidencePath: string): Promise<EvidenceReader> {
    const member = (await this.list()).members.get(evidencePath);
    if (member === undefined) throw new EvidenceUnreadable({ kind: 'unreadable', message: `${evidencePath} is not in the zip` });
    if (member.refusal !== null) throw new EvidenceUnreadable(member.refusal);
    if (member.listed.type === 'folder') throw new EvidenceUnreadable({ kind: 'unreadable', message: `${evidencePath} is a folder of the zip` });
    const cut = member.readable < member.data.size;
    return new ZipEntryReader(this.file, member.data, member.readable, cut ? bombProblem(member.data) : null);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Reads the directory once; a listing that was stopped is begun again. */
  private async list(signal?: AbortSignal, onProgress?: (files: number) => void): Promise<ZipDirectory> {
    if (this.directory !== null) return this.directory;
    const directory = await listZip(entriesOf(this.file), this.file.size, signal, onProgress);
    this.problems.splice(0, this.problems.length, ...directory.problems);
    this.directory = directory;
    return directory;
  }
}

/** Tolerant: an archive with bad names or contradictions is listed, the faults are reported entry by entry. */
function entriesOf(file: ClosableZip): AsyncGenerator<Entry, boolean> {
  return new ZipReader(file, { strictness: 'tolerant', filenameValidation: 'tolerant', useWebWorkers: false }).getEntriesGenerator();
}

/**
 * Opens a zip and makes sure that its directory can be found.
 * @throws RequestError `unavailable` when it is cut off or its directory is damaged.
 */
export async function openZipSource(location: string): Promise<EvidenceSource> {
  const file = await ZipFileReader.open(location);
  try {
    await entriesOf(file).next();
    return new ZipSource(location, file);
  } catch (error) {
    await file.close();
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new RequestError('unavailable', `The zip at ${location} is damaged or cut off, its directory cannot be read: ${why}`);
  }
}

/** A zip that is itself a file of the evidence. */
class PackedZip extends Reader<EvidenceReader> {
  private readonly reader: EvidenceReader;

  constructor(reader: EvidenceReader) {
    super(reader);
    this.reader = reader;
    this.size = reader.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = await this.reader.read(index, Math.max(0, Math.min(length, this.size - index)));
    return Uint8Array.from(bytes.subarray(0, length));
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}

/** A zip inside the evidence; the reader belongs to it from here on. */
export function zipWithin(reader: EvidenceReader, location: string): EvidenceSource {
  return new ZipSource(location, new PackedZip(reader));
}
