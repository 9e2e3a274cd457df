import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright/test';
import { hostileEvidence } from './hostile-evidence.ts';
import { expect, goTo, grid, test, waitUntilRead } from './workbench.ts';

/** Answers the page's own save dialog. */
async function saveAs(page: Page, file: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('textbox').first();
  // The folder is listed first; what is typed then stays.
  await expect(field).not.toHaveValue('');
  await field.fill(file);
  await dialog.getByRole('button', { name: 'Write', exact: true }).click();
}

const preview = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('region', { name: 'Preview' });

test('the report is looked at part by part and written by keyboard; what is there is replaced only with leave', async ({ page, ownCase, start, open, home }) => {
  await open(await start(ownCase));
  await waitUntilRead(page);
  await page.keyboard.press('0');
  await expect(page.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible();
  await expect(preview(page).getByRole('heading', { level: 2, name: 'Report on IIS components' })).toBeVisible();
  await page.keyboard.press(']');
  await expect(preview(page).getByRole('heading', { level: 2, name: 'Summary' })).toBeVisible();
  await expect(preview(page).getByText('HttpCacheExtModule').first()).toBeVisible();
  await page.keyboard.press('[');
  await page.getByRole('navigation', { name: 'Parts of the report' }).getByRole('button', { name: /Custody/ }).click();
  await expect(preview(page).getByText('Fingerprint over names and sizes')).toBeVisible();

  const html = path.join(home, 'own.html');
  await page.keyboard.press('h');
  await saveAs(page, html);
  await expect(page.getByText(/Written to .*own\.html/)).toBeVisible();
  const first = readFileSync(html, 'utf8');
  expect(first).toContain('HttpCacheExtModule');
  await page.keyboard.press('h');
  await saveAs(page, html);
  await page.getByRole('dialog', { name: 'Replace the file?' }).getByRole('button', { name: 'Replace it' }).click();
  await expect(page.getByText(/Written to .*own\.html/)).toHaveCount(2);
  expect(readFileSync(html, 'utf8')).toBe(first);

  for (const [key, name] of [['m', 'own.md'], ['c', 'own.csv'], ['t', 'own.jsonl'], ['s', 'own.stix.json'], ['g', 'own.graphml'], ['e', 'own.sha256']] as const) {
    await page.keyboard.press(key);
    await saveAs(page, path.join(home, name));
    await expect(page.getByText(new RegExp(`Written to .*${name.replaceAll('.', '\\.')}`))).toBeVisible();
    expect(statSync(path.join(home, name)).size).toBeGreaterThan(100);
  }
  await page.keyboard.press('z');
  await page.getByRole('dialog', { name: 'Which file is handed over?' }).getByRole('button', { name: /cachehttp\.dll/ }).click();
  await page.getByRole('dialog', { name: 'Password of the zip' }).getByRole('button', { name: 'Go on' }).click();
  await saveAs(page, path.join(home, 'own.zip'));
  await expect(page.getByText(/Written to .*own\.zip/)).toBeVisible();
  expect(readFileSync(path.join(home, 'own.zip')).subarray(0, 2).toString('latin1')).toBe('PK');
});

test('the browser prints all parts, on light paper, and the screen is as before', async ({ page, ownCase, start, open }) => {
  await open(await start(ownCase));
  await waitUntilRead(page);
  await goTo(page, 'Report');
  await expect(preview(page).getByRole('heading', { level: 2 })).toHaveCount(1);
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'dark';
    // What a browser does around its own dialog, and what it would have printed.
    window.print = () => {
      window.dispatchEvent(new Event('beforeprint'));
      Object.assign(window, { printed: { parts: document.querySelectorAll('.report-section').length, theme: document.documentElement.dataset['theme'] } });
      window.dispatchEvent(new Event('afterprint'));
    };
  });
  await page.keyboard.press('p');
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'printed') as unknown)).toEqual({ parts: 10, theme: 'light' });
  await expect(preview(page).getByRole('heading', { level: 2 })).toHaveCount(1);
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
});

