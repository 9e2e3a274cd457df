import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SAMPLE } from './host.ts';
import { expect, focusedRow, grid, stepTo, test, waitUntilRead } from './workbench.ts';

const CONFIG = 'C/Windows/System32/inetsrv/config/applicationHost.config';

test('the evidence is read, and the Overview names the planted module', async ({ page, start, open, home }) => {
  const host = await start(SAMPLE, '--case', path.join(home, 'fresh.iiscase'));
  await open(host);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await waitUntilRead(page);
  await expect(grid(page, 'Oddities').getByRole('row').nth(1)).toContainText('High');
  const planted = grid(page, 'Oddities').getByRole('row').filter({ hasText: 'HttpCacheExtModule' }).first();
  await expect(planted).toContainText('High');
  await expect(planted).toContainText('2026-03-02 14:12:41');
  const server = page.getByRole('region', { name: 'Server at a glance' });
  await expect(server.getByText('Default Web Site', { exact: true })).toBeVisible();
  await expect(server.getByText('Shop', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'evidence read-only' })).toBeVisible();
});

test('from a finding to the line of the registration in two keys', async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
  await stepTo(page, 'Oddities', 'HttpCacheExtModule');
  const title = await focusedRow(page, 'Oddities').getByRole('gridcell').nth(1).innerText();

  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'Finding' });
  await expect(detail.getByRole('heading', { level: 2 })).toHaveText(title);
  const ref = await detail.getByRole('list', { name: 'Evidence' }).getByRole('button').first().innerText();
  const line = Number(/^applicationHost\.config line (\d+)$/.exec(ref)?.[1]);
  expect(line).toBeGreaterThan(0);

  await page.keyboard.press('Enter');
  const source = page.getByRole('region', { name: 'Source' });
  const marked = source.locator('[aria-current="true"]');
  await expect(marked).toBeInViewport();
  await expect(marked).toHaveAttribute('aria-posinset', String(line));
  const inFile = readFileSync(path.join(SAMPLE, CONFIG), 'utf8').split(/\r?\n/)[line - 1] ?? '';
  expect(inFile).toContain('name="HttpCacheExtModule"');
  await expect(marked).toContainText(inFile.trim());
  await expect(source.getByText(`line ${line} of`)).toBeVisible();
});

test('every finding leads to a line or bytes that exist', async ({ page, sample, open }) => {
  await open(sample);
  await waitUntilRead(page);
  await page.keyboard.press('6');
  const findings = Number(await grid(page, 'Findings').getAttribute('aria-rowcount')) - 1;
  expect(findings).toBeGreaterThan(10);
  for (let row = 0; row < findings; row++) {
    const title = await focusedRow(page, 'Findings').getByRole('gridcell').nth(1).innerText();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Source' }).locator('[aria-current="true"]'), title).toBeInViewport();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(focusedRow(page, 'Findings').getByRole('gridcell').nth(1)).toHaveText(title);
    await page.keyboard.press('j');
  }
});

test('a link is good for one browser only, and a page without the session is refused', async ({ sample, open, browser }) => {
  await open(sample);
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  expect((await page.goto(sample.origin))?.status()).toBe(403);
  expect((await page.goto(sample.url))?.status()).toBe(403);
  await stranger.close();
});
