import { describe, expect, it, vi } from 'vitest';
import type { MenuItemConstructorOptions } from 'electron';
import { MENU, menuTemplate } from '../../../electron/shell/menu.ts';
import { COMMANDS } from '../../../renderer/commands/table.ts';
import { told } from '../../helpers/electron-stand-in.ts';
import { runShell } from './run-shell.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const lines = MENU.flatMap((m) => m.lines).filter((l) => l !== 'separator');

function items(template: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return template.flatMap((m) => (Array.isArray(m.submenu) ? m.submenu : []));
}

describe('the menu', () => {
  it('runs commands of the page, by its own ids and keys', () => {
    for (const { command, keys } of lines) {
      const known = COMMANDS.find((c) => c.id === command);
      expect([command, known === undefined]).toEqual([command, false]);
      if (keys !== undefined) expect([command, known?.keys]).toEqual([command, expect.arrayContaining([keys])]);
    }
    expect(new Set(lines.map((l) => l.command)).size).toBe(lines.length);
  });

  it('sends the command of each line to the page', async () => {
    const { window } = await runShell();
    const shown = items(told.menu ?? []).filter((i) => i.click !== undefined);
    expect(shown.map((i) => i.id)).toEqual(lines.map((l) => l.command));
    for (const item of shown) (item.click as () => void)();
    expect(window.webContents.sent).toEqual(lines.map((l) => ['iisight:event', 'host.command', { command: l.command }]));
  });

  it('leaves keys to the page, and takes no bare character on macOS', () => {
    const windows = items(menuTemplate(() => undefined, 'win32', false)).filter((i) => i.click !== undefined);
    expect(windows.every((i) => i.registerAccelerator === false)).toBe(true);
    expect(windows.find((i) => i.id === 'case.open')?.accelerator).toBe('CommandOrControl+O');
    expect(windows.find((i) => i.id === 'view.graph')?.accelerator).toBe('3');
    const mac = menuTemplate(() => undefined, 'darwin', false);
    expect(items(mac).find((i) => i.id === 'view.graph')?.accelerator).toBeUndefined();
    expect(mac[0]).toEqual({ role: 'appMenu' });
  });
});
