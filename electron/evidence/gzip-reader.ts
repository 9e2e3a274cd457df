import { createGunzip } from 'node:zlib';
import { MAX_RATIO, MAX_SUSPECT_OUTPUT } from './bounds.ts';
import { ForwardReads } from './forward-reads.ts';
import { EvidenceUnreadable, type EvidenceReader } from './source.ts';

/** Fixed header and trailer of a member (RFC 1952, 2.3). */
const LEAST = 18;

/** Packed bytes that are unpacked at once: deflate makes at most 1032 times as many of them. */
const PIECE = 16 * 1024;
/** Near a damaged place in smaller and smaller steps: few, so that many damaged files cost little. */
const FINER = [256, 1];

/** Whether a file begins as gzip with the only method that there is (RFC 1952, 2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * The unpacked bytes of a gzip file, of one member or several. Nothing is unpacked before it is asked for; an earlier
 * byte is found again by unpacking from the start, so that memory stays flat.
 *
 * The size is what the trailer of the last member says (RFC 1952, 2.3.1: modulo 2^32, of that member alone) until all
 * was read. A file that grows by more than MAX_RATIO is read up to that and no further.
 */
export class GzipReader implements EvidenceReader {
  readonly archive: string;
  readonly modified: bigint | null;
  private readonly file: EvidenceReader;
  private readonly readable: number;
  private readonly claimed: number;
  private known: number | null = null;
  private readonly reads = new ForwardReads(() => this.unpacked());
  private open = true;

  private constructor(file: EvidenceReader, archive: string, claimed: number) {
    this.file = file;
    this.archive = archive;
    this.claimed = claimed;
    this.modified = file.modified ?? null;
    this.readable = Math.max(MAX_SUSPECT_OUTPUT, file.size * MAX_RATIO);
  }

  /** @param file the packed file; it is closed with this reader */
  static async over(file: EvidenceReader, archive: string): Promise<GzipReader> {
    const trailer = Buffer.from(file.size < LEAST ? new Uint8Array(0) : await file.read(file.size - 4, 4));
    return new GzipReader(file, archive, trailer.length < 4 ? 0 : trailer.readUInt32LE(0));
  }

  get size(): number {
    return this.known ?? this.claimed;
  }

  get sizeClaimed(): boolean {
    return this.known === null;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.reads.inTurn(async () => (length <= 0 ? new Uint8Array(0) : this.reads.take(offset, length)));
  }

  stream(start = 0): AsyncIterable<Uint8Array> {
    return this.reads.from(start);
  }

  async close(): Promise<void> {
    this.open = false;
    await this.reads.end();
    await this.file.close();
  }

  private async *unpacked(): AsyncGenerator<Uint8Array> {
    if (!this.open) throw new EvidenceUnreadable({ kind: 'unreadable', message: 'The packed file was read after it had been closed' });
    let given = 0;
    const fine = { from: Number.POSITIVE_INFINITY, step: PIECE };
    for (;;) {
      const gunzip = new Unpacking();
      let total = 0;
      let at = 0;
      let failure: Error | null = null;
      try {
        for await (const packed of this.file.stream()) {
          for (let i = 0; i < packed.length && failure === null; ) {
            const piece = packed.subarray(i, i + (at >= fine.from ? fine.step : Math.min(PIECE, fine.from - at)));
            failure = await gunzip.push(piece);
            yield* this.bounded(gunzip, total, given);
            total += gunzip.taken();
            given = Math.max(given, total);
            if (failure !== null) break;
            i += piece.length;
            at += piece.length;
          }
          if (failure !== null) break;
        }
        // What a piece brought before its damaged place is lost with it: it is taken once more in smaller steps.
        const step = FINER.find((s) => s < fine.step);
        if (failure !== null && step !== undefined) {
          fine.from = at;
          fine.step = step;
          continue;
        }
        failure ??= await gunzip.end();
        yield* this.bounded(gunzip, total, given);
        total += gunzip.taken();
        if (failure !== null) throw failure;
        this.known = total;
        return;
      } catch (error) {
        if (error instanceof EvidenceUnreadable) throw error;
        const why = error instanceof Error ? error.message : 'unknown reason';
        throw new EvidenceUnreadable({ kind: 'malformed', message: `The gzip file is damaged behind ${total} unpacked bytes: ${why}` });
      } finally {
        gunzip.destroy();
      }
    }
  }

  /** @param given bytes that went out before: an earlier one is not given twice */
  private *bounded(gunzip: Unpacking, total: number, given: number): Generator<Uint8Array> {
    let at = total;
    for (const chunk of gunzip.chunks) {
      const rest = this.readable - at;
      const skip = Math.min(chunk.length, Math.max(0, given - at));
      if (chunk.length > rest) {
        if (rest > skip) yield chunk.subarray(skip, rest);
        throw new EvidenceUnreadable({ kind: 'limit', message: `The packed file grows from ${this.file.size} to more than ${this.readable} bytes; only those are read` });
      }
      at += chunk.length;
      if (skip < chunk.length) yield chunk.subarray(skip);
    }
  }
}

/** Unpacks piece by piece, so that all that comes before a damaged place is there when the damage is met. */
class Unpacking {
  chunks: Uint8Array[] = [];
  readonly #gunzip = createGunzip({ chunkSize: 256 * 1024 });
  #failure: Error | null = null;
  #wake: () => void = () => undefined;

  constructor() {
    this.#gunzip.on('data', (chunk: Uint8Array) => this.chunks.push(chunk));
    this.#gunzip.on('error', (error) => {
      this.#failure = error;
      this.#wake();
    });
    this.#gunzip.on('end', () => this.#wake());
  }

  /** @returns why it cannot be unpacked on, or null */
  async push(piece: Uint8Array): Promise<Error | null> {
    if (this.#failure === null) await this.#until(() => void this.#gunzip.write(piece, () => this.#wake()));
    return this.#failure;
  }

  async end(): Promise<Error | null> {
    if (this.#failure === null) await this.#until(() => void this.#gunzip.end());
    return this.#failure;
  }

  /** Bytes that were given away since the last call. */
  taken(): number {
    return this.chunks.splice(0).reduce((n, chunk) => n + chunk.length, 0);
  }

  destroy(): void {
    this.#gunzip.destroy();
  }

  #until(begin: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      begin();
    });
  }
}
