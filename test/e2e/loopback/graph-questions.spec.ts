import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, goTo, grid, rowCount, test, waitUntilRead } from './workbench.ts';

const PLANTED = 'HttpCacheExtModule';
const tree = (page: Page) => page.getByRole('tree', { name: 'Graph' });
const items = (page: Page) => tree(page).getByRole('treeitem');
const selected = (page: Page) => tree(page).getByRole('treeitem', { selected: true });
const asked = (page: Page) => page.getByRole('group', { name: 'Question to the graph' });
const drawnIds = (page: Page) => items(page).evaluateAll((all) => all.map((n) => n.getAttribute('data-node') ?? ''));
const find = (page: Page) => page.getByRole('textbox', { name: 'Find' });

async function toGraph(page: Page): Promise<void> {
  await page.keyboard.press('3');
  await expect(selected(page)).toBeFocused();
}
/** Puts the focus on a node that is drawn, by keyboard. */
async function goToNode(page: Page, name: string): Promise<void> {
  await page.keyboard.press('/');
  await expect(find(page)).toBeFocused();
  await find(page).fill(name);
  await page.keyboard.press('Enter');
  await expect(selected(page)).toBeFocused();
  await expect(selected(page)).toHaveAccessibleName(new RegExp(name));
}
const placeOf = (page: Page, id: string) => tree(page).locator(`[data-node="${id}"]`).evaluate((n: HTMLElement) => ({ left: Math.round(parseFloat(n.style.left)), top: Math.round(parseFloat(n.style.top)) }));

