import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePe } from '../../../../electron/artifacts/pe/index.ts';
import { PeFacts } from '../../../../shared/model/pe/index.ts';
import { corpus } from '../../../helpers/corpus.ts';
import { programs } from './programs.ts';

const PYTHON = '/usr/bin/python3';
const present = spawnSync(PYTHON, ['-c', 'import pefile']).status === 0;

const COMPARED = ['machine', 'isDll', 'imphash', 'richHash', 'imports', 'delayImports', 'pdb', 'versionInfo', 'certificateTable'] as const;
const Oracle = PeFacts.pick({
  machine: true, isDll: true, imphash: true, richHash: true, exports: true, imports: true, delayImports: true, sections: true, pdb: true, versionInfo: true,
  certificateTable: true,
}).extend({ timestamp: z.number() });

const key = (e: PeFacts['exports'][number]): string => JSON.stringify([e.ordinal, e.name, e.rva, e.forwarder]);

describe.skipIf(!present)(`facts equal pefile's (python3-pefile ${present ? 'present' : 'absent'}, corpus ${corpus.present ? 'present' : 'absent'})`, () => {
  const files = programs();

  it(`on ${files.length} PE files, field by field`, () => {
    const run = spawnSync(PYTHON, [path.join(import.meta.dirname, 'pefile_facts.py')], { input: files.join('\n'), encoding: 'utf8', maxBuffer: 2 ** 30 });
    expect(run.stderr).toBe('');
    const lines = run.stdout.trim().split('\n');
    expect(lines).toHaveLength(files.length);
    for (const [i, file] of files.entries()) {
      const theirs = Oracle.parse(JSON.parse(lines[i] ?? ''));
      const { facts: ours } = parsePe(new Uint8Array(readFileSync(file)));
      for (const field of COMPARED) expect(ours?.[field], `${field} of ${file}`).toEqual(theirs[field]);
      expect(ours?.timestamp.value, `timestamp of ${file}`).toBe(theirs.timestamp);
      expect(ours?.exports.map(key).sort(), `exports of ${file}`).toEqual(theirs.exports.map(key).sort());
      // Ours is rounded to four decimals.
      expect(ours?.sections, `sections of ${file}`).toMatchObject(theirs.sections.map(({ name, rva, virtualSize, rawOffset, rawSize }) => ({ name, rva, virtualSize, rawOffset, rawSize })));
      for (const [n, s] of theirs.sections.entries()) expect(ours?.sections[n]?.entropy, `entropy of ${s.name} in ${file}`).toBeCloseTo(s.entropy, 3);
    }
  });
});
