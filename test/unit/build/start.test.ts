import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { casesFolder } from '../../../electron/cli/case-place.ts';

interface Binary {
  findElectron(root: string, env?: Record<string, string>, platform?: string): string | null;
  fetchElectron(root: string, say: (line: string) => void, options?: { again?: boolean; patience?: number }): string | null;
}
interface Sample {
  casesFolder(platform: string, env: Record<string, string>, home: string): string;
  sampleCase(triage: (file: string) => Promise<number>, folder: string): Promise<string | null>;
}
const scripts = path.resolve(import.meta.dirname, '../../../build/scripts');
const { findElectron, fetchElectron } = (await import(path.join(scripts, 'electron-binary.mjs'))) as Binary;
const sample = (await import(path.join(scripts, 'sample-case.mjs'))) as Sample;

const top = mkdtempSync(path.join(os.tmpdir(), 'iisight-start-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));
let root = '';
let electron = '';
let said: string[] = [];
const say = (line: string): void => void said.push(line);
beforeEach(() => {
  root = mkdtempSync(path.join(top, 'root-'));
  electron = path.join(root, 'node_modules/electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(path.join(electron, 'package.json'), '{ "version": "45.0.0" }');
  writeFileSync(path.join(electron, 'index.js'), "require('fs').writeFileSync(__dirname + '/resolved', ''); throw new Error('resolved');");
  said = [];
});

/** An installer that counts its runs and then does as it is told. */
function installer(body: string): void {
  writeFileSync(path.join(electron, 'install.js'), `require('fs').appendFileSync(__dirname + '/runs', 'x');\n${body}`);
}
const runs = (): number => (existsSync(path.join(electron, 'runs')) ? readFileSync(path.join(electron, 'runs'), 'utf8').length : 0);

describe("finding Electron's binary", () => {
  it('goes by path.txt and by the override, and never loads the package', () => {
    expect(findElectron(root, {}, 'linux')).toBe(null);
    writeFileSync(path.join(electron, 'path.txt'), 'electron');
    expect(findElectron(root, {}, 'linux')).toBe(null);
    mkdirSync(path.join(electron, 'dist'));
    writeFileSync(path.join(electron, 'dist/electron'), '');
    expect(findElectron(root, {}, 'linux')).toBe(path.join(electron, 'dist/electron'));
    const own = path.join(root, 'own');
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: own }, 'linux')).toBe(null);
    mkdirSync(own);
    writeFileSync(path.join(own, 'electron'), '');
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: own }, 'linux')).toBe(path.join(own, 'electron'));
    rmSync(path.join(electron, 'path.txt'));
    writeFileSync(path.join(own, 'electron.exe'), '');
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: own }, 'win32')).toBe(path.join(own, 'electron.exe'));
    expect(existsSync(path.join(electron, 'resolved'))).toBe(false);
  });

  it('lets its installer fetch it once', () => {
    installer("const fs = require('fs'); fs.mkdirSync(__dirname + '/dist'); fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron');");
    expect(fetchElectron(root, say)).toBe(path.join(electron, 'dist/electron'));
    expect(said).toEqual([expect.stringContaining('fetching it')]);
    expect(existsSync(path.join(electron, 'resolved'))).toBe(false);
  });

  it('remembers a failure for this version and says how to try again', () => {
    installer("console.error('Error: getaddrinfo ENOTFOUND github.com'); process.exit(1);");
    expect(fetchElectron(root, say)).toBe(null);
    expect(said.at(-1)).toBe('Electron could not be fetched (Error: getaddrinfo ENOTFOUND github.com).');
    expect(fetchElectron(root, say)).toBe(null);
    expect([runs(), said.at(-1)]).toEqual([1, expect.stringContaining('--fetch')]);
    fetchElectron(root, say, { again: true });
    expect(runs()).toBe(2);
    writeFileSync(path.join(electron, 'package.json'), '{ "version": "46.0.0" }');
    fetchElectron(root, say);
    expect(runs()).toBe(3);
  });

  it('gives an installer that hangs no more than its time', () => {
    installer('setInterval(() => undefined, 1000);');
    expect(fetchElectron(root, say, { patience: 500 })).toBe(null);
    expect(said.at(-1)).toBe('Electron could not be fetched (it took too long).');
    // On a busy machine it may be ended before its first line; it is not started again either way.
    const before = runs();
    expect(fetchElectron(root, say)).toBe(null);
    expect(runs()).toBe(before);
  });
});

describe('the case of the sample', () => {
  it('lies where the command line keeps cases', () => {
    const places: [NodeJS.Platform, Record<string, string>, string][] = [
      ['linux', {}, '/home/a'], ['linux', { XDG_DATA_HOME: '/d' }, '/home/a'], ['linux', { XDG_DATA_HOME: 'd' }, '/home/a'],
      ['darwin', {}, '/Users/a'], ['win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\a'], ['win32', {}, 'C:\\a'],
    ];
    for (const [platform, env, home] of places) expect(sample.casesFolder(platform, env, home)).toBe(casesFolder({ platform, env, home }));
  });

  it('is made once and used again', async () => {
    const folder = path.join(root, 'cases');
    const asked: string[] = [];
    const triage = (file: string): Promise<number> => {
      asked.push(path.basename(file));
      writeFileSync(file, 'case');
      return Promise.resolve(0);
    };
    expect(await sample.sampleCase(triage, folder)).toBe(path.join(folder, 'sample.iiscase'));
    expect(await sample.sampleCase(triage, folder)).toBe(path.join(folder, 'sample.iiscase'));
    expect(asked).toEqual(['sample.iiscase', 'sample.iiscase']);
  });

  it('leaves one that cannot be continued and takes the next number; gives up when none can be made', async () => {
    const folder = path.join(root, 'cases');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'sample.iiscase'), 'damaged');
    const triage = (file: string): Promise<number> => Promise.resolve(file.endsWith('sample.iiscase') ? 2 : 0);
    expect(await sample.sampleCase(triage, folder)).toBe(path.join(folder, 'sample-2.iiscase'));
    expect(readFileSync(path.join(folder, 'sample.iiscase'), 'utf8')).toBe('damaged');
    expect(await sample.sampleCase(() => Promise.resolve(1), path.join(root, 'none'))).toBe(null);
  });
});
