// The effective lists of every application of a server with 500 sites and 3,000 applications, beside a bare parse of
// the same files by the XML library; then 300 and 1,000 applications, to show that the time grows as they do.
// node test/bench/config/bench.mjs [--runs 3] [--keep]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { generateServer } from './generate.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' }, keep: { type: 'boolean', default: false } } });
/** Times of a bare parse that all lists may take. */
const MOST_TIME = 10;
/** Between the cheapest and the dearest application of the three sizes. */
const MOST_GROWTH = 1.5;
const SIZES = [{ sites: 50, applications: 300 }, { sites: 167, applications: 1000 }, { sites: 500, applications: 3000 }];

/** Bundles our side under node_modules, where its packages are found. */
async function bundle() {
  const outDir = path.join(root, 'node_modules/.cache/iisight-bench-config');
  await build({
    configFile: false, root, logLevel: 'error',
    build: {
      ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false, sourcemap: true,
      rolldownOptions: { input: { measure: path.join(import.meta.dirname, 'measure-entry.ts') }, output: { entryFileNames: '[name].mjs' } },
    },
  });
  return path.join(outDir, 'measure.mjs');
}

function measure(entry, folder, side) {
  const run = spawnSync(process.execPath, [entry, folder, side], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${side} ended with ${run.status}`);
  const { rounds: [round], ...rest } = JSON.parse(run.stdout);
  return { ...round, ...rest };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-bench-config-'));
try {
  const entry = await bundle();
  const perApplication = [];
  for (const size of SIZES) {
    const of = path.join(folder, String(size.applications));
    generateServer(of, size);
    const runs = Array.from({ length: Number(values.runs) }, () => ({ bare: measure(entry, of, 'bare'), own: measure(entry, of, 'engine') }));
    const { own } = runs.at(-1);
    if (own.applications !== size.applications || own.notEffective > 0) throw new Error(`${own.applications} applications answered, ${own.notEffective} lists not effective: ${own.reasons.join("; ")}`);
    const bare = median(runs.map((r) => r.bare.seconds));
    const seconds = median(runs.map((r) => r.own.seconds));
    const ratio = median(runs.map((r) => r.own.seconds / r.bare.seconds));
    perApplication.push((seconds / size.applications) * 1000);
    console.log(`${size.sites} sites, ${size.applications} applications, ${own.files} files, ${(own.bytes / 1e6).toFixed(1)} MB, ${own.entries} entries of effective lists`);
    console.log(`  bare parse ${bare.toFixed(2)} s, all effective lists ${seconds.toFixed(2)} s (${perApplication.at(-1).toFixed(2)} ms an application), ratio ${ratio.toFixed(1)}, peak ${own.peakMb.toFixed(0)} MB`);
    console.log(`  ${Object.entries(own.parts).map(([name, s]) => `${name} ${s.toFixed(2)} s`).join(', ')}`);
    if (size === SIZES.at(-1)) {
      console.log(`ratio to a bare parse: ${ratio.toFixed(2)} (at most ${MOST_TIME})`);
      if (ratio > MOST_TIME) process.exitCode = 1;
    }
  }
  // A process that has just begun runs slower, so the small size may cost more for each application, the large one not.
  const growth = perApplication.at(-1) / Math.min(...perApplication);
  console.log(`growth of the time of one application from 300 to 3,000: ${growth.toFixed(2)} (at most ${MOST_GROWTH})`);
  if (growth > MOST_GROWTH) process.exitCode = 1;
} finally {
  if (values.keep) console.log(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
