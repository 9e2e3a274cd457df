// npm start: the desktop program where Electron's binary is there, else the same page in the browser. Without a case or
// evidence it opens the bundled sample.
// Usage: npm start [-- [CASE|EVIDENCE] [--offline] [--fetch] [--browser] [--no-open] [--port N]]
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { fetchElectron, findElectron } from './electron-binary.mjs';
import { touchSample } from './fixtures/make-sample.mjs';
import { ensureInstalled } from './install.mjs';
import { sampleCase } from './sample-case.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'dist/electron/cli.js');
/** A desktop program that ends with an error within this time could not start here, in milliseconds. */
const STILLBORN = 15_000;

const say = (line) => process.stderr.write(`${line}\n`);
const state = { told: false, child: null };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    state.told = true;
    if (state.child === null) process.exit(0);
    state.child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  });
}

/** Runs a program to its end; gives its exit code, 0 when it was we who were told to end. */
function run(program, words, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'inherit', cwd: root, ...options });
    state.child = child;
    child.on('error', (error) => {
      say(error.message);
      resolve(1);
    });
    child.on('exit', (code) => {
      state.child = null;
      if (state.told) process.exit(0);
      resolve(code ?? 1);
    });
  });
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { offline: { type: 'boolean' }, fetch: { type: 'boolean' }, browser: { type: 'boolean' }, 'no-open': { type: 'boolean' }, port: { type: 'string' } },
  });
  if (positionals.length > 1) throw new Error('Give at most one case or evidence.');
  return { ...values, target: positionals[0] === undefined ? null : path.resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]) };
}

/** Electron's binary if it can be used here; says why not. */
function electronHere({ offline, fetch, browser }) {
  if (browser) return null;
  if (offline || (process.env.CI ?? '') !== '') {
    const there = findElectron(root);
    if (there === null) say('Electron is not there.');
    return withScreen(there);
  }
  return withScreen(findElectron(root) ?? fetchElectron(root, say, { again: fetch }));
}

/** A binary is of use only where there is a screen to show a window on. */
function withScreen(binary) {
  const screen = process.platform !== 'linux' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  if (binary !== null && !screen) say('Electron is there, but this session has no screen.');
  return screen ? binary : null;
}

async function startSample() {
  touchSample();
  const sample = path.join(root, 'test/fixtures/sample/evidence');
  say('The bundled sample: a synthetic server that somebody broke into.');
  return sampleCase((file) => run(process.execPath, [cli, 'triage', sample, '--case', file]));
}

async function main() {
  const given = options();
  await ensureInstalled();
  await ensureBuilt('electron');
  await ensureBuilt('renderer');
  const target = given.target ?? (await startSample());
  const words = target === null ? [] : [target];
  const electron = electronHere(given);
  if (electron !== null) {
    // With this set, Electron would be a plain Node.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'));
    const began = performance.now();
    const code = await run(electron, [root, ...words], { env });
    if (code === 0 || performance.now() - began > STILLBORN) return code;
    say(`Electron ended at once with code ${code}.`);
  }
  say('The workbench runs in the browser instead: the same page, on this computer only.');
  return run(process.execPath, [cli, 'serve', ...words, ...(given['no-open'] ? ['--no-open'] : []), ...(given.port === undefined ? [] : ['--port', given.port])]);
}

process.exitCode = await main().catch((error) => {
  say(`iisight: ${error.message}`);
  return 2;
});
