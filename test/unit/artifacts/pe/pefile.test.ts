import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePe } from '../../../../electron/artifacts/pe/index.ts';
import { PeFacts } from '../../../../shared/model/pe/index.ts';
import { corpus } from '../../../helpers/corpus.ts';
import { programs } from './programs.ts';
import { Oracle, differences } from './pefile-compare.ts';

const PYTHON = '/usr/bin/python3';
const present = spawnSync(PYTHON, ['-c', 'import pefile']).status === 0;

/** pefile takes a second for some megabytes, so a routine run leaves large files out; with IISIGHT_PE_CORPUS all are read. */
const whole = process.env['IISIGHT_PE_CORPUS'] !== undefined;
const MAX_BYTES = whole ? 256 * 1024 * 1024 : 4 * 1024 * 1024;
const BATCH = 8;

describe.skipIf(!present)(`facts equal pefile's (python3-pefile ${present ? 'present' : 'absent'}, corpus ${corpus.present ? 'present' : 'absent'})`, () => {
  const files = programs().filter((file) => statSync(file).size <= MAX_BYTES);

  it(`on ${files.length} PE files, field by field`, () => {
    const found: string[] = [];
    for (let from = 0; from < files.length; from += BATCH) {
      const batch = files.slice(from, from + BATCH);
      const run = spawnSync(PYTHON, [path.join(import.meta.dirname, 'pefile_facts.py')], { input: batch.join('\n'), encoding: 'utf8', maxBuffer: 2 ** 30 });
      expect(run.stderr).toBe('');
      const lines = run.stdout.trim().split('\n');
      expect(lines).toHaveLength(batch.length);
      for (const [i, file] of batch.entries()) {
        const { facts } = parsePe(new Uint8Array(readFileSync(file)));
        const ours = PeFacts.parse(facts);
        found.push(...differences(ours, Oracle.parse(JSON.parse(lines[i] ?? '')), statSync(file).size).map((text) => `${file}: ${text}`));
      }
    }
    expect(found).toEqual([]);
  }, whole ? 3_600_000 : 120_000);

  it('would notice a difference in each part', () => {
    const file = files.find((name) => name.endsWith('filterext.dll')) ?? files[0] ?? '';
    const line = spawnSync(PYTHON, [path.join(import.meta.dirname, 'pefile_facts.py')], { input: file, encoding: 'utf8' }).stdout;
    const theirs = Oracle.parse(JSON.parse(line));
    const ours = PeFacts.parse(parsePe(new Uint8Array(readFileSync(file))).facts);
    const size = statSync(file).size;
    const changed: readonly Partial<z.infer<typeof Oracle>>[] = [
      { imphash: '0' }, { timestamp: 1 }, { exports: [] }, { sections: [] }, { resources: [] }, { checksum: 1 }, { overlay: 1 }, { callbacks: [1] },
      { relocations: { blocks: 0, entries: 1 } }, { rich: { key: 1, entries: [] } }, { fields: [{ field: 'e_magic', offset: 0, value: 1 }] },
      { boundImports: [{ dll: 'a', timestamp: 1, offset: 1, forwarders: [] }] }, { debug: [{ number: 2, offset: 1, timestamp: 1, dataOffset: 1, dataSize: 1, pdb: null, identity: null }] },
    ];
    expect(theirs.fields.length).toBeGreaterThan(100);
    expect(differences(ours, theirs, size)).toEqual([]);
    for (const change of changed) expect(differences(ours, { ...theirs, ...change }, size), JSON.stringify(change)).not.toEqual([]);
  });
});
