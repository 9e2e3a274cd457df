import type { EvidenceFile } from '../../shared/model/index.ts';
import { listEvidence } from '../case/evidence.ts';
import { sha256Of } from '../evidence/hash.ts';
import { EvidenceUnreadable, type EvidenceReader, type EvidenceSource } from '../evidence/source.ts';
import type { Connection } from '../store/store.ts';
import { fingerprintOf } from './reading/fingerprint.ts';

export const CHANGED = 'the file has changed since it was read';

/** The content of a file as it was last hashed, for as long as size and time say that it is the same. */
interface Hashed { readonly size: number; readonly modified: bigint | null; readonly sha256: Promise<string | null> }

/**
 * Evidence at hand and what is proved of it in this session. Nothing of it is shown or cited before names and sizes
 * were found to be those that were read, nor a file before its SHA-256 was found to be the recorded one. Both are done
 * when first needed: opening a case stays fast.
 */
export class AttachedEvidence {
  readonly source: EvidenceSource;
  #proof: Promise<string | null> | null;
  #refusal: string | null = null;
  readonly #hashed = new Map<string, Hashed>();

  /** @param proved true when the reading itself compares, or the caller has compared */
  constructor(source: EvidenceSource, proved: boolean) {
    this.source = source;
    this.#proof = proved ? Promise.resolve(null) : null;
  }

  /** False once it was found to be other evidence. */
  get usable(): boolean {
    return this.#refusal === null;
  }

  /** Names and sizes were compared elsewhere and are the same. */
  proved(): void {
    this.#proof = Promise.resolve(null);
  }

  /** The content of a file was hashed in this session, when it had this size and time. */
  vouch(entry: { readonly evidencePath: string; readonly size: number; readonly modified: bigint | null }, sha256: string): void {
    this.#hashed.set(entry.evidencePath, { size: entry.size, modified: entry.modified, sha256: Promise.resolve(sha256) });
  }

  /**
   * Opens a file of the manifest. A file without a recorded hash is opened as it is.
   * @throws EvidenceUnreadable when it cannot be read or is not the file that was read
   */
  async open(connection: Connection, file: EvidenceFile): Promise<EvidenceReader> {
    const refusal = await (this.#proof ??= this.#prove(connection));
    if (refusal !== null) throw new EvidenceUnreadable({ kind: 'unreadable', message: refusal });
    const reader = await this.source.open(file.evidencePath);
    try {
      if (file.sha256 !== null && (await this.#sha256(reader, file.evidencePath)) !== file.sha256) throw new EvidenceUnreadable({ kind: 'anomaly', message: CHANGED });
      return reader;
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.source.close();
  }

  async #prove(connection: Connection): Promise<string | null> {
    const [record] = await listEvidence(connection);
    const same = record === undefined || record.fingerprint === fingerprintOf(await this.source.inventory());
    this.#refusal = same ? null : `what lies at ${this.source.location} is not the evidence that was read: names or sizes differ`;
    return this.#refusal;
  }

  async #sha256(reader: EvidenceReader, evidencePath: string): Promise<string | null> {
    const modified = reader.modified ?? null;
    const known = this.#hashed.get(evidencePath);
    if (known !== undefined && known.size === reader.size && (modified === null || known.modified === modified)) return known.sha256;
    const sha256 = sha256Of(reader).then((hashed) => (hashed.ok ? hashed.sha256 : null));
    this.#hashed.set(evidencePath, { size: reader.size, modified, sha256 });
    // Whatever went wrong may pass; the next question tries again.
    sha256.then((found) => found === null && this.#hashed.delete(evidencePath), () => this.#hashed.delete(evidencePath));
    return sha256;
  }
}
