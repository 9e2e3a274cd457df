/**
 * The fewest keys that explain how one order became another: those outside a longest common ascending run. Both orders
 * hold the same keys, each once. Ties are broken towards the earlier keys, so the answer is always the same.
 */
export function movedKeys(before: readonly string[], after: readonly string[]): readonly string[] {
  const oldPlace = new Map(before.map((key, i) => [key, i]));
  const places = after.map((key) => oldPlace.get(key) ?? 0);
  // Patience sorting: tails[k] is the index of the smallest last element of an ascending run of length k + 1.
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [i, place] of places.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[tails[middle] ?? 0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = i;
  }
  const kept = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) kept.add(i);
  return after.filter((_, i) => !kept.has(i));
}
