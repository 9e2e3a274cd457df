import type { Origin, Value } from './value.ts';

/** One write. `value` is undefined where only is known that something was written. */
interface Write {
  readonly base: Origin;
  readonly from: number;
  readonly to: number;
  readonly value: Value;
  readonly before: Write | null;
  readonly count: number;
}

export interface Found {
  readonly value: Value;
  /** Bytes that were written there, from the place that was asked for. */
  readonly width: number;
}

/** Writes that one path keeps; code of real entry points makes a few dozen. */
const MAX_WRITES = 256;
/** Places that may be left when hidden writes are thrown away; fewer than above, or each further write would do it again. */
const MAX_PLACES = 128;

/**
 * What was written on a path, newest first. Paths that part share what they have in common, so that parting costs
 * nothing. A path that writes to more places than are kept knows nothing of its memory from then on: `full`.
 */
export class Memory {
  #last: Write | null;
  #full: boolean;

  constructor(from?: Memory) {
    this.#last = from === undefined ? null : from.#last;
    this.#full = from === undefined ? false : from.#full;
  }

  get full(): boolean {
    return this.#full;
  }

  /** What the newest write left at a place; null when nothing was written there, an unknown value when it lies across it. */
  find(base: Origin, offset: number, width: number): Found | null {
    for (let write = this.#last; write !== null; write = write.before) {
      if (write.base !== base || offset >= write.to || offset + width <= write.from) continue;
      return write.from === offset && write.to >= offset + width ? { value: write.value, width: write.to - write.from } : { value: undefined, width };
    }
    return null;
  }

  write(base: Origin, offset: number, width: number, value: Value): void {
    if (this.#full) return;
    this.#last = { base, from: offset, to: offset + width, value, before: this.#last, count: (this.#last?.count ?? 0) + 1 };
    if (this.#last.count > MAX_WRITES) this.#tidy(this.#last);
  }

  /** What was written to a range may have been changed by others. What was never written there stays what it was at the start. */
  forget(base: Origin, offset: number, length: number): void {
    const ranges = new Map<number, number>();
    for (let write = this.#last; write !== null; write = write.before) {
      if (write.base === base && write.from < offset + length && write.to > offset) ranges.set(write.from, Math.max(write.to, ranges.get(write.from) ?? 0));
    }
    for (const [from, to] of ranges) this.write(base, from, to - from, undefined);
  }

  /** Leaves out writes that later ones to the same bytes hide. */
  #tidy(newest: Write): void {
    const seen = new Map<number, number>();
    const kept: Write[] = [];
    for (let write: Write | null = newest; write !== null; write = write.before) {
      const key = write.base.id * 2 ** 32 + (write.from >>> 0);
      const hidden = (seen.get(key) ?? 0) >= write.to - write.from;
      if (hidden) continue;
      kept.push(write);
      seen.set(key, write.to - write.from);
    }
    this.#full = kept.length > MAX_PLACES;
    this.#last = null;
    if (!this.#full) for (const { base, from, to, value } of kept.reverse()) this.write(base, from, to - from, value);
  }
}
