import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { useLatest, useSettled } from '../../state/react.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { count } from '../../ui/index.ts';

/** Longer lines are shown by their beginning; `x` shows the whole. */
const MOST = 16_384;
/** Only a row that the focus rests on is read from its file. */
const REST_MS = 120;

/** Bytes as text: UTF-8 where they are that, else each byte as a character of its own (what an ANSI line mostly is). */
export function lineText(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  // Every second byte is NUL: UTF-16, as some IIS versions write it. Which of the two tells the order.
  const [even, odd] = [0, 1].map((side) => bytes.filter((b, i) => i % 2 === side && b === 0).length);
  const half = bytes.length / 4;
  if ((odd ?? 0) > half || (even ?? 0) > half) return new TextDecoder((odd ?? 0) > half ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** The line of the log itself, as its bytes stand in the evidence. */
export function SourceLine({ event }: { readonly event: TimelineEvent }): ReactNode {
  const { ref } = event;
  const settled = useSettled(event.id, REST_MS);
  const wanted = settled === event.id && ref.offset !== undefined && ref.length !== undefined && ref.length > 0;
  const answer = useLatest('evidence.bytes', wanted ? { evidencePath: ref.evidencePath, offset: ref.offset ?? 0, length: Math.min(ref.length ?? 1, MOST) } : null);
  if (ref.offset === undefined || ref.length === undefined) return null;
  const place = `bytes ${count(ref.offset)} to ${count(ref.offset + ref.length)}`;
  if (answer.failure !== null) return <p className="dim">{visible(answer.failure.message)} ({place})</p>;
  if (answer.value === null || !wanted) return <p className="dim">{place}</p>;
  if (!answer.value.available) return <p className="dim">{visible(answer.value.reason ?? 'The evidence is not attached.')} ({place})</p>;
  return (
    <>
      <pre className="source-line mono" role="region" tabIndex={0} aria-label="Source line">{visible(lineText(answer.value.hex).replace(/[\r\n]+$/, ''))}</pre>
      <p className="dim">{place}{ref.length > MOST ? `, the first ${count(MOST)} shown` : ''}</p>
    </>
  );
}
