import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportSet, identityOf } from '../../../../../electron/artifacts/pe/identity/identity.ts';
import { MAX_TLSH_BYTES, tlshOf } from '../../../../../electron/artifacts/pe/identity/tlsh.ts';
import { random } from '../mutate.ts';
import { programs } from '../programs.ts';

const ORACLE = 'tlsh_unittest';
const present = spawnSync(ORACLE, ['-version']).error === undefined;
/** The oracle prints `T1<digest>` or `<digest>` and the name of the file. */
const oracle = (file: string): string | null => /^(?:T1)?([0-9A-F]{70})\t/m.exec(spawnSync(ORACLE, ['-f', file], { encoding: 'utf8' }).stdout)?.[1] ?? null;

const noise = (length: number, seed: number): Uint8Array => {
  const next = random(seed);
  return Uint8Array.from({ length }, () => Math.floor(next() * 256));
};

describe.skipIf(!present)(`TLSH equals tlsh_unittest's (${present ? 'present' : 'absent'})`, () => {
  const files = programs().filter((file) => statSync(file).size <= 4 * 1024 * 1024);

  it(`on ${files.length} programs`, () => {
    for (const file of files) expect(tlshOf(new Uint8Array(readFileSync(file))).digest, file).toBe(oracle(file));
  }, 60_000);

  it('on bytes of many lengths, also those that it refuses', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tlsh-'));
    try {
      for (const length of [0, 4, 50, 255, 256, 257, 300, 511, 512, 655, 656, 657, 3198, 3199, 3200, 10_000, 65_537]) {
        for (const [kind, bytes] of [['noise', noise(length, length)], ['zeros', new Uint8Array(length)], ['text', noise(length, 3).map((b) => 97 + (b % 4))]] as const) {
          const file = path.join(folder, `${kind}-${length}`);
          writeFileSync(file, bytes);
          expect(tlshOf(bytes).digest, `${length} bytes of ${kind}`).toBe(oracle(file));
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe('identity', () => {
  it('says why there is no TLSH', () => {
    expect(tlshOf(new Uint8Array(10))).toEqual({ digest: null, why: expect.stringContaining('fewer than 256') });
    expect(tlshOf(new Uint8Array(1000))).toEqual({ digest: null, why: expect.stringContaining('uniform') });
    expect(tlshOf(new Uint8Array(MAX_TLSH_BYTES + 1))).toEqual({ digest: null, why: expect.stringContaining('64 MiB') });
    expect(identityOf(new Uint8Array(10), { exports: [] })).toMatchObject({ tlsh: null, tlshWhy: expect.stringContaining('fewer'), exportSet: null });
  });

  it('hashes the empty file as everybody does', () => {
    expect(identityOf(new Uint8Array(0), { exports: [] })).toMatchObject({ md5: 'd41d8cd98f00b204e9800998ecf8427e', sha1: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' });
  });

  it('gives one export set whatever the order, the ordinals and the addresses', () => {
    fc.assert(fc.property(fc.array(fc.record({ name: fc.option(fc.string({ minLength: 1 })), ordinal: fc.nat(), rva: fc.nat(), forwarder: fc.constant(null) })), fc.nat(), (exports, shift) => {
      const turned = exports.map((e, i) => ({ ...e, ordinal: i, rva: e.rva + shift })).reverse();
      expect(exportSet([...turned, ...turned])).toBe(exportSet(exports));
    }));
    const one = (name: string | null) => ({ name, ordinal: 1, rva: 1, forwarder: null });
    expect(exportSet([one('ab'), one('c')])).not.toBe(exportSet([one('a'), one('bc')]));
    expect(exportSet([one(null)])).toBeNull();
  });
});
