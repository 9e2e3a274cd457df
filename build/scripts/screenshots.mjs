// Takes the pictures of the README from the sample: `node build/scripts/screenshots.mjs` (Chromium must be there).
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright/test';
import { ensureBuilt } from './build.mjs';
import { touchSample, sampleDir } from './fixtures/make-sample.mjs';
import { smallerPng } from './png.mjs';
import { findChromium } from './tools.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'build/package/screenshots');
const cli = path.join(root, 'dist/electron/cli.js');
const MAX_BYTES = 350_000;

await ensureBuilt('electron');
await ensureBuilt('renderer');
touchSample();
mkdirSync(folder, { recursive: true });
const home = mkdtempSync(path.join(os.tmpdir(), 'iisight-pictures-'));
const file = path.join(home, 'WEB01.iiscase');
const env = { ...process.env, CI: '1', IISIGHT_DATA: home };
execFileSync(process.execPath, [cli, 'triage', path.join(sampleDir, 'evidence'), '--case', file], { env, stdio: 'ignore' });
const host = spawn(process.execPath, [cli, 'serve', file, '--no-open'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const browser = await chromium.launch({ executablePath: process.env.IISIGHT_CHROMIUM ?? findChromium() ?? undefined, args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text'] });
try {
  const url = await new Promise((resolve, reject) => {
    let out = '';
    host.stdout.on('data', (part) => {
      out += String(part);
      const found = /http:\/\/\S+(?=\s)/.exec(out)?.[0];
      if (found !== undefined) resolve(found);
    });
    host.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  await page.goto(url);
  const row = (grid, text) => page.getByRole('grid', { name: grid, exact: true }).getByRole('row').filter({ hasText: text }).first();
  const shoot = async (name) => {
    const target = path.join(folder, `${name}.png`);
    await page.mouse.move(1439, 450);
    const picture = smallerPng(await page.screenshot({ animations: 'disabled' }));
    const size = picture.length;
    writeFileSync(target, picture);
    if (size > MAX_BYTES) throw new Error(`${name}.png has ${size} bytes, more than ${MAX_BYTES}.`);
    process.stdout.write(`${path.relative(root, target)} ${size} bytes\n`);
  };

  await row('Oddities', 'HttpCacheExtModule').waitFor();
  await page.getByText('Log days of Shop').or(page.getByRole('img', { name: 'Log days of Shop' })).first().waitFor();
  await shoot('overview');

  await page.keyboard.press('6');
  await row('Findings', 'HttpCacheExtModule').getByRole('gridcell').first().click();
  await page.getByRole('region', { name: 'Finding' }).getByRole('heading', { level: 2 }).filter({ hasText: 'HttpCacheExtModule' }).waitFor();
  await shoot('findings');

  await page.keyboard.press('4');
  await row('Components', 'HttpCacheExtModule').getByRole('gridcell').first().click();
  await page.getByRole('region', { name: 'Component' }).getByRole('heading', { level: 2 }).filter({ hasText: 'HttpCacheExtModule' }).waitFor();
  await page.getByText('can change what is logged of a request').first().waitFor();
  await shoot('components');

  await page.keyboard.press('6');
  await row('Findings', 'HttpCacheExtModule').waitFor();
  await page.keyboard.press('p');
  await page.getByRole('treeitem', { name: /^HttpCacheExtModule/, selected: true }).waitFor();
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Path (p)', pressed: true }).waitFor();
  await shoot('graph');

  await page.keyboard.press('6');
  await row('Findings', 'HttpCacheExtModule').waitFor();
  await page.keyboard.press('t');
  await page.getByRole('region', { name: 'Event' }).getByText('2026-03-02 14:12:41').first().waitFor();
  await shoot('timeline');
} finally {
  await browser.close();
  host.kill('SIGTERM');
  await new Promise((resolve) => (host.exitCode === null && host.signalCode === null ? host.once('exit', resolve) : resolve(undefined)));
  rmSync(home, { recursive: true, force: true });
}
