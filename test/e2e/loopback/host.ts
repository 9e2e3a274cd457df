import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
export const SAMPLE = path.join(root, 'test/fixtures/sample/evidence');
const CLI = path.join(root, 'dist/electron/cli.js');

/** A running loopback host. */
export interface Host {
  readonly origin: string;
  /** The printed link; its token is good for one browser, see `cookies`. */
  readonly url: string;
  /** Session of the first browser that came, so that a later context of the same run may come in too. */
  cookies: readonly { name: string; value: string; domain: string; path: string; expires: number; httpOnly: boolean; secure: boolean; sameSite: 'Strict' | 'Lax' | 'None' }[];
  readonly process: ChildProcess;
  /** Process ids of its children: the engine. */
  engines(): readonly number[];
  /** Ends it as a user would, and waits for the end. */
  stop(): Promise<void>;
  /** Ends host and engine at once, as a power cut would. */
  kill(): Promise<void>;
}

/** Its data folder and temporary folder are the test's own; no browser is opened. */
function environment(home: string): NodeJS.ProcessEnv {
  const temporary = path.join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return { ...process.env, CI: '1', HOME: home, TMPDIR: temporary, IISIGHT_DATA: path.join(home, 'data') };
}

/** Runs `iisight serve WORDS --no-open` and waits for its ready line. */
export function serve(home: string, ...words: readonly string[]): Promise<Host> {
  const child = spawn(process.execPath, [CLI, 'serve', ...words, '--no-open'], { stdio: ['ignore', 'pipe', 'pipe'], env: environment(home) });
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stderr.on('data', (d: Buffer) => (err += d.toString()));
    child.stdout.on('data', (d: Buffer) => {
      out += d.toString();
      const url = /http:\/\/\S+(?=\s)/.exec(out)?.[0];
      if (url !== undefined) resolve({ origin: new URL(url).origin, url, cookies: [], process: child, engines: () => childrenOf(child.pid), stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') });
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${err}`)));
  });
}

function childrenOf(pid: number | undefined): readonly number[] {
  const { status, stdout, error } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  if (error !== undefined) throw new Error(`pgrep (Debian package procps) is needed to find the engine process: ${error.message}`);
  return status === 0 ? stdout.trim().split('\n').map(Number) : [];
}

/** The engine runs in a group of its own: a killed host cannot take it along, so it is killed by its id. */
function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const engines = signal === 'SIGKILL' ? childrenOf(child.pid) : [];
    child.once('exit', () => resolve());
    child.kill(signal);
    for (const pid of engines) process.kill(pid, 'SIGKILL');
  });
}

/** Runs a command of the CLI to its end; stdout and stderr as text. */
export function cli(home: string, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: environment(home) });
  let out = '';
  let err = '';
  child.stdout.on('data', (d: Buffer) => (out += d.toString()));
  child.stderr.on('data', (d: Buffer) => (err += d.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}
