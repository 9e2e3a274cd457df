import type { DiffLine } from '../../shared/model/index.ts';

export interface LineDiff {
  readonly lines: readonly DiffLine[];
  /** Lines were left out besides long runs of equal ones. */
  readonly capped: boolean;
}

/** Edits that are looked for exactly between two fixed lines; beyond, the block is told as replaced. */
const MOST_EDITS = 1000;

/**
 * Two texts line by line: equal lines at both ends and lines that both have once stand fast (patience), between them the
 * fewest edits are looked for (Myers 1986, O(ND)) as long as they are not many. Line numbers are 1-based.
 */
export function diffLines(left: readonly string[], right: readonly string[], { context, most }: { readonly context: number; readonly most: number }): LineDiff {
  const ids = new Map<string, number>();
  const intern = (lines: readonly string[]): Int32Array => Int32Array.from(lines, (line) => {
    const known = ids.get(line);
    if (known !== undefined) return known;
    ids.set(line, ids.size);
    return ids.size - 1;
  });
  const a = intern(left);
  const b = intern(right);
  const pairs: Pair[] = [];
  match(a, b, { aFrom: 0, aTo: a.length, bFrom: 0, bTo: b.length }, pairs);
  return shown(left, right, pairs, context, most);
}

/** A line of the left and the line of the right that is the same. */
type Pair = readonly [number, number];
interface Block { readonly aFrom: number; readonly aTo: number; readonly bFrom: number; readonly bTo: number }

/** Appends the equal lines of a block in order. */
function match(a: Int32Array, b: Int32Array, block: Block, pairs: Pair[]): void {
  const waiting: (Block | Pair)[] = [block];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!('aFrom' in next)) {
      pairs.push(next);
      continue;
    }
    let { aFrom, aTo, bFrom, bTo } = next;
    while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) pairs.push([aFrom++, bFrom++]);
    const tail: Pair[] = [];
    while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) tail.push([--aTo, --bTo]);
    // Last in, first out: the tail is told after what is before it.
    for (const pair of tail) waiting.push(pair);
    if (aFrom === aTo || bFrom === bTo) continue;
    const inner = { aFrom, aTo, bFrom, bTo };
    const anchors = anchorsOf(a, b, inner);
    if (anchors.length === 0) {
      for (const pair of (fewestEdits(a, b, inner) ?? []).toReversed()) waiting.push(pair);
      continue;
    }
    let [aEnd, bEnd] = [aTo, bTo];
    for (const [i, j] of anchors.toReversed()) {
      waiting.push({ aFrom: i + 1, aTo: aEnd, bFrom: j + 1, bTo: bEnd }, [i, j]);
      [aEnd, bEnd] = [i, j];
    }
    waiting.push({ aFrom, aTo: aEnd, bFrom, bTo: bEnd });
  }
}

/** Lines that stand once on each side, as many as keep their order. */
function anchorsOf(a: Int32Array, b: Int32Array, { aFrom, aTo, bFrom, bTo }: Block): Pair[] {
  const places = new Map<number, { a: number; b: number; times: number }>();
  for (let i = aFrom; i < aTo; i++) {
    const line = a[i] ?? 0;
    const known = places.get(line);
    if (known === undefined) places.set(line, { a: i, b: -1, times: 1 });
    else known.times = 2;
  }
  for (let j = bFrom; j < bTo; j++) {
    const known = places.get(b[j] ?? 0);
    if (known === undefined) continue;
    if (known.b >= 0) known.times = 2;
    known.b = j;
  }
  const once = [...places.values()].filter((p) => p.times === 1 && p.b >= 0).map((p): Pair => [p.a, p.b]);
  return ascending(once);
}

/** A longest run of pairs whose right sides ascend; the left sides do already. */
function ascending(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [i, [, place]] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = i;
  }
  const run: Pair[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) {
    const pair = pairs[i];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}

/** Equal lines of the shortest edit script, or null when it is longer than is looked for. */
function fewestEdits(a: Int32Array, b: Int32Array, { aFrom, aTo, bFrom, bTo }: Block): Pair[] | null {
  const n = aTo - aFrom;
  const m = bTo - bFrom;
  const most = Math.min(n + m, MOST_EDITS);
  const trace: Int32Array[] = [];
  let furthest = new Int32Array(2 * most + 3);
  const at = (row: Int32Array, k: number): number => row[k + most + 1] ?? 0;
  for (let d = 0; d <= most; d++) {
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1)) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < n && x - k < m && a[aFrom + x] === b[bFrom + x - k]) x += 1;
      furthest[k + most + 1] = x;
      if (x >= n && x - k >= m) return walkBack(trace, d, { aFrom, bFrom, n, m, most });
    }
    trace.push(furthest);
    furthest = furthest.slice();
  }
  return null;
}

function walkBack(trace: readonly Int32Array[], edits: number, { aFrom, bFrom, n, m, most }: { aFrom: number; bFrom: number; n: number; m: number; most: number }): Pair[] {
  const pairs: Pair[] = [];
  let [x, y] = [n, m];
  for (let d = edits; d > 0; d--) {
    const row = trace[d - 1];
    const k = x - y;
    const at = (diagonal: number): number => row?.[diagonal + most + 1] ?? 0;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const before = down ? k + 1 : k - 1;
    const [startX, startY] = [at(before), at(before) - before];
    const [midX, midY] = down ? [startX, startY + 1] : [startX + 1, startY];
    while (x > midX && y > midY) pairs.push([aFrom + --x, bFrom + --y]);
    [x, y] = [startX, startY];
  }
  while (x > 0 && y > 0) pairs.push([aFrom + --x, bFrom + --y]);
  return pairs.reverse();
}

/** The lines to show: differences with `context` equal lines around them, at most `most`. */
function shown(left: readonly string[], right: readonly string[], pairs: readonly Pair[], context: number, most: number): LineDiff {
  const lines: DiffLine[] = [];
  const room = (): boolean => lines.length < most;
  let capped = false;
  let [i, j] = [0, 0];
  let run: Pair[] = [];
  const flush = (last: boolean): void => {
    const first = lines.length === 0;
    const keep = run.filter((_, at) => (!first && at < context) || (!last && at >= run.length - context));
    for (const [x, y] of keep) {
      if (room()) lines.push({ what: 'same', left: x + 1, right: y + 1, text: left[x] ?? '' });
      else capped = true;
    }
    run = [];
  };
  for (const [x, y] of [...pairs, [left.length, right.length] as Pair]) {
    if (i < x || j < y) {
      flush(false);
      for (; i < x; i++) {
        if (room()) lines.push({ what: 'removed', left: i + 1, right: null, text: left[i] ?? '' });
        else capped = true;
      }
      for (; j < y; j++) {
        if (room()) lines.push({ what: 'added', left: null, right: j + 1, text: right[j] ?? '' });
        else capped = true;
      }
    }
    if (x < left.length || y < right.length) run.push([x, y]);
    [i, j] = [x + 1, y + 1];
  }
  if (lines.length > 0) flush(true);
  return { lines, capped };
}
