import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { SAMPLE } from './host.ts';
import { applyFilter, expect, focusedRow, goTo, grid, tally, test, waitUntilRead } from './workbench.ts';

/** Names of the requests that the page has sent, in order. */
let asked: string[] = [];

test.beforeEach(async ({ page, sample, open }) => {
  asked = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => asked.push((JSON.parse(String(payload)) as { name: string }).name)));
  await open(sample);
  await waitUntilRead(page);
  await goTo(page, 'Timeline');
  // The window of the run is one: what an earlier test chose stands until it is chosen anew.
  await expect(focusedRow(page, 'Events')).toContainText('20');
});

const slider = (page: Page) => page.getByRole('slider', { name: 'Events over time' });
const mode = (page: Page, words: string) => page.getByRole('radio', { name: words });
const filter = (page: Page) => page.getByRole('textbox', { name: 'Filter' });
const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

test('v goes through the four questions, and the moment stays the same in all of them', async ({ page }) => {
  await applyFilter(page, 'source:iis-log status:>=500');
  await expect.poll(async () => (await tally(page)).shown).toBeLessThan(100);
  await press(page, 'g', 'g', 'j');
  const id = await focusedRow(page, 'Events').getAttribute('data-row');
  const time = await focusedRow(page, 'Events').getByRole('gridcell').first().innerText();
  const bar = await slider(page).getAttribute('aria-valuetext');
  expect(bar).toMatch(/event/);
  for (const [words, list] of [['My story (notes)', 'Story'], ['How much (counts)', 'Buckets'], ['What kinds (stack)', 'Stack']] as const) {
    await press(page, 'v');
    await expect(mode(page, words)).toHaveAttribute('aria-checked', 'true');
    await expect(grid(page, list)).toBeVisible();
    await expect(slider(page)).toHaveAttribute('aria-valuetext', bar ?? '');
    if (list === 'Buckets') await expect(focusedRow(page, 'Buckets')).toContainText(bar?.slice(0, 16) ?? '');
  }
  await press(page, 'v');
  await expect(focusedRow(page, 'Events')).toHaveAttribute('data-row', id ?? '');
  await expect(focusedRow(page, 'Events').getByRole('gridcell').first()).toHaveText(time);

  // Another mode leads the list along.
  await press(page, 'v', 'v');
  await expect(focusedRow(page, 'Buckets')).toBeVisible();
  await press(page, 'g', 'g', ']');
  const there = (await focusedRow(page, 'Buckets').getByRole('gridcell').first().innerText()).slice(0, 13);
  await press(page, 'v', 'v');
  await expect(focusedRow(page, 'Events')).toContainText(there);
});

test('how much: every bar is a row, Enter narrows to it, Backspace comes back', async ({ page }) => {
  await applyFilter(page, 'source:iis-log');
  await expect.poll(async () => (await tally(page)).shown).toBe(6005);
  await mode(page, 'How much (counts)').click();
  await expect(focusedRow(page, 'Buckets')).toBeVisible();
  const rows = Number(await grid(page, 'Buckets').getAttribute('aria-rowcount')) - 1;
  expect(rows).toBe(Number(await slider(page).getAttribute('aria-valuemax')) + 1);
  await press(page, 'g', 'g', ']', ']');
  const cells = focusedRow(page, 'Buckets').getByRole('gridcell');
  const passing = Number((await cells.nth(1).innerText()).replace(/\D/g, ''));
  expect(passing).toBeGreaterThan(0);
  const begin = await cells.first().innerText();
  await press(page, 'Enter');
  await expect(filter(page)).toHaveValue(new RegExp(`@${begin.replace(' ', 'T').slice(0, 16)}`));
  await expect.poll(async () => (await tally(page)).shown).toBe(passing);
  // Finer bars of the same stretch.
  await expect(grid(page, 'Buckets').getByRole('columnheader').first()).toContainText(/min|s/);
  await press(page, 'Backspace');
  await expect(filter(page)).toHaveValue('source:iis-log');
  await expect.poll(async () => (await tally(page)).shown).toBe(6005);
});

test('what kinds: any column, shares of all, values over time; Enter keeps one and Backspace comes back to it', async ({ page }) => {
  await applyFilter(page, 'source:iis-log');
  await expect.poll(async () => (await tally(page)).shown).toBe(6005);
  await mode(page, 'What kinds (stack)').click();
  for (const field of ['substatus', 'ua', 'method']) {
    await page.getByRole('combobox', { name: 'Stack by' }).selectOption(field);
    await expect(grid(page, 'Stack').getByRole('columnheader', { name: `Value of ${field}` })).toBeVisible();
    await expect(page.getByText(/groups of 6\s005 events/)).toBeVisible();
    const row = grid(page, 'Stack').getByRole('row').nth(1);
    await expect(row.getByRole('gridcell').nth(2)).toContainText('%');
    await expect(row.getByRole('img')).toHaveAccessibleName(/^in \d+ of \d+ parts, most .* from 2026-/);
  }
  await grid(page, 'Stack').getByRole('row').nth(2).getByRole('gridcell').first().click();
  const value = await focusedRow(page, 'Stack').getByRole('gridcell').first().innerText();
  const counted = Number((await focusedRow(page, 'Stack').getByRole('gridcell').nth(1).innerText()).replace(/\D/g, ''));
  await press(page, 'Enter');
  await expect(filter(page)).toHaveValue(`source:iis-log method:${value}`);
  await expect.poll(async () => (await tally(page)).shown).toBe(counted);
  await expect(focusedRow(page, 'Events').getByRole('gridcell').first()).toBeFocused();
  await press(page, 'Backspace');
  await expect(filter(page)).toHaveValue('source:iis-log');
  await expect(focusedRow(page, 'Stack').getByRole('gridcell').first()).toHaveText(value);
  await expect(focusedRow(page, 'Stack').getByRole('gridcell').first()).toBeFocused();
});

