/** Hashes that are looked for in catalogs: cheap to ask for millions of members of which nearly none is wanted. */
export class WantedDigests {
  readonly #all: ReadonlySet<string>;
  /** The first four bytes of each. */
  readonly #heads: ReadonlySet<number>;

  /** @param digests lower-case hex */
  constructor(digests: Iterable<string>) {
    this.#all = new Set(digests);
    this.#heads = new Set([...this.#all].map((hex) => Number.parseInt(hex.slice(0, 8), 16)));
  }

  get size(): number {
    return this.#all.size;
  }

  /** The raw hash at `at` as lower-case hex when it is wanted, else null. */
  raw(bytes: Uint8Array, at: number, end: number): string | null {
    const head = (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
    if (!this.#heads.has(head)) return null;
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('hex');
    return this.#all.has(hex) ? hex : null;
  }

  /** The same for a hash as UTF-16 hexadecimal text with or without a closing NUL; null also for other text. */
  utf16(bytes: Uint8Array, at: number, end: number): string | null {
    let head = 0;
    for (let i = 0; i < 8; i++) {
      const digit = bytes[at + i * 2 + 1] === 0 ? hexDigit(bytes[at + i * 2] ?? 0) : -1;
      if (digit < 0) return null;
      head = head * 16 + digit;
    }
    if (!this.#heads.has(head)) return null;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf16le').replace(/\0$/, '').toLowerCase();
    return this.#all.has(text) ? text : null;
  }
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
