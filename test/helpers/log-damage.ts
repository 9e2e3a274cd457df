import fc from 'fast-check';
import { expect } from 'vitest';
import { countedBytes, readLogBytes, type LogBytesOptions } from './log-bytes.ts';

/** A line of a log as it was written, and what a reader has to make of it. */
export interface WrittenLine {
  readonly text: string;
  readonly time: string;
  /** All fields, `-` for those that are absent. */
  readonly fields: readonly (readonly [string, string])[];
}

/** What happened to a line on the way. What `garbage` and `cut` leave can be no line. */
interface Damage { readonly kind: 'none' | 'garbage' | 'cut' | 'nuls' | 'splice' | 'flip' | 'not-utf8'; /** Share of the line in front of it. */ readonly at: number; readonly by: number }

const SURE: readonly string[] = ['garbage', 'cut'];

const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'none' as const, at: 0, by: 0 }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('garbage' as const, 'cut' as const), at: fc.double({ min: 0.02, max: 0.4, noNaN: true }), by: fc.constant(0) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('nuls' as const, 'splice' as const, 'flip' as const, 'not-utf8' as const), at: fc.double({ min: 0.02, max: 0.98, noNaN: true }), by: fc.integer({ min: 8, max: 300 }) }) },
);

/** The bytes of a damaged line, without its end. None of them ends a line. */
function damaged(line: Buffer, how: Damage, other: Buffer): Buffer {
  if (how.kind === 'none') return line;
  const at = Math.max(1, Math.floor(line.length * how.at));
  if (how.kind === 'cut') return line.subarray(0, at);
  if (how.kind === 'garbage') return Buffer.from('~'.repeat(at));
  if (how.kind === 'nuls') return Buffer.concat([line.subarray(0, at), Buffer.alloc(how.by), line.subarray(at)]);
  if (how.kind === 'splice') return Buffer.concat([line.subarray(0, at), other.subarray(Math.floor(other.length * how.at))]);
  if (how.kind === 'not-utf8') return Buffer.concat([line.subarray(0, at), Buffer.from([0xe9, 0x20, 0xc3]), line.subarray(at)]);
  const flipped = Buffer.from(line);
  flipped[at] = [0x21, 0x2c, 0x20, 0x7e, 0xff, 0x39][how.by % 6] ?? 0x21;
  return flipped;
}

export interface DamageCase {
  readonly format: string;
  /** Written before the first line and again after every tenth. */
  readonly header: string;
  readonly line: fc.Arbitrary<WrittenLine>;
  readonly options?: LogBytesOptions;
}

/**
 * Writes random records with random damage, reads them, and holds what comes back against what was written: every
 * undamaged line is a row with its fields at its place, what can be no line is rejected at its place, and nothing else
 * touches a neighbour. All bytes are counted once, whatever the pieces.
 */
export function damageProperty({ format, header, line, options = {} }: DamageCase, runs: number): void {
  const lines = fc.array(fc.tuple(line, damage), { minLength: 1, maxLength: 25 });
  fc.assert(fc.property(lines, fc.constantFrom('\r\n', '\n'), fc.integer({ min: 1, max: 2000 }), (written, end, chunk) => {
    const parts: Buffer[] = [];
    const spans: { readonly from: number; readonly to: number; readonly line: WrittenLine; readonly how: Damage['kind'] }[] = [];
    let at = 0;
    const add = (bytes: Buffer): void => {
      parts.push(bytes);
      at += bytes.length;
    };
    for (const [i, [record, how]] of written.entries()) {
      if (i % 10 === 0) add(Buffer.from(header));
      const from = at;
      const other = Buffer.from((written[(i + 1) % written.length] ?? written[0])?.[0].text ?? '');
      add(Buffer.concat([damaged(Buffer.from(record.text), how, other), Buffer.from(end)]));
      spans.push({ from, to: at, line: record, how: how.kind });
    }
    const bytes = Buffer.concat(parts);
    const { rows, rejects, counts, ...rest } = readLogBytes(format, bytes, options);
    expect(countedBytes(counts)).toBe(bytes.length);
    expect(rows.length).toBe(counts.rows);
    const rejected = (from: number, to: number): boolean => rejects.some((r) => r.offset <= from && r.offset + r.length >= to);
    for (const { from, to, line: wanted, how } of spans) {
      const here = rows.filter((r) => r.offset >= from && r.offset < to);
      if (how === 'none') {
        expect(here.map((r) => [r.offset, r.length, r.time, r.fields])).toEqual([[from, to - from, wanted.time, wanted.fields]]);
      } else if (SURE.includes(how)) {
        expect(here, how).toEqual([]);
        expect(rejected(from, to), how).toBe(true);
      } else {
        for (const r of here) expect(r.offset + r.length).toBeLessThanOrEqual(to);
      }
    }
    expect(rows.every((r) => spans.some((s) => r.offset >= s.from && r.offset < s.to))).toBe(true);
    const pieces = readLogBytes(format, bytes, { ...options, chunk, segments: true });
    expect({ ...pieces, rejects: 0 }).toEqual({ rows, counts, ...rest, rejects: 0 });
  }), { numRuns: runs });
}

/** Text without what separates values in any of the formats. */
export const word = fc.oneof(
  fc.constantFrom('/', '/a.aspx', '/shop/item', '%00', '0200', '-1', '007', '99999999999', 'a+b', '(x)', "it's", '\u65e5\u672c', '~x', '=1+1', '${jndi:x}', '/a?b', '[1]'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((s) => s.replaceAll(/[\s\p{Cc}#,"?]/gu, 'x')),
).filter((s) => s !== '-');

export const address = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((n) => n.join('.')),
  fc.constantFrom('2001:db8::9', '::1', 'fe80::1%4', '::ffff:203.0.113.9'),
);

const two = (n: number): string => String(n).padStart(2, '0');
export const clock = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((t) => t.map(two).join(':'));
export const maybe = (value: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof({ weight: 1, arbitrary: fc.constant('-') }, { weight: 2, arbitrary: value });
export const number = fc.oneof(fc.nat(5000), fc.constantFrom(0, 200, 404, 2148074254)).map(String);