test('a brush applies when it is let go, and the keyboard does the same', async ({ page }) => {
  // The silences are asked for a while after the rows: that question belongs to the opening, not to the brush.
  await expect.poll(() => asked.includes('timeline.gaps')).toBe(true);
  const box = await slider(page).locator('.u-over').boundingBox();
  if (box === null) throw new Error('no histogram');
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 8 });
  const before = asked.length;
  await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 8 });
  await expect(filter(page)).toHaveValue('');
  expect(asked.slice(before).filter((name) => name.startsWith('timeline.'))).toEqual([]);
  await page.mouse.up();
  await expect(filter(page)).toHaveValue(/^@2026-.*\.\.2026-/);
  await page.getByRole('button', { name: 'Whole time' }).click();
  await expect(filter(page)).toHaveValue('');

  await slider(page).focus();
  await press(page, 'Home', 'PageDown', 'ArrowRight');
  const words = (await slider(page).getAttribute('aria-valuetext')) ?? '';
  await press(page, 'Enter');
  await expect(filter(page)).toHaveValue(new RegExp(`^@${words.slice(0, 16).replace(' ', 'T')}`));
  await press(page, 'l');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /log scale$/);
  await expect(slider(page).getByText('log scale')).toBeVisible();
  await press(page, 'l');
});

test('o and O go from event to event of what is followed, one question each', async ({ page }) => {
  await applyFilter(page, 'source:iis-log status:>=500');
  await expect.poll(async () => (await tally(page)).shown).toBeLessThan(100);
  await press(page, 'g', 'g', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'F');
  await expect(page.getByText(/^Following ip:/)).toHaveCount(1);
  const ip = (await page.locator('.followed .mono').innerText()).replace('ip:', '');
  await press(page, 'Control+Backspace');
  await expect.poll(async () => (await tally(page)).shown).toBeGreaterThan(6000);
  const seen: string[] = [];
  for (const key of ['o', 'o', 'o', 'O', 'O']) {
    asked = [];
    const before = await focusedRow(page, 'Events').getAttribute('data-row');
    await press(page, key);
    await expect(focusedRow(page, 'Events')).not.toHaveAttribute('data-row', before ?? '');
    await expect(focusedRow(page, 'Events')).toContainText(ip);
    await expect(focusedRow(page, 'Events')).toBeInViewport();
    expect(asked.filter((name) => name === 'timeline.step')).toHaveLength(1);
    seen.push((await focusedRow(page, 'Events').getAttribute('data-row')) ?? '');
  }
  expect(seen[3]).toBe(seen[1]);
  expect(seen[4]).toBe(seen[0]);
  // The last filter names rows for n and N too.
  await press(page, 'n');
  await expect(focusedRow(page, 'Events')).toContainText(/ 5\d\d/);
  await press(page, 'e');
  await expect(focusedRow(page, 'Events')).toBeInViewport();
  expect(asked.filter((name) => name === 'timeline.step').length).toBeGreaterThan(1);
});

test('t tells all times from the row, and the row itself is the zero', async ({ page }) => {
  await press(page, 't');
  await expect(page.getByRole('columnheader', { name: 'Time from reference' })).toBeVisible();
  await expect(focusedRow(page, 'Events').getByRole('gridcell').first()).toHaveText('+0 s');
  await press(page, 'j');
  await expect(focusedRow(page, 'Events').getByRole('gridcell').first()).toHaveText(/^\+\d/);
  await press(page, 't');
  await expect(page.getByRole('columnheader', { name: 'Time (UTC)' })).toBeVisible();
});

test('a request tells its line in the log, and who would have served it', async ({ page }) => {
  // Until the list of the filter is there, the count is that of all events.
  const all = (await tally(page)).shown;
  await applyFilter(page, 'source:iis-log site:Shop status:200 uri:*.aspx');
  await expect.poll(async () => (await tally(page)).shown).toBeLessThan(all);
  await press(page, 'g', 'g');
  const detail = page.getByRole('region', { name: 'Event' });
  await expect(focusedRow(page, 'Events')).toHaveAttribute('aria-rowindex', '2');
  // The detail follows the list: it is about the row that has the focus now.
  const cell = focusedRow(page, 'Events').getByRole('gridcell').last();
  await expect(cell).not.toHaveText('');
  await expect(detail.getByRole('heading', { level: 2 })).toHaveText(await cell.innerText());
  const line = await detail.getByRole('region', { name: 'Source line' }).innerText();
  const ref = await detail.getByRole('list', { name: 'Source of the event' }).getByRole('button').innerText();
  const title = (await detail.getByRole('list', { name: 'Source of the event' }).getByRole('button').getAttribute('title')) ?? '';
  const [, file = '', number = '0'] = /evidence: (.*), line (\d+)/.exec(title) ?? [];
  expect(ref).toContain(`line ${number}`);
  expect(readFileSync(path.join(SAMPLE, file), 'utf8').split(/\r?\n/)[Number(number) - 1]).toBe(line);
  const serving = detail.getByRole('region', { name: 'Who would have served this' });
  await expect(serving).toContainText(/handler|Cannot be told/);
  await expect(serving.getByText(/^Assumed:/).first()).toBeVisible();
});
