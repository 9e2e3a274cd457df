import { describe, expect, it, vi } from 'vitest';
import { startShell } from '../../../electron/shell/start.ts';
import { fireApp, preventable, resetStandIn, told } from '../../helpers/electron-stand-in.ts';
import { folder, NO_CASE, runShell, settle, TableEngine, UNSAVED } from './run-shell.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

describe('the life of the shell', () => {
  it('is one instance: a second one ends and starts no engine', async () => {
    resetStandIn(folder);
    told.locked = false;
    const launch = vi.fn();
    await startShell({ launcher: { launch }, rendererDir: folder, preload: 'p' });
    expect([told.quits, launch.mock.calls.length, told.windows.length]).toEqual([1, 0, 0]);
  });

  it('says so when the page is not built', async () => {
    resetStandIn(folder);
    await startShell({ launcher: new TableEngine(), rendererDir: `${folder}/none`, preload: 'p' });
    expect(told.exits).toEqual([1]);
    expect(told.dialogs).toEqual([{ kind: 'error', options: { title: 'IISight', content: expect.stringContaining('has not been built') } }]);
  });

  it('opens the case or the evidence that it was started with, before the page', async () => {
    const withCase = await runShell({ 'case.info': NO_CASE, 'case.open': NO_CASE }, ['--some-switch', '/cases/a.iiscase']);
    expect(withCase.engine.sent.map(({ name, input }) => ({ name, input }))).toEqual([{ name: 'case.open', input: { path: '/cases/a.iiscase', resume: true } }]);
    const withEvidence = await runShell({ 'case.info': NO_CASE, 'case.create': NO_CASE }, ['/evidence/web01']);
    expect(withEvidence.engine.sent[0]).toMatchObject({ name: 'case.create', input: { path: null, evidence: '/evidence/web01' } });
    expect(told.dialogs).toEqual([]);
  });

  it('tells in a dialog why something was not opened', async () => {
    await runShell({ 'case.info': NO_CASE }, ['/cases/a.iiscase'], [{ response: 0 }]);
    expect(told.dialogs).toEqual([{ kind: 'message', options: { type: 'error', title: 'IISight', message: 'a.iiscase cannot be opened. no case.open here' } }]);
  });

  it('takes what a second instance was started with, after asking when a case is open', async () => {
    const { engine, window } = await runShell({ 'case.info': UNSAVED, 'case.open': NO_CASE });
    told.answers.push({ response: 0 });
    fireApp('second-instance', {}, ['/opt/iisight', 'b.iiscase'], '/cases');
    await settle();
    expect(engine.names()).toEqual(['case.info']);
    expect(window.did).toEqual(['restore', 'focus']);
    told.answers.push({ response: 1 });
    fireApp('second-instance', {}, ['/opt/iisight', 'b.iiscase'], '/cases');
    await settle();
    expect(engine.sent.at(-1)).toMatchObject({ name: 'case.open', input: { path: '/cases/b.iiscase' } });
    const opening = preventable();
    told.answers.push({ response: 1 });
    fireApp('open-file', opening, '/cases/c.iiscase');
    await settle();
    expect([opening.defaultPrevented, engine.sent.at(-1)?.input]).toEqual([true, { path: '/cases/c.iiscase', resume: true }]);
  });

  it('closes a window over a named case at once', async () => {
    const { window } = await runShell({ 'case.info': { ...UNSAVED, unsaved: false } });
    window.close();
    await settle();
    expect(window.destroyed).toBe(true);
  });

  it('asks before a case without a name goes, and saves it', async () => {
    const { engine, window } = await runShell({ 'case.info': UNSAVED, 'case.saveAs': NO_CASE });
    told.answers.push({ response: 2 });
    window.close();
    await settle();
    expect(window.destroyed).toBe(false);
    told.answers.push({ response: 0 }, { canceled: true, filePath: '' });
    window.close();
    await settle();
    expect(window.destroyed).toBe(false);
    told.answers.push({ response: 0 }, { canceled: false, filePath: '/cases/n.iiscase' });
    window.close();
    await settle();
    expect(engine.sent.at(-1)).toMatchObject({ name: 'case.saveAs', input: { path: '/cases/n.iiscase', replace: true } });
    expect(window.destroyed).toBe(true);
  });

  it('keeps the window when saving failed', async () => {
    const { window } = await runShell({ 'case.info': UNSAVED });
    told.answers.push({ response: 0 }, { canceled: false, filePath: '/full/n.iiscase' }, { response: 0 });
    window.close();
    await settle();
    expect(window.destroyed).toBe(false);
    expect(told.dialogs.at(-1)).toMatchObject({ options: { message: 'The case was not saved. no case.saveAs here' } });
  });

  it('ends when the engine has ended', async () => {
    const { engine } = await runShell();
    fireApp('window-all-closed');
    expect(told.quits).toBe(1);
    const first = preventable();
    fireApp('will-quit', first);
    expect(first.defaultPrevented).toBe(true);
    await settle();
    expect([engine.stopped, told.quits]).toEqual([1, 2]);
    const second = preventable();
    fireApp('will-quit', second);
    expect(second.defaultPrevented).toBe(false);
  });

  it('reloads a page that crashed, but not for ever', async () => {
    const { window } = await runShell();
    window.webContents.fire('render-process-gone', {}, { reason: 'clean-exit' });
    for (let i = 0; i < 10; i++) window.webContents.fire('render-process-gone', {}, { reason: 'crashed' });
    expect(window.webContents.reloads).toBe(3);
  });
});
