import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { loadWindowState, saveWindowState } from '../../../electron/shell/window-state.ts';
import { told } from '../../helpers/electron-stand-in.ts';
import { runShell, settle } from './run-shell.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const root = mkdtempSync(path.join(os.tmpdir(), 'iisight-window-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const SCREEN = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const DEFAULT = { bounds: null, width: 1440, height: 900, maximized: false };

describe('where the window stood', () => {
  it('is kept from one run to the next', async () => {
    const { window } = await runShell();
    expect(window.options).toMatchObject({ width: 1440, height: 900, show: false });
    window.bounds = { x: 100, y: 50, width: 1200, height: 800 };
    window.maximized = true;
    window.close();
    await settle();
    const again = await runShell();
    expect(again.window.options).toMatchObject({ x: 100, y: 50, width: 1200, height: 800 });
    expect(again.window.maximized).toBe(true);
    expect(readdirSync(told.userData)).toEqual(['window.json']);
  });

  it('is left to the system when that place is on no screen, and never too small', () => {
    const file = path.join(root, 'far.json');
    saveWindowState(file, { x: 5000, y: 10, width: 100, height: 100 }, false);
    expect(loadWindowState(file, SCREEN)).toEqual({ bounds: null, width: 800, height: 560, maximized: false });
    expect(loadWindowState(file, [...SCREEN, { x: 4900, y: 0, width: 1920, height: 1080 }]).bounds).toEqual({ x: 5000, y: 10, width: 800, height: 560 });
  });

  const damaged = ['', 'null', '[]', '5', '{', '{"x":1}', '{"x":"1","y":1,"width":900,"height":900}', '{"x":1e99,"y":1,"width":900,"height":900}', '{"x":0.5,"y":1,"width":900,"height":900}', `{"x":1,"y":1,"width":900,"height":900,"pad":"${'x'.repeat(5000)}"}`];
  it.each(damaged)('is the default for a damaged file: %.40s', (text) => {
    const file = path.join(root, 'damaged.json');
    writeFileSync(file, text);
    expect(loadWindowState(file, SCREEN)).toEqual(DEFAULT);
  });

  it('is the default without a file, and saving where nothing can be written is no fault', () => {
    expect(loadWindowState(path.join(root, 'none.json'), SCREEN)).toEqual(DEFAULT);
    const blocker = path.join(root, 'blocker');
    writeFileSync(blocker, 'a file');
    saveWindowState(path.join(blocker, 'window.json'), { x: 0, y: 0, width: 900, height: 900 }, false);
    expect(readFileSync(blocker, 'utf8')).toBe('a file');
  });
});
