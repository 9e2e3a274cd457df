// Reading a W3C log into the timeline beside the sqlite3 shell's .import of the same data lines, taken in turns.
// node test/bench/logs/bench.mjs [--mb 1024] [--runs 3]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { generateLog } from './generate.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { mb: { type: 'string', default: '1024' }, runs: { type: 'string', default: '3' } } });
const MOST_TIME = 1.5;
const MOST_MB = 1.2 * 1024;

/** Bundles the two files of our side under node_modules, where their packages are found. */
async function bundle() {
  const outDir = path.join(root, 'node_modules/.cache/iisight-bench-logs');
  await build({
    configFile: false, root, logLevel: 'error',
    build: {
      ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false,
      rolldownOptions: {
        input: { ingest: path.join(import.meta.dirname, 'ingest-entry.ts'), worker: path.join(root, 'electron/jobs/spool/worker.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return outDir;
}

function ours(outDir, log, folder) {
  const spool = path.join(folder, 'spool');
  rmSync(spool, { recursive: true, force: true });
  mkdirSync(spool);
  const file = path.join(folder, 'bench.iiscase');
  rmSync(file, { force: true });
  const run = spawnSync(process.execPath, [path.join(outDir, 'ingest.mjs'), log, file, spool, path.join(outDir, 'worker.mjs')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) throw new Error(`the ingest ended with ${run.status}`);
  return JSON.parse(run.stdout);
}

function sqlite(data, folder) {
  const file = path.join(folder, 'peer.db');
  rmSync(file, { force: true });
  const columns = Array.from({ length: 17 }, (_, i) => `c${i}`).join(',');
  const begun = performance.now();
  const run = spawnSync('sqlite3', [file], { input: `.mode list\n.separator " "\ncreate table t(${columns});\n.import ${data} t\n`, encoding: 'utf8' });
  const seconds = (performance.now() - begun) / 1000;
  if (run.error || run.status !== 0) return null;
  const lines = Number(spawnSync('sqlite3', [file, 'select count(*) from t'], { encoding: 'utf8' }).stdout);
  rmSync(file);
  return { seconds, lines };
}

function dataLines(log, data) {
  const text = readFileSync(log);
  let at = 0;
  while (text[at] === 0x23) at = text.indexOf(10, at) + 1;
  // The shell keeps a CR in the last column, which is no less work for it.
  writeFileSync(data, text.subarray(at));
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-bench-logs-'));
try {
  const log = path.join(folder, 'u_ex260101.log');
  const { bytes, lines } = generateLog(log, Number(values.mb) * 1024 * 1024);
  const data = path.join(folder, 'data.txt');
  dataLines(log, data);
  const outDir = await bundle();
  console.log(`${(bytes / 2 ** 20).toFixed(0)} MB, ${lines} lines, ${values.runs} runs in turns`);
  const runs = [];
  for (let i = 0; i < Number(values.runs); i++) {
    const peer = sqlite(data, folder);
    const own = ours(outDir, log, folder);
    if (own.lines !== lines || own.done !== bytes) throw new Error(`${own.lines} of ${lines} lines, ${own.done} of ${bytes} bytes`);
    if (peer !== null && peer.lines !== lines) throw new Error(`the peer has ${peer.lines} of ${lines} lines`);
    console.log(`  read + store + ready ${own.seconds.toFixed(1)} s (${(bytes / 2 ** 20 / own.seconds).toFixed(0)} MB/s), sqlite3 .import ${peer?.seconds.toFixed(1) ?? '- (not installed)'} s, peak ${own.peakMb.toFixed(0)} MB, case ${own.caseMb.toFixed(0)} MB`);
    runs.push({ own, peer });
  }
  const last = runs.at(-1);
  for (const [name, ms] of Object.entries(last.own.questions)) console.log(`  ${name.padEnd(32)} ${String(ms).padStart(6)} ms`);
  const peak = median(runs.map((r) => r.own.peakMb));
  const ratio = last.peer === null ? null : median(runs.map((r) => r.own.seconds / r.peer.seconds));
  console.log(`ratio to sqlite3 .import: ${ratio?.toFixed(2) ?? 'unknown'} (at most ${MOST_TIME}); peak memory ${peak.toFixed(0)} MB (at most ${MOST_MB.toFixed(0)})`);
  if ((ratio !== null && ratio > MOST_TIME) || peak > MOST_MB) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
