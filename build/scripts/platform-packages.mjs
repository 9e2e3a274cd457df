// Native parts for this machine. A lock file holds the optional packages of the machine that it was made on and may lack
// those of others (npm/cli issue 4828); without them neither the database nor the linter starts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Packages that come with one optional package per platform. */
const OWNERS = ['@duckdb/node-bindings', 'oxlint', 'oxlint-tsgolint'];

/**
 * Names and versions of what this machine needs and has not.
 * @param {string} root the project's folder
 * @returns {string[]} such as `@duckdb/node-bindings-win32-x64@1.5.6-r.1`
 */
export function missingPlatformPackages(root, platform = process.platform, arch = process.arch, musl = isMusl()) {
  return OWNERS.flatMap((owner) => {
    const file = path.join(root, 'node_modules', owner, 'package.json');
    if (!existsSync(file)) return [];
    const parts = JSON.parse(readFileSync(file, 'utf8')).optionalDependencies ?? {};
    const fitting = Object.keys(parts).filter((name) => fits(name, platform, arch, musl));
    return fitting.filter((name) => !existsSync(path.join(root, 'node_modules', name, 'package.json'))).map((name) => `${name}@${parts[name]}`);
  });
}

/** Whether a name such as `binding-linux-x64-musl` or `win32-arm64` is made for the platform. */
function fits(name, platform, arch, musl) {
  const words = name.split('/').at(-1).split('-');
  const at = words.lastIndexOf(platform);
  if (at < 0 || words[at + 1] !== arch) return false;
  return platform !== 'linux' || words.includes('musl') === musl;
}

function isMusl() {
  return process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
}

/** Installs what is missing, beside the locked packages and without changing the lock file. */
export function ensurePlatformPackages(root, log = (line) => process.stderr.write(`${line}\n`)) {
  const missing = missingPlatformPackages(root);
  if (missing.length === 0) return;
  log(`installing the native parts for this machine (${missing.join(', ')}) ...`);
  const words = ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...missing];
  const run = spawnSync('npm', words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (run.status !== 0) throw new Error('npm could not install the native parts for this machine; its messages stand above');
}

if (process.argv[1] === import.meta.filename) ensurePlatformPackages(path.resolve(import.meta.dirname, '../..'));
