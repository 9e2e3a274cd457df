// Builds and reads every scenario and writes what was found: node build/scripts/eval.mjs [--readme]
// Prints the tables, writes test/eval/RESULTS.md, and with --readme the short table between the markers of README.md.
// Ends with 1 when an intrusion is missed, a clean server is accused or a reference does not open its proof.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const SECTIONS = ['families', 'tricks', 'clean'];
const RESULTS = path.join(root, 'test/eval/RESULTS.md');
const README = path.join(root, 'README.md');
const BEGIN = '<!-- eval -->';
const END = '<!-- /eval -->';

/** The sentence above each table. @param {string} text of RESULTS.md or of one section @returns {[string, string][]} heading and sentence */
function sums(text) {
  return [...text.matchAll(/^## (.+)\n\n(.+)$/gm)].map((m) => [m[1] ?? '', m[2] ?? '']);
}

await ensureInstalled();
const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-results-'));
try {
  const run = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', 'test/eval/families.test.ts', 'test/eval/tricks.test.ts', 'test/eval/clean.test.ts'], {
    cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, IISIGHT_EVAL_WRITE: folder },
  });
  const tables = SECTIONS.map((name) => readFileSync(path.join(folder, `${name}.md`), 'utf8'));
  const head = ['# Results of the scenarios', '', 'Written by `npm run eval`; a test fails when it is out of date. Each scenario of `test/fixtures/scenarios` is built as evidence on a disk, read to its end and judged; every reference of every finding is followed to its bytes.', '', ''].join('\n');
  const text = `${head}${tables.join('\n')}`;
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
  if (process.argv.includes('--readme')) {
    const readme = readFileSync(README, 'utf8');
    const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
    if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} ... ${END}`);
    const table = ['| scenarios | result |', '|---|---|', ...sums(text).map(([heading, sentence]) => `| ${heading} | ${sentence} |`)].join('\n');
    writeFileSync(README, `${readme.slice(0, begin + BEGIN.length)}\n${table}\n${readme.slice(end)}`);
  }
  process.exitCode = run.status === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
