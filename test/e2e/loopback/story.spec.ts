import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { expect, focusedRow, goTo, grid, stepTo, test, waitUntilRead } from './workbench.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../test-results/story');
const detail = (page: Page): Locator => page.getByRole('region', { name: 'Component' });
const story = (page: Page): Locator => detail(page).getByRole('listbox', { name: 'Story' });
const steps = (page: Page): Locator => story(page).getByRole('option');

/** The tab of a component, reached as an analyst reaches it. */
async function showTab(page: Page, component: string, name: string): Promise<void> {
  await goTo(page, 'Components');
  await stepTo(page, 'Components', component);
  await expect(detail(page).getByRole('heading', { level: 2 })).toContainText(component);
  await detail(page).getByRole('tab', { name, exact: true }).click();
}

test.beforeEach(async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
});

test('the story of a module has its steps, the gaps between them and what nothing shows', async ({ page }) => {
  await showTab(page, 'HttpCacheExtModule', 'Story');
  await expect(steps(page)).toHaveCount(6);
  for (const [i, text] of ['built', 'file written', 'configuration changed', 'pool started with it', 'first request that it can have served', 'last request that it can have served'].entries()) await expect(steps(page).nth(i)).toContainText(text);
  await expect(steps(page).nth(2)).toContainText('at most 3 minutes 46 s later');
  await expect(steps(page).nth(2)).toContainText('cachehttp.dll at 0x0 to applicationHost.config line 250');
  await expect(steps(page).nth(3)).toContainText('not shown by the evidence');
  await expect(steps(page).nth(3)).toContainText('C:\\inetpub\\temp\\appPools\\DefaultAppPool\\DefaultAppPool.config');
  await expect(detail(page).getByRole('region', { name: 'Doubts' })).toContainText('every two minutes');
  await expect(detail(page).getByText('5 of 6 steps are shown by the evidence.')).toBeVisible();
});

test('by keyboard through the steps, to the event in the timeline and to the source', async ({ page }) => {
  await showTab(page, 'HttpCacheExtModule', 'Story');
  await expect(steps(page)).toHaveCount(6);
  await page.keyboard.press('Tab');
  const within = async (): Promise<boolean> => (await story(page).locator(':focus').count()) === 1;
  for (let i = 0; i < 6 && !(await within()); i++) await page.keyboard.press('Tab');
  await expect(steps(page).first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(steps(page).last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  await expect(steps(page).nth(2)).toBeFocused();
  await expect(detail(page).getByRole('list', { name: 'Sources of the step' })).toContainText('applicationHost.config line 250');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Timeline' })).toBeVisible();
  await expect(focusedRow(page, 'Events')).toContainText('HttpCacheExtModule added');
  await page.goBack();
  await expect(steps(page)).toHaveCount(6);
  await steps(page).nth(4).click();
  await page.keyboard.press('x');
  await expect(page.getByRole('heading', { level: 1, name: 'Config' })).toBeVisible();
  await expect(page.getByText('u_ex260302.log').first()).toBeVisible();
});

test('the story is copied with its citations', async ({ page }) => {
  await showTab(page, 'HDR-Image', 'Story');
  // The page may write to the clipboard and never read it, so the test keeps what is written.
  await page.evaluate(() => { navigator.clipboard.writeText = (text) => { document.body.dataset['copied'] = text; return Promise.resolve(); }; });
  await detail(page).getByRole('button', { name: 'Copy the story' }).click();
  await expect(page.getByText('Story with citations copied.')).toBeVisible();
  const text = await page.evaluate(() => document.body.dataset['copied'] ?? '');
  expect(text).toContain('Story of ISAPI extension "HDR-Image"');
  expect(text).toContain('at most 3 minutes 17 s later');
  expect(text).toMatch(/evidence: C\/inetpub\/logs\/LogFiles\/W3SVC2\/u_ex260303\.log; SHA-256 [0-9a-f]{64}/);
});

test('what components have in common leads to the other one', async ({ page }) => {
  await showTab(page, 'ImageResize', 'In common');
  const shared = grid(page, 'In common');
  await expect(shared.getByRole('row').nth(1)).toContainText('One file at one place holds both.');
  await expect(shared).toContainText('Little: Every file of pure .NET code has this import hash.');
  await page.screenshot({ path: path.join(FOLDER, 'in-common.png') });
  await shared.getByRole('gridcell', { name: 'Shop.Imaging' }).first().click();
  await page.keyboard.press('Enter');
  await expect(detail(page).getByRole('heading', { level: 2 })).toContainText('Shop.Imaging');
});

test('each step becomes a note', async ({ page, start, ownCase, open }) => {
  await open(await start(ownCase));
  await waitUntilRead(page);
  await showTab(page, 'HDR-Image', 'Story');
  await detail(page).getByRole('button', { name: 'Note each step' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Case number' }).fill('2026-07');
  await dialog.getByRole('textbox', { name: 'Examiner' }).fill('A. Analyst');
  await dialog.getByRole('textbox', { name: /^Host/ }).fill('WEB01');
  await page.keyboard.press('Enter');
  await expect(page.getByText('5 notes written to the case file.')).toBeVisible();
  await goTo(page, 'Notes');
  await expect(grid(page, 'Notes')).toContainText('first request that it can have served');
});

for (const scheme of ['dark', 'light'] as const) {
  test(`the story in ${scheme} has nothing that axe finds`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await showTab(page, 'HttpCacheExtModule', 'Story');
    await expect(steps(page)).toHaveCount(6);
    await page.screenshot({ path: path.join(FOLDER, `story-${scheme}.png`) });
    const { violations } = await new AxeBuilder({ page }).include('.component-detail').analyze();
    expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
  });
}
