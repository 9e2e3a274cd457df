import { afterEach, describe, expect, it } from 'vitest';
import { act, offerAction } from '../../../../renderer/commands/actions.ts';
import { available, Keyboard, runCommand } from '../../../../renderer/commands/dispatch.ts';
import { menuBar } from '../../../../renderer/commands/menus.ts';
import { COMMANDS, commandById, keyClashes } from '../../../../renderer/commands/table.ts';
import { NUMBERED } from '../../../../renderer/state/route.ts';
import { createWorkbench, type Workbench } from '../../../../renderer/state/workbench.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';

const key = (name: string) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false });
const FREE = { inTextField: false, inDialog: false };
const stops: Array<() => void> = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

async function opened(): Promise<Workbench> {
  const wb = createWorkbench(fakeClient());
  await wb.refresh();
  wb.store.getState().navigate('timeline');
  return wb;
}

describe('the command table', () => {
  it('gives no key two meanings on one screen', () => expect(keyClashes()).toEqual([]));
  it('would notice a clash', () => {
    const go = commandById('view.graph');
    expect(go).toBeDefined();
    expect(keyClashes([...COMMANDS, { id: 'x', title: '', group: 'Go', keys: ['3'], run: () => {} }])).not.toEqual([]);
    expect(keyClashes([...COMMANDS, { id: 'x', title: '', group: 'Go', keys: ['g'], run: () => {} }])).not.toEqual([]);
  });
  it('has every id once', () => expect(new Set(COMMANDS.map((c) => c.id)).size).toBe(COMMANDS.length));
  it('has a number for every screen of the bar', () => {
    NUMBERED.forEach((view, i) => expect(commandById(`view.${view}`)?.keys).toEqual([String(i + 1)]));
  });
  it('puts every command of the menu bar into a menu', async () => {
    const wb = await opened();
    const shown = new Set(menuBar(wb).flatMap((m) => m.entries.map((e) => e.id)));
    const expected = COMMANDS.filter((c) => c.menu === true && (c.views?.includes('timeline') ?? true)).map((c) => c.id);
    expect(expected.filter((id) => !shown.has(id))).toEqual([]);
  });
});

describe('the keyboard', () => {
  it('goes to a screen by its number', async () => {
    const wb = await opened();
    expect(new Keyboard(wb).command(key('3'), FREE, 0)).toBe('view.graph');
    await runCommand(wb, 'view.graph');
    expect(wb.store.getState().route.view).toBe('graph');
  });
  it('is inert in text fields and dialogs, apart from chords', async () => {
    const keyboard = new Keyboard(await opened());
    expect(keyboard.command(key('3'), { inTextField: true, inDialog: false }, 0)).toBeNull();
    expect(keyboard.command(key('3'), { inTextField: false, inDialog: true }, 0)).toBeNull();
    expect(keyboard.command({ ...key('k'), ctrlKey: true }, { inTextField: true, inDialog: false }, 0)).toBe('app.palette');
  });
  it('lets single keys be switched off', async () => {
    const wb = await opened();
    wb.store.getState().set({ singleKeys: false });
    expect(new Keyboard(wb).command(key('3'), FREE, 0)).toBeNull();
    expect(new Keyboard(wb).command({ ...key('k'), ctrlKey: true }, FREE, 0)).toBe('app.palette');
  });
  it('offers a screen command only while the screen offers it', async () => {
    const wb = await opened();
    const keyboard = new Keyboard(wb);
    expect(keyboard.command(key('w'), FREE, 0)).toBeNull();
    let ran = 0;
    stops.push(offerAction('timeline.window', () => { ran += 1; }));
    expect(keyboard.command(key('w'), FREE, 0)).toBe('timeline.window');
    await runCommand(wb, 'timeline.window');
    expect(ran).toBe(1);
    wb.store.getState().navigate('graph');
    expect(keyboard.command(key('w'), FREE, 0)).toBeNull();
  });
  it('runs what was offered last', () => {
    const seen: string[] = [];
    stops.push(offerAction('list.next', () => seen.push('first')), offerAction('list.next', () => seen.push('second')));
    act('list.next');
    stops.pop()?.();
    act('list.next');
    expect(seen).toEqual(['second', 'first']);
  });
  it('has on Components one key for everything else that shares a value', async () => {
    const wb = await opened();
    const keyboard = new Keyboard(wb);
    stops.push(offerAction('program.same', () => {}), offerAction('filter.keep', () => {}), offerAction('program.nextTab', () => {}));
    expect(keyboard.command(key('='), FREE, 0)).toBe('filter.keep');
    wb.store.getState().navigate('components');
    expect(keyboard.command(key('='), FREE, 0)).toBe('program.same');
    expect(keyboard.command({ ...key('Tab'), ctrlKey: true }, FREE, 0)).toBe('program.nextTab');
    expect(menuBar(wb).flatMap((m) => m.entries.map((e) => e.id))).toContain('program.same');
  });
  it('keeps what needs a case away while none is open', () => {
    const wb = createWorkbench(fakeClient(false));
    const command = commandById('view.graph');
    expect(command !== undefined && available(command, wb.store.getState())).toBe(false);
  });
});
