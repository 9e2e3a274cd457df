import { randomFillSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shannon } from '../../../../electron/artifacts/pe/entropy.ts';

/** The textbook sum, one byte at a time. */
function plain(bytes: Uint8Array): number {
  const counts = new Map<number, number>();
  for (const b of bytes) counts.set(b, (counts.get(b) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / bytes.length) * Math.log2(n / bytes.length), 0);
}

describe('entropy', () => {
  it.each([0, 1, 2, 3, 4, 5, 255, 4097, 300_001])('of %i bytes is the textbook sum', (length) => {
    const bytes = randomFillSync(new Uint8Array(length)).map((b, i) => (i % 3 === 0 ? b & 0x0f : b));
    expect(shannon(bytes)).toBeCloseTo(length === 0 ? 0 : plain(bytes), 3);
  });
  it('is the same wherever the bytes start', () => {
    const bytes = randomFillSync(new Uint8Array(300_001));
    for (const from of [1, 2, 3]) expect(shannon(bytes.subarray(from))).toBe(shannon(bytes.slice(from)));
    for (const length of [0, 1, 2, 3, 4]) expect(shannon(bytes.subarray(3, 3 + length))).toBe(shannon(bytes.slice(3, 3 + length)));
  });

  it('counts bytes wherever they begin and however few they are', () => {
    const pool = new Uint8Array(64).map((_, i) => i);
    for (let from = 0; from < 8; from++) for (let length = 1; length < 12; length++) expect(shannon(pool.subarray(from, from + length))).toBe(Math.round(Math.log2(length) * 10_000) / 10_000);
  });
});
