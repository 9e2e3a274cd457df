import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { applyFilter, expect, focusedRow, grid, tally, test, waitUntilRead } from './workbench.ts';

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const field = (page: Page) => page.getByRole('textbox', { name: 'Filter' });
const terms = (page: Page) => page.getByRole('list', { name: 'Filter terms' });
const suggestions = (page: Page) => page.getByRole('listbox', { name: /^Suggestions/ });
const shown = (page: Page): Promise<number> => tally(page).then((t) => t.shown);

test.beforeEach(async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
  await page.evaluate(() => {
    Object.assign(window, { mouseEvents: 0 });
    for (const kind of ['mousedown', 'pointerdown', 'wheel']) window.addEventListener(kind, () => Object.assign(window, { mouseEvents: 1 }), true);
  });
  await press(page, '2');
  await expect(focusedRow(page, 'Events').getByRole('gridcell').first()).toBeFocused();
});
test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => Reflect.get(window, 'mouseEvents'))).toBe(0);
});

test('names of fields and values are offered, and taken by keyboard', async ({ page }) => {
  await press(page, '/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('meth');
  await expect(suggestions(page).getByRole('option')).toHaveText([/^method:/]);
  await press(page, 'Tab');
  await expect(field(page)).toHaveValue('method:');
  await expect(suggestions(page).getByRole('option').first()).toContainText('GET');
  const options = await suggestions(page).getByRole('option').allInnerTexts();
  const post = options.findIndex((o) => o.startsWith('POST'));
  for (let i = 0; i <= post; i++) await press(page, 'ArrowDown');
  await press(page, 'Enter');
  await expect(field(page)).toHaveValue('method:POST');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('Enter applies it');
  await expect(suggestions(page)).toHaveCount(0);
  await press(page, 'Enter');
  await expect(terms(page).getByRole('button', { name: 'method is POST' })).toBeVisible();
  await expect(page.getByRole('search').getByRole('status')).toHaveText('applied');
  await expect(focusedRow(page, 'Events').getByRole('gridcell').first()).toBeFocused();
  // A name that does not exist: the word is marked, nothing is applied.
  await expect.poll(() => shown(page)).toBeLessThan(6000);
  const before = await shown(page);
  await press(page, '/');
  await page.keyboard.type('a stauts:500 b');
  await press(page, 'Enter');
  await expect(page.getByRole('search').getByRole('status')).toContainText(/column 3: .*stauts/);
  await expect(page.locator('.filter-mirror mark')).toHaveText('stauts');
  await expect(page.locator('.filter-caret')).toContainText('^^^^^^');
  expect(await shown(page)).toBe(before);
  await press(page, 'Escape');
  await expect(field(page)).toHaveValue('method:POST');
});

test('terms are walked, turned round, removed, prepared and suspended by keyboard', async ({ page }) => {
  const { total } = await tally(page);
  await applyFilter(page, 'source:iis-log status:500,404 -uri:*.css');
  await expect.poll(() => shown(page)).toBeLessThan(total);
  const listed = await shown(page);
  await press(page, ';');
  await expect(terms(page).getByRole('button', { name: 'source is iis-log' })).toBeFocused();
  await press(page, 'ArrowRight');
  await expect(terms(page).getByRole('button', { name: 'status is 500 or 404' })).toBeFocused();
  await press(page, '-');
  await expect(field(page)).toHaveValue('source:iis-log -status:500,404 -uri:*.css');
  await expect.poll(() => shown(page)).not.toBe(listed);
  await expect(terms(page).getByRole('button', { name: 'not status is 500 or 404' })).toBeFocused();
  await press(page, 'Delete');
  await expect(field(page)).toHaveValue('source:iis-log -uri:*.css');
  await expect(terms(page).getByRole('button', { name: 'not path of the URL ending .css' })).toBeFocused();
  await press(page, 'Enter');
  await expect(field(page)).toBeFocused();
  expect(await field(page).evaluate((e: HTMLInputElement) => e.value.slice(e.selectionStart ?? 0, e.selectionEnd ?? 0))).toBe('-uri:*.css');
  await press(page, 'Escape');

  // Prepared: grey, not applied; Enter in the list applies it.
  const before = await shown(page);
  const id = await focusedRow(page, 'Events').getAttribute('data-row');
  await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', '+');
  const prepared = terms(page).getByRole('button', { name: /prepared: client address is/ });
  await expect(prepared).toBeVisible();
  await expect(focusedRow(page, 'Events').getByRole('gridcell').nth(3)).toBeFocused();
  expect(await shown(page)).toBe(before);
  await press(page, 'Enter');
  await expect(prepared).toHaveCount(0);
  await expect(field(page)).toHaveValue(/^source:iis-log -uri:\*\.css ip:\S+$/);
  await expect.poll(() => shown(page)).toBeLessThan(before);
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');
  await press(page, '.');
  await expect.poll(() => shown(page)).toBe(total);
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');
  await press(page, '.');
});

test('filters that were tried are a tree, with branches that can be named; Back goes through them', async ({ page }) => {
  await applyFilter(page, 'source:iis-log');
  await expect.poll(() => shown(page)).toBe(6005);
  await applyFilter(page, 'source:iis-log method:POST');
  await expect.poll(() => shown(page)).toBeLessThan(6005);
  const posts = await shown(page);
  await press(page, 'Alt+ArrowLeft');
  await expect(field(page)).toHaveValue('source:iis-log');
  await applyFilter(page, 'source:iis-log status:>=500');
  await expect(terms(page).getByRole('button', { name: 'status at least 500' })).toBeVisible();

  await press(page, 'h');
  const tree = page.getByRole('tree', { name: 'Filters tried' });
  const items = tree.getByRole('treeitem');
  await expect(items).toHaveCount(4);
  await expect(items.nth(3)).toBeFocused();
  await expect(items.nth(3)).toHaveAttribute('aria-level', '3');
  await expect(items.nth(2)).toContainText(`${posts} rows`);
  await press(page, 'ArrowUp', 'n');
  await page.keyboard.type('what was sent');
  await press(page, 'Enter');
  await expect(items.nth(2)).toContainText('what was sent');
  await expect(items.nth(2)).toBeFocused();
  await press(page, 'ArrowLeft');
  await expect(items.nth(1)).toBeFocused();
  await press(page, 'ArrowRight', 'Enter');
  await expect(tree).toHaveCount(0);
  await expect(field(page)).toHaveValue('source:iis-log method:POST');
  await expect.poll(() => shown(page)).toBe(posts);
  await expect(grid(page, 'Events').getByRole('gridcell').and(page.locator(':focus'))).toHaveCount(1);
  // The branch that was left is forgotten, the way to here is not.
  await press(page, 'h', 'End', 'Delete');
  await expect(items).toHaveCount(3);
  await press(page, 'Delete');
  await expect(items).toHaveCount(3);
  await press(page, 'Escape');
});

test('a filter is saved under a name with a key, and applied from another screen', async ({ page }) => {
  await applyFilter(page, 'source:iis-log status:>=500');
  await expect.poll(() => shown(page)).toBeLessThan(10);
  const errors = await shown(page);
  await press(page, 'S');
  const dialog = page.getByRole('dialog', { name: 'Save this filter' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('server errors');
  await expect(dialog.getByRole('combobox', { name: 'Key' })).toHaveValue('1');
  await press(page, 'Enter');
  await expect(page.getByRole('status').getByText('Saved as server errors, Alt+Shift+1.')).toBeVisible();
  await press(page, 'Control+Backspace');
  await expect.poll(() => shown(page)).toBeGreaterThan(6005);
  await press(page, '6');
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible();
  await press(page, 'Alt+Shift+Digit1');
  await expect(page.getByRole('heading', { level: 1, name: 'Timeline' })).toBeVisible();
  await expect(field(page)).toHaveValue('source:iis-log status:>=500');
  await expect.poll(() => shown(page)).toBe(errors);

  await press(page, 'H');
  const saved = page.getByRole('listbox', { name: 'Saved filters' });
  await expect(saved.getByRole('option')).toHaveText([new RegExp(`server errors.*${errors} rows?.*Alt\\+Shift\\+1`, 's')]);
  await expect(saved.getByRole('option')).toBeFocused();
  await press(page, 'Delete');
  await expect(page.getByText('None yet.')).toBeVisible();
  await press(page, 'Escape');
});

test('the help explains the language, and the menu says what = would do', async ({ page }) => {
  await press(page, '?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await page.keyboard.type('around:');
  await expect(help.getByRole('row', { name: /around:EVENT~10m/ })).toContainText('moments near that of an event');
  await press(page, 'Escape');
  await applyFilter(page, 'source:iis-log');
  await expect.poll(() => shown(page)).toBe(6005);
  await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Shift+F10');
  await expect(page.getByRole('menuitem', { name: /^Keep: client address is \d/ })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^Prepare: client address is .*, without applying it/ })).toBeVisible();
  await press(page, 'Escape');
});

test('moments around a row, and what only the case can judge', async ({ page }) => {
  await applyFilter(page, 'source:iis-log status:>=500');
  await expect.poll(() => shown(page)).toBeLessThan(10);
  const id = await focusedRow(page, 'Events').getAttribute('data-row');
  await press(page, '@');
  await expect(field(page)).toHaveValue(`source:iis-log status:>=500 around:${id}~10m`);
  await expect(terms(page).getByRole('button', { name: /^within 10 min of \d{4}-.*500$/ })).toBeVisible();
  await expect(page.getByRole('search').getByRole('status')).toHaveText('applied');
  await applyFilter(page, 'source:iis-log around:ffffffffffff-000000000000-000000~5m');
  await expect(page.getByRole('search').getByRole('status')).toContainText('column 16: There is no such event');
  await expect(page.locator('.filter-mirror mark')).toHaveText('around:ffffffffffff-000000000000-000000~5m');

  await press(page, 'Control+k');
  await page.keyboard.type('status:>=500 around');
  await expect(page.getByRole('option', { name: /around:.*tried before/ }).first()).toBeVisible();
  await press(page, 'Escape');
});

test('the bar and its dialogs have no grave fault of accessibility in any theme', async ({ page }) => {
  const look = async (what: string): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).include('[role="search"], [role="dialog"]').options({ resultTypes: ['violations'], iframes: false }).analyze();
    const grave = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    expect.soft(grave.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 200)).join(' | ')}`), what).toEqual([]);
  };
  for (const theme of ['dark', 'light', 'high contrast']) {
    await press(page, 'Control+k');
    await page.keyboard.type(`Theme: ${theme}`);
    await expect(page.getByRole('option', { name: `Theme: ${theme}` })).toHaveAttribute('aria-selected', 'true');
    await press(page, 'Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme === 'high contrast' ? 'contrast' : theme);
    await applyFilter(page, 'source:iis-log -uri:*.css');
    await expect.poll(() => shown(page)).toBeLessThan(6005);
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', '+', '/', 'End');
    await page.keyboard.type(' meth');
    await expect(suggestions(page)).toBeVisible();
    await press(page, 'ArrowDown');
    await look(`suggestions, ${theme}`);
    await press(page, 'Escape');
    await page.keyboard.type('od:>5');
    await expect(page.locator('.filter-mirror mark')).toHaveText('>5');
    const mark = await page.locator('.filter-mirror mark').boundingBox();
    const line = await page.locator('.filter-caret span').first().evaluate((e) => {
      const range = document.createRange();
      range.setStart(e.firstChild as Text, (e.textContent ?? '').indexOf('^'));
      range.setEnd(e.firstChild as Text, (e.textContent ?? '').length);
      return range.getBoundingClientRect().left;
    });
    // The line below stands under the mark.
    expect(Math.abs((mark?.x ?? 0) - line)).toBeLessThan(8);
    await look(`wrong word, ${theme}`);
    await press(page, 'Escape', 'h');
    await expect(page.getByRole('tree')).toBeVisible();
    await look(`tree, ${theme}`);
    await press(page, 'Escape', 'Control+Backspace');
  }
});

test('a term that is longer than the bar is cut, and its x stays in reach', async ({ page }) => {
  await applyFilter(page, `ua:"${'Mozilla/5.0+(Windows+NT+10.0)+'.repeat(6)}"`);
  const chip = page.getByRole('list', { name: 'Filter terms' }).getByRole('listitem').first();
  const remove = chip.getByRole('button', { name: /^Remove/ });
  const [outer, inner] = await Promise.all([chip.boundingBox(), remove.boundingBox()]);
  if (outer === null || inner === null) throw new Error('the term is not there');
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 1);
  await terms(page).getByRole('button').first().focus();
  await press(page, 'Delete');
  await expect(field(page)).toHaveValue('');
});
