import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { cli } from './host.ts';
import { applyFilter, expect, focusedRow, goTo, grid, rowCount, stepTo, tally, test, waitUntilRead } from './workbench.ts';

test.beforeEach(async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
  await page.keyboard.press('2');
  await expect(grid(page, 'Events').getByRole('row').nth(1)).toContainText('20');
});

const histogram = (page: Page) => page.getByRole('slider', { name: 'Events over time' });
const focusedId = (page: Page) => focusedRow(page, 'Events').getAttribute('data-row');

/** Steps through every bucket by keyboard and adds up what it says. */
async function histogramSum(page: Page): Promise<number> {
  const slider = histogram(page);
  await slider.focus();
  await slider.press('Home');
  const buckets = Number(await slider.getAttribute('aria-valuemax')) + 1;
  let sum = 0;
  for (let i = 0; i < buckets; i++) {
    sum += Number(/: (\d+) events?/.exec((await slider.getAttribute('aria-valuetext')) ?? '')?.[1]);
    await slider.press('ArrowRight');
  }
  return sum;
}

test('a filter gives the rows that the command line gives, and the histogram counts the same', async ({ page, home, readCase }) => {
  const filter = 'source:iis-log status:>=500';
  const file = path.join(home, 'for-cli.iiscase');
  copyFileSync(readCase, file);
  const { code, out, err } = await cli(home, 'events', file, '--filter', filter, '--limit', '100000');
  expect(code, err).toBe(0);
  const rows = out.trim().split('\n').map((line) => JSON.parse(line) as { id: string; message: string });
  expect(rows.length).toBeGreaterThan(1);
  const before = await tally(page);
  expect(before.shown).toBe(before.total);

  await applyFilter(page, filter);
  await expect.poll(() => tally(page)).toEqual({ shown: rows.length, total: before.total });
  expect(await rowCount(page, 'Events')).toBe(rows.length);
  expect(await histogramSum(page)).toBe(rows.length);
  await grid(page, 'Events').getByRole('gridcell').first().click();
  for (const row of rows.slice(0, 30)) {
    await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', row.id);
    await expect(focusedRow(page, 'Events')).toContainText(row.message);
    await page.keyboard.press('j');
  }
});

test('a faulty filter says what is wrong and where, and is not applied', async ({ page }) => {
  const before = await tally(page);
  await applyFilter(page, 'source:iis-log stauts:500');
  const search = page.getByRole('search', { name: 'Filter rows' });
  await expect(search.getByRole('textbox', { name: 'Filter' })).toHaveAttribute('aria-invalid', 'true');
  await expect(search.getByRole('status')).toContainText(/column 16: .*stauts/);
  await expect(search.getByRole('list', { name: 'Filter terms' })).toHaveCount(0);
  expect(await tally(page)).toEqual(before);
});

test('keep and drop by value, suspend and restore: the focused row keeps its place', async ({ page }) => {
  const { total } = await tally(page);
  await applyFilter(page, 'source:iis-log');
  await expect.poll(async () => (await tally(page)).shown).toBe(6005);
  await page.keyboard.press('G');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(focusedRow(page, 'Events')).toContainText('GET');
  const id = await focusedId(page);
  const address = (await page.getByRole('region', { name: 'Event' }).getByRole('button', { name: /^Keep c-ip/ }).getAttribute('aria-label'))?.split(' ').at(-1);

  await page.keyboard.press('=');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue(`source:iis-log ip:${address}`);
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');
  await expect.poll(async () => (await tally(page)).shown).toBeLessThan(6005);
  const kept = (await tally(page)).shown;

  await page.keyboard.press('.');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('suspended');
  await expect.poll(() => tally(page)).toEqual({ shown: total, total });
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');
  await expect(focusedRow(page, 'Events')).toBeInViewport();
  await expect(focusedRow(page, 'Events').getByRole('gridcell').nth(3)).toBeFocused();
  await page.keyboard.press('.');
  await expect.poll(async () => (await tally(page)).shown).toBe(kept);
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(async () => (await tally(page)).shown).toBe(total);
  await page.keyboard.press('-');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue(`-ip:${address}`);
  await expect.poll(async () => (await tally(page)).shown).toBe(total - kept);
});

test('a stack counts every value, and Enter keeps one of them', async ({ page }) => {
  await applyFilter(page, 'source:iis-log');
  await expect.poll(async () => (await tally(page)).shown).toBe(6005);
  await page.keyboard.press('s');
  await page.getByRole('combobox', { name: 'Stack by' }).selectOption('status');
  const stack = grid(page, 'Stack');
  await expect(stack.getByRole('columnheader', { name: 'Value of status' })).toBeVisible();
  const rows = stack.getByRole('row').filter({ has: page.getByRole('gridcell') });
  await expect(rows.first()).toContainText('200');
  const counts = await rows.evaluateAll((all) => all.map((row) => Number(row.querySelectorAll('[role="gridcell"]')[1]?.textContent?.replace(/\D/g, ''))));
  expect(counts.reduce((a, b) => a + b, 0)).toBe(6005);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));

  const second = rows.nth(1);
  const value = await second.getByRole('gridcell').first().innerText();
  await second.getByRole('gridcell').first().click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue(`source:iis-log status:${value}`);
  await expect.poll(async () => (await tally(page)).shown).toBe(counts[1] ?? -1);
});

test('zone, density and window size change: the focused row stays the focused row, and only its words change', async ({ page }) => {
  await applyFilter(page, 'source:iis-log status:>=500');
  await expect.poll(async () => (await tally(page)).shown).toBeLessThan(6005);
  await page.keyboard.press('G');
  await page.keyboard.press('k');
  await expect(focusedRow(page, 'Events')).toBeInViewport();
  const id = await focusedId(page);
  const cell = focusedRow(page, 'Events').getByRole('gridcell').first();
  const utc = await cell.innerText();

  await page.getByRole('button', { name: 'Time zone UTC, change' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('textbox', { name: /Time zone/ }).fill('+02:00');
  await settings.getByRole('combobox', { name: 'Row height' }).selectOption('comfortable');
  await settings.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('columnheader', { name: 'Time (UTC+02:00)' })).toBeVisible();
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');
  await expect(focusedRow(page, 'Events')).toBeInViewport();
  const moved = await cell.innerText();
  const ms = (text: string): number => Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`);
  expect(ms(moved) - ms(utc)).toBe(2 * 3_600_000);
  await expect(page.getByRole('region', { name: 'Event' }).getByText(moved).first()).toBeVisible();

  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');
  await expect(focusedRow(page, 'Events')).toBeInViewport();
});

test('the context window shows all sources around the row, whatever the filter says', async ({ page }) => {
  await goTo(page, 'Findings');
  await stepTo(page, 'Findings', 'HttpCacheExtModule');
  await page.keyboard.press('t');
  await expect(page.getByRole('region', { name: 'Event' })).toContainText('2026-03-02 14:12:41');
  await page.keyboard.press('w');
  await page.keyboard.press('w');
  const context = page.getByRole('region', { name: 'Context window' });
  await expect(context.getByRole('heading')).toContainText('5 min');
  await expect(context.getByText('iis-log Shop').first()).toBeVisible();
  const pivot = context.getByRole('row', { selected: true });
  const id = await pivot.getAttribute('data-row');
  expect(id).toBe(await focusedId(page));
  await page.keyboard.press('w');
  await expect(context.getByRole('heading')).toContainText('1 h');
  await expect(pivot).toHaveAttribute('data-row', id ?? '');
  await expect(pivot).toBeInViewport();
});
