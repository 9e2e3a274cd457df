import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Malformed, OutOfBounds } from '../../../../electron/artifacts/kit/bytes.ts';
import { type DerNode, TAG, readDer } from '../../../../electron/artifacts/kit/der.ts';
import { bitsOf, integerHex, octetsOf, oidOf, smallInteger, textOf, timeOf } from '../../../../electron/artifacts/kit/der-values.ts';
import { LimitReached } from '../../../../electron/artifacts/kit/findings.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const node = (text: string): DerNode => readDer(hex(text));
const timed = (tag: string, text: string): DerNode => node(tag + text.length.toString(16).padStart(2, '0') + Buffer.from(text).toString('hex'));

describe('the DER reader', () => {
  it('reads a sequence without copying', () => {
    const bytes = hex('30 08 02 01 05 04 03 61 62 63 ff');
    const root = readDer(bytes);
    expect([root.is(TAG.sequence), root.end, root.children.length]).toEqual([true, 10, 2]);
    expect(smallInteger(root.child(0))).toBe(5);
    const text = octetsOf(root.child(1, TAG.octets));
    expect(text.buffer).toBe(bytes.buffer);
    expect([root.child(1).at, root.child(1).contentAt, root.child(1).end]).toEqual([5, 7, 10]);
  });

  it('reads indefinite lengths, also nested ones', () => {
    const root = node('30 80 24 80 04 01 61 04 01 62 00 00 00 00 ff');
    expect([root.indefinite, root.contentEnd, root.end]).toEqual([true, 12, 14]);
    expect(Buffer.from(octetsOf(root.child(0))).toString()).toBe('ab');
  });

  it('reads long tags and long lengths', () => {
    const root = node('bf 81 02 82 00 01 00');
    expect([root.tagClass, root.tag, root.contentEnd - root.contentAt]).toEqual(['context', 130, 1]);
  });

  it.each([
    ['05', OutOfBounds], ['30 05 02 01', OutOfBounds], ['30 84 ff ff ff ff', OutOfBounds], ['30 ff', OutOfBounds], ['30 80 02 01 05', OutOfBounds],
    ['04 80 00 00', Malformed], ['1f ff ff ff ff ff 7f 00', Malformed], ['', OutOfBounds],
  ] as const)('refuses %s', (text, kind) => expect(() => node(text)).toThrow(kind));

  it('opens nothing in a primitive element', () => expect(() => node('04 02 05 00').children).toThrow(Malformed));

  it('ends at its bounds: depth and number of elements', () => {
    const deep = Uint8Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 0x30 : 0x80));
    expect(() => readDer(deep)).toThrow(LimitReached);
    const wide = new Uint8Array(4 + 2 * 30_000);
    wide.set([0x30, 0x82, 0xea, 0x60]);
    for (let i = 4; i < wide.length; i += 2) wide[i] = 5;
    expect(() => readDer(wide, { nodes: 1000, depth: 10 }).children).toThrow(LimitReached);
    expect(readDer(wide).children.length).toBe(30_000);
  });

  it('reads object identifiers, integers and bit strings', () => {
    expect(oidOf(node('06 09 2a 86 48 86 f7 0d 01 07 02'))).toBe('1.2.840.113549.1.7.2');
    expect(oidOf(node('06 03 88 37 03'))).toBe('2.999.3');
    expect(() => oidOf(node('06 02 2a 86'))).toThrow(Malformed);
    expect(() => oidOf(node('06 00'))).toThrow(Malformed);
    expect(integerHex(node('02 03 00 ff 01'))).toBe('ff01');
    expect(() => smallInteger(node('02 01 80'))).toThrow(Malformed);
    expect(() => smallInteger(node('02 00'))).toThrow(Malformed);
    expect(() => integerHex(readDer(hex(`02 82 10 01 ${'01'.repeat(4097)}`)))).toThrow(LimitReached);
    expect([...bitsOf(node('03 03 00 12 34'))]).toEqual([0x12, 0x34]);
    expect(() => bitsOf(node('03 00'))).toThrow(Malformed);
  });

  it('reads texts of every width', () => {
    expect([textOf(node('1e 04 00 41 20 ac')), textOf(node('0c 03 e2 82 ac')), textOf(node('14 02 e4 41')), textOf(node('0c 01 ff')), textOf(node('1c 04 00 01 f6 00')), textOf(node('1e 02 d8 00'))])
      .toEqual(['A€', '€', 'äA', '\\xFF', '😀', '\ufffd']);
  });

  it('reads times as UTC', () => {
    expect(timeOf(timed('17', '500101000000Z'))).toBe('1950-01-01T00:00:00Z');
    expect(timeOf(timed('17', '4912312359Z'))).toBe('2049-12-31T23:59:00Z');
    expect(timeOf(timed('17', '260302141158+0130'))).toBe('2026-03-02T12:41:58Z');
    expect(timeOf(timed('18', '20260302141158.25Z'))).toBe('2026-03-02T14:11:58.25Z');
    for (const text of ['260230000000Z', '260101250000Z', '2601', '20260101000000Z']) expect(() => timeOf(timed('17', text))).toThrow(Malformed);
  });

  it('throws only its own errors, whatever the bytes', () => {
    const walk = (n: DerNode): number => {
      for (const read of [oidOf, integerHex, smallInteger, octetsOf, bitsOf, textOf, timeOf]) {
        try {
          read(n);
        } catch (error) {
          if (!(error instanceof OutOfBounds || error instanceof Malformed || error instanceof LimitReached)) throw error;
        }
      }
      return n.constructed ? n.children.reduce((sum, child) => sum + walk(child), 1) : 1;
    };
    const tagged = fc.constantFrom(0x02, 0x03, 0x04, 0x06, 0x0c, 0x17, 0x18, 0x1e, 0x24, 0x30, 0x31, 0x80, 0xa0, 0x00, 0x01, 0x05);
    fc.assert(fc.property(fc.array(fc.oneof(tagged, fc.nat(255)), { maxLength: 200 }), (bytes) => {
      try {
        expect(walk(readDer(Uint8Array.from(bytes)))).toBeGreaterThan(0);
      } catch (error) {
        expect([OutOfBounds, Malformed, LimitReached].some((kind) => error instanceof kind)).toBe(true);
      }
    }), { numRuns: 2000 });
  });
});
