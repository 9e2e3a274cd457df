import type { StringIndex } from './string-scan.ts';

/**
 * Finds which strings of a file contain a text; letter case of ASCII is ignored. The bytes come in pieces of any size, in
 * order; each is looked at once (Knuth, Morris, Pratt), whatever the text and the file are.
 */
export class StringMatch {
  readonly #index: StringIndex;
  readonly #pattern: Uint8Array;
  readonly #back: Uint16Array;
  readonly #found: Uint8Array;
  /** Separate ways through the file for each encoding, since their strings can overlap. */
  readonly #ways = [{ wide: 0, next: 0, state: 0, done: false }, { wide: 1, next: 0, state: 0, done: false }];
  #position = 0;

  /** @param text ASCII, not empty */
  constructor(index: StringIndex, text: string) {
    this.#index = index;
    this.#pattern = Uint8Array.from(text, (character) => lower(character.charCodeAt(0)));
    this.#back = borders(this.#pattern);
    this.#found = new Uint8Array(index.count);
  }

  /** True when no string is left to look at. */
  get done(): boolean {
    return this.#ways.every((way) => way.next >= this.#index.count);
  }

  push(bytes: Uint8Array): void {
    for (const way of this.#ways) {
      const step = way.wide === 1 ? 2 : 1;
      while (way.next < this.#index.count) {
        const offset = this.#index.offsets[way.next] ?? 0;
        if (this.#index.wide[way.next] === way.wide) {
          if (offset >= this.#position + bytes.length) break;
          const end = offset + (this.#index.lengths[way.next] ?? 0);
          // The first character of this string that lies in the piece.
          const begun = Math.max(0, Math.ceil((this.#position - offset) / step)) * step + offset;
          if (!way.done) this.#look(way, bytes, begun - this.#position, Math.min(end - this.#position, bytes.length), step);
          if (end > this.#position + bytes.length) break;
        }
        way.next += 1;
        way.state = 0;
        way.done = false;
      }
    }
    this.#position += bytes.length;
  }

  /** The numbers of the strings that contain the text. */
  end(): Uint32Array {
    const out = new Uint32Array(this.#found.reduce((sum, found) => sum + found, 0));
    for (let i = 0, at = 0; i < this.#found.length; i++) if (this.#found[i] === 1) out[at++] = i;
    return out;
  }

  #look(way: { next: number; state: number; done: boolean }, bytes: Uint8Array, from: number, to: number, step: number): void {
    let state = way.state;
    for (let i = from; i < to; i += step) {
      const byte = lower(bytes[i] ?? 0);
      while (state > 0 && this.#pattern[state] !== byte) state = this.#back[state - 1] ?? 0;
      if (this.#pattern[state] === byte) state += 1;
      if (state < this.#pattern.length) continue;
      this.#found[way.next] = 1;
      way.done = true;
      break;
    }
    way.state = state;
  }
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** For each start of the pattern the length of its longest proper start that is also its end. */
function borders(pattern: Uint8Array): Uint16Array {
  const out = new Uint16Array(pattern.length);
  for (let i = 1, k = 0; i < pattern.length; i++) {
    while (k > 0 && pattern[k] !== pattern[i]) k = out[k - 1] ?? 0;
    if (pattern[k] === pattern[i]) k += 1;
    out[i] = k;
  }
  return out;
}
