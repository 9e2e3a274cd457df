import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManyTexts } from '../../../electron/lists/match/many-texts.ts';

describe('many texts at once', () => {
  it('finds what looking for each by itself finds', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 }).map((l) => l.join(''));
    fc.assert(fc.property(fc.array(letters, { maxLength: 12 }), fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }).map((l) => l.join('')), (patterns, text) => {
      expect([...new ManyTexts(patterns).find(text)].sort((a, b) => a - b)).toEqual(patterns.flatMap((p, i) => (text.includes(p) ? [i] : [])));
    }), { numRuns: 1000 });
  });

  it('counts what does not fit', () => {
    const many = new ManyTexts([...Array.from({ length: 500 }, (_, i) => `${i} ${'x'.repeat(1000)}`), '']);
    expect(many.left).toBeGreaterThan(50);
    expect(many.find(`0 ${'x'.repeat(1000)}`).size).toBe(1);
  });
});
