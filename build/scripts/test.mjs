// `npm test`: sets up what is missing (packages, Chromium and the oracles where apt can install them) and runs every check.
// Usage: node build/scripts/test.mjs [types|lint|unit|e2e ...]; without names, all. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { ensureTools, findChromium } from './tools.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const reports = path.join(root, 'test-results');
const totals = { passed: 0, failed: 0, skipped: [] };

function run(title, command, args, env = {}) {
  process.stdout.write(`\n== ${title}\n`);
  const started = Date.now();
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 1, 2], env: { ...process.env, ...env } });
  process.stdout.write(`   ${title}: ${result.status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return result.status === 0;
}

function count(okay) {
  if (okay) totals.passed += 1;
  else totals.failed += 1;
}

const node = (...args) => [process.execPath, args];
const bin = (name) => path.join(root, 'node_modules', name);

const CHECKS = {
  types() {
    for (const layer of readdirSync(path.join(root, 'build/tsconfig')).filter((f) => f.endsWith('.json') && f !== 'base.json').sort()) {
      count(run(`types of ${layer.replace('.json', '')}`, ...node(bin('typescript/bin/tsc'), '-p', `build/tsconfig/${layer}`)));
    }
  },
  lint() {
    count(run('lint', ...node(bin('oxlint/bin/oxlint'), '-c', 'build/lint/oxlint.json', '--deny-warnings', 'electron', 'renderer', 'shared', 'test')));
    count(run('third-party notices are current', ...node('build/scripts/notices.mjs', '--check')));
  },
  unit() {
    const out = path.join(reports, 'unit.json');
    const okay = run('unit, golden, contract and architecture tests', ...node(bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${out}`));
    if (!existsSync(out)) return count(false);
    const report = JSON.parse(readFileSync(out, 'utf8'));
    totals.passed += report.numPassedTests;
    totals.failed += report.numFailedTests;
    // A suite that could not even start has no failed test of its own.
    if (!okay && report.numFailedTests === 0) totals.failed += 1;
    for (const file of report.testResults) {
      for (const t of file.assertionResults) if (t.status === 'pending' || t.status === 'skipped') totals.skipped.push(t.fullName);
    }
  },
  e2e() {
    const chromium = findChromium();
    if (chromium === null) return void totals.skipped.push('end-to-end tests: no Chromium on this machine');
    const out = path.join(reports, 'e2e.json');
    const okay = run('end-to-end tests in Chromium', ...node(bin('playwright/cli.js'), 'test', '-c', 'build/e2e/playwright.config.mjs'), { IISIGHT_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: out });
    if (!existsSync(out)) return count(false);
    const { stats } = JSON.parse(readFileSync(out, 'utf8'));
    totals.passed += stats.expected + stats.flaky;
    totals.failed += stats.unexpected;
    if (!okay && stats.unexpected === 0) totals.failed += 1;
    if (stats.skipped > 0) totals.skipped.push(`${stats.skipped} end-to-end tests (their reasons stand above)`);
  },
};

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await ensureInstalled();
const names = process.argv.slice(2).filter((n) => n in CHECKS);
ensureTools(names.length === 0 || names.includes('e2e'));
for (const [name, check] of Object.entries(CHECKS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  if (name === 'e2e') {
    const { ensureBuilt } = await import('./build.mjs');
    await ensureBuilt('electron');
    await ensureBuilt('renderer');
  }
  check();
}

if (totals.skipped.length > 0) {
  process.stdout.write(`\nskipped (${totals.skipped.length}):\n${totals.skipped.map((s) => `  - ${s}`).join('\n')}\n`);
}
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
