import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { applyFilter, expect, focusedRow, goTo, grid, stepTo, test, waitUntilRead } from './workbench.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../test-results/screens');
const THEMES = ['dark', 'light', 'contrast'] as const;

/** A tab of the component that has the focus. */
async function componentTab(page: Page, name: string, ready: (detail: Locator) => Locator): Promise<void> {
  const detail = page.getByRole('region', { name: 'Component' });
  await detail.getByRole('tab', { name, exact: true }).click();
  await expect(ready(detail)).toBeVisible();
}

/** Sets the screens up as an analyst would have them in the middle of a case, and says what each of them is called. */
const SCREENS: ReadonlyMap<string, (page: Page) => Promise<void>> = new Map([
  ['intake', (page: Page) => goTo(page, 'Intake')],
  ['intake-lists', async (page: Page) => {
    await page.getByRole('tab', { name: /^Lists/ }).click();
    await expect(page.getByRole('button', { name: 'Add indicators...' })).toBeVisible();
  }],
  ['overview', (page: Page) => goTo(page, 'Overview')],
  ['timeline', async (page: Page) => {
    await goTo(page, 'Timeline');
    await applyFilter(page, 'source:iis-log status:>=500');
    await expect(focusedRow(page, 'Events')).toContainText('POST');
  }],
  ['timeline-stack', async (page: Page) => {
    await page.getByRole('radio', { name: /stack/ }).click();
    await expect(grid(page, 'Stack').getByRole('row').nth(1)).toBeVisible();
  }],
  ['timeline-story', (page: Page) => page.getByRole('radio', { name: /story/ }).click()],
  ['graph', async (page: Page) => {
    await goTo(page, 'Graph');
    await expect(page.getByRole('tree', { name: 'Graph' }).getByRole('treeitem', { selected: true })).toBeFocused();
  }],
  ['graph-table', async (page: Page) => {
    await page.keyboard.press('T');
    await expect(grid(page, 'Graph nodes')).toBeVisible();
  }],
  ['components', async (page: Page) => {
    await goTo(page, 'Components');
    await expect(page.getByRole('region', { name: 'Component' })).toBeVisible();
  }],
  ['components-story', async (page: Page) => {
    await stepTo(page, 'Components', 'HttpCacheExtModule');
    await componentTab(page, 'Story', (detail) => detail.getByRole('listbox', { name: 'Story' }).getByRole('option').first());
  }],
  ['components-in-common', (page: Page) => componentTab(page, 'In common', (detail) => detail.getByText(/^Compared with/))],
  ['components-rules', (page: Page) => componentTab(page, 'Rules', (detail) => detail.getByText('unknown-component'))],
  ['config', async (page: Page) => {
    await goTo(page, 'Config');
    await expect(page.getByRole('region', { name: 'Source' }).getByRole('listitem').first()).toBeVisible();
    await expect(grid(page, 'Effective entries').getByRole('row').nth(1)).toBeVisible();
  }],
  ['config-copies', async (page: Page) => {
    await page.getByRole('tab', { name: 'Copies and changes' }).click();
    await expect(grid(page, 'Configuration changes').getByRole('row').nth(1)).toBeVisible();
  }],
  ['config-compare', async (page: Page) => {
    await grid(page, 'Configuration changes').getByRole('gridcell').first().click();
    await page.keyboard.press('d');
    await expect(page.getByRole('region', { name: 'Difference' }).getByText(/^difference \d+ of/)).toBeVisible();
  }],
  ['config-search', async (page: Page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('HttpCacheExtModule');
    await page.keyboard.press('Enter');
    await expect(grid(page, 'Hits').getByRole('row').nth(1)).toBeVisible();
  }],
  ['findings', (page: Page) => goTo(page, 'Findings')],
  ['notes', (page: Page) => goTo(page, 'Notes')],
  ['problems', (page: Page) => goTo(page, 'Problems')],
  ['knowledge', async (page: Page) => {
    await goTo(page, 'Knowledge');
    await expect(focusedRow(page, 'Entries')).toContainText('Native module');
  }],
  ['knowledge-family', (page: Page) => stepTo(page, 'Entries', 'IIS-Raid')],
  ['knowledge-rule', async (page: Page) => {
    await page.keyboard.press('G');
    await expect(focusedRow(page, 'Entries')).toContainText('Rule');
  }],
  ['report', async (page: Page) => {
    await goTo(page, 'Report');
    await expect(page.getByRole('region', { name: 'Preview' }).getByRole('heading', { level: 2 }).first()).toBeVisible();
  }],
  ['palette', async (page: Page) => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option').first()).toBeVisible();
  }],
  ['help', async (page: Page) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  }],
  ['settings', async (page: Page) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  }],
]);

