import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { applyFilter, expect, focusedRow, goTo, grid, stepTo, test, waitUntilRead } from './workbench.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../test-results/components');
const detail = (page: Page): Locator => page.getByRole('region', { name: 'Component' });
const tab = (page: Page, name: RegExp | string): Locator => detail(page).getByRole('tab', { name });
const marked = (page: Page): Locator => detail(page).getByRole('grid', { name: /^Bytes of/ }).locator('[aria-current="true"]').first();

/** The Components screen with the planted module in front. */
async function showPlanted(page: Page): Promise<void> {
  await goTo(page, 'Components');
  await stepTo(page, 'Components', 'HttpCacheExtModule');
  await expect(detail(page).getByRole('heading', { level: 2 })).toContainText('HttpCacheExtModule');
}

test.beforeEach(async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
});

test('the list begins with what is odd, and sorts by its columns', async ({ page }) => {
  await goTo(page, 'Components');
  const list = grid(page, 'Components');
  await expect(list.getByRole('columnheader', { name: 'Findings' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(list.getByRole('row').nth(1)).toContainText('HttpCacheExtModule');
  await list.getByRole('button', { name: 'Name' }).click();
  await expect(list.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  const before = await list.getByRole('row').nth(1).innerText();
  await list.getByRole('button', { name: 'Name' }).click();
  await expect(list.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  await expect(list.getByRole('row').nth(1)).not.toHaveText(before);
});

test('every tab of a program can be reached with one key, and keeps the row of the list', async ({ page }) => {
  await showPlanted(page);
  const names = await tab(page, /./).allInnerTexts();
  expect(names.map((n) => n.replace(/ \(\d+\)$/, ''))).toEqual(['Summary', 'Oddities', 'Story', 'Registrations', 'Rules', 'Headers', 'Sections', 'Imports', 'Exports', 'Signature', 'Resources, version', 'Strings', 'Bytes', 'Shared', 'In common']);
  for (const name of [...names.slice(1), names[0] ?? '']) {
    await page.keyboard.press('Control+Tab');
    await expect(detail(page).getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('Control+Shift+Tab');
  await expect(tab(page, 'In common')).toHaveAttribute('aria-selected', 'true');
  await expect(focusedRow(page, 'Components')).toContainText('HttpCacheExtModule');
  await expect(focusedRow(page, 'Components').locator(':focus')).toHaveCount(1);
});

test('the summary begins with the file in short', async ({ page }) => {
  await showPlanted(page);
  const short = detail(page).getByRole('region', { name: 'In short' });
  for (const text of ['native module; x64 DLL, native code', 'HTTP cache extension module, Microsoft Corporation', 'nobody unsigned', 'sees each request']) await expect(short).toContainText(text);
  await expect(short).toBeInViewport({ ratio: 1 });
});

test('the list counts the oddities that the tab of each file holds', async ({ page }) => {
  await goTo(page, 'Components');
  await stepTo(page, 'Components', 'HttpCacheExtModule');
  let odd = 0;
  for (let i = 0; i < 8; i++) {
    const cells = await focusedRow(page, 'Components').getByRole('gridcell').allInnerTexts();
    await expect(detail(page).getByRole('heading', { level: 2 })).toHaveText(cells[0] ?? '');
    const count = cells[2] === '' ? '0' : (cells[2] ?? '');
    if (count !== '0') odd++;
    if ((await tab(page, 'Bytes').count()) > 0) await expect(tab(page, /^Oddities/)).toHaveText(`Oddities (${count})`);
    await page.keyboard.press('j');
  }
  expect(odd).toBeGreaterThan(0);
});

test('a header field shows its bytes at once, and Enter goes to them', async ({ page }) => {
  await showPlanted(page);
  await tab(page, 'Headers').click();
  await detail(page).getByRole('textbox', { name: 'Find' }).fill('e_lfanew');
  await grid(page, 'Header fields').getByRole('gridcell', { name: 'e_lfanew' }).click();
  await expect(marked(page)).toContainText('00000030');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Bytes')).toHaveAttribute('aria-selected', 'true');
  await expect(detail(page).getByText(/^marked: 0x3C, 4 bytes$/)).toBeVisible();
  await expect(marked(page)).toContainText('00000030');
  await expect(detail(page).getByRole('group', { name: 'At the caret' })).toContainText('0x3C');
});

test('the hex view goes to an offset, moves and selects by keyboard, and reads what stands there', async ({ page }) => {
  await showPlanted(page);
  await tab(page, 'Bytes').click();
  const view = detail(page).getByRole('grid', { name: 'Bytes of the file' });
  await expect(view.getByRole('row').first()).toContainText('4d 5a');
  await page.keyboard.press('Control+g');
  await page.keyboard.type('0x0');
  await page.keyboard.press('Enter');
  await expect(view).toBeFocused();
  const inspector = detail(page).getByRole('group', { name: 'At the caret' });
  await expect(inspector).toContainText('23117 0x5A4D');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(inspector).toContainText('0x0, 2 bytes selected');
  await page.keyboard.press('Control+End');
  await expect(inspector).not.toContainText('0x5A4D');
  await expect(view.getByRole('row').last()).toBeInViewport();
  await page.keyboard.press('Control+Home');
  await expect(inspector).toContainText('23117 0x5A4D');
  await page.keyboard.press('Control+g');
  await page.keyboard.type('0x99');
  await page.keyboard.press('Escape');
  await expect(view).toBeFocused();
  await expect(detail(page).getByRole('textbox', { name: 'Offset' })).toHaveValue('0x00000000');
});

test('strings are narrowed, and a string shows its bytes', async ({ page }) => {
  await showPlanted(page);
  await tab(page, 'Strings').click();
  const strings = grid(page, 'Strings');
  await expect(strings.getByRole('row').nth(1)).toBeVisible();
  const all = Number(await strings.getAttribute('aria-rowcount'));
  await detail(page).getByRole('textbox', { name: 'Contains' }).fill('winhttp');
  await page.keyboard.press('Enter');
  await expect(strings.getByRole('row').nth(1)).toContainText(/winhttp/i);
  expect(Number(await strings.getAttribute('aria-rowcount'))).toBeLessThan(all);
  await strings.getByRole('row').nth(1).getByRole('gridcell').last().click();
  await expect(marked(page)).toBeInViewport();
});

test('one key leads from a value to everything else that shares it, and Enter to that file', async ({ page }) => {
  await showPlanted(page);
  await page.keyboard.press('=');
  await expect(tab(page, 'Shared')).toHaveAttribute('aria-selected', 'true');
  const values = grid(page, 'Values that others may share');
  await expect(values.getByRole('row').nth(1)).toContainText('SHA-256');
  await tab(page, /^Resources/).click();
  const company = detail(page).getByRole('button', { name: 'Everything else with this version string CompanyName' });
  await company.focus();
  await page.keyboard.press('=');
  await expect(detail(page).getByRole('status').filter({ hasText: 'version string' })).toContainText('CompanyName=Microsoft Corporation');
  const others = grid(page, 'Others that share it');
  await expect(others.getByRole('row').nth(1).locator(':focus')).toHaveCount(1);
  const name = await others.getByRole('row').nth(1).getByRole('gridcell').first().innerText();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/components\?image=[0-9a-f]{64}/);
  await expect(tab(page, 'Summary')).toHaveAttribute('aria-selected', 'true');
  await expect(detail(page)).toContainText(name);
});

test('from the list to the bytes of a section and back, by keyboard only', async ({ page }) => {
  await showPlanted(page);
  const titles = await detail(page).getByRole('tab').allInnerTexts();
  const before = titles.findIndex((title) => title.startsWith('Sections'));
  expect(before).toBeGreaterThan(0);
  for (let i = 0; i < before; i++) await page.keyboard.press(']');
  await expect(tab(page, /^Sections/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('d');
  await expect(focusedRow(page, 'Sections')).toContainText('.text');
  await expect(marked(page)).toContainText('00000400');
  await page.keyboard.press('j');
  await expect(focusedRow(page, 'Sections')).toContainText('.data');
  await expect(marked(page)).toContainText('00000600');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Bytes')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('[');
  await expect(tab(page, 'Strings')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('d');
  await expect(focusedRow(page, 'Components').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('j');
  await expect(focusedRow(page, 'Components')).not.toContainText('HttpCacheExtModule');
});

test('a filter that would hide the file of a link is suspended, not lost', async ({ page }) => {
  await showPlanted(page);
  const sha256 = /[0-9a-f]{64}/.exec(await detail(page).innerText())?.[0] ?? '';
  await applyFilter(page, 'nosuchrow');
  await expect(grid(page, 'Components').getByText('No component passes the filter.')).toBeVisible();
  await page.evaluate((hash) => { window.location.hash = hash; }, `#/components?image=${sha256}&offset=60&length=4`);
  await expect(detail(page).getByRole('heading', { level: 2 })).toContainText('HttpCacheExtModule');
  await expect(detail(page).getByText(/^marked: 0x3C, 4 bytes$/)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Filter terms' })).toContainText('nosuchrow');
});

/** Rules that depend on colours; the others give the same answer in every theme and are asked in one. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

for (const [width, height, theme] of [[1280, 800, 'dark'], [1024, 700, 'light']] as const) {
  test(`every tab at ${width} x ${height} in the ${theme} theme has no grave fault of accessibility and fits`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await settings.getByRole('button', { name: 'Close' }).click();
    await showPlanted(page);
    // The terms of a filter take a row: the details have the least room.
    await applyFilter(page, 'HttpCacheExtModule');
    for (const name of await tab(page, /./).allInnerTexts()) {
      await detail(page).getByRole('tab', { name, exact: true }).click();
      await expect(detail(page).getByText(/^(Loading|Looking|Reading|reading)/)).toHaveCount(0);
      const first = detail(page).getByRole('gridcell').first();
      if (name !== 'Bytes' && (await first.count()) > 0) await first.click();
      await page.screenshot({ path: path.join(FOLDER, `${name.replace(/[^A-Za-z]+.*/, '').toLowerCase()}-${width}-${theme}.png`), animations: 'disabled' });
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBeLessThanOrEqual(0);
      const axe = new AxeBuilder({ page }).include('[aria-label="Component"]').options({ resultTypes: ['violations'], iframes: false });
      const { violations } = await (theme === 'dark' ? axe : axe.withRules(COLOUR_RULES)).analyze();
      const grave = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
      expect.soft(grave.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 200)} ${n.failureSummary ?? ''}`).join(' | ')}`), `${name} ${theme}`).toEqual([]);
    }
  });
}
