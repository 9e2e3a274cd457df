import { describe, expect, it, vi } from 'vitest';
import { app, fireApp, fireSession, preventable, StandInContents, told } from '../../helpers/electron-stand-in.ts';
import { runShell } from './run-shell.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe('the hardened shell', () => {
  it('opens a window that is sandboxed, isolated and without Node', async () => {
    const { window } = await runShell();
    expect(told.sandboxed).toBe(true);
    expect(window.options.webPreferences).toEqual({
      preload: '/app/preload.cjs', sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, plugins: false, spellcheck: false,
      navigateOnDragDrop: false, safeDialogs: true, devTools: false,
    });
    expect(window.loaded).toEqual(['app://iisight/']);
    expect(told.spellChecker).toBe(false);
  });

  it('denies every web contents to leave, to open windows and to attach web views', async () => {
    const { window } = await runShell();
    const other = new StandInContents();
    fireApp('web-contents-created', {}, other);
    for (const contents of [window.webContents, other]) {
      expect(contents.windowOpen?.({ url: 'https://example.com', frameName: '', features: '', disposition: 'new-window', referrer: { url: '', policy: 'default' } })).toEqual({ action: 'deny' });
      for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
        const event = preventable();
        contents.fire(name, event);
        expect([name, event.defaultPrevented]).toEqual([name, true]);
      }
    }
  });

  it('denies permissions, devices, screens and downloads; the clipboard may be written by the page alone', async () => {
    await runShell();
    const request = (permission: string, requestingUrl: string): unknown => {
      const callback = vi.fn();
      told.session.get('permission request')?.(...([null, permission, callback, { requestingUrl }] as never[]));
      return callback.mock.calls[0]?.[0];
    };
    const check = (permission: string, origin: string): unknown => told.session.get('permission check')?.(...([null, permission, origin] as never[]));
    for (const permission of ['media', 'geolocation', 'notifications', 'midi', 'openExternal', 'clipboard-read', 'fileSystem', 'hid', 'usb', 'fullscreen', 'unknown']) {
      expect([permission, request(permission, 'app://iisight/'), check(permission, 'app://iisight')]).toEqual([permission, false, false]);
    }
    expect([request('clipboard-sanitized-write', 'app://iisight/'), check('clipboard-sanitized-write', 'app://iisight')]).toEqual([true, true]);
    for (const url of ['https://iisight/', 'app://evil/', 'app://iisight.evil/', 'app://user@iisight/', 'app://iisight:1/', '', 'file:///etc/passwd']) {
      expect([url, request('clipboard-sanitized-write', url), check('clipboard-sanitized-write', url)]).toEqual([url, false, false]);
    }
    expect(told.session.get('device permission')?.()).toBe(false);
    const download = preventable();
    fireSession('will-download', download);
    expect(download.defaultPrevented).toBe(true);
  });

  it('lets no request out of the program', async () => {
    await runShell();
    const cancelled = (url: string): unknown => {
      const callback = vi.fn();
      told.session.get('before request')?.(...([{ url }, callback] as never[]));
      return callback.mock.calls[0]?.[0];
    };
    expect(cancelled('app://iisight/main.js')).toEqual({ cancel: false });
    for (const url of ['https://example.com/', 'http://127.0.0.1/', 'ws://127.0.0.1:1/', 'file:///etc/passwd', 'devtools://devtools/x', 'app://other/', 'ftp://x/', 'blob:app://iisight/1', 'not a url']) {
      expect([url, cancelled(url)]).toEqual([url, { cancel: true }]);
    }
    expect(told.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    expect([...told.switches.keys()]).toEqual(expect.arrayContaining(['disable-background-networking', 'disable-component-update']));
  });

  it('offers developer tools in a checkout only', async () => {
    const { menuTemplate } = await import('../../../electron/shell/menu.ts');
    expect(JSON.stringify(menuTemplate(() => undefined, 'linux', false))).not.toContain('toggleDevTools');
    expect(JSON.stringify(menuTemplate(() => undefined, 'linux', true))).toContain('toggleDevTools');
    expect(app.isPackaged).toBe(true);
  });

  it('serves the page under a scheme of its own, with the strict policy, and nothing else', async () => {
    await runShell();
    expect(told.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
    const ask = async (url: string, method = 'GET'): Promise<Response> => {
      const serve = told.protocols.get('app');
      if (serve === undefined) throw new Error('the scheme is not served');
      // The engine's Request knows only web schemes; the handler reads no more than these two fields.
      return serve({ url, method } as Request);
    };
    const page = await ask('app://iisight/');
    expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([200, '<!doctype html><title>IISight</title>', 'text/html; charset=utf-8']);
    expect((await ask('app://iisight/main.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const [url, status] of [['app://iisight/none', 404], ['app://iisight/../../etc/passwd', 404], ['app://iisight/%2e%2e/x', 404], ['app://other/', 403], ['app://iisight:8/', 403]] as const) {
      expect([url, (await ask(url)).status]).toEqual([url, status]);
    }
    expect((await ask('app://iisight/', 'POST')).status).toBe(405);
    for (const url of ['app://iisight/', 'app://iisight/none', 'app://other/']) {
      const { headers } = await ask(url);
      expect(headers.get('content-security-policy')).toBe(POLICY);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
