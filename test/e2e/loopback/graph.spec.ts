import type { Page } from 'playwright/test';
import { expect, focusedRow, goTo, grid, rowCount, stepTo, test, waitUntilRead } from './workbench.ts';

const PLANTED = 'HttpCacheExtModule';
const tree = (page: Page) => page.getByRole('tree', { name: 'Graph' });
const selected = (page: Page) => tree(page).getByRole('treeitem', { selected: true });
const drawnIds = (page: Page) => tree(page).getByRole('treeitem').evaluateAll((all) => all.map((n) => n.getAttribute('data-node') ?? ''));

test.beforeEach(async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
});

test('from a finding into the graph, and the path from the server to the planted module', async ({ page }) => {
  await goTo(page, 'Findings');
  await stepTo(page, 'Findings', PLANTED);
  await page.keyboard.press('p');
  await expect(selected(page)).toHaveAccessibleName(new RegExp(PLANTED));
  await expect(selected(page)).toBeInViewport();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Path (p)' })).toHaveAttribute('aria-pressed', 'true');
  const words = await page.getByText(/^Path: /).innerText();
  const steps = words.replace(/^Path: /, '').split(', then ');
  expect(steps.length).toBeGreaterThanOrEqual(3);
  expect(steps.at(-1)).toContain(PLANTED);
  for (const step of new Set(steps)) await expect(tree(page).getByRole('treeitem', { name: step }).first()).toBeAttached();
  const node = page.getByRole('region', { name: 'Node' });
  await expect(node.getByRole('button', { name: 'applicationHost.config line 252' }).first()).toBeVisible();
});

test('the arrows walk along the edges, and Enter opens the component', async ({ page }) => {
  await page.keyboard.press('3');
  await expect(selected(page)).toBeFocused();
  await page.getByRole('textbox', { name: 'Find' }).fill(PLANTED);
  await page.keyboard.press('Enter');
  await expect(selected(page)).toHaveAccessibleName(new RegExp(PLANTED));
  await expect(selected(page)).toBeFocused();
  const names = new Set<string>();
  for (let i = 0; i < 8; i++) {
    names.add((await selected(page).getAttribute('data-node')) ?? '');
    await page.keyboard.press('ArrowLeft');
    await expect(selected(page)).toBeFocused();
    await expect(selected(page)).toBeInViewport();
  }
  expect(names.size).toBeGreaterThanOrEqual(3);
  await expect(selected(page)).toHaveAttribute('aria-level', '1');
  await page.getByRole('textbox', { name: 'Find' }).fill('cachehttp.dll');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Components' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Component' }).getByRole('heading', { level: 2 })).toContainText(PLANTED);
});

test('the table twin holds exactly the nodes that are drawn', async ({ page }) => {
  await page.keyboard.press('3');
  await expect(selected(page)).toBeFocused();
  const drawn = await drawnIds(page);
  expect(drawn.length).toBeGreaterThan(10);
  await page.keyboard.press('T');
  const table = grid(page, 'Graph nodes');
  await expect(table).toBeVisible();
  expect(await rowCount(page, 'Graph nodes')).toBe(drawn.length);
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  const listed: string[] = [];
  for (let i = 0; i < drawn.length; i++) {
    await expect(focusedRow(page, 'Graph nodes')).toHaveAttribute('aria-rowindex', String(i + 2));
    listed.push((await focusedRow(page, 'Graph nodes').getAttribute('data-row')) ?? '');
    await page.keyboard.press('j');
  }
  expect([...listed].sort()).toEqual([...drawn].sort());
  expect(await rowCount(page, 'Graph edges')).toBeGreaterThan(drawn.length / 2);
});

test('in the first copy of the configuration the planted module is not there', async ({ page }) => {
  await page.keyboard.press('3');
  await expect(selected(page)).toBeFocused();
  await expect(tree(page).getByRole('treeitem', { name: PLANTED }).first()).toBeAttached();
  const slider = page.getByRole('slider', { name: 'Configuration as of' });
  await slider.focus();
  await slider.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^CFGHISTORY_0000000001/);
  await expect(tree(page).getByRole('treeitem', { name: PLANTED })).toHaveCount(0);
  await expect(tree(page).getByRole('treeitem', { name: 'ContosoAuditModule' }).first()).toBeAttached();
  await expect(page.getByText(/^0 new since the copy before, .* not there yet$/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'outline what came later' }).check();
  await expect(tree(page).getByRole('treeitem', { name: new RegExp(`${PLANTED}, not there yet`) }).first()).toBeAttached();
  await page.getByRole('checkbox', { name: 'outline what came later' }).uncheck();
  await expect(tree(page).getByRole('treeitem', { name: PLANTED })).toHaveCount(0);
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(tree(page).getByRole('treeitem', { name: /TraceReqModule, \+ new · - in copies only/ }).first()).toBeAttached();
  await page.getByRole('button', { name: 'Table (T)' }).click();
  const row = grid(page, 'Graph nodes').getByRole('row').filter({ hasText: 'TraceReqModule' }).first();
  await page.getByRole('columnheader', { name: 'State' }).first().getByRole('button').click();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(row).toContainText('+ new: not in the copy before; - in copies only, not in force now');
  await page.getByRole('button', { name: 'Table (T)' }).click();
  await expect(page.getByRole('list', { name: 'Signs of the graph' })).toContainText('- in copies only, not in force now');
  await slider.focus();
  await expect(tree(page).getByRole('treeitem', { name: PLANTED })).toHaveCount(0);
  await slider.press('ArrowRight');
  await expect(tree(page).getByRole('treeitem', { name: PLANTED }).first()).toBeAttached();
  await page.getByRole('button', { name: 'Reset (r)' }).click();
  await expect(slider).not.toHaveAttribute('aria-valuetext', /CFGHISTORY/);
});
