// Questions over a million and ten million log rows: how long, and how it grows.
// node test/bench/timeline/bench.mjs [--rows 10000000] [--times 30]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000000' }, times: { type: 'string', default: '30' } } });
/** Milliseconds that 95 of 100 must stay below. */
const LIMITS = new Map([
  ['next page', 50], ['next page there', 50], ['next page, scrolling', 50], ['jump', 300], ['jump, new filter', 300], ['jump, filter known', 300],
  ['histogram', 200], ['histogram, new filter', 200], ['histogram, one day', 200], ['no hits, in a field', 300], ['no hits, anywhere', 300], ['no hits, two words', 300],
]);
/** Against a tenth of the rows; below this many milliseconds growth says nothing. */
const MOST_GROWTH = 12;
const NO_GROWTH_BELOW = 30;

const outDir = path.join(root, 'node_modules/.cache/iisight-bench-timeline');
await build({
  configFile: false, root, logLevel: 'error',
  build: { ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false, rolldownOptions: { input: { ask: path.join(import.meta.dirname, 'ask-entry.ts') }, output: { entryFileNames: '[name].mjs' } } },
});

const quantile = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];
const load = () => os.loadavg()[0].toFixed(1);

function measure(rows, folder) {
  const begun = performance.now();
  const before = load();
  const run = spawnSync(process.execPath, [path.join(outDir, 'ask.mjs'), path.join(folder, 'bench.iiscase'), folder, String(rows), values.times], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`asking ended with ${run.status}`);
  console.log(`${rows} rows filled and asked in ${((performance.now() - begun) / 1000).toFixed(0)} s; load of the machine ${before} before, ${load()} after`);
  return JSON.parse(run.stdout);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-bench-timeline-'));
try {
  const large = Number(values.rows);
  const few = measure(large / 10, folder);
  const many = measure(large, folder);
  console.log(`${'milliseconds'.padEnd(32)} ${String(large / 10).padStart(9)} p50   p95 ${String(large).padStart(10)} p50   p95   growth   at most   processors p50`);
  for (const [name, both] of Object.entries(many)) {
    const small = few[name].wall;
    const list = both.wall;
    const p95 = quantile(list, 0.95);
    const growth = quantile(list, 0.5) / Math.max(0.1, quantile(small, 0.5));
    const limit = LIMITS.get(name);
    const slow = limit !== undefined && p95 > limit;
    const steep = growth > MOST_GROWTH && quantile(list, 0.5) > NO_GROWTH_BELOW;
    const cell = (n, width) => n.toFixed(n < 10 ? 1 : 0).padStart(width);
    console.log(`${name.padEnd(32)} ${cell(quantile(small, 0.5), 13)} ${cell(quantile(small, 0.95), 5)} ${cell(quantile(list, 0.5), 14)} ${cell(p95, 5)} ${`${growth.toFixed(1)}x`.padStart(8)} ${String(limit ?? '').padStart(9)} ${cell(quantile(both.cpu, 0.5), 15)}${slow ? '  too slow' : ''}${steep ? '  grows too fast' : ''}`);
    if (slow || steep) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
