import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeOwnFolder } from '../../../electron/case/own-folder.ts';

describe('folders among the temporary ones', () => {
  const before = { ...process.env };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-own-test-'));
    process.env['TMPDIR'] = folder;
    process.env['TEMP'] = folder;
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true });
  });

  it('of a process that is gone are removed, of one that lives or on another machine are not', async () => {
    const own = await makeOwnFolder('work');
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    const [left = '', elsewhere = '', other = '', link = ''] = [
      path.basename(own.path).replace(`-${process.pid}-`, `-${dead}-`), `iisight-work-00000000-${dead}-abcdef`, `iisight-work-${dead}`, path.basename(own.path).replace(/-\d+-\w+$/, `-${dead}-linked`),
    ].map((name) => path.join(folder, name));
    for (const at of [left, elsewhere, other]) {
      mkdirSync(at);
      writeFileSync(path.join(at, 'part.spool'), 'evidence');
    }
    symlinkSync(other, link);
    const second = await makeOwnFolder('case');
    expect([own.path, left, elsewhere, other].map((at) => existsSync(at))).toEqual([true, false, true, true]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(existsSync(path.join(other, 'part.spool'))).toBe(true);
    await own.remove();
    await second.remove();
    expect([own.path, second.path].map((at) => existsSync(at))).toEqual([false, false]);
  });
});