test.describe('questions to the graph of the sample', () => {
  test.beforeEach(async ({ page, sample, open }) => {
    await open(sample);
    await waitUntilRead(page);
    await toGraph(page);
  });

  test('the layout is made in a worker of the page', async ({ page }) => {
    expect(page.workers().map((w) => new URL(w.url()).pathname)).toEqual([expect.stringMatching(/^\/assets\/layout-worker-[\w-]+\.js$/)]);
  });

  test('why is this DLL loaded for /api? The ends are chosen by a part of their names, with the keyboard alone', async ({ page }) => {
    await goToNode(page, 'cachehttp.dll');
    await page.keyboard.press('p');
    await expect(asked(page).getByText(/^Path: server, then /)).toBeVisible();
    const from = asked(page).getByRole('combobox', { name: 'Path from' });
    await from.focus();
    await page.keyboard.type('/api');
    await expect(page.getByRole('option', { name: /^\/api/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(asked(page).getByText(/^Path: \/api, then .*HttpCacheExtModule, then cachehttp\.dll$/)).toBeVisible();
    await expect(items(page)).toHaveCount(5);
    await page.keyboard.press('Escape');
    await expect(selected(page)).toBeFocused();
    await expect(page.getByRole('region', { name: 'Node' }).getByText(/names C:\\ProgramData/)).toBeVisible();
    await page.keyboard.press('Backspace');
    await expect(asked(page).getByText(/^Path: server, then /)).toBeVisible();
    await page.keyboard.press('Backspace');
    await expect(asked(page)).toHaveCount(0);
    await expect(selected(page)).toBeFocused();
  });

  test('which applications does this DLL see? Following back counts them all', async ({ page }) => {
    await goToNode(page, 'cachehttp.dll');
    await page.keyboard.press('b');
    await expect(asked(page).getByText(/^To cachehttp\.dll lead .*3 applications.*\.$/)).toBeVisible();
    await expect(items(page).filter({ hasText: 'application' }).first()).toBeVisible();
    await page.keyboard.press('Backspace');
    await expect(asked(page)).toHaveCount(0);
    await goToNode(page, PLANTED);
    await page.keyboard.press('f');
    await expect(asked(page).getByText(new RegExp(`^${PLANTED} leads to 1 file and 1 entry point\\.$`))).toBeVisible();
    await expect(items(page)).toHaveCount(3);
    await page.keyboard.press('r');
    await expect(asked(page)).toHaveCount(0);
    expect((await drawnIds(page)).length).toBeGreaterThan(30);
  });

  test('a file opens for what it imports, a group for its members, and both close again', async ({ page }) => {
    const before = await drawnIds(page);
    await goToNode(page, 'cachehttp.dll');
    await page.keyboard.press('e');
    await expect(items(page).filter({ hasText: 'import' }).first()).toBeAttached();
    await expect(page.getByRole('region', { name: 'Node' }).getByText(/imports \d+ names? from /).first()).toBeVisible();
    await page.keyboard.press('c');
    await expect(items(page).filter({ hasText: 'import' })).toHaveCount(0);
    expect(await drawnIds(page)).toEqual(before);
    await goToNode(page, 'stock native modules');
    await page.keyboard.press('Enter');
    await expect(items(page).filter({ hasText: /stock native modules: / }).first()).toBeAttached();
    await page.keyboard.press('c');
    await expect(items(page).filter({ hasText: /stock native modules: / })).toHaveCount(0);
  });

  test('find lists what is folded too, and shows the path to it', async ({ page }) => {
    await page.keyboard.press('/');
    await find(page).fill('StaticFileModule');
    const hits = page.getByRole('list', { name: 'Nodes found' });
    await expect(hits.getByRole('button').first()).toContainText('folded');
    await page.keyboard.press('ArrowDown');
    await expect(hits.getByRole('button').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(asked(page).getByText(/^Path: server, then .*StaticFileModule$/)).toBeVisible();
    await expect(tree(page).getByRole('treeitem', { name: /^StaticFileModule/ })).toBeAttached();
  });

  test('the table can be sorted and copied, and holds exactly what a question left', async ({ page }) => {
    // The page may write to the clipboard and never read it, so the test keeps what is written.
    await page.evaluate(() => { navigator.clipboard.writeText = (text) => { document.body.dataset['copied'] = text; return Promise.resolve(); }; });
    const copied = (): Promise<readonly string[]> => page.evaluate(() => (document.body.dataset['copied'] ?? '').trimEnd().split(/\r?\n/).slice(1));
    await goToNode(page, 'cachehttp.dll');
    await page.keyboard.press('b');
    await expect(asked(page).getByText(/^To cachehttp\.dll lead/)).toBeVisible();
    const ids = await drawnIds(page);
    await page.keyboard.press('T');
    await expect(grid(page, 'Graph nodes')).toBeVisible();
    expect(await rowCount(page, 'Graph nodes')).toBe(ids.length);
    const edges = await rowCount(page, 'Graph edges');
    await grid(page, 'Graph edges').getByRole('columnheader', { name: 'Why' }).getByRole('button').click();
    await expect(grid(page, 'Graph edges').getByRole('columnheader', { name: 'Why' })).toHaveAttribute('aria-sort', 'ascending');
    await page.getByRole('button', { name: 'Copy the nodes as CSV' }).click();
    await expect(page.getByText('The nodes as CSV copied.')).toBeVisible();
    expect((await copied()).map((line) => (line.startsWith('"') ? line.slice(1, line.indexOf('",')) : line.split(',')[0])).sort()).toEqual([...ids].sort());
    await page.getByRole('button', { name: 'Copy the edges as CSV' }).click();
    await expect(page.getByText('The edges as CSV copied.')).toBeVisible();
    expect(await copied()).toHaveLength(edges);
  });

  test('a question is readable in three themes, and axe finds nothing serious', async ({ page }) => {
    await goToNode(page, 'cachehttp.dll');
    await page.keyboard.press('e');
    await page.keyboard.press('b');
    await expect(asked(page).getByText(/^To cachehttp\.dll lead/)).toBeVisible();
    // The answer is fitted into the window anew: its one server lies in the middle of the height.
    const [box, frame] = [await items(page).filter({ hasText: /^serverserver/ }).boundingBox(), await page.locator('.graph-frame').boundingBox()];
    if (box === null || frame === null) throw new Error('the answer is not drawn');
    expect(Math.abs(box.y + box.height / 2 - frame.y - frame.height / 2)).toBeLessThan(40);
    for (const theme of ['dark', 'light', 'contrast']) {
      await page.evaluate((name) => { document.documentElement.dataset['theme'] = name; }, theme);
      await page.screenshot({ path: path.resolve(import.meta.dirname, `../../../test-results/screens/graph-question-${theme}.png`) });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${theme} ${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
    }
  });
});

test('a node that was moved stays there: on other screens, and when the case is opened again', async ({ page, ownCase, start, open }) => {
  const host = await start(ownCase);
  await open(host);
  await waitUntilRead(page);
  await toGraph(page);
  await goToNode(page, PLANTED);
  const id = (await selected(page).getAttribute('data-node')) ?? '';
  const before = await placeOf(page, id);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(selected(page)).toHaveAccessibleName(/pinned/);
  await expect.poll(() => placeOf(page, id)).toEqual({ left: before.left, top: before.top + 24 });
  const other = tree(page).getByRole('treeitem', { name: /^cachehttp\.dll/ });
  const otherId = (await other.getAttribute('data-node')) ?? '';
  const box = await other.boundingBox();
  if (box === null) throw new Error('cachehttp.dll is not drawn');
  const beforeDrag = await placeOf(page, otherId);
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + 80, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => placeOf(page, otherId)).toEqual({ left: beforeDrag.left + 20, top: beforeDrag.top + 60 });
  await page.keyboard.press('+');
  const zoomed = await placeOf(page, id);
  expect(zoomed.left).toBeGreaterThan(before.left);
  await goTo(page, 'Components');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(selected(page)).toBeFocused();
  await expect.poll(() => placeOf(page, id)).toEqual(zoomed);
  await page.goto('about:blank');
  await host.stop();

  const again = await start(ownCase);
  await open(again);
  await waitUntilRead(page);
  await toGraph(page);
  await expect(tree(page).locator(`[data-node="${id}"]`)).toHaveAccessibleName(/pinned/);
  await expect.poll(() => placeOf(page, id)).toEqual({ left: before.left, top: before.top + 24 });
  await goToNode(page, PLANTED);
  await page.keyboard.press('Space');
  await expect(selected(page)).not.toHaveAccessibleName(/pinned/);
  await expect.poll(() => placeOf(page, id)).toEqual(before);
});

test('the drawing is saved as a picture with its text, and as GraphML', async ({ page, ownCase, start, open }) => {
  const host = await start(ownCase);
  await open(host);
  await waitUntilRead(page);
  await toGraph(page);
  const ids = await drawnIds(page);
  for (const [choice, name] of [['Picture of what is drawn (SVG)', 'drawn.svg'], ['What is drawn, as GraphML', 'drawn.graphml']] as const) {
    await page.keyboard.press('S');
    await page.getByRole('dialog', { name: 'Save the graph' }).getByRole('button', { name: choice }).click();
    const file = path.join(path.dirname(ownCase), name);
    const dialog = page.getByRole('dialog', { name: choice });
    await dialog.getByRole('textbox').fill(file);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`Saved as ${file}`)).toBeVisible();
    const text = readFileSync(file, 'utf8');
    if (name.endsWith('.svg')) {
      expect(text.match(/<rect [^>]*fill="#f6f7f9"/g)).toHaveLength(ids.length);
      expect(text).toContain(`>${PLANTED}</text>`);
      expect(text).not.toMatch(/<script|<style|href=/);
    } else expect(text.match(/<node id=/g)).toHaveLength(ids.length);
  }
});
