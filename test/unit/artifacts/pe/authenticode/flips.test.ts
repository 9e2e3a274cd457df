import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSignatures } from '../../../../../electron/artifacts/pe/authenticode/read.ts';
import { ByteView } from '../../../../../electron/artifacts/kit/bytes.ts';
import { digestSpans, readLayout } from '../../../../../electron/artifacts/pe/authenticode/layout.ts';
import { judgeFile } from '../../../../../electron/components/signature/index.ts';
import { corpus } from '../../../../helpers/corpus.ts';
import { random } from '../mutate.ts';
import { programs } from '../programs.ts';

/** IISIGHT_FLIPS: flips for each file, 40 in a routine run; with IISIGHT_PE_CORPUS also of IISIGHT_FLIP_FILES of its signed files up to 300 kB, 8 where nothing is said. */
const FLIPS = Number(process.env['IISIGHT_FLIPS'] ?? '40');
const MOMENT = '2026-11-24T00:00:00Z';
const FROM_PACKAGES = Number(process.env['IISIGHT_FLIP_FILES'] ?? '8');
const MOST_BYTES = 300_000;

function files(): string[] {
  const generated = corpus.present ? ['signed_sha256.dll', 'signed_sha1.dll', 'signed_dual_nested.dll', 'signed_managed.dll', 'signed_pagehash.dll'].map((n) => corpus.file('authenticode/generated', n)) : [];
  const more = process.env['IISIGHT_PE_CORPUS'] === undefined ? [] : programs().filter((f) => f.startsWith(path.resolve(process.env['IISIGHT_PE_CORPUS'] ?? '')) && statSync(f).size < MOST_BYTES && status(readFileSync(f)) === 'valid');
  return [...generated, ...more.filter((_, i) => i % Math.max(1, Math.floor(more.length / FROM_PACKAGES)) === 0)];
}

const status = (bytes: Uint8Array): string => judgeFile(readSignatures(bytes), { moment: MOMENT }).status;

/** Every place outside what the digest leaves out: the checksum, the directory's entry and the table. */
function places(bytes: Uint8Array): number[] {
  const layout = readLayout(new ByteView(bytes));
  if (layout === null) throw new Error('no layout');
  return digestSpans(layout).flatMap(({ from, until }) => Array.from({ length: until - from }, (_, i) => from + i));
}

describe.skipIf(!corpus.present)(`one changed byte (corpus ${corpus.present ? 'present' : 'absent'}, ${FLIPS} flips for each file)`, () => {
  it.each(files().map((file) => [path.basename(file), file] as const))('is noticed everywhere in %s', (_, file) => {
    const bytes = new Uint8Array(readFileSync(file));
    const before = status(bytes);
    expect(['valid', 'valid-untrusted-root']).toContain(before);
    const all = places(bytes);
    const next = random(20261123);
    const missed: number[] = [];
    for (let i = 0; i < FLIPS; i++) {
      const at = all[Math.floor(next() * all.length)] ?? 0;
      const was = bytes[at] ?? 0;
      bytes[at] = was ^ (1 << Math.floor(next() * 8));
      if (!['tampered', 'malformed', 'unsigned'].includes(status(bytes))) missed.push(at);
      bytes[at] = was;
    }
    expect(missed).toEqual([]);
    expect(status(bytes)).toBe(before);
  }, 600_000);

  it('is noticed in the signed parts of the signature itself, and never ends in an error', () => {
    const bytes = new Uint8Array(readFileSync(corpus.file('authenticode/generated', 'signed_timestamped.dll')));
    const table = readSignatures(bytes)?.table ?? { offset: 0, size: 0 };
    const next = random(7);
    const seen = new Set<string>();
    for (let i = 0; i < FLIPS * 5; i++) {
      const at = table.offset + Math.floor(next() * table.size);
      const was = bytes[at] ?? 0;
      bytes[at] = was ^ (1 << Math.floor(next() * 8));
      const verdict = judgeFile(readSignatures(bytes), { moment: MOMENT });
      seen.add(verdict.status);
      // Whatever is left to be called untouched still has the digest of the whole file.
      if (verdict.status === 'valid-untrusted-root') expect(verdict.digestMatches).toBe(true);
      expect(verdict.status).not.toBe('valid');
      bytes[at] = was;
    }
    expect(seen.has('tampered') && seen.has('malformed')).toBe(true);
  });
});
