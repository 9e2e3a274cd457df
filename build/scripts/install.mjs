// Installs the locked packages when they are not there or not those of the lock file.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePlatformPackages } from './platform-packages.mjs';

const root = path.resolve(import.meta.dirname, '../..');

export async function ensureInstalled() {
  const stamp = path.join(root, 'node_modules/.iisight-lock');
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (!existsSync(stamp) && sameVersions(lock)) {
    ensurePlatformPackages(root);
    return writeFileSync(stamp, lock);
  }
  process.stderr.write('installing packages (npm ci) ...\n');
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (run.status !== 0) throw new Error('npm ci failed; its messages stand above');
  ensurePlatformPackages(root);
  writeFileSync(stamp, lock);
}

/** Somebody ran `npm ci` or `npm install` by hand: the hidden lock file then holds the same packages. */
function sameVersions(lock) {
  const hidden = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(lock).packages;
  const have = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(([name, p]) => name === '' || p.optional || have[name]?.version === p.version);
}
