import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from 'playwright/test';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const { findElectron } = (await import(path.join(ROOT, 'build/scripts/electron-binary.mjs'))) as { findElectron(root: string): string | null };
const binary = findElectron(ROOT);

/** What the preload puts there. */
interface Bridge {
  iisight: { request(name: string, input: unknown): Promise<{ ok: boolean; value?: { kind?: string } }> };
}

test.describe('the desktop program in the real Electron', () => {
  test.skip(binary === null, "Electron's binary is not on this machine");
  let app: ElectronApplication;
  let page: Page;
  const userData = mkdtempSync(path.join(os.tmpdir(), 'iisight-electron-'));

  test.beforeAll(async () => {
    app = await _electron.launch({ executablePath: binary ?? '', args: [ROOT, `--user-data-dir=${userData}`] });
    page = await app.firstWindow();
    await page.waitForSelector('text=New case from folder');
  });
  test.afterAll(async () => {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  });

  test('shows the page under its own scheme, sandboxed and isolated', async () => {
    expect(page.url().startsWith('app://iisight/')).toBe(true);
    // Electron has the method, its declarations have not.
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents: object | undefined = BrowserWindow.getAllWindows()[0]?.webContents;
      return contents === undefined ? null : (contents as { getLastWebPreferences(): object }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    expect(await page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process'), Object.keys(Reflect.get(globalThis, 'iisight') as object).sort()])).toEqual(['undefined', 'undefined', ['on', 'request']]);
  });

  test('talks to the engine over the contract', async () => {
    const ask = (name: string): Promise<{ ok: boolean; value?: { kind?: string } }> => page.evaluate((n) => (globalThis as unknown as Bridge).iisight.request(n, {}), name);
    expect(await ask('host.info')).toMatchObject({ ok: true, value: { kind: 'electron' } });
    expect(await ask('case.info')).toMatchObject({ ok: true, value: { state: 'none' } });
    expect(await ask('made.up')).toMatchObject({ ok: false });
  });

  test('lets nothing out and nothing in', async () => {
    const before = page.url();
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    expect(await page.evaluate(() => fetch('https://example.com/').then(() => 'answered', () => 'refused'))).toBe('refused');
    expect(await page.evaluate(() => {
      try {
        return String(Reflect.construct(Function, ['return 1'])());
      } catch {
        return 'refused';
      }
    })).toBe('refused');
    await page.evaluate(() => void window.location.assign('https://example.com/'));
    expect(await page.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then((p) => p.state))).toBe('denied');
    expect(page.url()).toBe(before);
    expect(app.windows().length).toBe(1);
  });
});
