/** A place in a stream that only moves forward. */
export class Cursor {
  at = 0;
  private readonly chunks: AsyncGenerator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    this.chunks = chunks;
  }

  /** Skips to `offset` (not before `at`) and takes up to `length` bytes. */
  async take(offset: number, length: number): Promise<Uint8Array> {
    const out = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.rest.length === 0 && !(await this.fill())) break;
      const skip = Math.min(this.rest.length, Math.max(0, offset - this.at));
      const some = this.rest.subarray(skip, skip + length - filled);
      out.set(some, filled);
      filled += some.length;
      this.at += skip + some.length;
      this.rest = this.rest.subarray(skip + some.length);
    }
    return out.subarray(0, filled);
  }

  async end(): Promise<void> {
    await this.chunks.return(undefined);
  }

  private async fill(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done === true) return false;
    this.rest = next.value;
    return true;
  }
}
