import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePe } from '../../../../electron/artifacts/pe/index.ts';
import { programs } from './programs.ts';

/** Package mono-utils; another place can be named. */
const MONODIS = process.env['MONODIS'] ?? 'monodis';
const ask = (option: string, file: string): string => spawnSync(MONODIS, [option, file], { encoding: 'latin1', maxBuffer: 2 ** 28 }).stdout;
const present = spawnSync(MONODIS, ['--help']).error === undefined;

describe.skipIf(!present)(`CLR facts equal monodis's (${present ? 'present' : 'absent'})`, () => {
  it('identity, MVID and references of every managed file', () => {
    let managed = 0;
    for (const file of programs()) {
      const clr = parsePe(new Uint8Array(readFileSync(file))).facts?.clr;
      if (!clr) continue;
      managed += 1;
      const assembly = ask('--assembly', file);
      expect([clr.assembly, clr.version], file).toEqual([/^Name:\s+(.*)$/m.exec(assembly)?.[1], /^Version:\s+(.*)$/m.exec(assembly)?.[1]]);
      expect(clr.mvid, file).toBe(/\{([0-9A-F-]{36})\}/.exec(ask('--module', file))?.[1]?.toLowerCase());
      const references = [...ask('--assemblyref', file).matchAll(/^\d+: Version=(\S+)\s*\n\s*Name=(.*)$/gm)].map((m) => `${m[2]}, Version=${m[1]}`);
      expect(clr.references.map((r) => r.replace(/, Culture=.*/, '')), file).toEqual(references);
    }
    expect(managed).toBeGreaterThan(2);
  });
});
