import { Cursor } from './cursor.ts';

/**
 * Reads at any place of bytes that can only be unpacked from their start: a cursor moves forward, and starts again when an
 * earlier byte is asked for, so that memory stays flat. Reads share the cursor, so they wait for each other.
 */
export class ForwardReads {
  readonly #unpack: () => AsyncGenerator<Uint8Array>;
  #cursor: Cursor | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param unpack gives the bytes anew from their start */
  constructor(unpack: () => AsyncGenerator<Uint8Array>) {
    this.#unpack = unpack;
  }

  /** Runs a read when those before it have ended; only then may it `take`. */
  inTurn<T>(read: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(read);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async take(offset: number, length: number): Promise<Uint8Array> {
    if (this.#cursor === null || this.#cursor.at > offset) {
      await this.#cursor?.end();
      this.#cursor = new Cursor(this.#unpack());
    }
    return this.#cursor.take(offset, length);
  }

  /** All bytes from `start` on, apart from the cursor. */
  async *from(start: number): AsyncGenerator<Uint8Array> {
    let at = 0;
    for await (const bytes of this.#unpack()) {
      const skip = Math.min(bytes.length, Math.max(0, start - at));
      at += bytes.length;
      if (skip < bytes.length) yield bytes.subarray(skip);
    }
  }

  /** Waits for the reads that were asked for and lets the cursor go. */
  async end(): Promise<void> {
    await this.#turn;
    await this.#cursor?.end();
    this.#cursor = null;
  }
}
