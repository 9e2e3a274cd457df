import { randomInt } from 'node:crypto';

/** Slots that are looked at for a value. Beyond them it is taken for a new one: hostile values cost memory, never time. */
const PROBES = 16;
const SLOTS = 1 << 21;
/** From these on the dictionary should be emptied at the next border of a segment; until then it grows. */
const FULL_ENTRIES = 1 << 20;
const FULL_BYTES = 48 * 1024 * 1024;
const FIRST_ENTRIES = 1 << 16;
const FIRST_BYTES = 4 * 1024 * 1024;
/** Bytes of the length before each value. */
const PREFIX = 4;

/** Texts that were added since the last call of `takeFresh`. `values` holds each with four bytes of length before it. */
export interface FreshTexts {
  readonly epoch: string;
  readonly from: number;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly values: Uint8Array;
}

/**
 * Gives every different value a number, by its bytes: no text is made. Open addressing over typed arrays; the values lie
 * in one arena, in the form that Parquet wants.
 */
export class Dictionary {
  readonly #slots = new Int32Array(SLOTS);
  readonly #seed = randomInt(2 ** 31);
  readonly #name: string;
  #hashes = new Int32Array(FIRST_ENTRIES);
  #starts = new Int32Array(FIRST_ENTRIES);
  #kinds = new Uint8Array(FIRST_ENTRIES);
  #arena = Buffer.allocUnsafeSlow(FIRST_BYTES);
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
    return this.#count >= FULL_ENTRIES || this.#used >= FULL_BYTES;
  }

  get hasFresh(): boolean {
    return this.#count > this.#freshFrom;
  }

  /** Forgets everything: numbers start again, under another epoch. */
  startEpoch(): void {
    if (this.#count > 0) this.#slots.fill(0);
    if (this.#arena.length > FULL_BYTES * 2) this.#arena = Buffer.allocUnsafeSlow(FIRST_BYTES);
    this.#count = 0;
    this.#used = 0;
    this.#freshFrom = 0;
    this.#freshUsed = 0;
    this.#epoch += 1;
  }

  /** Number of the value that stands in `b` from `from` to `to`; the bytes are UTF-8. */
  idOf(kind: number, b: Uint8Array, from: number, to: number): number {
    const length = to - from;
    const hash = hashOf(this.#seed + kind, b, from, to);
    const slots = this.#slots;
    const home = hash & (SLOTS - 1);
    let free = home;
    for (let probe = 0; probe < PROBES; probe++) {
      const slot = (home + probe) & (SLOTS - 1);
      const entry = slots[slot] as number;
      if (entry === 0) {
        free = slot;
        break;
      }
      if (this.#hashes[entry - 1] === hash && this.#kinds[entry - 1] === kind && this.#equals(entry - 1, b, from, length)) return entry - 1;
    }
    // Where all are taken the oldest of them gives way: what comes again soon is found again.
    const id = this.#add(kind, hash, b, from, to);
    slots[free] = id + 1;
    return id;
  }

  takeFresh(): FreshTexts {
    const fresh = {
      epoch: `${this.#name}-${this.#epoch}`, from: this.#freshFrom, count: this.#count - this.#freshFrom,
      kinds: this.#kinds.subarray(this.#freshFrom, this.#count), values: this.#arena.subarray(this.#freshUsed, this.#used),
    };
    this.#freshFrom = this.#count;
    this.#freshUsed = this.#used;
    return fresh;
  }

  #equals(entry: number, b: Uint8Array, from: number, length: number): boolean {
    const arena = this.#arena;
    const start = this.#starts[entry] as number;
    const end = entry + 1 < this.#count ? (this.#starts[entry + 1] as number) - PREFIX : this.#used;
    if (end - start !== length) return false;
    for (let i = 0; i < length; i++) if (arena[start + i] !== b[from + i]) return false;
    return true;
  }

  #add(kind: number, hash: number, b: Uint8Array, from: number, to: number): number {
    const id = this.#count;
    const start = this.#used + PREFIX;
    const end = start + to - from;
    if (id === this.#starts.length) this.#growEntries();
    if (end > this.#arena.length) this.#growArena(end);
    const arena = this.#arena;
    const length = to - from;
    arena[start - 4] = length & 0xff;
    arena[start - 3] = (length >>> 8) & 0xff;
    arena[start - 2] = (length >>> 16) & 0xff;
    arena[start - 1] = length >>> 24;
    for (let i = from, o = start; i < to; i++, o++) arena[o] = b[i] as number;
    this.#hashes[id] = hash;
    this.#kinds[id] = kind;
    this.#starts[id] = start;
    this.#count = id + 1;
    this.#used = end;
    return id;
  }

  #growEntries(): void {
    const size = this.#starts.length * 2;
    const grown = <T extends Int32Array | Uint8Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#hashes = grown(new Int32Array(size), this.#hashes);
    this.#starts = grown(new Int32Array(size), this.#starts);
    this.#kinds = grown(new Uint8Array(size), this.#kinds);
  }

  #growArena(wanted: number): void {
    const arena = Buffer.allocUnsafeSlow(Math.max(wanted, this.#arena.length * 2));
    arena.set(this.#arena.subarray(0, this.#used));
    this.#arena = arena;
  }
}

/** Four bytes at a step (constants of MurmurHash3's mixing); quick and well spread, and no promise against a forger. */
function hashOf(seed: number, b: Uint8Array, from: number, to: number): number {
  let h = seed | 0;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const k = (b[i] as number) | ((b[i + 1] as number) << 8) | ((b[i + 2] as number) << 16) | ((b[i + 3] as number) << 24);
    h = Math.imul(h ^ k, 0x85eb_ca6b);
    h ^= h >>> 15;
  }
  for (; i < to; i++) h = Math.imul(h ^ (b[i] as number), 0xc2b2_ae35);
  h ^= h >>> 16;
  h = Math.imul(h ^ (to - from), 0x85eb_ca6b);
  h ^= h >>> 13;
  return h | 0;
}
