import path from 'node:path';
import type { Page } from 'playwright/test';
import { hostileEvidence, PAYLOADS } from './hostile-evidence.ts';
import { applyFilter, expect, focusedRow, goTo, grid, rowCount, test } from './workbench.ts';

const EVIL_ELEMENTS = 'img, iframe, object, embed, base, form[action], meta[http-equiv], link[href*="evil"], style, math, svg script, svg animate, [onload], [onerror], [onmouseover], [onfocus], a[href]';

/** Nothing of the evidence has become part of the page, and nothing deceives the eye. */
async function expectOnlyText(page: Page, where: string): Promise<void> {
  const seen = await page.evaluate((evil) => ({
    hits: Number(Reflect.get(window, 'hits') ?? 0),
    elements: [...document.querySelectorAll(evil)].map((e) => e.outerHTML.slice(0, 120)),
    scripts: document.querySelectorAll('script').length,
    raw: /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u00ad]/.exec(`${document.body.innerText}${[...document.querySelectorAll('[title], [aria-label]')].map((e) => `${e.getAttribute('title') ?? ''}${e.getAttribute('aria-label') ?? ''}`).join('')}${document.title}`)?.index ?? -1,
    place: location.pathname,
  }), EVIL_ELEMENTS);
  expect(seen, where).toEqual({ hits: 0, elements: [], scripts: 1, raw: -1, place: '/' });
}

/** Goes through the rows of a list, looking at the detail of each. */
async function walk(page: Page, name: string, most: number): Promise<void> {
  const rows = Math.min(most, await rowCount(page, name));
  expect(rows, name).toBeGreaterThan(0);
  for (let i = 0; i < rows; i++) {
    await page.keyboard.press('j');
    if (i % 6 === 5) await expectOnlyText(page, `${name}, row ${i}`);
  }
  await expectOnlyText(page, name);
}

test('markup, script, links and deceptive characters in evidence are shown as text on every screen', async ({ page, start, open, home }) => {
  test.setTimeout(180_000);
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(40);
  const evidence = await hostileEvidence();
  await page.addInitScript(() => Object.assign(window, { hits: 0, hit: () => Object.assign(window, { hits: Number(Reflect.get(window, 'hits')) + 1 }) }));
  await open(await start(evidence.dir, '--case', path.join(home, 'hostile.iiscase')));
  await expect(page.getByRole('button', { name: 'nothing is being read' })).toBeVisible({ timeout: 60_000 });
  await expect(grid(page, 'Oddities').getByRole('row').nth(1)).toBeVisible();
  await walk(page, 'Oddities', 12);
  await expect(page.getByRole('region', { name: 'Server at a glance' }).getByText('"><script>hit()</script>', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Server at a glance' }).getByText('safe\u2039U+202E\u203Alld.exe', { exact: true })).toBeVisible();

  await goTo(page, 'Intake');
  await expectOnlyText(page, 'Intake');
  await page.getByRole('tab', { name: /Jobs/ }).click();
  await expectOnlyText(page, 'Jobs');

  await goTo(page, 'Timeline');
  await expect(grid(page, 'Events').getByRole('row').nth(1)).toBeVisible();
  await applyFilter(page, 'source:iis-log');
  await expect(focusedRow(page, 'Events')).toContainText('<script>hit()</script>');
  await walk(page, 'Events', PAYLOADS.length);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('=');
  await expectOnlyText(page, 'a term from evidence');
  await applyFilter(page, '"<img src=x onerror=hit()>" -path:"</title><script>hit()</script>"');
  await expectOnlyText(page, 'a hostile filter');
  await applyFilter(page, 'source:iis-log');
  await page.keyboard.press('s');
  for (const field of ['ua', 'uri', 'user', 'referer', 'query']) {
    await page.getByRole('combobox', { name: 'Stack by' }).selectOption(field);
    await expect(grid(page, 'Stack').getByRole('columnheader', { name: `Value of ${field}` })).toBeVisible();
    await expectOnlyText(page, `stack of ${field}`);
  }

  await goTo(page, 'Graph');
  await expect(page.getByRole('main').getByRole('button', { name: 'Table (T)' })).toBeVisible();
  await page.keyboard.press('T');
  await expect(grid(page, 'Graph nodes').getByRole('row').nth(1)).toBeVisible();
  await walk(page, 'Graph nodes', 30);
  await page.keyboard.press('T');
  await expectOnlyText(page, 'Graph');

  await goTo(page, 'Components');
  await walk(page, 'Components', 40);
  await applyFilter(page, 'shopcmp');
  const component = page.getByRole('region', { name: 'Component' });
  await page.keyboard.press('Home');
  await component.getByRole('tab', { name: 'Version' }).click();
  await expect(component.getByText('<img src=x onerror=hit()>')).toBeVisible();
  for (const tab of await component.getByRole('tab').all()) {
    await tab.click();
    await expectOnlyText(page, 'a tab of a component');
  }

  await goTo(page, 'Config');
  const source = page.getByRole('region', { name: 'Source' });
  await expect(source.getByText(/&lt;script&gt;hit\(\)/).first()).toBeVisible();
  for (const list of await page.getByRole('radiogroup', { name: 'List' }).getByRole('radio').all()) {
    await list.click();
    await expectOnlyText(page, 'an effective list');
  }
  await page.getByRole('combobox', { name: 'Application' }).click();
  await expect(page.getByRole('listbox', { name: 'Application' }).getByRole('option').first()).toBeVisible();
  await expectOnlyText(page, 'Applications');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Search' }).click();
  await page.getByRole('textbox', { name: 'Find in all configuration' }).fill('script>');
  await page.keyboard.press('Enter');
  await expect(grid(page, 'Hits').getByRole('row').nth(1)).toBeVisible();
  await expectOnlyText(page, 'Search');
  await page.getByRole('tab', { name: 'Copies and changes' }).click();
  await expectOnlyText(page, 'Copies and changes');

  await goTo(page, 'Findings');
  await walk(page, 'Findings', 30);
  await goTo(page, 'Problems');
  await expectOnlyText(page, 'Problems');

  await goTo(page, 'Notes');
  await page.keyboard.press('a');
  const examination = page.getByRole('dialog', { name: 'Examination' });
  for (const field of ['Case number', 'Examiner', 'Host label']) await examination.getByRole('textbox', { name: field }).fill('<img src=x onerror=hit()>\u202E');
  await examination.getByRole('button', { name: 'Keep' }).click();
  const note = page.getByRole('dialog', { name: 'Note' });
  await note.getByRole('textbox', { name: 'Text' }).fill(PAYLOADS.slice(0, 30).join('\n'));
  await note.getByRole('textbox', { name: 'Tag' }).fill('<script>hit()</script>');
  await note.getByRole('button', { name: 'Write note' }).click();
  await expect(grid(page, 'Notes').getByText('<script>hit()</script>').first()).toBeVisible();
  await expectOnlyText(page, 'Notes');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('script');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectOnlyText(page, 'Palette');
  await page.keyboard.press('Escape');
  await evidence.cleanup();
});
