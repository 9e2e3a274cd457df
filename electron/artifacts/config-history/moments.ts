import type { Moment, TimeFidelity } from '../../../shared/model/index.ts';

/**
 * When a history copy was saved. The folder number gives the order for certain; the file time gives the moment as far
 * as the collection kept it, and anybody with access can set it.
 * @param modified content time of the copy as UTC text, or null.
 */
export function copyMoment(order: number, modified: string | null, fidelity: TimeFidelity): Moment {
  if (modified === null || fidelity === 'none') return { time: null, from: 'history-order', fidelity: 'order-only', order };
  return { time: modified, from: 'file-time', fidelity: 'mtime-only', order };
}

/** True when file times run against the folder numbers: a time was set, or the numbers were. */
export function outOfOrder(copies: readonly { readonly order: number; readonly modified: bigint | null }[]): boolean {
  const sorted = copies.filter((copy) => copy.modified !== null).toSorted((a, b) => a.order - b.order);
  return sorted.some((copy, i) => {
    const before = sorted[i - 1]?.modified;
    return before !== undefined && before !== null && copy.modified !== null && copy.modified < before;
  });
}
