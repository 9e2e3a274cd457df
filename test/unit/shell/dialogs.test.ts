import { describe, expect, it, vi } from 'vitest';
import { told } from '../../helpers/electron-stand-in.ts';
import { runShell } from './run-shell.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const picked = (path: string | null): object => ({ ok: true, value: { path, inPage: false } });

describe('the dialogs of the shell', () => {
  it('picks folders, files and places to save', async () => {
    const { invoke } = await runShell();
    told.answers.push({ canceled: false, filePaths: ['/evidence'] }, { canceled: false, filePaths: ['/a.iiscase'] }, { canceled: false, filePath: '/b.iiscase' });
    expect(await invoke('host.pickFolder', { title: 'Evidence' })).toEqual(picked('/evidence'));
    expect(await invoke('host.pickFile', { title: 'Case', extensions: ['iiscase', '../x', '*'] })).toEqual(picked('/a.iiscase'));
    expect(await invoke('host.pickSave', { title: 'Save', suggested: '../../etc/WEB01.iiscase' })).toEqual(picked('/b.iiscase'));
    expect(told.dialogs).toEqual([
      { kind: 'open', options: { title: 'Evidence', properties: ['openDirectory', 'dontAddToRecent'] } },
      { kind: 'open', options: { title: 'Case', filters: [{ name: '*.iiscase', extensions: ['iiscase'] }, { name: 'All files', extensions: ['*'] }], properties: ['openFile', 'dontAddToRecent'] } },
      { kind: 'save', options: expect.objectContaining({ defaultPath: 'WEB01.iiscase' }) },
    ]);
  });

  it('says null when nothing was picked', async () => {
    const { invoke } = await runShell();
    told.answers.push({ canceled: true, filePaths: [] }, { canceled: true, filePath: '' });
    expect(await invoke('host.pickFolder', { title: 'x' })).toEqual(picked(null));
    expect(await invoke('host.pickSave', { title: 'x', suggested: '' })).toEqual(picked(null));
  });

  it('shows one at a time', async () => {
    const { invoke } = await runShell();
    let close = (_: object): void => undefined;
    told.answers.push(new Promise((resolve) => (close = resolve)));
    const first = invoke('host.pickFolder', { title: 'x' });
    expect(await invoke('host.pickFile', { title: 'x', extensions: [] })).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
    close({ canceled: false, filePaths: ['/e'] });
    expect(await first).toEqual(picked('/e'));
    expect(told.dialogs.length).toBe(1);
  });

  it('says what it is, and lists no folders', async () => {
    const { invoke } = await runShell();
    expect(await invoke('host.info', {})).toEqual({ ok: true, value: { kind: 'electron', version: '9.8.7', platform: process.platform } });
    expect(await invoke('host.listFolder', { path: '/' })).toMatchObject({ ok: false, failure: { kind: 'usage' } });
  });

  it('turns an error of the system into a failure', async () => {
    const { invoke } = await runShell();
    expect(await invoke('host.pickFolder', { title: 'no answer prepared' })).toMatchObject({ ok: false, failure: { kind: 'bug' } });
    told.answers.push({ canceled: true, filePaths: [] });
    expect(await invoke('host.pickFolder', { title: 'x' })).toEqual(picked(null));
  });
});
