import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOut } from '../../../electron/case/write-out.ts';
import { workspace } from './open.ts';

const { folder } = workspace();
const OPEN = { evidenceRoots: [] };

describe('what leaves the case', () => {
  it('is written whole, for this user alone, and its hash is told', async () => {
    const dir = await folder();
    const written = await writeOut(path.join(dir, 'report.html'), ['a\u00e4', Buffer.from('b')], OPEN);
    expect(written).toEqual({ path: path.join(dir, 'report.html'), bytes: 4, sha256: '2b559f0d99b31aa50f24338e4096bf45d24f1f24f05033b83e91a0adc453041b' });
    expect(readFileSync(written.path, 'utf8')).toBe('a\u00e4b');
    expect(statSync(written.path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['report.html']);
  });

  it('leaves what was there when the pieces fail', async () => {
    const dir = await folder();
    const target = path.join(dir, 'x.csv');
    writeFileSync(target, 'before');
    const broken = (function* () {
      yield 'half';
      throw new Error('broken');
    })();
    await expect(writeOut(target, broken, { ...OPEN, replace: true })).rejects.toThrow('broken');
    expect(readFileSync(target, 'utf8')).toBe('before');
    expect(readdirSync(dir)).toEqual(['x.csv']);
  });

  it('replaces a file only with leave', async () => {
    const dir = await folder();
    const target = path.join(dir, 'x.csv');
    writeFileSync(target, 'before');
    await expect(writeOut(target, ['after'], OPEN)).rejects.toMatchObject({ failure: { kind: 'exists' } });
    expect(readFileSync(target, 'utf8')).toBe('before');
    await writeOut(target, ['after'], { ...OPEN, replace: true });
    expect(readFileSync(target, 'utf8')).toBe('after');
  });

  it('never goes over a case that has another name, nor over the log beside it', async () => {
    const dir = await folder();
    const database = Buffer.concat([Buffer.alloc(8, 1), Buffer.from('DUCK'), Buffer.alloc(20)]);
    writeFileSync(path.join(dir, 'a.db'), database);
    writeFileSync(path.join(dir, 'a.db.wal'), 'log');
    symlinkSync(path.join(dir, 'a.db'), path.join(dir, 'alias.csv'));
    for (const name of ['a.db', 'a.db.wal', 'alias.csv']) {
      await expect(writeOut(path.join(dir, name), ['x'], { ...OPEN, replace: true }), name).rejects.toMatchObject({ failure: { kind: 'conflict' } });
    }
    expect(readFileSync(path.join(dir, 'a.db'))).toEqual(database);
    writeFileSync(path.join(dir, 'DUCK.wal'), 'DUCK');
    await writeOut(path.join(dir, 'DUCK.wal'), ['x'], { ...OPEN, replace: true });
    expect(readFileSync(path.join(dir, 'DUCK.wal'), 'utf8')).toBe('x');
  });

  it('never goes into evidence, over a case or over what is no file, also by way of a link', async () => {
    const dir = await folder();
    const evidence = path.join(dir, 'evidence');
    mkdirSync(path.join(evidence, 'C'), { recursive: true });
    mkdirSync(path.join(dir, 'folder'));
    symlinkSync(evidence, path.join(dir, 'link'));
    writeFileSync(path.join(evidence, 'file'), 'evidence');
    symlinkSync(path.join(evidence, 'file'), path.join(dir, 'alias.csv'));
    writeFileSync(path.join(dir, 'a.iiscase'), 'case');
    const into = { evidenceRoots: [evidence], replace: true };
    for (const name of ['evidence/x.csv', 'evidence/C/x.csv', 'evidence', 'link/x.csv', 'alias.csv', 'a.iiscase', 'b.iiscase', 'a.iiscase.wal', 'folder', 'none/x.csv']) {
      await expect(writeOut(path.join(dir, name), ['x'], into), name).rejects.toMatchObject({ failure: { kind: expect.stringMatching(/conflict|unavailable/) } });
    }
    expect(readFileSync(path.join(evidence, 'file'), 'utf8')).toBe('evidence');
    expect(readdirSync(evidence).sort()).toEqual(['C', 'file']);
    expect(readFileSync(path.join(dir, 'a.iiscase'), 'utf8')).toBe('case');
  });
});