/** Rules that depend on colours; the others give the same answer in every theme and are asked in one. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

async function look(page: Page, name: string, theme: (typeof THEMES)[number]): Promise<void> {
  await page.screenshot({ path: path.join(FOLDER, `${name}-${theme}.png`), animations: 'disabled' });
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], iframes: false });
  const { violations } = await (theme === 'dark' ? axe : axe.withRules(COLOUR_RULES)).analyze();
  const grave = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect.soft(grave.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 200)} ${n.failureSummary ?? ''}`).join(' | ')}`), `${name} ${theme}`).toEqual([]);
}

async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
  await settings.getByRole('button', { name: 'Close' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

for (const theme of THEMES) {
  test(`every screen in the ${theme} theme has no grave fault of accessibility`, async ({ page, sample, open }) => {
    test.setTimeout(180_000);
    await open(sample);
    await waitUntilRead(page);
    await chooseTheme(page, theme);
    for (const [name, show] of SCREENS) {
      await show(page);
      await look(page, name, theme);
    }
  });
}

test('Start and its file dialog in every theme', async ({ page, start, open }) => {
  const host = await start();
  await open(host);
  await expect(page.getByRole('heading', { level: 1, name: 'Start' })).toBeVisible();
  for (const theme of THEMES) {
    await chooseTheme(page, theme);
    await look(page, 'start', theme);
    await page.getByRole('button', { name: 'Open case...' }).click();
    await expect(page.getByRole('list', { name: 'Entries of the folder' }).getByRole('listitem').first()).toBeVisible();
    await look(page, 'path-dialog', theme);
    await page.keyboard.press('Escape');
  }
});

for (const [words, width, height] of [['1024 x 700', 1024, 700], ['200 % zoom of 1440 x 900', 720, 450]] as const) {
  test(`no screen scrolls sideways at ${words}, and its heading stays in sight`, async ({ page, sample, open }) => {
    test.setTimeout(180_000);
    await open(sample);
    await waitUntilRead(page);
    await page.setViewportSize({ width, height });
    for (const [name, show] of SCREENS) {
      await show(page);
      await page.screenshot({ path: path.join(FOLDER, `${name}-${width}.png`), animations: 'disabled' });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect.soft(overflow, name).toBeLessThanOrEqual(0);
      // Whoever goes down to the tabs of a component in a low window leaves the heading behind; the next screen begins at its top again.
      if (!['palette', 'help', 'settings'].includes(name) && !name.startsWith('components-')) await expect.soft(page.getByRole('heading', { level: 1 }), name).toBeInViewport();
    }
  });
}

test('the parts of the Overview stand below and beside each other in a window that is lower than they are', async ({ page, sample, open }) => {
  await page.setViewportSize({ width: 1280, height: 560 });
  await open(sample);
  await waitUntilRead(page);
  await goTo(page, 'Overview');
  const boxes = await page.locator('.overview section').evaluateAll((all) => all.map((e) => ({ top: e.getBoundingClientRect().top, bottom: e.getBoundingClientRect().bottom, inside: e.scrollHeight - e.clientHeight })));
  const [odd, next, server, unknown, ask, coverage, jobs] = boxes;
  if (odd === undefined || next === undefined || server === undefined || unknown === undefined || ask === undefined || coverage === undefined || jobs === undefined) throw new Error('parts are missing');
  for (const [above, below] of [[odd, next], [next, server], [odd, unknown], [unknown, ask], [ask, coverage], [coverage, jobs]] as const) expect(below.top).toBeGreaterThanOrEqual(above.bottom);
  expect(boxes.every((b) => b.inside <= 1)).toBe(true);
});

test('W changes between UTC and the zone that was chosen', async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
  const zone = page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /^Time zone/ });
  await page.keyboard.press('W');
  await page.getByLabel('Time zone of every time on screen').fill('+02:00');
  await page.keyboard.press('Escape');
  await expect(zone).toHaveText('UTC+02:00');
  await page.keyboard.press('W');
  await expect(zone).toHaveText('UTC');
  await page.keyboard.press('W');
  await expect(zone).toHaveText('UTC+02:00');
  await page.keyboard.press('W');
  await expect(zone).toHaveText('UTC');
});
