import { stat } from 'node:fs/promises';
import path from 'node:path';
import { openFileReader } from './file-reader.ts';
import { EvidenceUnreadable, type EvidenceReader, type EvidenceSource, type InventoryEntry } from './source.ts';

/** One file as evidence. Its only name is the last component of its path. */
export class SingleFileSource implements EvidenceSource {
  readonly kind = 'file';
  readonly location: string;
  readonly timeFidelity = 'none';
  readonly problems = [];
  private readonly name: string;

  /** @param location absolute path of an existing plain file with every link resolved. */
  constructor(location: string) {
    this.location = location;
    this.name = path.basename(location);
  }

  async inventory(): Promise<readonly InventoryEntry[]> {
    const found = await stat(this.location, { bigint: true });
    return [{ evidencePath: this.name, type: 'file', size: Number(found.size), modified: found.mtimeNs / 100n, created: null, problem: null }];
  }

  async open(evidencePath: string): Promise<EvidenceReader> {
    if (evidencePath !== this.name) throw new EvidenceUnreadable({ kind: 'escape', message: `${evidencePath} is not in the evidence` });
    return openFileReader(this.location, evidencePath);
  }

  async close(): Promise<void> {
    // Nothing is held between reads.
  }
}
