import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(ROOT, 'dist/electron/cli.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of stderr that are no progress of a reading. */
  readonly said: readonly string[];
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the process as soon as it runs. */
  readonly started?: (child: ChildProcess) => void;
  /** Called with each piece of stderr. */
  readonly heard?: (text: string, child: ChildProcess) => void;
  /** Program and words in front of `node cli.js` (strace, setpriv). */
  readonly under?: readonly string[];
}

/** Builds the command line if it is stale. */
export function buildCli(): void {
  execFileSync(process.execPath, [path.join(ROOT, 'build/scripts/build.mjs'), 'electron'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Runs the built command line to its end. */
export function runCli(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [program = '', ...rest] = [...(options.under ?? []), process.execPath, CLI, ...words];
  const child = spawn(program, rest, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (b: Buffer) => stdout.push(b));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.heard?.(text, child);
  });
  options.started?.(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const said = stderr.split('\n').filter((line) => line !== '' && !/^(Inventory|Configuration and history|Components on disk|Catalogs|IIS logs|Findings)\b/.test(line));
      resolve({ code, stdout: Buffer.concat(stdout).toString('utf8'), stderr, said });
    });
  });
}

/** A folder for one test file's cases and answers. */
export function scratch(): { readonly dir: string; at(...parts: string[]): string; remove(): void } {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'iisight-cli-test-'));
  return { dir, at: (...parts) => path.join(dir, ...parts), remove: () => rmSync(dir, { recursive: true, force: true }) };
}
