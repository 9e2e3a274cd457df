import { describe, expect, it, vi } from 'vitest';
import { told } from '../../helpers/electron-stand-in.ts';
import { runShell } from './run-shell.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const WRITTEN = { path: '/out/r.pdf', bytes: 9, sha256: 'ab', count: 1, notes: [] };
const PAGE = '<!doctype html><title>r</title><p>report</p>';

describe('printing the report', () => {
  it('lays it out in a window of its own without script, and lets the engine keep the document', async () => {
    const { invoke, engine } = await runShell({ 'case.info': {}, 'report.preview': { format: 'html', text: PAGE, notes: [] }, 'report.keepPdf': WRITTEN });
    expect(await invoke('host.printPdf', { path: '/out/r.pdf', replace: true })).toEqual({ ok: true, value: WRITTEN });
    const window = told.windows[1];
    expect(window?.options).toMatchObject({ show: false, webPreferences: { javascript: false, sandbox: true, contextIsolation: true, nodeIntegration: false } });
    expect(window?.loaded).toEqual(['app://iisight/report']);
    expect(window?.destroyed).toBe(true);
    expect(told.printed).toEqual([{ preferCSSPageSize: true, printBackground: true, displayHeaderFooter: false, generateTaggedPDF: true }]);
    expect(engine.sent.find((m) => m.name === 'report.keepPdf')?.input).toEqual({ path: '/out/r.pdf', replace: true, base64: Buffer.from('%PDF-1.7\n').toString('base64') });
    const served = told.served.at(-1);
    expect(await served?.text()).toBe(PAGE);
    expect(served?.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
    // The session of the report is its own, and is closed to the outside as that of the page is.
    expect(told.partitions.map((p) => p.name)).toEqual([expect.stringMatching(/^print-\d+$/)]);
    expect(told.partitions[0]?.scheme).toBe(null);
  });

  it('tells why there is no report', async () => {
    const { invoke, engine } = await runShell({ 'case.info': {} });
    expect(await invoke('host.printPdf', { path: '/out/r.pdf' })).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
    expect(told.windows.length).toBe(1);
    expect(engine.names()).not.toContain('report.keepPdf');
  });
});
