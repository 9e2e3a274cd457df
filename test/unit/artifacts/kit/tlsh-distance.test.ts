import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { tlshBytes, tlshDistance } from '../../../../electron/artifacts/kit/tlsh-distance.ts';

const oracle = spawnSync('tlsh_unittest', ['-version']).error === undefined;

/** Digests that share all but some digits, so that small distances occur as well as large ones. */
function digest(seed: number, changed: number): string {
  const hex = (text: string): string => createHash('sha512').update(text).digest('hex').toUpperCase().slice(0, 70);
  return [...hex('base')].map((digit, i) => (i < changed ? hex(`${seed}`).charAt(i) : digit)).join('');
}

function distance(a: string, b: string): number {
  const [x, y] = [tlshBytes(a), tlshBytes(b)];
  if (x === null || y === null) throw new Error('no digest');
  return tlshDistance(x, y);
}

describe('distance of TLSH digests', () => {
  it('is 0 to itself, the same both ways, and ignores the version mark and letter case', () => {
    const hex = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 70, maxLength: 70 }).map((d) => d.map((n) => n.toString(16)).join(''));
    fc.assert(fc.property(hex, hex, (a, b) => {
      expect(distance(a, a)).toBe(0);
      expect(distance(a, b)).toBe(distance(b, a));
      expect(distance(`T1${a.toUpperCase()}`, b)).toBe(distance(a, b));
    }));
  });

  it('counts each part as the paper says', () => {
    const zero = '0'.repeat(70);
    const head = (start: string): string => start + zero.slice(start.length);
    // Another checksum; a length of 1 and of 2 apart, also around the ring; ratios of 1 and of 3 apart.
    expect(['01', '0010', '0020', '000F', '00FF', '000001', '000003', '000030'].map((h) => distance(zero, head(h)))).toEqual([1, 1, 24, 192, 1, 1, 24, 24]);
    // Pairs of bits 1, 2 and 3 apart.
    expect(['01', '02', '03', 'FF'].map((body) => distance(zero, `000000${body}${'0'.repeat(62)}`))).toEqual([1, 2, 6, 24]);
  });

  it('says what is no digest', () => {
    expect(['', 'TNULL', '0'.repeat(69), '0'.repeat(71), `T2${'0'.repeat(70)}`, `${'0'.repeat(69)}G`].map((text) => tlshBytes(text))).toEqual([null, null, null, null, null, null]);
  });

  it.skipIf(!oracle)('equals that of tlsh_unittest (skipped where it is absent)', () => {
    const all = Array.from({ length: 12 }, (_, i) => digest(i, i * 6)).concat(Array.from({ length: 12 }, (_, i) => digest(i + 100, 70)));
    const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-tlsh-'));
    const list = path.join(folder, 'list');
    writeFileSync(list, all.map((d, i) => `${d}\tf${i}\n`).join(''));
    const run = spawnSync('tlsh_unittest', ['-xref', '-l', list], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const lines = run.stdout.trim().split('\n').map((line) => line.split('\t'));
    expect(lines.length).toBeGreaterThan(100);
    for (const [a = '', b = '', said = ''] of lines) expect(distance(all[Number(a.slice(1))] ?? '', all[Number(b.slice(1))] ?? ''), `${a} ${b}`).toBe(Number(said));
  });
});
