import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { expect, goTo, grid, test, waitUntilRead } from './workbench.ts';

/** Types a path into the page's own dialog and takes it. */
async function pick(page: Page, title: string, action: string, file: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByRole('textbox').first().fill(file);
  await dialog.getByRole('button', { name: action, exact: true }).click();
}

test('lists are added, tell what they met and are taken away again', async ({ page, ownCase, start, open, home }) => {
  const indicators = path.join(home, 'list.csv');
  writeFileSync(indicators, 'kind,value,note\nmodule-name,HttpCacheExtModule,seen on another server\nsha256,nonsense,\n');
  const rules = path.join(home, 'rules.yar');
  writeFileSync(rules, 'rule ModuleCode { strings: $a = "RegisterModule" condition: $a }\n');
  await open(await start(ownCase));
  await waitUntilRead(page);
  await goTo(page, 'Intake');
  await page.getByRole('tab', { name: /^Lists/ }).click();
  await page.getByRole('button', { name: 'Add indicators...' }).click();
  await pick(page, 'A list of indicators (CSV, text or STIX 2.1)', 'Add to the case', indicators);
  const lists = grid(page, 'Lists of the analyst');
  await expect(lists.getByRole('row').filter({ hasText: 'list.csv' }).getByRole('gridcell', { name: 'applied', exact: true })).toBeVisible();
  const hits = grid(page, 'Hits of list.csv');
  await expect(hits.getByRole('row').filter({ hasText: 'HttpCacheExtModule' })).toContainText('line 2');
  await expect(hits.getByRole('row').filter({ hasText: 'Line 3' })).toContainText('unread');

  await page.getByRole('button', { name: 'Add YARA file...' }).click();
  await pick(page, 'YARA rules', 'Add to the case', rules);
  await page.getByRole('dialog', { name: 'What searches for the rules?' }).getByRole('button', { name: 'The built-in engine' }).click();
  await expect(lists.getByRole('row').filter({ hasText: 'rules.yar' })).toContainText(/files searched/);
  await lists.getByRole('row').filter({ hasText: 'rules.yar' }).getByRole('gridcell').nth(1).click();
  await expect(grid(page, 'Hits of rules.yar').getByRole('row').filter({ hasText: 'ModuleCode' }).first()).toBeVisible();
  if (process.env['IISIGHT_LOOK'] !== undefined) await page.screenshot({ path: `${process.env['IISIGHT_LOOK']}/lists.png` });

  await lists.getByRole('row').filter({ hasText: 'list.csv' }).getByRole('gridcell').nth(1).click();
  await hits.getByRole('row').filter({ hasText: 'HttpCacheExtModule' }).getByRole('gridcell').nth(1).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Source' }).locator('[aria-current="true"]')).toContainText('HttpCacheExtModule');

  await goTo(page, 'Intake');
  await page.getByRole('tab', { name: /^Lists/ }).click();
  await lists.getByRole('row').filter({ hasText: 'list.csv' }).getByRole('gridcell').nth(1).click();
  await page.getByRole('button', { name: 'Remove list...' }).click();
  await page.getByRole('dialog', { name: 'Remove list.csv?' }).getByRole('button', { name: 'Remove it' }).click();
  await expect(lists.getByRole('row').filter({ hasText: 'list.csv' })).toHaveCount(0);
});
