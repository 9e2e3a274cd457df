import { randomInt } from 'node:crypto';
import { wordView, type WordView } from '../../artifacts/kit/words.ts';

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

const NO_WORDS = wordView(new Uint8Array(0));
/** Values that one row can have, and more. */
const MOST_ASKED = 16;

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
  #asked = 0;
  /** Of what is looked for: the bytes, where it begins in them, and its last one to three bytes as a word. */
  readonly #sources: WordView[] = Array.from({ length: MOST_ASKED }, () => NO_WORDS);
  readonly #starts = new Int32Array(MOST_ASKED);
  readonly #rests = new Int32Array(MOST_ASKED);
  /** A row comes from two buffers in turns: the log's, and one in which values were joined. */
  #source: Uint8Array = new Uint8Array(0);
  #view = NO_WORDS;
  #otherSource: Uint8Array = this.#source;
  #otherView = NO_WORDS;
  readonly #hashes = new Int32Array(MOST_ASKED);
  readonly #heads = new Int32Array(MOST_ASKED);
  readonly #places = new Int32Array(MOST_ASKED);
  readonly answers = new Int32Array(MOST_ASKED);
  /** Keeps the looks ahead from being left out as useless. */
  touched = 0;
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
    this.ask(kind, b, from, to);
    this.answer();
    return this.answers[0] as number;
  }

  /**
   * Asks for a value's number; `answer` puts the numbers of all that was asked into `answers`, in order. Several at once
   * cost less than one after the other: the memory that each needs is fetched at the same time.
   */
  ask(kind: number, b: Uint8Array, from: number, to: number): void {
    const n = this.#asked;
    if (n === MOST_ASKED) throw new RangeError('too many values at once');
    const length = to - from;
    if (b !== this.#source) this.#look(b);
    const view = this.#view;
    this.#sources[n] = view;
    this.#starts[n] = from;
    // Constants of MurmurHash3's mixing: quick and well spread, and no promise against a forger.
    let hash = Math.imul(this.#seed ^ kind, 0xcc9e_2d51) ^ length;
    let i = from;
    for (const last = to - 3; i < last; i += 4) {
      hash = Math.imul(hash ^ view.getInt32(i, true), 0x85eb_ca6b);
      hash ^= hash >>> 15;
    }
    if (i < to) {
      let rest = b[i] as number;
      if (i + 1 < to) rest |= (b[i + 1] as number) << 8;
      if (i + 2 < to) rest |= (b[i + 2] as number) << 16;
      this.#rests[n] = rest;
      hash = Math.imul(hash ^ rest, 0x85eb_ca6b);
    }
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0xc2b2_ae35);
    hash ^= hash >>> 13;
    this.#hashes[n] = hash;
    this.#heads[n] = length | (kind << KIND_SHIFT);
    this.#asked = n + 1;
  }

  answer(): void {
    const slots = this.#slots;
    const arena = this.#arena;
    const asked = this.#asked;
    const places = this.#places;
    // Each round only looks, so that no look waits for the one before it.
    for (let n = 0; n < asked; n++) places[n] = slots[((this.#hashes[n] as number) & (SLOTS - 1)) * SLOT + 1] as number;
    let touched = 0;
    for (let n = 0; n < asked; n++) touched ^= arena[places[n] as number] as number;
    this.touched = touched;
    for (let n = 0; n < asked; n++) this.answers[n] = this.#find(n);
    this.#asked = 0;
  }

  #find(n: number): number {
    const slots = this.#slots;
    const hash = this.#hashes[n] as number;
    const head = this.#heads[n] as number;
    let at = (hash & (SLOTS - 1)) * SLOT;
    let free = at;
    for (let probe = 0; probe < PROBES; probe++) {
      const place = (slots[at + 1] as number) - 1;
      if (place < 0) {
        free = at;
        break;
      }
      if (slots[at] === hash && this.#equals(place, head, n)) return this.#arena[place] as number;
      at = (at + SLOT) & (SLOTS * SLOT - 1);
    }
    // Where all are taken the first of them gives way: what comes again soon is found again.
    slots[free] = hash;
    slots[free + 1] = this.#used + 1;
    return this.#add(head, n);
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

  #look(b: Uint8Array): void {
    const view = b === this.#otherSource ? this.#otherView : wordView(b);
    this.#otherSource = this.#source;
    this.#otherView = this.#view;
    this.#source = b;
    this.#view = view;
  }

  #equals(place: number, head: number, n: number): boolean {
    const arena = this.#arena;
    if (arena[place + 1] !== head) return false;
    const view = this.#sources[n] as WordView;
    const length = head & LENGTH_MASK;
    const from = this.#starts[n] as number;
    const whole = length >>> 2;
    const start = place + HEAD;
    for (let i = 0; i < whole; i++) if (arena[start + i] !== view.getInt32(from + i * 4, true)) return false;
    return (length & 3) === 0 || arena[start + whole] === this.#rests[n];
  }

  #add(head: number, n: number): number {
    const id = this.#count;
    const place = this.#used;
    const length = head & LENGTH_MASK;
    const whole = length >>> 2;
    const end = place + HEAD + ((length + 3) >>> 2);
    // One word more: the end may be looked at.
    if (end >= this.#arena.length) this.#arena = grown(this.#arena, Math.max(end + 1, this.#arena.length * 2));
    const arena = this.#arena;
    const view = this.#sources[n] as WordView;
    const from = this.#starts[n] as number;
    arena[place] = id;
    arena[place + 1] = head;
    for (let i = 0; i < whole; i++) arena[place + HEAD + i] = view.getInt32(from + i * 4, true);
    if ((length & 3) !== 0) arena[place + HEAD + whole] = this.#rests[n] as number;
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
