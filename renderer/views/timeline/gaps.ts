import { durationText } from '../../../shared/time/duration.ts';
import { parseInstant } from '../../../shared/time/instant.ts';

type Timed = { readonly time: string | null; readonly id?: string };

/** Shorter silences are a night's quiet, not a gap. In ticks. */
const LEAST = 6n * 3600n * 10_000_000n;
/** A gap is this many times longer than what is usual between neighbours. */
const TIMES_USUAL = 20n;

/** The usual distance between neighbours of a page, in ticks: the median. */
export function usualGap(rows: readonly Timed[]): bigint {
  const gaps: bigint[] = [];
  for (let i = 1; i < rows.length; i++) {
    const gap = between(rows[i - 1], rows[i]);
    if (gap !== null) gaps.push(gap);
  }
  gaps.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return gaps[Math.floor(gaps.length / 2)] ?? 0n;
}

/** `3 d 04 h` when nothing happened between two neighbours for unusually long; else null. */
export function gapWords(before: Timed | undefined, row: Timed | undefined, usual: bigint): string | null {
  const gap = between(before, row);
  return gap === null || gap < LEAST || gap <= TIMES_USUAL * usual ? null : durationText(gap).slice(1);
}

function between(before: Timed | undefined, row: Timed | undefined): bigint | null {
  const from = before?.time === undefined || before.time === null ? null : parseInstant(before.time);
  const to = row?.time === undefined || row.time === null ? null : parseInstant(row.time);
  return from === null || to === null || to < from ? null : to - from;
}

interface Pages {
  row(index: number): Timed | undefined;
  around(index: number): readonly Timed[];
}

/** A silence that the host told of: the event behind it, and its length in seconds. */
export interface KnownGap {
  readonly after: string;
  readonly to: string;
  readonly seconds: number;
}

/**
 * Says of a row how long nothing had happened before it, where that is unusually long.
 * @param known the silences of the whole list; null: not known yet, and what is usual is taken from the rows at hand
 */
export function gapsOf(pages: Pages, filtered: boolean, known: readonly KnownGap[] | null = null): (index: number) => string | null {
  const usual = new WeakMap<readonly Timed[], bigint>();
  const behind = new Map((known ?? []).map((gap) => [gap.after, gap]));
  const what = filtered ? 'nothing that passes the filter' : 'nothing';
  return (index) => {
    const gap = behind.get(pages.row(index)?.id ?? '');
    if (gap !== undefined) return `${durationText(BigInt(Math.round(gap.seconds)) * 10_000_000n).slice(1)} ${what}`;
    // Once they are known those are all: what is drawn is what the keys lead to.
    if (index === 0 || known !== null) return null;
    const rows = pages.around(index);
    let median = usual.get(rows);
    if (median === undefined) {
      median = usualGap(rows);
      usual.set(rows, median);
    }
    const words = gapWords(pages.row(index - 1), pages.row(index), median);
    return words === null ? null : `${words} ${what}`;
  };
}
