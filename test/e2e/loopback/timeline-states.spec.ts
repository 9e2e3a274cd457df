import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { fail } from '../../../shared/base/result.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { fakeClient, type FakeHost } from '../../helpers/fake-client.ts';
import { events } from '../../helpers/fake-data.ts';
import { coverage } from '../../helpers/fake-logs.ts';
import { openGenerated } from './generated-host.ts';

const grid = (page: Page, name: string) => page.getByRole('grid', { name, exact: true });
const focused = (page: Page) => grid(page, 'Events').getByRole('row', { selected: true });
const state = (page: Page) => page.getByRole('group', { name: 'State of the list' });
const inputs = (host: FakeHost, name: string): unknown[] => host.asked.filter((a) => a.name === name).map((a) => a.input);
const job = (how: 'running' | 'paused'): Output<'job.list'>['jobs'] => [{ id: 'j2', kind: 'logs', title: 'IIS logs', state: how, done: 380, total: 1000, unit: 'bytes', message: '' }];

async function opened(page: Page, host: FakeHost = fakeClient()): Promise<FakeHost> {
  await openGenerated(page, host);
  await expect(focused(page).getByRole('gridcell').first()).toBeFocused();
  return host;
}

test('lanes say what is read, not read and without a log; what is not read is read first by keyboard', async ({ page }) => {
  const host = await opened(page);
  const lanes = grid(page, 'Lanes');
  await expect(lanes.getByRole('rowheader', { name: /^W web Shop: 38 % read, not read in 1 stretch, no log in 1/ })).toBeVisible();
  await expect(lanes.getByText('no log', { exact: true })).toBeVisible();
  await expect(lanes.getByText('not read', { exact: true })).toBeVisible();
  await expect(lanes.getByRole('gridcell', { name: /The module appears here/ })).toBeVisible();
  await expect(state(page)).toContainText(/MB of logs not read yet: W Shop 38 %/);

  for (const key of ['a', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  await expect(lanes.getByRole('gridcell', { name: /^not read, 2026-02-26 00:00:00 to 2026-02-28 12:00:00, 2 logs: Enter reads this first$/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => inputs(host, 'job.front')).toEqual([{ range: { from: '2026-02-26T00:00:00Z', to: '2026-02-28T12:00:00Z' } }]);
  await expect(state(page)).toContainText('First: 2026-02-26 00:00:00 to 2026-02-28 12:00:00');
  await page.keyboard.press('Escape');
  await expect(focused(page).getByRole('gridcell').first()).toBeFocused();

  // The range that the filter names, by key.
  await page.getByRole('textbox', { name: 'Filter' }).fill('@2026-03-01..2026-03-02');
  await page.keyboard.press('Enter');
  await expect(focused(page).getByRole('gridcell').first()).toBeFocused();
  await page.keyboard.press('f');
  await expect.poll(() => inputs(host, 'job.front').at(-1)).toEqual({ range: { from: '2026-03-01T00:00:00Z', to: '2026-03-03T00:00:00Z' } });
  await state(page).getByRole('button', { name: 'Usual order' }).click();
  await expect.poll(() => inputs(host, 'job.front').at(-1)).toEqual({ range: null });
});

test('rows that come late take no key from a field that was gone to meanwhile', async ({ page }) => {
  const host = fakeClient();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await openGenerated(page, { ...host, request: async (name, input) => {
    if (name === 'timeline.page') await released;
    return host.request(name, input);
  } });
  const field = page.getByRole('textbox', { name: 'Filter' });
  await field.focus();
  await page.keyboard.type('status:');
  release();
  await expect(focused(page)).toBeVisible();
  await page.keyboard.type('200');
  await expect(field).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('status:200');
  await expect(focused(page).getByRole('gridcell').first()).toBeFocused();
});

test('many lanes are folded, those that are not read first', async ({ page }) => {
  const host = fakeClient();
  const [model] = coverage.lanes;
  if (model === undefined) throw new Error('no lane in the data');
  // The sites of the configuration are among them: one of which there is no log would have a lane of its own.
  const configured = ['Default Web Site', 'Shop'];
  host.answer('timeline.coverage', () => ({ ...coverage, lanes: Array.from({ length: 200 }, (_, i) => ({ ...model, site: configured[i] ?? `site ${i}`, read: i === 170 ? 0 : model.bytes })) }));
  await opened(page, host);
  const headers = grid(page, 'Lanes').getByRole('rowheader');
  await expect(headers).toHaveCount(9);
  await expect(headers.filter({ hasText: 'site 170' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: '192 more lanes (L)' })).toBeVisible();
  await page.keyboard.press('L');
  await expect(headers).toHaveCount(201);
  await expect(focused(page)).toBeInViewport();
  await page.keyboard.press('L');
  await expect(headers).toHaveCount(9);
});

test('reading is paused and goes on by key, from the view and from the status bar', async ({ page }) => {
  const host = await opened(page);
  host.emit('job.progress', { jobs: job('running') });
  await page.keyboard.press('P');
  await expect.poll(() => inputs(host, 'job.pause')).toEqual([{ paused: true }]);
  host.emit('job.progress', { jobs: job('paused') });
  await expect(state(page)).toContainText('Reading is paused.');
  await expect(state(page).getByRole('button', { name: 'Continue reading (P)' })).toBeVisible();
  const status = page.getByRole('contentinfo', { name: 'Status' });
  await expect(status.getByRole('button', { name: 'IIS logs paused at 38 %' })).toBeVisible();
  await status.getByRole('button', { name: 'continue (P)' }).click();
  await expect.poll(() => inputs(host, 'job.pause').at(-1)).toEqual({ paused: false });
  host.emit('job.progress', { jobs: job('running') });
  await state(page).getByRole('button', { name: 'Stop reading' }).click();
  await expect.poll(() => inputs(host, 'job.cancel')).toHaveLength(1);
});

test('rows that come in move nothing: the line tells of them, R takes them, and the row keeps the focus', async ({ page }) => {
  const host = fakeClient();
  let list = events.slice(100);
  host.answer('timeline.page', ({ offset, limit }) => ({ revision: 1, partial: true, events: list.slice(offset, offset + limit), shown: list.length, total: list.length, offset }));
  host.answer('timeline.locate', ({ event, time }) => {
    const at = list.findIndex((e) => (event === undefined ? (e.time ?? '') >= (time ?? '') : e.id === event));
    return { offset: at < 0 ? null : at };
  });
  await opened(page, host);
  await expect(state(page)).toContainText(/Counting: at least 3\s902 events/);
  const id = await focused(page).getAttribute('data-row');
  const index = Number(await focused(page).getAttribute('aria-rowindex'));
  host.asked.length = 0;
  list = [...events];
  // As an ingest tells of its progress: many times, for a while.
  for (let i = 0; i < 60; i++) {
    host.emit('case.changed', { revision: 10 + i });
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await expect(state(page)).toContainText('+100 newer rows');
  await expect(focused(page)).toHaveAttribute('data-row', id ?? '');
  await expect(focused(page)).toHaveAttribute('aria-rowindex', String(index));
  expect(inputs(host, 'timeline.page').length).toBeLessThan(10);
  expect(inputs(host, 'timeline.histogram')).toEqual([]);
  expect(inputs(host, 'timeline.stack')).toEqual([]);

  await page.keyboard.press('R');
  await expect(grid(page, 'Events')).toHaveAttribute('aria-rowcount', String(events.length + 1));
  await expect(focused(page)).toHaveAttribute('data-row', id ?? '');
  await expect(focused(page)).toHaveAttribute('aria-rowindex', String(index + 100));
  await expect(focused(page).getByRole('gridcell').first()).toBeFocused();
  await expect(page.getByText('newer rows')).toHaveCount(0);
});

test('an empty list says which term empties it, and Delete drops that one', async ({ page }) => {
  await opened(page);
  await page.getByRole('textbox', { name: 'Filter' }).fill('source:iis-log method:POST status:999');
  await page.keyboard.press('Enter');
  const why = page.getByRole('list', { name: 'What empties the list' });
  await expect(why.getByRole('listitem')).toHaveCount(1);
  await expect(why).toContainText(/Without status:999: 8\d\d events/);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue('source:iis-log method:POST');
  await expect(focused(page)).toContainText('POST');
});

test('what the host refuses is told in its words', async ({ page }) => {
  const host = fakeClient();
  await opened(page, host);
  host.answer('timeline.page', () => fail('unavailable', 'The index of this case is damaged: events.duckdb, block 17.'));
  await page.getByRole('textbox', { name: 'Filter' }).fill('method:POST');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The index of this case is damaged: events.duckdb, block 17. R asks again');
  await expect(grid(page, 'Events')).toContainText('The list could not be asked for.');
});

test('who would have served a request: reason, handler, modules, each with its place', async ({ page }) => {
  await opened(page);
  await page.getByRole('textbox', { name: 'Filter' }).fill('source:iis-log');
  await page.keyboard.press('Enter');
  const serving = page.getByRole('region', { name: 'Who would have served this' });
  await expect(serving.getByRole('list', { name: 'What this takes for granted' })).toContainText('Assumed: the configuration was the same then');
  await expect(serving).toContainText('PageHandlerFactory-Integrated-4.0');
  await serving.getByText('2 modules see it, of unknown origin: HttpCacheExt').click();
  await serving.getByRole('button', { name: 'HttpCacheExt' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Components' })).toBeVisible();
});

for (const theme of ['dark', 'light', 'contrast'] as const) {
  test(`each mode in the ${theme} theme has no grave fault of accessibility and fits a small window`, async ({ page }) => {
    test.setTimeout(120_000);
    await opened(page);
    await page.keyboard.press('Control+,');
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await page.keyboard.press('Escape');
    for (const mode of ['counts', 'stack', 'list', 'story']) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.getByRole('radio', { name: new RegExp(`${mode === 'story' ? 'story' : mode}`) }).click();
      await expect(page.locator('.view [role="gridcell"][tabindex="0"]').last()).toBeVisible();
      await page.screenshot({ path: `test-results/screens/timeline-lanes-${mode}-${theme}.png`, animations: 'disabled' });
      const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'], iframes: false }).analyze();
      expect.soft(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.failureSummary ?? ''}`).join(' | ')}`), `${mode} ${theme}`).toEqual([]);
      if (theme !== 'dark') continue;
      for (const [width, height] of [[1024, 700], [720, 450]] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: `test-results/screens/timeline-lanes-${mode}-${width}.png`, animations: 'disabled' });
        expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${mode} ${width}`).toBeLessThanOrEqual(0);
      }
    }
  });
}
