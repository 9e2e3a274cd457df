import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test as base, type Locator, type Page } from 'playwright/test';
import { touchSample } from '../../../build/scripts/fixtures/make-sample.mjs';
import { cli, serve, SAMPLE, type Host } from './host.ts';
import { watchPage, type Watch } from './page-watch.ts';

interface Shared {
  /** Folder of this run: data, temporary files and cases. */
  home: string;
  /** A closed case that holds the whole sample. Copy it, never open it. */
  readCase: string;
  /** A host that shows the sample. Tests that use it leave the case as it was. */
  sample: Host;
}
interface Own {
  watch: Watch;
  /** Starts a host for this test alone; it is ended with the test. */
  start: (...words: readonly string[]) => Promise<Host>;
  /** A copy of the read sample case, for this test alone. */
  ownCase: string;
  /** Opens the workbench in the page and waits for its first screen. */
  open: (host: Host) => Promise<void>;
}

export const test = base.extend<Own, Shared>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are asked for from this pattern
  home: [async ({}, use) => {
    // A checkout has its own file times; the story needs those of the server.
    touchSample();
    const home = mkdtempSync(path.join(os.tmpdir(), 'iisight-e2e-'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  }, { scope: 'worker' }],
  readCase: [async ({ home }, use) => {
    const file = path.join(home, 'read.iiscase');
    const result = await cli(home, 'triage', SAMPLE, '--case', file);
    if (result.code !== 0) throw new Error(`triage ended with ${result.code}: ${result.err}`);
    await use(file);
  }, { scope: 'worker', timeout: 120_000 }],
  sample: [async ({ home, readCase }, use) => {
    const file = path.join(home, 'sample.iiscase');
    copyFileSync(readCase, file);
    const host = await serve(home, file);
    await use(host);
    await host.stop();
  }, { scope: 'worker', timeout: 60_000 }],
  watch: [async ({ page }, use) => {
    const watch = await watchPage(page);
    await use(watch);
    expect(watch.faults, 'requests elsewhere, dialogs, errors').toEqual([]);
  }, { auto: true }],
  start: async ({ home }, use) => {
    const hosts: Host[] = [];
    await use(async (...words) => {
      const host = await serve(home, ...words);
      hosts.push(host);
      return host;
    });
    await Promise.all(hosts.map((host) => host.kill()));
  },
  ownCase: async ({ home, readCase }, use) => {
    const folder = mkdtempSync(path.join(home, 'case-'));
    const file = path.join(folder, 'own.iiscase');
    copyFileSync(readCase, file);
    await use(file);
  },
  open: async ({ page, watch }, use) => {
    await use(async (host) => {
      watch.allow(host.origin);
      if (host.cookies.length > 0) await page.context().addCookies([...host.cookies]);
      await page.goto(host.cookies.length > 0 ? host.origin : host.url);
      host.cookies = await page.context().cookies(host.origin);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  },
});
export { expect };

/** Waits until everything has been read, as the Overview and the status bar say. */
export async function waitUntilRead(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'nothing is being read' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/^Partial:/)).toHaveCount(0, { timeout: 60_000 });
  await expect(page.getByRole('grid', { name: 'Oddities' }).getByText('HttpCacheExtModule').first()).toBeVisible();
}

export function grid(page: Page, name: string): Locator {
  return page.getByRole('grid', { name, exact: true });
}

/** The row that has the focus in a grid. */
export function focusedRow(page: Page, name: string): Locator {
  return grid(page, name).getByRole('row', { selected: true });
}

/** Goes down from the first row, by keyboard, until the focused row holds a text. */
export async function stepTo(page: Page, name: string, text: string): Promise<void> {
  await expect(focusedRow(page, name)).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  for (let at = 2; ; at++) {
    await expect(focusedRow(page, name)).toHaveAttribute('aria-rowindex', String(at));
    if ((await focusedRow(page, name).innerText()).includes(text)) return;
    await page.keyboard.press('j');
  }
}

/** Rows of a grid, those out of sight too. */
export async function rowCount(page: Page, name: string): Promise<number> {
  return Number(await grid(page, name).getAttribute('aria-rowcount')) - 1;
}

/** Goes to a screen by its name in the top bar. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: new RegExp(`\\b${name}\\b`) }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** `12 shown of 6 066 events` in the status bar, as numbers. */
export async function tally(page: Page): Promise<{ readonly shown: number; readonly total: number }> {
  const text = await page.getByRole('contentinfo', { name: 'Status' }).getByText(/shown of/).innerText();
  const [shown, total] = text.split('shown of').map((part) => Number(part.replace(/\D/g, '')));
  return { shown: shown ?? -1, total: total ?? -1 };
}

/** Types a filter into the bar of the screen and applies it. */
export async function applyFilter(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Filter' });
  await field.fill(text);
  await field.press('Enter');
}
