import { expect, test, type Page } from 'playwright/test';
import { openGenerated } from './generated-host.ts';
import { generatedRows, type Generated } from './generated-rows.ts';

const ROWS = 100_000_000;
const ROW = 22;

// Scroll bars are hidden in a browser without a window unless asked for; here their thumb is dragged.
test.use({ launchOptions: { executablePath: process.env['IISIGHT_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], ignoreDefaultArgs: ['--hide-scrollbars'] } });

const grid = (page: Page) => page.getByRole('grid', { name: 'Events', exact: true });
const focused = (page: Page) => grid(page).getByRole('row', { selected: true });

/** What is on screen: numbers of the rows from top to bottom, and how far each lies below the one before. */
async function inSight(page: Page): Promise<{ readonly rows: readonly number[]; readonly steps: readonly number[]; readonly cut: number }> {
  return grid(page).evaluate((element) => {
    const head = element.querySelector('.grid-head')?.getBoundingClientRect().bottom ?? 0;
    const end = element.getBoundingClientRect().bottom;
    const found = [...element.querySelectorAll<HTMLElement>('.grid-body > [role="row"]')].map((row) => ({ at: Number(row.getAttribute('aria-rowindex')) - 2, text: row.innerText, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > head + 1 && box.top < end - 1).sort((a, b) => a.box.top - b.box.top);
    return {
      rows: found.map(({ at, text }) => (text.includes(`row ${at}`) ? at : -1)),
      steps: found.slice(1).map(({ box }, i) => Math.round((box.top - (found[i]?.box.top ?? 0)) * 10) / 10),
      // How much of the list's room below its head is empty at the top.
      cut: Math.max(0, (found[0]?.box.top ?? 0) - head),
    };
  });
}

/** Every row on screen says its own number, follows the one above, and none is missing. */
async function expectWhole(page: Page): Promise<number> {
  await expect.poll(async () => (await inSight(page)).rows.every((at) => at >= 0)).toBe(true);
  const { rows, steps, cut } = await inSight(page);
  const [first] = rows;
  expect(rows.length).toBeGreaterThan(15);
  expect(rows).toEqual(rows.map((_, i) => (first ?? 0) + i));
  expect([...new Set(steps)]).toEqual([ROW]);
  expect(cut).toBeLessThanOrEqual(ROW);
  return first ?? -1;
}

async function opened(page: Page, delay = 5): Promise<Generated> {
  const generated = generatedRows(ROWS, delay);
  await openGenerated(page, generated.host);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(ROWS + 1));
  await expect(focused(page).getByRole('gridcell').first()).toBeFocused();
  return generated;
}

test('of 100 000 000 rows the last, the first and that of a moment are reached by keyboard', async ({ page }) => {
  await opened(page);
  await page.keyboard.press('G');
  await expect(focused(page)).toContainText(`row ${ROWS - 1}`);
  await expect(focused(page)).toHaveAttribute('aria-rowindex', String(ROWS + 1));
  await expect(focused(page)).toBeInViewport({ ratio: 1 });
  await expectWhole(page);

  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(focused(page)).toContainText(/row 0$/);
  expect(await expectWhole(page)).toBe(0);

  // 24 hours later, and the next bar of the histogram.
  await page.keyboard.press('d');
  await expect(focused(page)).toContainText(/row 864000$/);
  await expectWhole(page);
  await page.keyboard.press(']');
  await expect(focused(page)).toContainText(/row 1728000$/);
  await expectWhole(page);
});

test('rows are right at the edges of pages, one row at a time and by screens', async ({ page }) => {
  await opened(page);
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  for (let days = 0; days < 58; days++) await page.keyboard.press(']');
  // 58 days: row 50 112 000, the first of a page of 200.
  await expect(focused(page)).toContainText(/row 50112000$/);
  for (const [key, by] of [['k', -1], ['k', -1], ['j', 1], ['ArrowDown', 1], ['ArrowDown', 1], ['ArrowUp', -1]] as const) {
    const before = Number(await focused(page).getAttribute('aria-rowindex'));
    await page.keyboard.press(key);
    await expect(focused(page)).toHaveAttribute('aria-rowindex', String(before + by));
    await expect(focused(page)).toContainText(`row ${before + by - 2}`);
    await expect(focused(page)).toBeInViewport({ ratio: 1 });
  }
  await expectWhole(page);
  for (const key of ['PageDown', 'PageDown', 'PageUp', ...Array.from({ length: 20 }, () => 'PageDown')]) {
    const before = Number(await focused(page).getAttribute('aria-rowindex'));
    await page.keyboard.press(key);
    await expect(focused(page)).not.toHaveAttribute('aria-rowindex', String(before));
    await expect(focused(page)).toBeInViewport({ ratio: 1 });
    await expectWhole(page);
  }
});

test('the wheel moves rows, not thousands of them, near the begin, in the middle and at the end', async ({ page }) => {
  await opened(page);
  const box = await grid(page).boundingBox();
  if (box === null) throw new Error('the list is not there');
  for (const keys of [['g', 'g', 'PageDown', 'PageDown', 'PageDown'], ['g', 'g', 'd', 'd', 'd'], ['G', 'PageUp', 'PageUp', 'PageUp']]) {
    for (const key of keys) await page.keyboard.press(key);
    await page.mouse.move(box.x + 200, box.y + 300);
    const before = await expectWhole(page);
    await page.mouse.wheel(0, 3 * ROW);
    await expect.poll(() => expectWhole(page)).toBe(before + 3);
    await page.mouse.wheel(0, -5 * ROW);
    await expect.poll(() => expectWhole(page)).toBe(before - 2);
  }
});

test('dragging the thumb shows the rows there, and asks for no page that was only passed', async ({ page }) => {
  const { pages } = await opened(page, 40);
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  const box = await grid(page).boundingBox();
  if (box === null) throw new Error('the list is not there');
  const width = await grid(page).evaluate((e) => (e as HTMLElement).offsetWidth - e.clientWidth);
  expect(width, 'the scroll bar').toBeGreaterThan(5);
  const x = box.x + box.width - width / 2;
  const asked = pages.all;
  await page.mouse.move(x, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(x, box.y + box.height / 2, { steps: 60 });
  const middle = await expectWhole(page);
  expect(middle).toBeGreaterThan(ROWS * 0.3);
  expect(middle).toBeLessThan(ROWS * 0.7);
  await page.mouse.move(x, box.y + box.height + 60, { steps: 60 });
  await page.mouse.up();
  await expect.poll(async () => (await inSight(page)).rows.at(-1)).toBe(ROWS - 1);
  await expectWhole(page);
  expect(pages.most).toBe(1);
  // Of 120 places that the thumb passed.
  expect(pages.all - asked).toBeLessThan(40);
  // The row that had the focus has it still, and a key leads back to it.
  await page.keyboard.press('j');
  await expect(focused(page)).toContainText(/row 1$/);
  await expect(focused(page)).toBeInViewport({ ratio: 1 });
});
