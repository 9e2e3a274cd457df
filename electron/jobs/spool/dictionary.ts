import { randomInt } from 'node:crypto';

/** Slots that are looked at for a value. Beyond them it is taken for a new one: hostile values cost memory, never time. */
const PROBES = 16;
const SLOTS = 1 << 20;
/** From these on the dictionary should be emptied at the next border of a segment; until then it grows. */
const FULL_ENTRIES = 1 << 19;
const FULL_WORDS = 10 * 1024 * 1024;
/** And from so many times as much on the segment should end for that. */
const OVERFULL = 2;
const FIRST_WORDS = 1 << 20;
/** Before the words of a value: its number, and its length with the kind above it. */
const HEAD = 2;
const KIND_SHIFT = 26;
const LENGTH_MASK = (1 << KIND_SHIFT) - 1;
/** A slot is a hash and a place in the arena plus 1: one look at each finds a value, because each look costs most. */
const SLOT = 2;

/** Texts that were added since the last call of `takeFresh`. `values` holds each with four bytes of length before it. */
export interface FreshTexts {
  readonly epoch: string;
  readonly from: number;
  readonly count: number;
  readonly kinds: Int32Array;
  readonly values: Uint8Array;
}

/**
 * Gives every different value a number, by its bytes: no text is made. Open addressing over typed arrays; the values lie
 * in one arena, in words of four bytes, which are hashed, compared and copied at once.
 */
export class Dictionary {
  readonly #slots = new Int32Array(SLOTS * SLOT);
  readonly #seed = randomInt(2 ** 31);
  readonly #name: string;
  #arena = new Int32Array(FIRST_WORDS);
  /** The value that is looked for, in words; the last one is filled up with zeros. */
  #words = new Int32Array(1 << 12);
  #count = 0;
  #used = 0;
  #epoch = 0;
  #freshFrom = 0;
  #freshUsed = 0;

  /** @param name tells this dictionary from those of other workers and earlier runs; random where none is given */
  constructor(name: string = randomInt(2 ** 47).toString(36)) {
    this.#name = name;
  }

  get full(): boolean {
    return this.#count >= FULL_ENTRIES || this.#used >= FULL_WORDS;
  }

  get overfull(): boolean {
    return this.#count >= FULL_ENTRIES * OVERFULL || this.#used >= FULL_WORDS * OVERFULL;
  }

  get hasFresh(): boolean {
    return this.#count > this.#freshFrom;
  }

  /** Forgets everything: numbers start again, under another epoch. */
  startEpoch(): void {
    if (this.#count > 0) this.#slots.fill(0);
    if (this.#arena.length > FULL_WORDS * OVERFULL) this.#arena = new Int32Array(FIRST_WORDS);
    this.#count = 0;
    this.#used = 0;
    this.#freshFrom = 0;
    this.#freshUsed = 0;
    this.#epoch += 1;
  }

  /** Number of the value that stands in `b` from `from` to `to`; the bytes are UTF-8. */
  idOf(kind: number, b: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length > (this.#words.length - 1) * 4) this.#words = new Int32Array(length);
    const words = this.#words;
    // Constants of MurmurHash3's mixing: quick and well spread, and no promise against a forger.
    let hash = Math.imul(this.#seed ^ kind, 0xcc9e_2d51) ^ length;
    let size = 0;
    let i = from;
    for (const last = to - 3; i < last; i += 4) {
      const word = (b[i] as number) | ((b[i + 1] as number) << 8) | ((b[i + 2] as number) << 16) | ((b[i + 3] as number) << 24);
      words[size++] = word;
      hash = Math.imul(hash ^ word, 0x85eb_ca6b);
      hash ^= hash >>> 15;
    }
    if (i < to) {
      let word = b[i] as number;
      if (i + 1 < to) word |= (b[i + 1] as number) << 8;
      if (i + 2 < to) word |= (b[i + 2] as number) << 16;
      words[size++] = word;
      hash = Math.imul(hash ^ word, 0x85eb_ca6b);
    }
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0xc2b2_ae35);
    hash ^= hash >>> 13;

    const slots = this.#slots;
    let at = (hash & (SLOTS - 1)) * SLOT;
    let free = at;
    for (let probe = 0; probe < PROBES; probe++) {
      const place = (slots[at + 1] as number) - 1;
      if (place < 0) {
        free = at;
        break;
      }
      if (slots[at] === hash && this.#equals(place, kind, length, size)) return this.#arena[place] as number;
      at = (at + SLOT) & (SLOTS * SLOT - 1);
    }
    // Where all are taken the first of them gives way: what comes again soon is found again.
    slots[free] = hash;
    slots[free + 1] = this.#used + 1;
    return this.#add(kind, length, size);
  }

  takeFresh(): FreshTexts {
    const from = this.#freshFrom;
    const count = this.#count - from;
    const arena = this.#arena;
    const bytes = new Uint8Array(arena.buffer);
    const kinds = new Int32Array(count);
    const values = new Uint8Array((this.#used - this.#freshUsed) * 4);
    let o = 0;
    for (let i = 0, place = this.#freshUsed; i < count; i++) {
      const head = arena[place + 1] as number;
      const length = head & LENGTH_MASK;
      kinds[i] = head >>> KIND_SHIFT;
      values[o] = length & 0xff;
      values[o + 1] = (length >>> 8) & 0xff;
      values[o + 2] = (length >>> 16) & 0xff;
      values[o + 3] = length >>> 24;
      o += 4;
      const start = (place + HEAD) * 4;
      for (let k = start; k < start + length; k++) values[o++] = bytes[k] as number;
      place += HEAD + ((length + 3) >>> 2);
    }
    this.#freshFrom = this.#count;
    this.#freshUsed = this.#used;
    return { epoch: `${this.#name}-${this.#epoch}`, from, count, kinds, values: values.subarray(0, o) };
  }

  #equals(place: number, kind: number, length: number, size: number): boolean {
    const arena = this.#arena;
    if (arena[place + 1] !== (length | (kind << KIND_SHIFT))) return false;
    const words = this.#words;
    const start = place + HEAD;
    for (let i = 0; i < size; i++) if (arena[start + i] !== words[i]) return false;
    return true;
  }

  #add(kind: number, length: number, size: number): number {
    const id = this.#count;
    const place = this.#used;
    const end = place + HEAD + size;
    if (end > this.#arena.length) this.#arena = grown(this.#arena, Math.max(end, this.#arena.length * 2));
    const arena = this.#arena;
    const words = this.#words;
    arena[place] = id;
    arena[place + 1] = length | (kind << KIND_SHIFT);
    for (let i = 0; i < size; i++) arena[place + HEAD + i] = words[i] as number;
    this.#count = id + 1;
    this.#used = end;
    return id;
  }
}

function grown(from: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}
