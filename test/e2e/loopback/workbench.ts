import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test as base, type Page } from 'playwright/test';

const root = path.resolve(import.meta.dirname, '../../..');
export const SAMPLE = path.join(root, 'test/fixtures/sample/evidence');
const CLI = path.join(root, 'dist/electron/cli.js');

/** A running loopback host and the case that it shows. */
export interface Workbench {
  readonly url: string;
  readonly caseFile: string;
  readonly process: ChildProcess;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

/** Starts `iisight serve` on evidence or a case and waits for its ready line. */
export function serve(target: string, caseFile: string, extra: readonly string[] = []): Promise<Workbench> {
  const child = spawn(process.execPath, [CLI, 'serve', target, '--no-open', ...(target === caseFile ? [] : ['--case', caseFile]), ...extra], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stderr.on('data', (d: Buffer) => (err += d.toString()));
    child.stdout.on('data', (d: Buffer) => {
      out += d.toString();
      const url = /http:\/\/\S+/.exec(out)?.[0];
      if (url !== undefined) resolve({ url, caseFile, process: child, kill: () => kill(child) });
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${err}`)));
  });
}

/** Host and engine both: the engine runs in a group of its own and ends when its channel closes or it is killed. */
function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

interface Fixtures {
  /** A folder for this test's case files. */
  folder: string;
  /** The sample, read to its end and open in the page. */
  sample: Workbench;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are asked for from this pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  sample: async ({ page, folder }, use) => {
    const workbench = await serve(SAMPLE, path.join(folder, 'sample.iiscase'));
    await openPage(page, workbench.url);
    await use(workbench);
    workbench.process.kill('SIGTERM');
  },
});
export { expect };

/** Opens the workbench and waits until reading has ended, as the status bar says. Any request elsewhere fails the test. */
export async function openPage(page: Page, url: string): Promise<void> {
  const origin = new URL(url).origin;
  page.on('request', (r) => expect(new URL(r.url()).origin.replace('ws:', 'http:')).toBe(origin));
  page.on('dialog', (d) => expect(d.message(), 'no dialog of the browser').toBe(''));
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByText(/all evidence read/i)).toBeVisible({ timeout: 60_000 });
}
