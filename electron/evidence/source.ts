import type { ParseProblem, TimeFidelity } from '../../shared/model/index.ts';

/** A name in the evidence, as the inventory found it. Times are 100 ns ticks since 1970, null when not recorded. */
export interface InventoryEntry {
  /** Relative to the root, `/` between components, as spelled in the evidence (not decoded). */
  readonly evidencePath: string;
  /** `link` is a symbolic link, junction or reparse point: listed, never followed. `other`: device, socket, FIFO. */
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly size: number;
  readonly modified: bigint | null;
  readonly created: bigint | null;
  /** A fault of this name itself (unreadable folder, name that is no text, path too long), or null. */
  readonly problem: ParseProblem | null;
}

/** Bounded reads of one file. Reading past the end gives fewer bytes, never an error. */
export interface EvidenceReader {
  readonly size: number;
  /** True while `size` is only what a packed file claims: the true one is known when it was read to its end. */
  readonly sizeClaimed?: boolean;
  /** Evidence path of the archive that the bytes are unpacked from; left out for bytes that lie in the evidence as they are. */
  readonly archive?: string;
  /** When the file was last written, in ticks, as it was opened; null or left out where that is not known. */
  readonly modified?: bigint | null;
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Chunks from `start` to the end, each at most 4 MiB; memory stays flat. */
  stream(start?: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** A file in an archive of the evidence, or why it cannot be read. */
export interface ArchiveMember {
  /** `<archive>/<inner name>`: what `open` takes. */
  readonly evidencePath: string;
  /** Bytes; of gzip what its trailer claims. */
  readonly size: number;
  /** Set: it is listed and not read. */
  readonly refusal: ParseProblem | null;
  /** Odd, and read all the same. */
  readonly problem: ParseProblem | null;
}

export interface ArchiveListing {
  readonly kind: 'gzip' | 'zip';
  readonly members: readonly ArchiveMember[];
  readonly problems: readonly ParseProblem[];
}

/**
 * Read-only access to a folder, a zip or a single file. Nothing is ever written, no link is followed, no name is used
 * as a path outside the root.
 */
export interface EvidenceSource {
  readonly kind: 'folder' | 'zip' | 'file';
  /** Absolute path, for people and for re-attaching. */
  readonly location: string;
  /** How far the source's file times can be trusted at best (a zip keeps modification times only). */
  readonly timeFidelity: TimeFidelity;
  /**
   * Faults of the source as a whole, complete once `inventory` is done: a listing cut at our bound, times without a
   * zone, a damaged directory. Faults of one name stand on its entry.
   */
  readonly problems?: readonly ParseProblem[];
  /** Every name, sorted by evidencePath (code units). Stops early when `signal` is aborted. */
  inventory(signal?: AbortSignal, onProgress?: (files: number) => void): Promise<readonly InventoryEntry[]>;
  /** @throws EvidenceUnreadable when the name is not a plain file of the evidence or cannot be opened. */
  open(evidencePath: string): Promise<EvidenceReader>;
  /**
   * What an archive of the evidence holds; null for a file that is neither gzip nor zip.
   * @throws EvidenceUnreadable when it cannot be read at all
   */
  members?(archive: string, signal?: AbortSignal): Promise<ArchiveListing | null>;
  close(): Promise<void>;
}

/** A file of the evidence could not be opened or read; `problem` says how, for the Problems screen. */
export class EvidenceUnreadable extends Error {
  readonly problem: ParseProblem;
  constructor(problem: ParseProblem) {
    super(problem.message);
    this.name = 'EvidenceUnreadable';
    this.problem = problem;
  }
}
