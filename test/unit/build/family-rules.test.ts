import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { familyRules } from '../../../build/scripts/family-rules.mjs';
import { utf16Bytes } from '../../../electron/jobs/image-reader/traits/trait-patterns.ts';
import { FAMILIES } from '../../../electron/knowledge/index.ts';
import type { FamilyTrait } from '../../../shared/model/index.ts';

const FILE = path.resolve(import.meta.dirname, '../../../electron/knowledge/families/families.yar');
const yara = spawnSync('yara', ['--version'], { encoding: 'utf8' }).status === 0;

describe('YARA rules of the families', () => {
  it('are those that the list makes: run build/scripts/family-rules.mjs', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(familyRules());
  });

  it('say under which licence they are, and ask for more than one trait', () => {
    const text = familyRules();
    expect(text).toContain('SPDX-License-Identifier: Apache-2.0');
    const conditions = [...text.matchAll(/condition:\n(.*)\n/g)].map((m) => m[1] ?? '');
    expect(conditions.length).toBeGreaterThan(30);
    expect(conditions.filter((c) => !/and \((?:2 of \(\$s\*\)|\(any of \(\$s\*\) and 2 of \(\$w\*\)\))/.test(c))).toEqual([]);
  });
});

describe.skipIf(!yara)('YARA rules of the families, read by yara (not installed: skipped)', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-yar-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const bytesOf = ({ where, value }: FamilyTrait): Uint8Array => {
    if (where === 'hex') return Uint8Array.from(value.split(' '), (b) => (b === '??' ? 0x90 : Number.parseInt(b, 16)));
    return where === 'string' ? utf16Bytes(value) : new TextEncoder().encode(value);
  };
  const write = (name: string, traits: readonly FamilyTrait[]): void =>
    writeFileSync(path.join(folder, name), Buffer.concat([Buffer.from('MZ'), ...traits.flatMap((t) => [Buffer.alloc(8), Buffer.from(bytesOf(t))])]));

  it('are valid, find two strong traits, and not a strong one with one weak one', () => {
    const inBytes = (t: FamilyTrait): boolean => !['imphash', 'mvid', 'signer', 'file-name', 'path', 'module-name'].includes(t.where);
    const rules = FAMILIES.filter((f) => familyRules().includes(`rule iisight_${f.id.replaceAll('-', '_')}\n`));
    const wanted: string[] = [];
    for (const { id, traits } of rules) {
      const strong = traits.filter((t) => t.weight === 'strong' && inBytes(t));
      const weak = traits.filter((t) => t.weight === 'weak' && inBytes(t));
      if (strong.length >= 2) {
        write(`${id}.two`, strong.slice(0, 2));
        wanted.push(`iisight_${id.replaceAll('-', '_')} ${id}.two`);
      }
      write(`${id}.one`, [...strong.slice(0, 1), ...weak.slice(0, 1)]);
    }
    const run = spawnSync('yara', ['-w', FILE, folder], { encoding: 'utf8' });
    expect([run.status, run.stderr]).toEqual([0, '']);
    const found = run.stdout.split('\n').filter((line) => line !== '').map((line) => line.replace(`${folder}/`, ''));
    expect(wanted.filter((line) => !found.includes(line))).toEqual([]);
    expect(found.filter((line) => line.endsWith('.one'))).toEqual([]);
  });
});
