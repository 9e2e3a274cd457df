import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dictionary, type FreshTexts } from '../../../../electron/jobs/spool/dictionary.ts';

function idOf(d: Dictionary, text: string, kind = 3): number {
  const bytes = Buffer.from(`<${text}>`);
  return d.idOf(kind, bytes, 1, bytes.length - 1);
}

function textsOf({ values, count }: FreshTexts): string[] {
  const out: string[] = [];
  for (let at = 0; at < values.length; ) {
    const length = Buffer.from(values).readUInt32LE(at);
    out.push(Buffer.from(values.subarray(at + 4, at + 4 + length)).toString());
    at += 4 + length;
  }
  expect(out).toHaveLength(count);
  return out;
}

describe('the dictionary of a reader', () => {
  it('gives equal values one number and different values different ones, whatever their bytes', () => {
    const d = new Dictionary();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(1, 3, 10), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 40 }), (values) => {
        const byValue = new Map<string, number>();
        for (const [kind, text] of values) {
          const key = `${kind} ${Buffer.from(text).toString('hex')}`;
          const id = idOf(d, text, kind);
          expect(id).toBe(byValue.get(key) ?? byValue.size);
          byValue.set(key, id);
        }
        const fresh = d.takeFresh();
        d.startEpoch();
        expect(textsOf(fresh).map((text, i) => `${fresh.kinds[i]} ${Buffer.from(text).toString('hex')}`)).toEqual([...byValue.keys()]);
      }),
    );
  });

  it('tells apart what differs in one byte only, at any length and place', () => {
    const d = new Dictionary();
    const ids = new Set<number>();
    let made = 0;
    for (let length = 0; length < 40; length++) {
      for (let at = -1; at < length; at++) {
        const bytes = Buffer.alloc(length, 'a');
        if (at >= 0) bytes[at] = 0x62;
        ids.add(d.idOf(3, bytes, 0, length));
        made += 1;
      }
    }
    expect(ids.size).toBe(made);
  });

  it('hands over each value once, and begins anew in another epoch', () => {
    const d = new Dictionary('w');
    idOf(d, 'a');
    idOf(d, 'b');
    expect(d.hasFresh).toBe(true);
    const first = d.takeFresh();
    expect([first.epoch, first.from, textsOf(first)]).toEqual(['w-0', 0, ['a', 'b']]);
    expect(idOf(d, 'b')).toBe(1);
    expect(idOf(d, 'c')).toBe(2);
    expect([d.takeFresh().from, d.hasFresh]).toEqual([2, false]);
    d.startEpoch();
    expect(idOf(d, 'c')).toBe(0);
    expect(d.takeFresh()).toMatchObject({ epoch: 'w-1', from: 0, count: 1 });
  });

  it('says when it is full, of values and of bytes', () => {
    const many = new Dictionary();
    const bytes = Buffer.alloc(4);
    let distinct = 0;
    while (!many.full) {
      bytes.writeUInt32LE(distinct);
      many.idOf(3, bytes, 0, 4);
      distinct += 1;
    }
    expect(distinct).toBeLessThanOrEqual(1 << 19);
    const long = new Dictionary();
    const text = Buffer.alloc(1 << 20, 'x');
    for (distinct = 0; !long.full; distinct++) {
      text.writeUInt32LE(distinct);
      long.idOf(3, text, 0, text.length);
    }
    expect(distinct).toBe(40);
    long.takeFresh();
    long.startEpoch();
    expect(long.full).toBe(false);
  });

  it('never looks far for values that all want the same slots: they cost a number each, and no time', () => {
    const d = new Dictionary();
    // More values than slots: every run of slots is taken, as if all hashes were forged to be near each other.
    const bytes = Buffer.alloc(4);
    for (let i = 0; i < 1_500_000; i++) {
      bytes.writeUInt32LE(i);
      d.idOf(3, bytes, 0, 4);
    }
    const wrong: number[] = [];
    const fresh = d.takeFresh();
    for (let i = 1_490_000; i < 1_500_000; i++) {
      bytes.writeUInt32LE(i);
      const id = d.idOf(3, bytes, 0, 4);
      // Either the number it had, or a new one that stands for the same value.
      if (id < fresh.count && Buffer.from(fresh.values.buffer, fresh.values.byteOffset + id * 8 + 4, 4).readUInt32LE() !== i) wrong.push(i);
    }
    const again = textsOf({ ...d.takeFresh() });
    expect(wrong).toEqual([]);
    expect(again.length).toBeLessThan(10_000);
  });
});
