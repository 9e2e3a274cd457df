import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, focusedRow, goTo, grid, test, waitUntilRead } from './workbench.ts';

test('the engine process dies: the page says so, the case is opened again and the screens answer', async ({ page, ownCase, start, open }) => {
  const host = await start(ownCase);
  await open(host);
  await waitUntilRead(page);
  await goTo(page, 'Findings');
  await page.keyboard.press('j');
  const row = await focusedRow(page, 'Findings').getByRole('gridcell').nth(1).innerText();
  const [engine, ...others] = host.engines();
  expect(others).toEqual([]);
  process.kill(engine ?? 0, 'SIGKILL');

  const notice = page.getByRole('alert').filter({ hasText: 'The engine process ended (signal SIGKILL)' });
  await expect(notice).toContainText('started again and the case reopened');
  expect(host.engines()).toHaveLength(1);
  expect(host.engines()).not.toContain(engine);
  await expect(focusedRow(page, 'Findings').getByRole('gridcell').nth(1)).toHaveText(row);
  await goTo(page, 'Timeline');
  await expect(grid(page, 'Events').getByRole('row').nth(5)).toContainText('20');
  await goTo(page, 'Components');
  await expect(page.getByRole('region', { name: 'Component' })).toContainText('HttpCacheExtModule');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);
});

test('the host goes away: the page says so and does not pretend', async ({ page, ownCase, start, open, watch, home }) => {
  const file = path.join(home, 'away.iiscase');
  copyFileSync(ownCase, file);
  const host = await start(file);
  await open(host);
  await waitUntilRead(page);
  watch.endOf(host.origin);
  await host.kill();
  await expect(page.getByRole('alert').filter({ hasText: 'Connection lost' })).toBeVisible();
  await page.getByRole('button', { name: 'Find a command' }).click();
  await page.keyboard.press('Escape');
  await goTo(page, 'Problems');
  await expect(page.getByRole('alert').filter({ hasText: 'Connection lost' })).toBeVisible();
});
