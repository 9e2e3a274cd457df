import { describe, expect, it } from 'vitest';
import { mapLimited } from '../../../electron/jobs/limited.ts';

const never = new AbortController().signal;

describe('mapLimited', () => {
  it('begins nothing new after a failure and is quiet when it rejects', async () => {
    const begun: number[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let ended = false;
    const all = mapLimited([0, 1, 2, 3], 2, never, async (n) => {
      begun.push(n);
      if (n === 0) throw new Error('first');
      await held;
      throw new Error('second');
    }).finally(() => (ended = true));
    all.catch(() => undefined);
    await Promise.resolve();
    await Promise.resolve();
    expect(ended).toBe(false);
    release();
    await expect(all).rejects.toThrow('first');
    expect(begun).toEqual([0, 1]);
  });

  it('keeps the order of the items', async () => {
    expect(await mapLimited([3, 1, 2], 3, never, async (n) => {
      for (let i = 0; i < n; i++) await Promise.resolve();
      return n;
    })).toEqual([3, 1, 2]);
  });
});