test('a free note with a moment of its own stands in the case timeline of the report, and its edits are kept', async ({ page, ownCase, start, open }) => {
  await open(await start(ownCase));
  await waitUntilRead(page);
  await goTo(page, 'Notes');
  await page.keyboard.press('a');
  const examination = page.getByRole('dialog', { name: 'Examination' });
  for (const [name, value] of [['Case number', '2026-17'], ['Examiner', 'A. Examiner'], ['Host label', 'WEB01']] as const) await examination.getByRole('textbox', { name }).fill(value);
  await examination.getByRole('button', { name: 'Keep' }).click();
  const note = page.getByRole('dialog', { name: 'Note', exact: true });
  await note.getByRole('textbox', { name: 'Text' }).fill('Interview with the operator');
  await note.getByRole('textbox', { name: /Moment/ }).fill('yesterday');
  await note.getByRole('button', { name: 'Write note' }).click();
  await expect(note.getByRole('alert')).toHaveText('This is not a moment.');
  await note.getByRole('textbox', { name: /Moment/ }).fill('2026-03-05 10:00+01:00');
  await note.getByRole('button', { name: 'Write note' }).click();
  await expect(grid(page, 'Notes').getByText('2026-03-05T09:00:00Z').or(grid(page, 'Notes').getByText(/2026-03-05.09:00:00/)).first()).toBeVisible();
  await page.keyboard.press('c');
  const edit = page.getByRole('dialog', { name: 'Edit note' });
  await edit.getByRole('textbox', { name: /Moment/ }).fill('2026-03-05T09:30:00Z');
  await edit.getByRole('button', { name: 'Write note' }).click();
  await expect(page.getByRole('list', { name: 'History of edits' })).toContainText('09:00:00');
  await page.keyboard.press('0');
  await page.getByRole('navigation', { name: 'Parts of the report' }).getByRole('button', { name: /Case timeline/ }).click();
  const row = preview(page).getByRole('row', { name: /Interview with the operator/ });
  await expect(row).toContainText('2026-03-05T09:30:00Z');
  await expect(row).toContainText('revision 2');
});

test('hostile evidence stays text in the preview and in the written report', async ({ page, start, open, home, watch }) => {
  test.setTimeout(120_000);
  const evidence = await hostileEvidence();
  await page.addInitScript(() => Object.assign(window, { hits: 0, hit: () => Object.assign(window, { hits: Number(Reflect.get(window, 'hits')) + 1 }) }));
  await open(await start(evidence.dir, '--case', path.join(home, 'hostile-report.iiscase')));
  await expect(page.getByRole('button', { name: 'nothing is being read' })).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Report');
  await expect(preview(page).getByRole('heading', { level: 2 })).toBeVisible();
  for (let part = 1; part < 10; part++) {
    await page.keyboard.press(']');
    await expect(page.getByRole('navigation', { name: 'Parts of the report' }).getByRole('button', { name: new RegExp(`^${part}\\.`) })).toHaveAttribute('aria-current', 'true');
    expect(await page.evaluate(() => [Reflect.get(window, 'hits'), document.querySelectorAll('img, iframe, object, embed, svg script, a[href], [onload], [onerror]').length])).toEqual([0, 0]);
  }
  const html = path.join(home, 'hostile.html');
  await page.keyboard.press('h');
  await saveAs(page, html);
  await expect(page.getByText(/Written to .*hostile\.html/)).toBeVisible();
  // The report may load itself and nothing else; every refusal, dialog and error is written down by the watch.
  watch.allow('null');
  await page.goto(pathToFileURL(html).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('<script>hit()</script>', { exact: true }).first()).toBeVisible();
  const seen = await page.evaluate(() => ({
    hits: Number(Reflect.get(window, 'hits')), evil: document.querySelectorAll('script, img, iframe, object, embed, base, form, link, math, svg, [onload], [onerror], [onmouseover], [style]').length,
    outside: [...document.querySelectorAll('a')].filter((a) => !(a.getAttribute('href') ?? '').startsWith('#')).length,
    raw: /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u00ad]/.test(document.documentElement.outerHTML), border: getComputedStyle(document.querySelector('th') as Element).borderTopStyle,
  }));
  // The style sheet took effect: the policy allows it, and nothing else.
  expect(seen).toEqual({ hits: 0, evil: 0, outside: 0, raw: false, border: 'solid' });
  await evidence.cleanup();
});
