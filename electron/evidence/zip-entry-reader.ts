import type { ParseProblem } from '../../shared/model/index.ts';
import { CHUNK, MAX_CACHED_ENTRY } from './bounds.ts';
import { ForwardReads } from './forward-reads.ts';
import { EvidenceUnreadable, type EvidenceReader } from './source.ts';
import type { ZipData } from './zip-directory.ts';
import type { ZipBytes } from './zip-file.ts';
import { inflate } from './zip-inflate.ts';

/** A read up to here does not inflate more than it needs. */
const HEAD = 64 * 1024;

/**
 * One entry of a zip. Small entries are inflated once and kept; in large ones a cursor moves forward and starts again
 * when an earlier byte is asked for, so that memory stays flat.
 */
export class ZipEntryReader implements EvidenceReader {
  readonly size: number;
  private readonly file: ZipBytes;
  private readonly data: ZipData;
  /** Said when a read goes behind `readable`; null when the whole entry may be read. */
  private readonly stop: ParseProblem | null;
  private readonly readable: number;
  private whole: Promise<Uint8Array> | null = null;
  private readonly reads = new ForwardReads(() => this.inflated());
  private open = true;

  constructor(file: ZipBytes, data: ZipData, readable: number, stop: ParseProblem | null) {
    this.file = file;
    this.data = data;
    this.size = data.size;
    this.readable = readable;
    this.stop = stop;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.reads.inTurn(() => this.readNow(offset, length));
  }

  async *stream(start = 0): AsyncIterable<Uint8Array> {
    for await (const bytes of this.reads.from(start)) {
      for (let from = 0; from < bytes.length; from += CHUNK) yield bytes.subarray(from, Math.min(bytes.length, from + CHUNK));
    }
    this.refuseBehind(this.size);
  }

  async close(): Promise<void> {
    this.open = false;
    await this.reads.end();
    this.whole = null;
  }

  private async readNow(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.size, offset + Math.max(0, length));
    if (offset >= end) return new Uint8Array(0);
    this.refuseBehind(end);
    // Whoever looks at the beginning only, to tell what it is, does not wait for the rest.
    const beginning = this.whole === null && end <= HEAD && this.size > HEAD;
    if (this.size <= MAX_CACHED_ENTRY && !beginning) {
      this.whole ??= this.collect();
      return (await this.whole).slice(offset, end);
    }
    return this.reads.take(offset, end - offset);
  }

  private refuseBehind(end: number): void {
    if (this.stop !== null && end > this.readable) throw new EvidenceUnreadable(this.stop);
  }

  private async collect(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for await (const chunk of this.inflated()) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes.subarray(0, at);
  }

  private async *inflated(): AsyncGenerator<Uint8Array> {
    if (!this.open) throw new EvidenceUnreadable({ kind: 'unreadable', message: 'The entry was read after it had been closed' });
    try {
      yield* inflate(this.file, this.data, this.readable);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown reason';
      throw new EvidenceUnreadable({ kind: 'malformed', message: `The entry of the zip is damaged: ${why}` });
    }
  }
}
