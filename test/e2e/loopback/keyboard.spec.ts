import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { SAMPLE } from './host.ts';
import { expect, focusedRow, grid, stepTo, tally, test, waitUntilRead } from './workbench.ts';

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('from the empty screen to a saved case with notes, with no mouse', async ({ page, start, open, home }) => {
  await open(await start());
  await page.evaluate(() => {
    Object.assign(window, { mouseEvents: 0 });
    for (const kind of ['mousedown', 'pointerdown', 'wheel']) window.addEventListener(kind, () => Object.assign(window, { mouseEvents: 1 }), true);
  });
  // A new case from the evidence.
  await press(page, 'Control+n');
  const path_ = page.getByRole('textbox', { name: 'Path' });
  await expect(path_).toBeFocused();
  await expect(path_).not.toHaveValue('');
  await press(page, 'Control+a');
  await page.keyboard.type(SAMPLE);
  await press(page, 'Enter');
  await expect(heading(page, 'Overview')).toBeVisible();
  await waitUntilRead(page);

  // An oddity, its line, and back.
  await expect(focusedRow(page, 'Oddities').getByRole('gridcell').first()).toBeFocused();
  await stepTo(page, 'Oddities', 'HttpCacheExtModule');
  await press(page, 'Enter');
  await expect(heading(page, 'Findings')).toBeVisible();
  await expect(focusedRow(page, 'Findings').getByRole('gridcell').first()).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('region', { name: 'Source' }).locator('[aria-current="true"]')).toContainText('HttpCacheExtModule');
  await press(page, 'Alt+ArrowLeft');
  await expect(focusedRow(page, 'Findings').getByRole('gridcell').first()).toBeFocused();

  // Accept it: the examination is asked for.
  await press(page, 'a');
  await expect(page.getByRole('textbox', { name: 'Case number' })).toBeFocused();
  await page.keyboard.type('2026-17');
  await press(page, 'Tab');
  await page.keyboard.type('A. Examiner');
  await press(page, 'Tab');
  await page.keyboard.type('WEB01');
  await press(page, 'Enter');
  await expect(focusedRow(page, 'Findings').getByRole('gridcell').last()).toHaveText('accepted');
  await expect(focusedRow(page, 'Findings').getByRole('gridcell').first()).toBeFocused();

  // Which applications load it.
  await press(page, 'p');
  const node = page.getByRole('treeitem', { selected: true });
  await expect(node).toHaveAccessibleName(/HttpCacheExtModule/);
  await expect(node).toBeFocused();
  await press(page, 'ArrowLeft', 'ArrowLeft');
  await expect(node).toBeFocused();
  await press(page, 'T');
  await expect(focusedRow(page, 'Graph nodes').getByRole('gridcell').first()).toBeFocused();

  // Requests of the time when it came.
  await press(page, '6', 't');
  await expect(heading(page, 'Timeline')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Event' })).toContainText('2026-03-02 14:12:41');
  await press(page, '/');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toBeFocused();
  await page.keyboard.type('source:iis-log status:>=500');
  await press(page, 'Enter');
  await expect.poll(async () => (await tally(page)).shown).toBeLessThan(10);
  await expect(focusedRow(page, 'Events').getByRole('gridcell').first()).toBeFocused();
  await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', '=');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue(/ip:203\.0\.113\.66/);
  await expect(focusedRow(page, 'Events').getByRole('gridcell').nth(3)).toBeFocused();
  await press(page, 'Space');
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeFocused();
  await page.keyboard.type('First error of the import page');
  await press(page, 'Tab');
  await page.keyboard.type('upload');
  await press(page, 'Enter');
  await expect(page.getByRole('status').getByText('Note written to the case file.')).toBeVisible();
  await press(page, '7');
  await expect(grid(page, 'Notes').getByText('First error of the import page')).toBeVisible();

  // Save it, by the palette.
  await press(page, 'Control+k');
  await page.keyboard.type('save as');
  await expect(page.getByRole('option', { name: /Save as/ })).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Enter');
  await expect(path_).toBeFocused();
  await expect(path_).toHaveValue(/evidence\.iiscase$/);
  await press(page, 'Control+a');
  const file = path.join(home, 'by-keys.iiscase');
  await page.keyboard.type(file);
  await press(page, 'Enter');
  await expect(page.getByRole('status').getByText(`Saved as ${file}`)).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, 'mouseEvents'))).toBe(0);
  await page.goto('about:blank');

  // The copy alone holds the story.
  const copy = path.join(home, 'by-keys-copy.iiscase');
  copyFileSync(file, copy);
  await open(await start(copy));
  await press(page, '7');
  await expect(grid(page, 'Notes').getByText('First error of the import page')).toBeVisible();
});

test('every key of the help belongs to a command, the menus are walked with arrows, single keys can be off', async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
  await press(page, '?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help.getByRole('row').first()).toBeVisible();
  await page.keyboard.type('timeline');
  await expect(help.getByRole('row', { name: /Go to Timeline/ })).toContainText('2');
  await press(page, 'Escape');
  await expect(focusedRow(page, 'Oddities').getByRole('gridcell').first()).toBeFocused();

  await page.getByRole('menuitem', { name: 'File', exact: true }).focus();
  await press(page, 'ArrowRight');
  await expect(page.getByRole('menuitem', { name: 'Go', exact: true })).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('menuitem', { name: 'Go to Overview' })).toBeFocused();
  await press(page, 'ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Go to Timeline' })).toBeFocused();
  await press(page, 'Enter');
  await expect(heading(page, 'Timeline')).toBeVisible();

  await press(page, 'Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('checkbox', { name: /Single-key/ }).press('Space');
  await press(page, 'Escape', '3');
  await expect(heading(page, 'Timeline')).toBeVisible();
  await press(page, 'Control+k');
  await page.keyboard.type('go to graph');
  await expect(page.getByRole('option', { name: /Go to Graph/ })).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Enter');
  await expect(heading(page, 'Graph')).toBeVisible();
});
