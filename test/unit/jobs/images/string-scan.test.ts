import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { StringMatch } from '../../../../electron/jobs/images/string-match.ts';
import { type StringIndex, StringScan } from '../../../../electron/jobs/images/string-scan.ts';

interface Found { readonly offset: number; readonly text: string; readonly wide: boolean }

function indexOf(pieces: readonly Uint8Array[], minimum = 5, cap = 1000): StringIndex {
  const scan = new StringScan(minimum, cap);
  for (const piece of pieces) scan.push(piece);
  return scan.end();
}

function stringsOf(bytes: Uint8Array, index: StringIndex): Found[] {
  return Array.from({ length: index.count }, (_, i) => {
    const [offset = 0, length = 0] = [index.offsets[i], index.lengths[i]];
    const wide = index.wide[i] === 1;
    return { offset, wide, text: Buffer.from(bytes.subarray(offset, offset + length)).toString(wide ? 'utf16le' : 'latin1') };
  });
}

/** The plain way, for bytes that are all at hand. */
function naive(bytes: Uint8Array, minimum: number): Found[] {
  const printable = (byte: number | undefined): boolean => byte === 9 || (byte !== undefined && byte >= 0x20 && byte <= 0x7e);
  const out: Found[] = [];
  for (const wide of [false, true]) {
    const step = wide ? 2 : 1;
    const isText = (at: number): boolean => at + step <= bytes.length && printable(bytes[at]) && (!wide || bytes[at + 1] === 0);
    for (let at = 0; at < bytes.length;) {
      let end = at;
      while (isText(end)) end += step;
      if (end - at >= minimum * step) out.push({ offset: at, wide, text: Buffer.from(bytes.subarray(at, end)).toString(wide ? 'utf16le' : 'latin1') });
      at = end + 1;
    }
  }
  return out.sort((a, b) => a.offset - b.offset || Number(a.wide) - Number(b.wide));
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

// Bytes of which many make strings of both kinds.
const textual = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 0x41, 0x61, 0x42, 9) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) }), { maxLength: 200 }).map((b) => Uint8Array.from(b));

describe('strings of a file', () => {
  it('are the same however the bytes are cut', () => {
    fc.assert(fc.property(textual, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 6 }), (bytes, size, minimum) => {
      expect(stringsOf(bytes, indexOf(cut(bytes, size), minimum))).toEqual(naive(bytes, minimum));
    }), { numRuns: 400 });
  });

  it('end at the end of the file, and begin at odd offsets too', () => {
    const bytes = Buffer.concat([Buffer.from([1]), Buffer.from('WideText', 'utf16le'), Buffer.from([0xff]), Buffer.from('plain\ttext')]);
    expect(stringsOf(bytes, indexOf([bytes]))).toEqual([{ offset: 1, wide: true, text: 'WideText' }, { offset: 18, wide: false, text: 'plain\ttext' }]);
  });

  it('are counted up to a bound, which is told', () => {
    const bytes = Buffer.from('first\0second\0third\0fourth\0');
    expect(indexOf([bytes], 5, 4)).toMatchObject({ count: 4, capped: false });
    const capped = indexOf([bytes], 5, 3);
    expect(capped).toMatchObject({ count: 3, capped: true });
    expect(stringsOf(bytes, capped).map((s) => s.text)).toEqual(['first', 'second', 'third']);
  });

  it('are searched without letter case, across cuts and in both encodings, as a plain search finds them', () => {
    fc.assert(fc.property(textual, fc.integer({ min: 1, max: 9 }), fc.stringMatching(/^[ABab]{1,3}$/), (bytes, size, text) => {
      const index = indexOf([bytes], 3);
      const match = new StringMatch(index, text);
      for (const piece of cut(bytes, size)) match.push(piece);
      const expected = stringsOf(bytes, index).flatMap((s, i) => (s.text.toLowerCase().includes(text.toLowerCase()) ? [i] : []));
      expect([...match.end()]).toEqual(expected);
    }), { numRuns: 400 });
  });

  it('looks at each byte once or twice when text and bytes repeat themselves', () => {
    let looked = 0;
    const bytes = new Proxy(new Uint8Array(20_000).fill(0x61), { get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looked += 1;
      return Reflect.get(target, key) as unknown;
    } });
    const index = indexOf([new Uint8Array(20_000).fill(0x61)]);
    const match = new StringMatch(index, `b${'a'.repeat(400)}`);
    match.push(bytes);
    expect([...match.end()]).toEqual([]);
    expect(looked).toBeLessThanOrEqual(40_000);
  });
});

const oracle = spawnSync('strings', ['--version']).stdout?.toString().startsWith('GNU') ?? false;

describe.skipIf(!oracle)('GNU strings (skipped where it is absent)', () => {
  it('finds the same at the same offsets', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-strings-'));
    const mixed = Buffer.concat([...fc.sample(textual, { numRuns: 300, seed: 7 }), ...fc.sample(fc.uint8Array({ maxLength: 300 }), { numRuns: 300, seed: 8 })]);
    try {
      for (const [name, bytes] of [['mixed', mixed], ['node', Buffer.from('x'.repeat(5) + '\0y\0'.repeat(9))]] as const) {
        const file = path.join(folder, name);
        writeFileSync(file, bytes);
        const said = (['s', 'l'] as const).flatMap((encoding) =>
          execFileSync('strings', ['-a', '-t', 'd', '-n', '5', '-e', encoding, file], { encoding: 'latin1', env: { ...process.env, LC_ALL: 'C' } }).split('\n').filter((l) => l !== '')
            .map((line) => ({ offset: Number(line.slice(0, 8)), wide: encoding === 'l', text: line.slice(8) })));
        // The offset stands in seven columns and a space before the text.
        expect(stringsOf(bytes, indexOf([bytes], 5, 100_000))).toEqual(said.sort((a, b) => a.offset - b.offset || Number(a.wide) - Number(b.wide)));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
