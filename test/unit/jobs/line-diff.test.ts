import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffLines } from '../../../electron/jobs/line-diff.ts';

const ALL = { context: 1_000_000, most: 1_000_000 };
const brief = (left: string, right: string, options = ALL): string[] => diffLines(left.split(' '), right.split(' '), options).lines.map((l) => `${{ same: ' ', added: '+', removed: '-' }[l.what]}${l.text}`);

describe('two texts line by line', () => {
  test('what was added, removed and stayed', () => {
    expect(brief('a b c d', 'a c x d')).toEqual([' a', '-b', ' c', '+x', ' d']);
    expect(brief('a a b a', 'a b a a')).toEqual([' a', '-a', ' b', '+a', ' a']);
    expect(diffLines([], ['x'], ALL).lines).toEqual([{ what: 'added', left: null, right: 1, text: 'x' }]);
    expect(diffLines(['x'], ['x'], ALL)).toEqual({ lines: [], capped: false });
  });

  test('line numbers are those of each side, and only lines near a difference are told', () => {
    const left = Array.from({ length: 100 }, (_, i) => `line ${i + 1}`);
    const right = [...left.slice(0, 49), 'new', ...left.slice(49)];
    const { lines, capped } = diffLines(left, right, { context: 3, most: 100 });
    expect(lines.map((l) => [l.left, l.right])).toEqual([[47, 47], [48, 48], [49, 49], [null, 50], [50, 51], [51, 52], [52, 53]]);
    expect(capped).toBe(false);
  });

  test('the answer is cut and says so', () => {
    const left = Array.from({ length: 50 }, (_, i) => `a${i}`);
    const { lines, capped } = diffLines(left, left.map((l) => `${l}!`), { context: 3, most: 20 });
    expect([lines.length, capped]).toEqual([20, true]);
  });

  test('is a way from the one text to the other, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '}'), { maxLength: 40 });
    fc.assert(fc.property(text, text, (left, right) => {
      const { lines } = diffLines(left, right, ALL);
      if (left.join('\n') === right.join('\n') && left.length === right.length) return lines.length === 0;
      const of = (side: 'added' | 'removed'): string[] => lines.filter((l) => l.what !== side).map((l) => l.text);
      expect(of('added')).toEqual(left);
      expect(of('removed')).toEqual(right);
      return lines.every((l) => (l.left === null || left[l.left - 1] === l.text) && (l.right === null || right[l.right - 1] === l.text));
    }));
  });

  test('many equal lines in another number, and many lines that all differ, take no long time', () => {
    const started = performance.now();
    diffLines(Array.from({ length: 60_000 }, () => '}'), Array.from({ length: 50_000 }, (_, i) => (i % 3 === 0 ? '{' : '}')), { context: 3, most: 2000 });
    diffLines(Array.from({ length: 60_000 }, (_, i) => `a${i}`), Array.from({ length: 60_000 }, (_, i) => `b${i}`), { context: 3, most: 2000 });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
