import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { ParseProblem, TimeFidelity } from '../../shared/model/index.ts';
import { birthsAreTheServers, keepsBirths } from './birth-times.ts';
import { openFileReader } from './file-reader.ts';
import { listFolder } from './folder-list.ts';
import { EvidenceUnreadable, type EvidenceReader, type EvidenceSource, type InventoryEntry } from './source.ts';

/** A folder of the disk as evidence: read-only, links are listed and never followed. */
export class FolderSource implements EvidenceSource {
  readonly kind = 'folder';
  readonly location: string;
  readonly problems: ParseProblem[] = [];
  /** Names whose text is not their path on the disk (bytes that are no UTF-8), from the last inventory. */
  private odd: ReadonlyMap<string, Buffer> | null = null;
  private fidelity: TimeFidelity = 'mtime-only';

  /** @param location absolute path of an existing folder with every link resolved. */
  constructor(location: string) {
    this.location = location;
  }

  /** Known once the inventory is done: `full` only where creation times cannot be those of the copying. */
  get timeFidelity(): TimeFidelity {
    return this.fidelity;
  }

  async inventory(signal?: AbortSignal, onProgress?: (files: number) => void): Promise<readonly InventoryEntry[]> {
    const listing = await listFolder(this.location, signal, onProgress);
    this.odd = listing.odd;
    this.problems.splice(0, this.problems.length, ...listing.problems);
    const full = (await keepsBirths(this.location)) && birthsAreTheServers(listing.entries);
    this.fidelity = full ? 'full' : 'mtime-only';
    if (!full) for (const entry of listing.entries) entry.created = null;
    return listing.entries;
  }

  async open(evidencePath: string): Promise<EvidenceReader> {
    // A name with an escaped byte can only be told from a name that looks like one once the folder was listed.
    if (this.odd === null && evidencePath.includes('\\x')) await this.inventory();
    const onDisk = this.odd?.get(evidencePath) ?? this.plainPath(evidencePath);
    const reader = await openFileReader(onDisk, evidencePath);
    try {
      await this.refuseLinkedParent(onDisk, evidencePath);
    } catch (error) {
      await reader.close();
      throw error;
    }
    return reader;
  }

  async close(): Promise<void> {
    // Nothing is held between reads.
  }

  private plainPath(evidencePath: string): Buffer {
    const parts = evidencePath.split('/');
    const bad = parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0') || (path.sep === '\\' && part.includes('\\')));
    if (bad) throw new EvidenceUnreadable({ kind: 'escape', message: 'This name is not one of the evidence folder; it was not opened' });
    return Buffer.from(path.toNamespacedPath(path.join(this.location, ...parts)));
  }

  /** O_NOFOLLOW guards the last component only: a link in the middle shows as another real path of the parent. */
  private async refuseLinkedParent(onDisk: Buffer, evidencePath: string): Promise<void> {
    const cut = Math.max(onDisk.lastIndexOf('/'), path.sep === '\\' ? onDisk.lastIndexOf('\\') : -1);
    const parent = onDisk.subarray(0, cut);
    const real = await realpath(parent, { encoding: 'buffer' });
    const same = path.sep === '\\' ? samePathOnWindows(real, parent) : real.equals(parent.length === 0 ? Buffer.from('/') : parent);
    if (!same) throw new EvidenceUnreadable({ kind: 'escape', message: `A folder above ${evidencePath} is a link; it was not followed` });
  }
}

function samePathOnWindows(a: Buffer, b: Buffer): boolean {
  const plain = (buffer: Buffer): string => buffer.toString('utf8').replace(/^\\\\\?\\/, '').toLowerCase();
  return plain(a) === plain(b);
}
