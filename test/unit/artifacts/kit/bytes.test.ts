import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteView, OutOfBounds } from '../../../../electron/artifacts/kit/bytes.ts';
import { LimitReached, ProblemList } from '../../../../electron/artifacts/kit/findings.ts';

const view = (...bytes: number[]): ByteView => new ByteView(Uint8Array.from(bytes));

describe('ByteView', () => {
  it('reads both byte orders', () => {
    const v = view(1, 2, 3, 4, 5, 6, 7, 0x88);
    expect([v.u8(7), v.u16(0), v.u16be(0), v.u32(0), v.u32be(0)]).toEqual([0x88, 0x0201, 0x0102, 0x04030201, 0x01020304]);
    expect([v.u64(0), v.u64be(0)]).toEqual([0x8807060504030201n, 0x0102030405060788n]);
  });

  it('never reads the pooled buffer around its bytes', () => {
    const pool = Uint8Array.from([9, 9, 1, 2, 9, 9]);
    const v = new ByteView(pool.subarray(2, 4));
    expect(v.u16(0)).toBe(0x0201);
    expect(() => v.u8(2)).toThrow(OutOfBounds);
    expect(() => v.u16(1)).toThrow(OutOfBounds);
    expect(() => v.slice(0, 1).u8(1)).toThrow(OutOfBounds);
  });

  it('throws OutOfBounds for every range that is not inside, and for no other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.oneof(fc.integer(), fc.double()), fc.integer({ min: -4, max: 50 }), (bytes, offset, length) => {
        const inside = Number.isInteger(offset) && offset >= 0 && length >= 0 && offset + length <= bytes.length;
        const read = (): Uint8Array => new ByteView(bytes).range(offset, length);
        if (inside) expect(read()).toEqual(bytes.subarray(offset, offset + length));
        else expect(read).toThrow(OutOfBounds);
      }),
    );
  });

  it('ends text at a NUL, at the maximum or at the end', () => {
    expect(view(65, 66, 0, 67).utf8(0, 9)).toBe('AB');
    expect(view(65, 66, 67).utf8(0, 2)).toBe('AB');
    expect(view(65, 66).utf8(1, 9)).toBe('B');
    expect(view(65, 0xe9).utf8(0, 9)).toBe(String.raw`A\xE9`);
    expect(view(65, 0, 66, 0, 0, 0).utf16(0, 9)).toBe('AB');
    expect(view(65, 0, 66).utf16(0, 9)).toBe('A');
    expect(view(0x4d, 0, 0xff).ascii(0, 3)).toBe('M\0ÿ');
  });
});

describe('ProblemList', () => {
  it('keeps what was read and says which structure broke', () => {
    const list = new ProblemList();
    const read: number[] = [];
    const whole = list.guard('table', 7, () => {
      read.push(view(1).u8(0));
      read.push(view(1).u8(1));
    });
    expect(whole).toBe(false);
    expect(read).toEqual([1]);
    expect(list.list).toMatchObject([{ kind: 'malformed', offset: 7, message: expect.stringMatching(/^table: 1 bytes at offset 1/) }]);
    list.guard('names', undefined, () => { throw new LimitReached('too many'); });
    expect(list.list[1]).toEqual({ kind: 'limit', message: 'names: too many' });
  });

  it('lets a bug through', () => {
    expect(() => new ProblemList().guard('x', 0, () => { throw new TypeError('bug'); })).toThrow(TypeError);
  });

  it('stops listing at its cap and says so', () => {
    const list = new ProblemList();
    for (let i = 0; i < 500; i++) list.add('malformed', `fault ${i}`);
    expect(list.list).toHaveLength(201);
    expect(list.list.at(-1)?.kind).toBe('limit');
  });
});
