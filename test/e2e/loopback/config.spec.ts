import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { SAMPLE } from './host.ts';
import { expect, focusedRow, grid, rowCount, stepTo, test, waitUntilRead } from './workbench.ts';

const PLANTED = 'HttpCacheExtModule';
const HOST = 'C/Windows/System32/inetsrv/config/applicationHost.config';
const source = (page: Page) => page.getByRole('region', { name: 'Source' });
const difference = (page: Page) => page.getByRole('region', { name: 'Difference' });
const list = (page: Page, name: RegExp) => page.getByRole('radiogroup', { name: 'List' }).getByRole('radio', { name });

test.beforeEach(async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
  await page.keyboard.press('5');
  await expect(grid(page, 'Effective entries').getByRole('row').nth(1)).toBeVisible();
});

test('an application is chosen by typing, the lists say what came of them, and an entry leads to its line', async ({ page }) => {
  const application = page.getByRole('combobox', { name: 'Application' });
  await application.focus();
  await page.keyboard.type('legacy');
  await expect(page.getByRole('listbox', { name: 'Application' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(application).toHaveValue(/^Shop\/legacy/);
  await expect(page.getByText('pool ShopLegacyPool,')).toBeVisible();
  // Typed and left: nothing changes.
  await page.keyboard.type('nothing like it');
  await expect(page.getByText('Nothing fits.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(application).toHaveValue(/^Shop\/legacy/);
  await page.keyboard.press('Escape');
  await expect(focusedRow(page, 'Effective entries').getByRole('gridcell').first()).toBeFocused();

  await expect(list(page, /^handlers/)).toContainText('effective');
  await expect(list(page, /^httpModules/)).toContainText(/not evaluable: \d+ files? missing/);
  await list(page, /^modules/).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await expect(list(page, /^httpHandlers/)).toBeChecked();
  await expect(page.getByRole('alert').filter({ hasText: 'Cannot be evaluated' })).toBeVisible();
  await page.getByRole('list', { name: 'Missing places' }).getByRole('button').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Intake' })).toBeVisible();
});

test('odd entries come first when asked, and every line of a name says what became of it', async ({ page }) => {
  const first = grid(page, 'Effective entries').getByRole('row').nth(1);
  const inOrder = await first.innerText();
  const odd = page.getByRole('checkbox', { name: /odd ones first/ });
  await expect(odd).not.toBeChecked();
  await grid(page, 'Effective entries').getByRole('gridcell').first().click();
  await page.keyboard.press('e');
  await expect(odd).toBeChecked();
  await expect(first).toContainText(/finding/);
  await page.keyboard.press('e');
  await expect(first).toHaveText(inOrder.replaceAll('\n', ''));

  await page.keyboard.press('w');
  const explain = page.getByRole('region', { name: 'What became of a name' });
  await explain.getByRole('textbox', { name: 'Every line named' }).fill(PLANTED);
  await page.keyboard.press('Enter');
  await expect(grid(page, 'Lines with this name').getByRole('row').filter({ hasText: 'effective' })).toHaveCount(2);
  await grid(page, 'Lines with this name').getByRole('gridcell').first().click();
  await page.keyboard.press('Enter');
  await expect(source(page).locator('[aria-current="true"]')).toContainText(`name="${PLANTED}"`);
  await page.keyboard.press('w');
  await expect(explain).toHaveCount(0);
});

test('as of the first copy the planted module is not in the list, and a note says which file is older', async ({ page }) => {
  const entries = grid(page, 'Effective entries');
  const now = await rowCount(page, 'Effective entries');
  const asOf = page.getByRole('combobox', { name: 'As of' });
  await asOf.focus();
  await page.keyboard.type('copy 1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('note')).toContainText('CFGHISTORY_0000000001');
  await expect(entries).not.toHaveAttribute('aria-rowcount', String(now + 1));
  await page.getByRole('checkbox', { name: /odd ones first/ }).check();
  await expect(entries.getByText(PLANTED)).toHaveCount(0);
  await asOf.fill('now');
  await page.keyboard.press('Enter');
  await expect(entries.getByText(PLANTED).first()).toBeVisible();
  await expect(page.getByRole('note')).toHaveCount(0);
});

test('two copies are compared by keyboard: d, the next difference, both line numbers, the line in its file', async ({ page }) => {
  await page.keyboard.press('h');
  const changes = grid(page, 'Configuration changes');
  await expect(changes.getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('group', { name: 'Which changes' }).getByRole('combobox', { name: 'What' }).selectOption('added');
  await page.getByRole('group', { name: 'Which changes' }).getByRole('combobox', { name: 'Section' }).selectOption('system.webServer/globalModules');
  const planted = changes.getByRole('row').filter({ hasText: PLANTED }).first();
  await planted.getByRole('gridcell').first().click();
  await page.keyboard.press('d');
  const marked = difference(page).locator('[aria-current="true"]');
  await expect(marked).toContainText('+ added');
  await expect(marked).toContainText(`name="${PLANTED}"`);
  await expect(difference(page).getByRole('list', { name: 'Lines of both files' })).toBeFocused();
  await expect(difference(page).getByText(/^difference \d+ of \d+: .*added at line/)).toBeVisible();
  await expect(grid(page, 'Changes by meaning').getByRole('row').filter({ hasText: PLANTED }).first()).toContainText('+ added');

  const state = difference(page).getByText(/^difference \d+ of \d+/);
  const before = Number(/^difference (\d+)/.exec(await state.innerText())?.[1]);
  await page.keyboard.press('n');
  await expect(state).toContainText(`difference ${before + 1} of`);
  await page.keyboard.press('N');
  await expect(state).toContainText(`difference ${before} of`);
  await page.keyboard.press('v');
  await expect(page.getByRole('checkbox', { name: /side by side/ })).toBeChecked();
  await expect(marked).toContainText('+ added');
  await page.keyboard.press('Enter');
  await expect(source(page).locator('[aria-current="true"]')).toContainText(`name="${PLANTED}"`);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(difference(page)).toBeVisible();
});

test('a file is marked, another compared with it, and the two fields say which', async ({ page }) => {
  await stepTo(page, 'Configuration files', 'copy 1');
  await page.keyboard.press('m');
  await expect(focusedRow(page, 'Configuration files').getByText('marked')).toBeVisible();
  await stepTo(page, 'Configuration files', 'the server');
  await page.keyboard.press('d');
  await expect(page.getByRole('combobox', { name: 'From' })).toHaveValue(/^copy 1/);
  await expect(page.getByRole('combobox', { name: 'To' })).toHaveValue(/^the file in force/);
  await expect(difference(page).getByText(/^difference 1 of/)).toBeVisible();
  await page.getByRole('button', { name: 'Swap' }).click();
  await expect(page.getByRole('combobox', { name: 'From' })).toHaveValue(/^the file in force/);
  await expect(grid(page, 'Changes by meaning').getByRole('row').filter({ hasText: PLANTED }).first()).toContainText('- removed');
});

test('a search over all configuration leads to the lines of the files', async ({ page }) => {
  for (const key of ['/', 'Control+f']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('textbox', { name: 'Find in all configuration' })).toBeFocused();
  }
  await page.keyboard.type('CACHEHTTP.dll');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^\d+ hits for CACHEHTTP\.dll$/)).toBeVisible();
  await expect(focusedRow(page, 'Hits').getByRole('gridcell').first()).toBeFocused();
  await expect(focusedRow(page, 'Hits')).toContainText('the server');
  const line = Number(await focusedRow(page, 'Hits').getByRole('gridcell').nth(1).innerText());
  expect(readFileSync(path.join(SAMPLE, HOST), 'utf8').split(/\r?\n/)[line - 1]).toContain('cachehttp.dll');
  await page.keyboard.press('Enter');
  await expect(source(page).locator('[aria-current="true"]')).toHaveAttribute('aria-posinset', String(line));
  await page.keyboard.press('n');
  await expect(focusedRow(page, 'Hits')).toContainText('copy 3');
  await expect(source(page).getByText(/CFGHISTORY_0000000003/)).toBeVisible();
});

test('the focus is back at once when a dialog closes, and stays where it goes next', async ({ page }) => {
  await stepTo(page, 'Configuration files', 'the server');
  const cell = focusedRow(page, 'Configuration files').getByRole('gridcell').first();
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Control+g');
    await expect(page.getByRole('dialog', { name: 'Go to line' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(cell).toBeFocused();
    // Gone on without waiting: nothing takes the focus away again.
    await page.keyboard.press('Control+g');
    await expect(page.getByRole('dialog', { name: 'Go to line' })).toBeVisible();
    const kept = await page.evaluate(async () => {
      const dialog = document.querySelector('[role="dialog"]');
      dialog?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
      await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
      const button = [...document.querySelectorAll<HTMLElement>('nav[aria-label="Screens"] button')][0];
      button?.focus();
      await new Promise((resolve) => setTimeout(resolve, 150));
      return document.activeElement === button && document.querySelector('[role="dialog"]') === null;
    });
    expect(kept).toBe(true);
    await cell.focus();
  }
});
