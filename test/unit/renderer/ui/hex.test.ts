import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingsAt } from '../../../../renderer/ui/hex/readings.ts';
import { byteUnder, moved, offsetText, PER_ROW, readOffset, runsOf, selected } from '../../../../renderer/ui/hex/rows.ts';

const at = (n: number) => ({ at: n, anchor: n });
const counting = (size: number) => (i: number) => (i < size ? i & 0xff : undefined);

describe('a line of bytes', () => {
  it('is one run where all is alike, and shows what is printable', () => {
    expect(runsOf(4, 100, counting(100), at(0), null)).toEqual([{ look: 'plain', hex: '40 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f', text: '@ABCDEFGHIJKLMNO' }]);
  });
  it('parts the marked, the selected and the caret', () => {
    const looks = runsOf(0, 16, counting(16), { at: 3, anchor: 5 }, { offset: 8, length: 2 }).map((r) => [r.look, r.text.length]);
    expect(looks).toEqual([['plain', 3], ['caret', 1], ['selected', 2], ['plain', 2], ['marked', 2], ['plain', 6]]);
  });
  it('marks a place of no length as one byte', () => {
    expect(runsOf(0, 16, counting(16), at(15), { offset: 2, length: 0 }).filter((r) => r.look === 'marked').map((r) => r.hex)).toEqual(['02 ']);
  });
  it('ends where the file ends, and dots what has not come yet', () => {
    expect(runsOf(1, 20, counting(18), at(0), null).map((r) => r.hex).join('')).toBe('10 11 .. .. ');
  });
  it('knows the byte under the pointer, in both columns', () => {
    for (let i = 0; i < PER_ROW; i++) {
      expect(byteUnder((i * 3 + 1) / 47, true)).toBe(i);
      expect(byteUnder((i + 0.5) / 16, false)).toBe(i);
    }
    expect([byteUnder(-1, true), byteUnder(2, true)]).toEqual([0, 15]);
  });
});

describe('the caret', () => {
  it('moves by bytes, lines, pages and to the ends', () => {
    const to = (key: string, ctrl = false) => moved(40, 1000, 10, key, ctrl);
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map((k) => to(k))).toEqual([39, 41, 24, 56, 0, 200, 32, 47]);
    expect([to('Home', true), to('End', true), to('ArrowDown', true), to('x')]).toEqual([0, 999, null, null]);
  });
  it('keeps its column at the first and the last line', () => {
    expect([moved(5, 1000, 10, 'ArrowUp', false), moved(990, 1000, 10, 'ArrowDown', false)]).toEqual([5, 990]);
  });
  it('never leaves the file', () => {
    fc.assert(fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'), fc.boolean(), (from, size, key, ctrl) => {
      const next = moved(from % size, size, 20, key, ctrl);
      return next === null || (next >= 0 && next < size);
    }));
    expect(moved(0, 0, 10, 'ArrowDown', false)).toBeNull();
  });
  it('selects to its anchor, whichever comes first', () => expect([selected({ at: 3, anchor: 9 }), selected({ at: 9, anchor: 3 })]).toEqual([{ offset: 3, length: 7 }, { offset: 3, length: 7 }]));
});

describe('offsets', () => {
  it.each([['0x1A4', 420], ['1a4h', 420], [' 420 ', 420], ['420', 420]])('%s is understood', (typed, offset) => expect(readOffset(typed, 1000)).toBe(offset));
  it.each(['', '0x', '-1', '1e3', '1000', 'abc', '0x3E8'])('%s is none of a file of 1000 bytes', (typed) => expect(readOffset(typed, 1000)).toBeNull());
  it('have eight digits, or more where they must', () => expect([offsetText(0x1a4), offsetText(0x1_2345_6789)]).toEqual(['000001A4', '123456789']));
});

describe('what stands at the caret', () => {
  const readings = (bytes: readonly number[]) => new Map(readingsAt((i) => bytes[i]).map((r) => [r.name, r.value]));
  it('is read as numbers, low byte first, with the sign where it matters', () => {
    const r = readings([0xfe, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
    expect([r.get('u8'), r.get('u16'), r.get('u32'), r.get('u64')]).toEqual(['254 0xFE, signed -2', '65534 0xFFFE, signed -2', '4294967294 0xFFFFFFFE, signed -2', '4294967294 0x00000000FFFFFFFE']);
  });
  it('is read as times: 2026-03-02T14:11:58Z in three ways of writing it', () => {
    const filetime = 116_444_736_000_000_000n + 1_772_460_718n * 10_000_000n;
    const wide = Array.from({ length: 8 }, (_, i) => Number((filetime >> BigInt(i * 8)) & 0xffn));
    expect(readings(wide).get('FILETIME')).toBe('2026-03-02T14:11:58Z');
    const unix = Array.from({ length: 4 }, (_, i) => Math.floor(1_772_460_718 / 256 ** i) % 256);
    expect(readings(unix).get('unix time')).toBe('2026-03-02T14:11:58Z');
    const dos = (((2026 - 1980) << 9) | (3 << 5) | 2) * 65_536 + ((14 << 11) | (11 << 5) | 29);
    expect(readings(Array.from({ length: 4 }, (_, i) => Math.floor(dos / 256 ** i) % 256)).get('DOS time')).toBe('2026-03-02 14:11:58 (local time of the writer)');
  });
  it('names no time for what is none', () => {
    const r = readings([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    expect([r.has('FILETIME'), r.has('DOS time')]).toEqual([false, false]);
    expect(readings([0, 0, 0, 0, 0, 0, 0, 0]).has('FILETIME')).toBe(false);
  });
  it('is read as a GUID, its first three parts turned round', () => {
    expect(readings([0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]).get('GUID')).toBe('{00112233-4455-6677-8899-AABBCCDDEEFF}');
  });
  it('is read as text, in both encodings', () => {
    expect(readings([...Buffer.from('cmd.exe\0x')]).get('ASCII')).toBe('cmd.exe');
    expect(readings([...Buffer.from('cmd.exe\0', 'utf16le')]).get('UTF-16')).toBe('cmd.exe');
  });
  it('leaves out what the end of the file cuts off', () => {
    expect([...readings([1, 2, 3]).keys()]).toEqual(['u8', 'u16']);
    expect(readings([])).toEqual(new Map());
  });
});
