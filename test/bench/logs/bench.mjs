// Reading W3C logs into the timeline beside other ways to read the same bytes, taken in turns.
// node test/bench/logs/bench.mjs [--mb 256 | --mb 1024,5120] [--files 8,1] [--runs 3] [--sets iis7,iis10,all,central]
// The bytes come as so many logs, one of each site, and are read by as many workers as the product has.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { FIELD_SETS, generateLog } from './generate.mjs';
import { goaccess, lnav, mawk, readCsv, sqlite } from './peers.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { mb: { type: 'string', default: '256' }, files: { type: 'string', default: '8,1' }, runs: { type: 'string', default: '3' }, sets: { type: 'string', default: Object.keys(FIELD_SETS).join() } } });
/** Our time over that of the peer, at most, where there are several logs; one alone is told only. */
const LIMITS = { 'sqlite3 .import': 1, 'read_csv': 2, 'lnav': 1 };
const MOST_MB = 1024;
/** Peak memory with the largest log over that with the smallest. */
const MOST_GROWTH = 1.5;

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

function ours(outDir, logs, set, folder) {
  const spool = path.join(folder, 'spool');
  rmSync(spool, { recursive: true, force: true });
  mkdirSync(spool);
  const file = path.join(folder, 'bench.iiscase');
  rmSync(file, { force: true });
  const run = spawnSync(process.execPath, [path.join(outDir, 'ingest.mjs'), file, spool, path.join(outDir, 'worker.mjs'), set === 'central' ? 'central' : 'own', ...logs], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) throw new Error(`the ingest ended with ${run.status}`);
  rmSync(file, { force: true });
  return JSON.parse(run.stdout);
}

/** A copy without the header lines; the shell keeps a CR in the last column, which is no less work for it. */
async function dataLines(log, data) {
  const from = await open(log);
  const to = await open(data, 'w');
  const head = Buffer.alloc(64 * 1024);
  await from.read(head, 0, head.length, 0);
  let at = 0;
  while (head[at] === 0x23) at = head.indexOf(10, at) + 1;
  for await (const chunk of from.createReadStream({ start: at, highWaterMark: 1 << 22 })) await to.write(chunk);
  await to.close();
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

const broken = [];
function hold(name, value, limit) {
  const text = `${name}: ${value.toFixed(2)} (at most ${limit})`;
  if (value > limit) broken.push(text);
  console.log(`    ${text}`);
}

async function measure(set, mb, files, outDir, folder) {
  const fields = FIELD_SETS[set];
  const logs = Array.from({ length: files }, (_, i) => path.join(folder, `u_ex2601${String(i + 1).padStart(2, '0')}.log`));
  const data = logs.map((log) => `${log}.txt`);
  let [bytes, lines] = [0, 0];
  for (const [i, log] of logs.entries()) {
    const made = generateLog(log, Math.floor((mb * 1024 * 1024) / files), set, 20_260_302 + i);
    bytes += made.bytes;
    lines += made.lines;
    await dataLines(log, `${log}.txt`);
  }
  console.log(`${set}, ${mb} MB in ${files} ${files === 1 ? 'log' : 'logs'}, ${lines} lines, load of the machine ${os.loadavg().map((n) => n.toFixed(1)).join(' ')}`);
  const runs = [];
  for (let i = 0; i < Number(values.runs); i++) {
    const peers = { 'sqlite3 .import': sqlite(data, fields, folder), 'read_csv': readCsv(data, fields, folder), 'lnav': lnav(logs, folder), 'goaccess': goaccess(logs, fields, folder) };
    const own = ours(outDir, logs, set, folder);
    if (own.lines !== lines || own.done !== bytes) throw new Error(`${own.lines} of ${lines} lines, ${own.done} of ${bytes} bytes`);
    const awk = mawk(logs, fields);
    const told = Object.entries(peers).map(([name, peer]) => `${name} ${peer === null ? '- (not installed)' : peer.refused !== undefined ? `- (does not read these fields: ${peer.refused.replaceAll(/\s+/g, ' ').slice(0, 120)})` : `${peer.seconds.toFixed(1)} s${peer.lines === lines ? '' : ` for ${peer.lines} lines only`}`}`);
    console.log(`  ours ${own.seconds.toFixed(1)} s (${(bytes / 2 ** 20 / own.seconds).toFixed(0)} MB/s), peak ${own.peakMb.toFixed(0)} MB, case ${own.caseMb.toFixed(0)} MB; ${told.join(', ')}`);
    runs.push({ own, peers, awk });
  }
  for (const name of Object.keys(runs[0].peers)) {
    // A peer that keeps fewer lines is no measure.
    const held = runs.filter((r) => r.peers[name] !== null && r.peers[name].lines === lines);
    if (held.length === 0) console.log(`    ${name}: no measure`);
    else hold(`time over ${name}`, median(held.map((r) => r.own.seconds / r.peers[name].seconds)), (files === 1 ? undefined : LIMITS[name]) ?? Infinity);
  }
  const [{ awk }] = runs;
  if (awk !== null) console.log(`    by path: ${median(runs.map((r) => r.own.group)).toFixed(2)} s in the store, mawk over the log ${awk.group.toFixed(2)} s; status 404 by hour: ${median(runs.map((r) => r.own.histogram)).toFixed(2)} s, mawk ${awk.histogram.toFixed(2)} s`);
  for (const file of [...logs, ...data]) rmSync(file);
  const peak = median(runs.map((r) => r.own.peakMb));
  if (mb <= 1024) hold('peak memory (MB)', peak, MOST_MB);
  return peak;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-bench-logs-'));
try {
  const outDir = await bundle();
  const sizes = values.mb.split(',').map(Number);
  for (const set of values.sets.split(',')) {
    for (const files of values.files.split(',').map(Number)) {
      const peaks = [];
      for (const mb of sizes) peaks.push(await measure(set, mb, files, outDir, folder));
      if (peaks.length > 1) hold(`peak memory at ${sizes.at(-1)} MB over that at ${sizes[0]} MB`, (peaks.at(-1) ?? 0) / (peaks[0] ?? 1), MOST_GROWTH);
    }
  }
  console.log(broken.length === 0 ? 'all limits hold' : `broken:\n  ${broken.join('\n  ')}`);
  if (broken.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
