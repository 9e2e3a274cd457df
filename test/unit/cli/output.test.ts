import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refuseAsJson } from '../../../electron/cli/output.ts';

describe('JSON is not written', () => {
  it('over a case, whatever its name, nor over what the command reads', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'iisight-output-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    writeFileSync(path.join(dir, 'a.db'), Buffer.concat([Buffer.alloc(8, 1), Buffer.from('DUCK'), Buffer.alloc(20)]));
    writeFileSync(path.join(dir, 'old.json'), '{ "DUCK": 1 }');
    expect(() => refuseAsJson(path.join(dir, 'a.db'), [])).toThrow('not overwritten');
    expect(() => refuseAsJson(path.join(dir, 'b.iiscase'), [])).toThrow('not overwritten');
    expect(() => refuseAsJson(path.join(dir, 'old.json'), [path.join(dir, 'old.json')])).toThrow('not overwritten');
    expect(() => refuseAsJson(path.join(dir, 'old.json'), [])).not.toThrow();
  });
});
