import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSearch, type BytePattern } from '../../../../electron/jobs/image-reader/traits/byte-search.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const exact = (text: string): BytePattern => ({ bytes: latin1(text), mask: null, fold: false });

function all(patterns: readonly BytePattern[], bytes: Uint8Array): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  new ByteSearch(patterns).run(bytes, (index, offset) => {
    found.push([index, offset]);
    return false;
  });
  return found.sort(([a, x], [b, y]) => a - b || x - y);
}

/** The same by looking at every place. */
function plain(patterns: readonly BytePattern[], bytes: Uint8Array): (readonly [number, number])[] {
  const lower = (b: number): number => (b >= 0x41 && b <= 0x5a ? b + 32 : b);
  return patterns.flatMap((p, index) => Array.from({ length: Math.max(0, bytes.length - p.bytes.length + 1) }, (_, at) => at)
    .filter((at) => p.bytes.every((b, i) => (p.mask !== null && p.mask[i] === 0) || (p.fold ? lower(b) === lower(bytes[at + i] ?? 0) : b === bytes[at + i])))
    .map((at) => [index, at] as const));
}

describe('search of many patterns', () => {
  it('finds each at the first and the last byte, in its own case or in any', () => {
    const patterns = [exact('Alpha'), { ...exact('beta!'), fold: true }];
    expect(all(patterns, latin1('Alpha.BETA!'))).toEqual([[0, 0], [1, 6]]);
    expect(all(patterns, latin1('alpha.BeTa!.Alph'))).toEqual([[1, 6]]);
  });

  it('lets any byte stand where the pattern says so', () => {
    const pattern = { bytes: Uint8Array.from([1, 2, 3, 4, 0, 6]), mask: Uint8Array.from([1, 1, 1, 1, 0, 1]), fold: false };
    expect(all([pattern], Uint8Array.from([9, 1, 2, 3, 4, 77, 6, 1, 2, 3, 4, 77, 7]))).toEqual([[0, 1]]);
  });

  it('looks no further for what was accepted', () => {
    let told = 0;
    new ByteSearch([exact('VVVVVVVV')]).run(new Uint8Array(100_000).fill(0x56), () => {
      told += 1;
      return true;
    });
    expect(told).toBe(1);
  });

  it('refuses a pattern that has no four fixed bytes in a row', () => {
    expect(() => new ByteSearch([exact('abc')])).toThrow(RangeError);
    expect(() => new ByteSearch([{ bytes: new Uint8Array(6), mask: Uint8Array.from([1, 1, 1, 0, 1, 1]), fold: false }])).toThrow(RangeError);
  });

  it('finds what looking at every place finds, and nothing else', () => {
    // Few letters, so that patterns overlap, nearly fit and stand within each other.
    const byte = fc.constantFrom(0x41, 0x61, 0x42, 0x20, 0x00, 0x40);
    const pattern = fc.record({ bytes: fc.uint8Array({ minLength: 4, maxLength: 9 }).map((b) => b.map((x) => [0x41, 0x61, 0x42, 0x20, 0x00, 0x40][x % 6] ?? 0)), fold: fc.boolean(), wild: fc.boolean() })
      .map(({ bytes, fold, wild }): BytePattern => ({ bytes, fold, mask: wild && bytes.length > 5 ? bytes.map((_, i) => (i === bytes.length - 2 ? 0 : 1)) : null }));
    fc.assert(fc.property(fc.array(pattern, { minLength: 1, maxLength: 6 }), fc.array(byte, { maxLength: 120 }), (patterns, bytes) => {
      const usable = patterns.filter((p) => p.mask === null || p.bytes.length >= 6);
      const file = Uint8Array.from(bytes);
      expect(all(usable, file)).toEqual(plain(usable, file));
    }), { numRuns: 500 });
  });
});
