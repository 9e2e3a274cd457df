import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { expect, focusedRow, goTo, grid, rowCount, stepTo, test, waitUntilRead } from './workbench.ts';

async function giveExamination(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Examination' });
  await dialog.getByRole('textbox', { name: 'Case number' }).fill('2026-17');
  await dialog.getByRole('textbox', { name: 'Examiner' }).fill('A. Examiner');
  await dialog.getByRole('textbox', { name: 'Host label' }).fill('WEB01');
  await dialog.getByRole('button', { name: 'Keep' }).click();
}

async function writeNote(page: Page, text: string, tag: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Note' });
  await dialog.getByRole('textbox', { name: 'Text' }).fill(text);
  await dialog.getByRole('textbox', { name: 'Tag' }).fill(tag);
  await dialog.getByRole('button', { name: 'Write note' }).click();
}

const written = (page: Page) => page.getByRole('status').getByText('Note written to the case file.');

test('a note that the screen calls written is in the case file alone, whatever happens next', async ({ page, ownCase, start, open, home, watch }) => {
  const host = await start(ownCase);
  await open(host);
  await waitUntilRead(page);
  await goTo(page, 'Findings');
  await stepTo(page, 'Findings', 'HttpCacheExtModule');
  const finding = await focusedRow(page, 'Findings').getByRole('gridcell').nth(1).innerText();
  await page.keyboard.press('Space');
  await giveExamination(page);
  await writeNote(page, 'Planted on 2 March\nsee the log of Shop', 'install');
  await expect(written(page)).toBeVisible();
  watch.endOf(host.origin);
  await host.kill();

  const elsewhere = path.join(home, 'carried-away');
  mkdirSync(elsewhere);
  const copy = path.join(elsewhere, 'copy.iiscase');
  copyFileSync(ownCase, copy);
  expect(readdirSync(elsewhere)).toEqual(['copy.iiscase']);
  await open(await start(copy));
  await goTo(page, 'Notes');
  await expect(focusedRow(page, 'Notes')).toContainText('Planted on 2 March');
  const note = page.getByRole('region', { name: 'Note' });
  await expect(note.getByText('see the log of Shop')).toBeVisible();
  for (const value of ['2026-17', 'A. Examiner', 'WEB01']) await expect(note.getByText(value, { exact: true })).toBeVisible();
  await note.getByRole('list', { name: 'Evidence' }).getByRole('button', { name: 'applicationHost.config line 252' }).click();
  await expect(page.getByRole('region', { name: 'Source' }).locator('[aria-current="true"]')).toContainText('HttpCacheExtModule');
  expect(finding).toContain('HttpCacheExtModule');
});

test('the examination is asked for once; notes are edited with their history, cancelled ones leave nothing', async ({ page, ownCase, start, open }) => {
  await open(await start(ownCase));
  await waitUntilRead(page);
  await goTo(page, 'Notes');
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog', { name: 'Examination' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('a');
  await giveExamination(page);
  await writeNote(page, 'The client called at 9', 'call');
  await expect(grid(page, 'Notes').getByText('The client called at 9')).toBeVisible();

  await goTo(page, 'Timeline');
  await expect(focusedRow(page, 'Events')).toContainText('20');
  await page.keyboard.press('Space');
  await writeNote(page, 'First trace', 'begin');
  await goTo(page, 'Notes');
  await expect.poll(() => rowCount(page, 'Notes')).toBe(2);
  await grid(page, 'Notes').getByText('The client called at 9').click();
  await page.keyboard.press('c');
  const edit = page.getByRole('dialog', { name: 'Edit note' });
  await edit.getByRole('textbox', { name: 'Text' }).fill('The client called at 10');
  await edit.getByRole('button', { name: 'Write note' }).click();
  await expect(page.getByRole('region', { name: 'Note' }).getByText('The client called at 10')).toBeVisible();
  await expect(page.getByRole('list', { name: 'History of edits' })).toContainText('The client called at 9');
  await page.keyboard.press('c');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Delete');
  await page.getByRole('dialog', { name: 'Delete this note?' }).getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => rowCount(page, 'Notes')).toBe(1);
  await goTo(page, 'Timeline');
  await page.getByRole('radio', { name: /story/ }).click();
  await expect(grid(page, 'Story').getByText('First trace')).toBeVisible();
});

test('a finding is accepted into the notes, or ignored with a reason and opened again', async ({ page, ownCase, start, open }) => {
  await open(await start(ownCase));
  await waitUntilRead(page);
  await goTo(page, 'Findings');
  const detail = page.getByRole('region', { name: 'Finding' });
  const decision = focusedRow(page, 'Findings').getByRole('gridcell').last();
  await stepTo(page, 'Findings', 'HttpCacheExtModule');
  await page.keyboard.press('a');
  await giveExamination(page);
  await expect(decision).toHaveText('accepted');
  await expect(detail.getByText(/Accepted into notes by/)).toContainText('A. Examiner');
  await page.keyboard.press('j');
  const ignored = await focusedRow(page, 'Findings').getByRole('gridcell').nth(1).innerText();
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: 'Ignore this finding' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the vendor confirms it');
  await dialog.getByRole('button', { name: 'Ignore' }).click();
  await expect(decision).toHaveText('ignored');
  await expect(detail.getByText('the vendor confirms it')).toBeVisible();

  await goTo(page, 'Overview');
  await expect(grid(page, 'Oddities').getByRole('row').nth(1)).toBeVisible();
  await expect(grid(page, 'Oddities').getByText(ignored, { exact: true })).toHaveCount(0);
  await goTo(page, 'Findings');
  await expect(decision).toHaveText('ignored');
  await page.keyboard.press('u');
  await expect(decision).toHaveText('');
  await goTo(page, 'Notes');
  await expect(grid(page, 'Notes').getByText(/HttpCacheExtModule/).first()).toBeVisible();
});
