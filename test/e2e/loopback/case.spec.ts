import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { SAMPLE } from './host.ts';
import { expect, focusedRow, grid, test, waitUntilRead } from './workbench.ts';

/** Name, size, time and hash of every file below a folder. */
function fingerprint(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => {
    const at = path.join(folder, name);
    const { mtimeMs, ctimeMs, size } = statSync(at);
    const isFile = statSync(at).isFile();
    return [name, isFile ? size : 'folder', mtimeMs, isFile ? ctimeMs : '', isFile ? createHash('sha256').update(readFileSync(at)).digest('hex') : ''].join(' ');
  });
}

async function menu(page: Page, title: string, entry: string | RegExp): Promise<void> {
  await page.getByRole('menuitem', { name: title, exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const entries = (page: Page) => page.getByRole('list', { name: 'Entries of the folder' });

test('a new case from a folder, saved under a name, closed and opened again; the evidence is as it was', async ({ page, start, open, home }) => {
  const evidence = path.join(home, 'exported');
  cpSync(SAMPLE, evidence, { recursive: true, preserveTimestamps: true });
  const before = fingerprint(evidence);
  mkdirSync(path.join(home, 'cases', 'web01'), { recursive: true });
  await open(await start());
  await expect(page.getByRole('heading', { level: 1, name: 'Start' })).toBeVisible();

  await page.getByRole('button', { name: 'New case from folder...' }).click();
  const choose = dialog(page, 'New case: the folder that holds the evidence');
  await expect(entries(page)).toContainText('exported');
  await entries(page).getByRole('button', { name: 'exported' }).click();
  await expect(choose.getByRole('textbox', { name: 'Path' })).toHaveValue(evidence);
  await choose.getByRole('button', { name: 'Read this' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByText('(not saved under a name)')).toBeVisible();
  await waitUntilRead(page);

  await page.keyboard.press('Control+Shift+S');
  const save = dialog(page, 'Save case as');
  await save.getByRole('textbox', { name: 'Path' }).fill(path.join(evidence, 'case.iiscase'));
  await save.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/lies inside the evidence/)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();

  await page.keyboard.press('Control+Shift+S');
  await entries(page).getByRole('button', { name: 'cases' }).click();
  await entries(page).getByRole('button', { name: 'web01' }).click();
  await expect(save.getByRole('textbox', { name: 'Path' })).toHaveValue(path.join(home, 'cases/web01/exported.iiscase'));
  const file = path.join(home, 'cases/web01/Server one.iiscase');
  await save.getByRole('textbox', { name: 'Path' }).fill(file);
  await save.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').getByText(`Saved as ${file}`)).toBeVisible();
  await expect(page.getByText('(not saved under a name)')).toHaveCount(0);
  expect(existsSync(file)).toBe(true);

  await menu(page, 'File', 'Close case');
  await expect(page.getByRole('heading', { level: 1, name: 'Start' })).toBeVisible();
  await expect(focusedRow(page, 'Recent cases')).toContainText(file);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await waitUntilRead(page);
  await expect(page.getByText('Server one', { exact: true })).toBeVisible();
  expect(fingerprint(evidence)).toEqual(before);
});

test('closing an unsaved case asks first, and an existing file is not replaced without a word', async ({ page, start, open, home, ownCase }) => {
  await open(await start());
  await page.keyboard.press('Control+Shift+N');
  await dialog(page, 'New case: the evidence file').getByRole('textbox', { name: 'Path' }).fill(path.join(SAMPLE, 'D/web/shop/web.config'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'nothing is being read' })).toBeVisible();
  await menu(page, 'File', 'Close case');
  const unsaved = dialog(page, 'The case has no name yet');
  await unsaved.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await page.keyboard.press('Control+S');
  const taken = path.join(home, 'taken.iiscase');
  writeFileSync(taken, 'somebody else wrote this');
  await dialog(page, 'Save case as').getByRole('textbox', { name: 'Path' }).fill(taken);
  await page.keyboard.press('Enter');
  await dialog(page, 'Replace the file?').getByRole('button', { name: 'Cancel' }).click();
  expect(readFileSync(taken, 'utf8')).toBe('somebody else wrote this');
  await menu(page, 'File', 'Close case');
  await unsaved.getByRole('button', { name: 'Close without saving' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Start' })).toBeVisible();
  expect(ownCase).not.toBe('');
});

test('what cannot be opened is refused with a sentence, and the screen stays', async ({ page, start, open, home, ownCase }) => {
  const broken = path.join(home, 'broken.iiscase');
  writeFileSync(broken, 'this is not a case');
  const torn = path.join(home, 'torn.iiscase');
  writeFileSync(torn, readFileSync(ownCase).subarray(0, 20_000));
  await open(await start());
  for (const [file, words] of [[broken, /broken\.iiscase/], [torn, /torn\.iiscase/], [path.join(home, 'nowhere.iiscase'), /nowhere\.iiscase/]] as const) {
    await page.keyboard.press('Control+o');
    await dialog(page, 'Open case').getByRole('textbox', { name: 'Path' }).fill(file);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').getByText(words)).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Start' })).toBeVisible();
  }
  await page.keyboard.press('Control+o');
  await dialog(page, 'Open case').getByRole('textbox', { name: 'Path' }).fill('relative/path');
  await dialog(page, 'Open case').getByRole('button', { name: 'List this path' }).click();
  await expect(dialog(page, 'Open case').getByRole('alert')).toContainText('not a whole path');
  await page.keyboard.press('Escape');
  await expect(grid(page, 'Recent cases')).toBeVisible();
});

test('what is typed while a folder is being listed stays', async ({ page, start, open, home }) => {
  const held: (() => void)[] = [];
  const asked = new Set<unknown>();
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const { id, name } = JSON.parse(String(message)) as { id: unknown; name: string };
      if (name === 'host.listFolder') asked.add(id);
      server.send(message);
    });
    server.onMessage((message) => {
      if (asked.has((JSON.parse(String(message)) as { id?: unknown }).id)) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  await open(await start());
  await page.keyboard.press('Control+o');
  const field = dialog(page, 'Open case').getByRole('textbox', { name: 'Path' });
  await field.fill(path.join(home, 'nowhere.iiscase'));
  await expect.poll(() => held.length).toBe(1);
  held.forEach((send) => send());
  await expect(dialog(page, 'Open case').getByRole('list', { name: 'Entries of the folder' }).getByRole('listitem').first()).toBeVisible();
  await expect(field).toHaveValue(path.join(home, 'nowhere.iiscase'));
});
