// First paint of a saved case with a million events against the same with a hundred thousand: it must not grow with the case.
// Then: keys on the Timeline while a log is read (keys.mjs). `bench.mjs keys` or `bench.mjs open` does one of the two.
// From the start of `iisight serve CASE` to the first rows of Overview in Chromium; median of 7 interleaved runs.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from '../../../build/scripts/tools.mjs';
import { generateLog } from '../logs/generate.mjs';
import { measureKeys } from './keys.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const cli = path.join(root, 'dist/electron/cli.js');
const RUNS = 7;
const MOST = 1.5;
/** Bytes of a generated line, about. */
const LINE = 215;

const work = mkdtempSync(path.join(os.tmpdir(), 'iisight-paint-'));
const env = { ...process.env, IISIGHT_DATA: work, CI: '1' };

function makeCase(name, events) {
  const evidence = path.join(work, name);
  cpSync(path.join(root, 'test/fixtures/sample/evidence'), evidence, { recursive: true, preserveTimestamps: true });
  const logs = path.join(evidence, 'C/inetpub/logs/LogFiles/W3SVC1');
  mkdirSync(logs, { recursive: true });
  generateLog(path.join(logs, 'u_ex250101.log'), events * LINE);
  const file = path.join(work, `${name}.iiscase`);
  const run = spawnSync(process.execPath, [cli, 'triage', evidence, '--case', file], { env, stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`triage ended with ${run.status}`);
  return { file, events: Number(/timeline: (\d+)/.exec(run.stdout)?.[1]) };
}

/** Starts `iisight serve`. @returns its link, and a way to end it and wait for the end */
async function serve(...words) {
  const child = spawn(process.execPath, [cli, 'serve', ...words, '--no-open'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (d) => {
      out += d;
      const found = /http:\/\/\S+/.exec(out)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error('serve ended')));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstPaint(browser, file) {
  const begun = performance.now();
  const host = await serve(file);
  try {
    const page = await browser.newPage();
    await page.goto(host.url);
    await page.getByRole('gridcell', { name: /HttpCacheExtModule/ }).first().waitFor();
    const seconds = (performance.now() - begun) / 1000;
    await page.close();
    return seconds;
  } finally {
    await host.stop();
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measureOpening(browser) {
  const small = makeCase('small', 100_000);
  const large = makeCase('large', 1_000_000);
  await firstPaint(browser, small.file);
  const times = { small: [], large: [] };
  for (let i = 0; i < RUNS; i++) {
    times.small.push(await firstPaint(browser, small.file));
    times.large.push(await firstPaint(browser, large.file));
  }
  const [s, l] = [median(times.small), median(times.large)];
  console.log(`first paint: ${small.events} events ${s.toFixed(2)} s, ${large.events} events ${l.toFixed(2)} s (median of ${RUNS})`);
  console.log(`ratio = ${(l / s).toFixed(2)} (target: at most ${MOST})`);
  return { ok: l / s <= MOST };
}

try {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic', '--no-first-run'] });
  const only = process.argv[2];
  if (only !== 'keys' && !(await measureOpening(browser)).ok) process.exitCode = 1;
  if (only !== 'open' && !(await measureKeys(browser, root, work, serve)).ok) process.exitCode = 1;
  await browser.close();
} finally {
  rmSync(work, { recursive: true, force: true });
}
