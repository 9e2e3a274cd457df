import { mkdirSync, mkdtempSync, rmSync, existsSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { browserCommand } from '../../../electron/cli/browser.ts';
import { caseNames, casesFolder, prepareFolder } from '../../../electron/cli/case-place.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'iisight-place-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the place of a case that nobody named', () => {
  it('is the data folder of the system', () => {
    expect(casesFolder({ platform: 'linux', env: {}, home: '/home/a' })).toBe('/home/a/.local/share/iisight/cases');
    expect(casesFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home: '/home/a' })).toBe('/data/iisight/cases');
    expect(casesFolder({ platform: 'linux', env: { XDG_DATA_HOME: 'data' }, home: '/home/a' })).toBe('/home/a/.local/share/iisight/cases');
    expect(casesFolder({ platform: 'darwin', env: {}, home: '/Users/a' })).toBe('/Users/a/Library/Application Support/IISight/cases');
    expect(casesFolder({ platform: 'win32', env: { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' }, home: 'C:\\Users\\a' })).toBe('C:\\Users\\a\\AppData\\Local\\IISight\\cases');
    expect(casesFolder({ platform: 'win32', env: {}, home: 'C:\\Users\\a' })).toBe('C:\\Users\\a\\AppData\\Local\\IISight\\cases');
  });

  it('has a name that tells the evidence and is the same at every start', () => {
    const names = caseNames('/mnt/WEB01 export.zip');
    expect(names[0]).toMatch(/^WEB01_export-[0-9a-f]{8}\.iiscase$/);
    expect(names[1]).toBe(names[0]?.replace('.iiscase', '-2.iiscase'));
    expect(caseNames('/mnt/WEB01 export.zip')).toEqual(names);
    expect(caseNames('/media/WEB01 export.zip')[0]).not.toBe(names[0]);
    expect(caseNames('/')[0]).toMatch(/^evidence-/);
    expect(caseNames('/x/..hidden/../../con\u202etxt')[0]).not.toMatch(/[\u202e/]|^\./);
  });

  it('is never made in the evidence, also by way of a link', () => {
    const evidence = path.join(root, 'evidence');
    mkdirSync(evidence);
    symlinkSync(evidence, path.join(root, 'link'));
    for (const folder of [path.join(evidence, 'data/cases'), path.join(root, 'link/data/cases')]) {
      expect(() => prepareFolder(folder, evidence)).toThrow('lies in the evidence');
      expect(existsSync(folder)).toBe(false);
    }
    expect(existsSync(path.join(evidence, 'data'))).toBe(false);
    prepareFolder(path.join(root, 'data/cases'), evidence);
    expect(existsSync(path.join(root, 'data/cases'))).toBe(true);
  });
});

describe('the browser', () => {
  it('is asked for in the way of the system, and not without a screen', () => {
    expect(browserCommand('http://x/', 'linux', {})).toBe(null);
    expect(browserCommand('http://x/', 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', 'http://x/']);
    expect(browserCommand('http://x/', 'linux', { WAYLAND_DISPLAY: 'w' })).toEqual(['xdg-open', 'http://x/']);
    expect(browserCommand('http://x/', 'darwin', {})).toEqual(['open', 'http://x/']);
    expect(browserCommand('http://x/', 'win32', {})).toEqual(['rundll32', 'url.dll,FileProtocolHandler', 'http://x/']);
  });
});
