import { compareText } from '../../../../shared/base/compare.ts';
import type { TickRange } from '../steering.ts';

const DAY = 864_000_000_000n;
/** Days of logs around a pivot that are read before everything else, to each side. */
export const AROUND = 2n * DAY;
/** A packed log tells its end only when it is unpacked; no log of IIS covers more than a month but those that never roll over. */
const LONGEST = 31n * DAY;

/** A moment that the answer hangs on. A lower tier is read first. */
export interface Pivot { readonly time: bigint; readonly tier: number }

/** A log, or a part of one, that is still to be read. Times in ticks, as head and tail give them; null when not known. */
export interface ReadingUnit {
  readonly evidencePath: string;
  /** Logs of one folder follow each other. */
  readonly folder: string;
  readonly from: bigint | null;
  readonly to: bigint | null;
  /** Ranges of it that were read before the rest: for these it is not urgent any more. */
  readonly ahead: readonly TickRange[];
}

/** Place in the order: smaller comes first. Within equal classes and ranks the newest first, then by name. */
interface Rank { readonly class: number; readonly rank: bigint; readonly window: TickRange | null }

const FRONT = 0;
const NEAR_PIVOT = 1;
const DATED = 2;
const UNDATED = 3;

/**
 * What is read next: the range that the analyst asked for, the days around pivots (nearest first), then from the newest
 * log to the oldest. Names decide nothing but the order of logs whose times are the same or not known.
 */
export class LogOrder<U extends ReadingUnit> {
  readonly #left = new Set<U>();
  readonly #ends = new Map<U, bigint | null>();
  readonly #pivots: readonly Pivot[];
  #front: TickRange | null = null;
  #sorted: U[] | null = null;

  constructor(units: readonly U[], pivots: readonly Pivot[]) {
    this.#pivots = pivots;
    for (const unit of units) this.#left.add(unit);
    for (const [unit, end] of endsOf(units)) this.#ends.set(unit, end);
  }

  get left(): number {
    return this.#left.size;
  }

  set front(range: TickRange | null) {
    this.#front = range;
    this.#sorted = null;
  }

  /** Whether anything of the range that was asked for is left. */
  get hasFront(): boolean {
    if (this.#front === null) return false;
    for (const unit of this.#left) if (this.inFront(unit)) return true;
    return false;
  }

  /**
   * The next one, which is no longer left then; null when there is none.
   * @param urgent only of the front and of pivots
   * @param wanted null also where this refuses the next one, which then is left
   */
  take(urgent = false, wanted: (unit: U) => boolean = () => true): U | null {
    // The last one of the list comes first: taking it costs nothing.
    this.#sorted ??= [...this.#left].sort((a, b) => -this.#compare(a, b));
    const unit = this.#sorted.at(-1);
    if (unit === undefined || (urgent && !this.isUrgent(unit)) || !wanted(unit)) return null;
    this.#sorted.pop();
    this.#left.delete(unit);
    return unit;
  }

  /** What was begun and left goes back to where it belongs. */
  putBack(unit: U): void {
    this.#left.add(unit);
    this.#sorted = null;
  }

  isUrgent(unit: U): boolean {
    return this.#rank(unit).class <= NEAR_PIVOT;
  }

  inFront(unit: U): boolean {
    return this.#rank(unit).class === FRONT;
  }

  /** The range of time that makes a log urgent; null for one that is not. */
  windowOf(unit: U): TickRange | null {
    return this.#rank(unit).window;
  }

  #compare(a: U, b: U): number {
    const x = this.#rank(a);
    const y = this.#rank(b);
    if (x.class !== y.class) return x.class - y.class;
    if (x.rank !== y.rank) return x.rank < y.rank ? -1 : 1;
    const s = this.#end(a) ?? 0n;
    const t = this.#end(b) ?? 0n;
    if (s !== t) return s > t ? -1 : 1;
    return compareText(a.evidencePath, b.evidencePath);
  }

  #rank(unit: U): Rank {
    const from = unit.from ?? unit.to;
    const to = this.#end(unit) ?? from;
    if (from === null || to === null) return { class: UNDATED, rank: 0n, window: null };
    const span: TickRange = { from, to };
    if (this.#front !== null && touches(span, this.#front) && !isAhead(unit, span, this.#front)) return { class: FRONT, rank: 0n, window: this.#front };
    let best: Rank | null = null;
    for (const { time, tier } of this.#pivots) {
      const distance = time < from ? from - time : time > to ? time - to : 0n;
      const window: TickRange = { from: time - AROUND, to: time + AROUND };
      if (distance > AROUND || isAhead(unit, span, window)) continue;
      const rank = BigInt(tier) * (AROUND + 1n) + distance;
      if (best === null || rank < best.rank) best = { class: NEAR_PIVOT, rank, window };
    }
    return best ?? { class: DATED, rank: 0n, window: null };
  }

  #end(unit: U): bigint | null {
    return this.#ends.get(unit) ?? unit.to;
  }
}

const touches = (a: TickRange, b: TickRange): boolean => a.from <= b.to && a.to >= b.from;

/** Whether what a log has of a range was read ahead. */
function isAhead(unit: ReadingUnit, span: TickRange, wanted: TickRange): boolean {
  const from = wanted.from > span.from ? wanted.from : span.from;
  const to = wanted.to < span.to ? wanted.to : span.to;
  return unit.ahead.some((range) => range.from <= from && range.to >= to);
}

/** Where the end of a log is not known, the beginning of the next one in its folder is taken for it. */
function endsOf<U extends ReadingUnit>(units: readonly U[]): Map<U, bigint | null> {
  const ends = new Map<U, bigint | null>();
  const byFolder = new Map<string, U[]>();
  for (const unit of units) {
    const own = byFolder.get(unit.folder) ?? [];
    byFolder.set(unit.folder, own);
    own.push(unit);
  }
  for (const own of byFolder.values()) {
    const dated = own.filter((u) => u.from !== null).sort((a, b) => ((a.from ?? 0n) < (b.from ?? 0n) ? -1 : 1));
    for (const [i, unit] of dated.entries()) {
      const latest = (unit.from ?? 0n) + LONGEST;
      const next = dated.slice(i + 1, i + 2)[0]?.from ?? latest;
      ends.set(unit, unit.to ?? (next < latest ? next : latest));
    }
  }
  return ends;
}
