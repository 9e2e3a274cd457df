import type { Change } from './change-words.ts';
import { before, type Copy } from './copies.ts';

/** What the analyst looked at last in the lists of the Config screen: the thing that `m` marks and `d` compares. */
export type Subject = { readonly kind: 'file'; readonly evidencePath: string } | { readonly kind: 'change'; readonly change: Change };

export interface Pair {
  readonly from: string;
  readonly to: string | null;
  /** `right:12`: the line to begin at. */
  readonly at?: string;
}

/** The two files that `d` compares: those of the change, the marked one and this one, or the copy before and this one. */
export function pairOf(subject: Subject, marked: string | null, copies: readonly Copy[]): Pair {
  if (subject.kind === 'file') {
    const { evidencePath } = subject;
    if (marked !== null && marked !== evidencePath) return { from: marked, to: evidencePath };
    const copy = copies.find((c) => c.evidencePath === evidencePath);
    const earlier = copy === undefined ? null : before(copies, copy);
    return earlier === null ? { from: evidencePath, to: null } : { from: earlier.evidencePath, to: evidencePath };
  }
  const { change } = subject;
  // Two servers may have copies of the same number: the one whose lines the change cites is meant.
  const cited = new Set(change.refs.map((r) => r.evidencePath));
  const fileOf = (id: string): Copy | undefined => copies.find((c) => c.id === id && cited.has(c.evidencePath)) ?? copies.find((c) => c.id === id);
  const from = fileOf(change.from);
  const to = fileOf(change.to);
  if (from === undefined || to === undefined) return { from: from?.evidencePath ?? change.refs[0]?.evidencePath ?? '', to: to?.evidencePath ?? null };
  const line = (side: 'left' | 'right', file: Copy): string | null => {
    const found = change.refs.find((r) => r.evidencePath === file.evidencePath)?.line;
    return found === undefined ? null : `${side}:${found}`;
  };
  const at = line('right', to) ?? line('left', from);
  return { from: from.evidencePath, to: to.evidencePath, ...(at === null ? {} : { at }) };
}
