import { describe, expect, it } from 'vitest';
import { fail } from '../../../../shared/base/result.ts';
import { closeCase, newCase, openCase, saveCaseAs } from '../../../../renderer/commands/case-actions.ts';
import { addNote } from '../../../../renderer/commands/note-actions.ts';
import { createWorkbench } from '../../../../renderer/state/workbench.ts';
import { caseInfo } from '../../../helpers/fake-case.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('opening and saving', () => {
  it('asks in the page where the host has no dialog, and makes the case', async () => {
    const host = fakeClient(false);
    const wb = createWorkbench(host);
    const done = newCase(wb, 'folder');
    await settled();
    expect(wb.store.getState().dialog).toMatchObject({ kind: 'path', ask: { mode: 'folder' } });
    wb.store.getState().answer('/evidence/web01');
    await done;
    expect(host.asked.find((a) => a.name === 'case.create')?.input).toEqual({ path: null, evidence: '/evidence/web01' });
    expect(wb.store.getState()).toMatchObject({ route: { view: 'overview' }, info: { state: 'open', unsaved: true } });
  });
  it("takes the host's own dialog where it has one", async () => {
    const host = fakeClient();
    host.answer('host.pickSave', () => ({ path: '/cases/a.iiscase', inPage: false }));
    const wb = createWorkbench(host);
    await wb.refresh();
    expect(await saveCaseAs(wb)).toBe(true);
    expect(wb.store.getState().dialog).toBeNull();
    expect(wb.store.getState().info?.path).toBe('/cases/a.iiscase');
  });
  it('asks before it replaces a file', async () => {
    const host = fakeClient();
    host.answer('host.pickSave', () => ({ path: '/cases/a.iiscase', inPage: false }));
    host.answer('case.saveAs', (input) => (input.replace === true ? { ...caseInfo, path: input.path } : fail('exists', 'The file is there already.')));
    const wb = createWorkbench(host);
    await wb.refresh();
    const done = saveCaseAs(wb);
    await settled();
    expect(wb.store.getState().dialog?.kind).toBe('choice');
    wb.store.getState().answer(null);
    expect(await done).toBe(false);
    expect(host.asked.filter((a) => a.name === 'case.saveAs')).toHaveLength(1);
  });
  it('says why a case cannot be opened and stays where it is', async () => {
    const host = fakeClient(false);
    host.answer('case.open', () => fail('unavailable', 'This case was written by a newer version.'));
    const wb = createWorkbench(host);
    await openCase(wb, '/cases/new.iiscase');
    expect(wb.store.getState().toasts.at(-1)).toMatchObject({ tone: 'bad', text: 'This case was written by a newer version.' });
    expect(wb.store.getState().route.view).toBe('start');
  });
  it('does not close an unsaved case without asking', async () => {
    const host = fakeClient();
    const wb = createWorkbench(host);
    await wb.refresh();
    const info = wb.store.getState().info;
    wb.store.setState({ info: info === null ? null : { ...info, unsaved: true } });
    const done = closeCase(wb);
    await settled();
    expect(wb.store.getState().dialog?.kind).toBe('choice');
    wb.store.getState().answer(null);
    await done;
    expect(host.asked.some((a) => a.name === 'case.close')).toBe(false);
  });
});

describe('a note', () => {
  const draft = { about: null, refs: [], event: null, finding: null, component: null };
  it('asks once for case number, examiner and host', async () => {
    const host = fakeClient();
    const wb = createWorkbench(host);
    await wb.refresh();
    const first = addNote(wb, draft);
    await settled();
    expect(wb.store.getState().dialog?.kind).toBe('examination');
    wb.store.getState().answer({ caseNumber: '1', examiner: 'A', hostLabel: 'WEB01' });
    await settled();
    expect(wb.store.getState().dialog?.kind).toBe('note');
    wb.store.getState().answer({ text: 'seen', tag: '', about: null });
    expect(await first).toMatchObject({ text: 'seen' });
    const second = addNote(wb, draft);
    await settled();
    expect(wb.store.getState().dialog?.kind).toBe('note');
    wb.store.getState().answer(null);
    expect(await second).toBeNull();
  });
  it('is not called written when the host refused it', async () => {
    const host = fakeClient();
    host.answer('note.add', () => fail('unavailable', 'The disk is full.'));
    const wb = createWorkbench(host);
    await wb.refresh();
    await host.request('case.examination', { caseNumber: '1', examiner: 'A', hostLabel: 'W' });
    await wb.refresh();
    const done = addNote(wb, draft);
    await settled();
    wb.store.getState().answer({ text: 'seen', tag: '', about: null });
    expect(await done).toBeNull();
    expect(wb.store.getState().toasts.map((t) => t.text)).toEqual(['The disk is full.']);
  });
});
