// Finds Electron's binary without ever resolving the package `electron`: its index.js would start a download.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How long the one attempt to fetch the binary may take, in milliseconds. */
const PATIENCE = 60_000;

const PLATFORM_PATHS = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * The binary that ELECTRON_OVERRIDE_DIST_PATH or Electron's own path.txt names; null when it is not there.
 * @param {string} root the project's folder
 */
export function findElectron(root, env = process.env, platform = process.platform) {
  const folder = path.join(root, 'node_modules/electron');
  const note = path.join(folder, 'path.txt');
  const named = existsSync(note) ? readFileSync(note, 'utf8').trim() : '';
  const inside = named === '' ? (PLATFORM_PATHS[platform] ?? 'electron') : named;
  const override = env.ELECTRON_OVERRIDE_DIST_PATH ?? '';
  if (override !== '') return present(path.join(override, inside));
  return named === '' ? null : present(path.join(folder, 'dist', named));
}

function present(file) {
  return existsSync(file) ? file : null;
}

/**
 * Lets Electron's own installer fetch the binary, once: a failed attempt is remembered for this version, so that the
 * next start does not wait again.
 * @param {string} root the project's folder
 * @param {(line: string) => void} say
 * @param {{ again?: boolean, patience?: number }} options
 */
export function fetchElectron(root, say, { again = false, patience = PATIENCE } = {}) {
  const folder = path.join(root, 'node_modules/electron');
  const installer = path.join(folder, 'install.js');
  if (!existsSync(installer)) return null;
  const version = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  const memory = path.join(root, 'node_modules/.cache/iisight-electron-attempt.json');
  if (!again && failedBefore(memory, version)) {
    say('Electron is not there and could not be fetched at an earlier start (npm start -- --fetch tries again).');
    return null;
  }
  say(`Electron is not there; fetching it with its own installer, for at most ${patience / 1000} seconds ...`);
  const run = spawnSync(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'pipe'], timeout: patience, killSignal: 'SIGKILL', maxBuffer: 1 << 20 });
  const found = run.status === 0 ? findElectron(root) : null;
  if (found !== null) return found;
  const why = run.signal === null ? lastLine(String(run.stderr ?? '')) : 'it took too long';
  say(`Electron could not be fetched${why === '' ? '' : ` (${why})`}.`);
  // Stopped by the user: that says nothing about the next time.
  if (run.signal === null || run.signal === 'SIGKILL') {
    mkdirSync(path.dirname(memory), { recursive: true });
    writeFileSync(memory, `${JSON.stringify({ version })}\n`);
  }
  return null;
}

function failedBefore(memory, version) {
  try {
    return JSON.parse(readFileSync(memory, 'utf8')).version === version;
  } catch {
    return false;
  }
}

/** The line of a stack trace that says what happened. */
function lastLine(text) {
  const lines = text.split('\n').map((l) => l.trim()).filter((l) => l !== '' && !l.startsWith('at '));
  return (lines.find((l) => /error/i.test(l)) ?? lines[0] ?? '').slice(0, 200);
}
