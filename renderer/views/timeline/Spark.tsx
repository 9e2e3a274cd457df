import type { ReactNode } from 'react';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { count } from '../../ui/index.ts';

interface Props {
  readonly counts: readonly number[];
  /** Of the whole of `counts`. */
  readonly first: string | null;
  readonly last: string | null;
  readonly time: (text: string | null) => string;
}

/** Counts over equal parts of a span, as small bars; in words where the most are. */
export function Spark({ counts, first, last, time }: Props): ReactNode {
  const most = Math.max(0, ...counts);
  if (most === 0) return null;
  const words = sparkWords(counts, first, last, time);
  const width = 100 / counts.length;
  return (
    <svg className="spark" role="img" aria-label={words} viewBox="0 0 100 16" preserveAspectRatio="none">
      <title>{words}</title>
      {counts.map((n, i) => (n === 0 ? null : <rect key={i} x={i * width} width={width * 0.86} y={16 - Math.max(1.5, (n / most) * 16)} height={Math.max(1.5, (n / most) * 16)} />))}
    </svg>
  );
}

/** `in 3 of 24 parts, most (1 204) from 2026-03-02 14:00`. */
export function sparkWords(counts: readonly number[], first: string | null, last: string | null, time: (text: string | null) => string): string {
  const most = Math.max(0, ...counts);
  const parts = `in ${counts.filter((n) => n > 0).length} of ${counts.length} parts, most ${count(most)}`;
  const [from, to] = [first === null ? null : parseInstant(first), last === null ? null : parseInstant(last)];
  if (from === null || to === null) return parts;
  const begin = from + ((to - from) * BigInt(counts.indexOf(most))) / BigInt(counts.length);
  return `${parts} from ${time(instantText(begin - (begin % 10_000_000n)))}`;
}
