/** Bytes to look for. `mask` has 0 where any byte fits; `fold`: letters of ASCII fit in either case. */
export interface BytePattern {
  readonly bytes: Uint8Array;
  readonly mask: Uint8Array | null;
  readonly fold: boolean;
}

interface Anchored {
  readonly index: number;
  /** Where in the pattern its anchor stands. */
  readonly at: number;
}

/** Bytes of an anchor: four in a row that must be there. */
const ANCHOR = 4;
/** Upper and lower case fall together with this bit, and more besides; what passes is compared byte by byte. */
const CASE = 0x2020_2020;
const BUCKETS = 1 << 16;
const spread = (word: number): number => Math.imul(word, 0x9e37_79b1) >>> 16;

/**
 * Finds many patterns in one pass: a table says for each four bytes whether some pattern has them as its anchor, which is
 * chosen among its rarer bytes. The time is that of one look-up a byte, however many patterns there are.
 */
export class ByteSearch {
  readonly #patterns: readonly BytePattern[];
  readonly #filter = new Uint8Array(BUCKETS);
  readonly #anchored = new Map<number, Anchored[]>();

  /** @throws RangeError for a pattern without four fixed bytes in a row: that is a mistake of ours */
  constructor(patterns: readonly BytePattern[]) {
    this.#patterns = patterns;
    for (const [index, pattern] of patterns.entries()) {
      const at = anchorOf(pattern);
      if (at === null) throw new RangeError(`pattern ${index} has no four fixed bytes in a row`);
      const word = (wordAt(pattern.bytes, at) | CASE) >>> 0;
      this.#filter[spread(word)] = 1;
      const known = this.#anchored.get(word);
      if (known === undefined) this.#anchored.set(word, [{ index, at }]);
      else known.push({ index, at });
    }
  }

  /**
   * @param accept told of each occurrence in order of its anchor, by number of the pattern and offset; once it answers true,
   *   that pattern is looked for no further, so that a file made of one pattern costs no more than another
   */
  run(bytes: Uint8Array, accept: (index: number, offset: number) => boolean): void {
    const filter = this.#filter;
    const done = new Uint8Array(this.#patterns.length);
    let word = 0;
    for (let i = 0; i < bytes.length; i++) {
      word = (word << 8) | (bytes[i] as number);
      if (filter[Math.imul(word | CASE, 0x9e37_79b1) >>> 16] !== 0 && i >= ANCHOR - 1) this.#check(bytes, i - ANCHOR + 1, (word | CASE) >>> 0, done, accept);
    }
  }

  #check(bytes: Uint8Array, at: number, word: number, done: Uint8Array, accept: (index: number, offset: number) => boolean): void {
    for (const anchored of this.#anchored.get(word) ?? []) {
      const pattern = this.#patterns[anchored.index];
      const offset = at - anchored.at;
      if (pattern === undefined || done[anchored.index] === 1 || !fits(pattern, bytes, offset)) continue;
      if (accept(anchored.index, offset)) done[anchored.index] = 1;
    }
  }
}

function fits({ bytes, mask, fold }: BytePattern, file: Uint8Array, offset: number): boolean {
  if (offset < 0 || offset + bytes.length > file.length) return false;
  for (let i = 0; i < bytes.length; i++) {
    const wanted = bytes[i] ?? 0;
    const found = file[offset + i] ?? 0;
    if (wanted === found || (mask !== null && mask[i] === 0)) continue;
    if (!fold || lower(wanted) !== lower(found)) return false;
  }
  return true;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

/** Letters of English texts and of code, the frequent ones first. */
const FREQUENT = 'etaoinsrhldcumfpgwybvkxjqz';

/** How seldom a byte stands in programs, roughly: zeros and spaces are everywhere, signs are rare. */
function rarity(byte: number): number {
  if (byte === 0 || byte === 0x20 || byte === 0xff) return 0;
  const letter = FREQUENT.indexOf(String.fromCodePoint(lower(byte)));
  if (letter >= 0) return 3 + letter / 4;
  return byte >= 0x30 && byte <= 0x39 ? 7 : 9;
}

/** Where the rarest four fixed bytes in a row begin, or null. */
function anchorOf({ bytes, mask }: BytePattern): number | null {
  let best: { readonly at: number; readonly score: number } | null = null;
  for (let at = 0; at + ANCHOR <= bytes.length; at++) {
    let score = 0;
    let fixed = true;
    for (let i = at; i < at + ANCHOR; i++) {
      fixed &&= mask === null || mask[i] !== 0;
      score += rarity(bytes[i] ?? 0);
    }
    if (fixed && (best === null || score > best.score)) best = { at, score };
  }
  return best?.at ?? null;
}
