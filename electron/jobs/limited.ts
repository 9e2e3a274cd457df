/** Thrown by `checkCancelled` and by whoever notices the signal first. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

export function checkCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled();
}

/**
 * Runs `work` over the items, at most `limit` at a time. Results come back in the items' order whatever order they were
 * finished in, so that the number of workers never shows in an answer.
 * After a failure nothing new is begun, and what runs is waited for: the first failure is thrown when all is quiet.
 */
export async function mapLimited<T, R>(items: readonly T[], limit: number, signal: AbortSignal, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = Array.from({ length: items.length });
  const failures: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    try {
      while (next < items.length && failures.length === 0) {
        checkCancelled(signal);
        const index = next++;
        const item = items[index];
        if (item !== undefined) results[index] = await work(item, index);
      }
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
