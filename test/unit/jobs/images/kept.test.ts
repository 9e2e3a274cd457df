import { expect, it } from 'vitest';
import { Kept } from '../../../../electron/jobs/images/kept.ts';

it('makes an answer once, however often it is asked for meanwhile', async () => {
  const kept = new Kept<Promise<number>>(10_000);
  let made = 0;
  const ask = (): Promise<number> => kept.get('a', async () => (made += 1), () => 1);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  expect(await ask()).toBe(1);
});

it('makes a failed answer again', async () => {
  const kept = new Kept<Promise<string>>(10_000);
  await expect(kept.get('a', () => Promise.reject(new Error('unreadable')), () => 1)).rejects.toThrow('unreadable');
  expect(await kept.get('a', () => Promise.resolve('read'), () => 1)).toBe('read');
});

it('forgets what was asked for longest ago when its bound is passed', async () => {
  const kept = new Kept<Promise<string>>(10_000);
  const made: string[] = [];
  const ask = (key: string, weight: number): Promise<string> => kept.get(key, async () => {
    made.push(key);
    return key;
  }, () => weight);
  for (const key of ['a', 'b']) await ask(key, 4000);
  await ask('a', 4000);
  await ask('c', 4000);
  expect(kept.size).toBe(2);
  await ask('a', 4000);
  await ask('b', 4000);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  // One that is larger than the bound is kept alone.
  await ask('large', 50_000);
  expect(kept.size).toBe(1);
});
