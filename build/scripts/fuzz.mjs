// Long runs of mutated input against the readers of evidence: node build/scripts/fuzz.mjs [TARGET ...] [--count N] [--seed N]
// Each mutant follows from the seed and its number. One that breaks a promise, hangs or eats memory is kept under
// test/fuzz/inputs/TARGET/SEED-NUMBER.bin and is from then on a part of `npm test`.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ensureInstalled } from './install.mjs';

const root = path.resolve(import.meta.dirname, '../..');
/** Mutants of a full run. */
const COUNTS = new Map([['config', 20_000], ['pe', 1_000_000], ['pe-large', 2000], ['cms', 100_000], ['traits', 100_000], ['catalog', 100_000], ['w3c-log', 20_000], ['ftp-log', 20_000], ['iis-log', 20_000], ['ncsa-log', 20_000], ['httperr-log', 20_000], ['filter', 100_000], ['zip', 10_000], ['metabase', 20_000], ['code-lists', 50_000]]);
/** A mutant that takes more of the processor hangs; milliseconds. Where other work has the machine the clock says too much. */
const HANG = 5000;
/** A mutant that waits this long, for whatever, hangs too. */
const STUCK = 120_000;
const MEMORY_MB = 256;
/** After so many failures a target is left: the first ones say enough. */
const MOST_FAILURES = 20;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { count: { type: 'string' }, seed: { type: 'string' } } });
const unknown = positionals.filter((id) => !COUNTS.has(id));
if (unknown.length > 0) {
  process.stderr.write(`There is no target ${unknown[0]}; there are ${[...COUNTS.keys()].join(', ')}.\n`);
  process.exit(2);
}

await ensureInstalled();
process.chdir(root);
const bundle = await bundled();
const { inputOf } = await import(pathToFileURL(bundle).href);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
let failures = 0;
for (const id of positionals.length > 0 ? positionals : COUNTS.keys()) failures += await fuzz(id, Number(values.count ?? COUNTS.get(id)));
process.exit(failures === 0 ? 0 : 1);

async function fuzz(id, count) {
  const began = performance.now();
  const at = new SharedArrayBuffer(16);
  const shared = new Int32Array(at);
  let from = 0;
  let failed = 0;
  const told = () => {
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    process.stdout.write(`${id}: seed ${seed}, ${Math.min(count, Atomics.load(shared, 0))} mutants in ${seconds} s, ${failed} failed, slowest ${shared[2]} ms (mutant ${shared[1]})\n`);
  };
  // A long run that is stopped says how far it came.
  const stopped = () => {
    told();
    process.exit(failed === 0 ? 0 : 1);
  };
  process.on('SIGINT', stopped).on('SIGTERM', stopped);
  while (from < count && failed < MOST_FAILURES) {
    const why = await oneWorker({ target: id, seed, from, to: count, at });
    if (why === null) break;
    const index = Atomics.load(shared, 0);
    failed += 1;
    process.stdout.write(`${id}: mutant ${seed}-${index}: ${why}\n`);
    const folder = path.join(root, 'test/fuzz/inputs', id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${seed}-${index}.bin`), inputOf(id, seed, index));
    from = index + 1;
  }
  process.off('SIGINT', stopped).off('SIGTERM', stopped);
  told();
  return failed;
}

/** Runs until the end or the first failure; null, or why it ended. */
function oneWorker(order) {
  return new Promise((resolve) => {
    const worker = new Worker(bundle, { workerData: order, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    const shared = new Int32Array(order.at);
    Atomics.store(shared, 0, order.from);
    let last = -1;
    let since = performance.now();
    let used = process.cpuUsage();
    // The first mutant waits for the bundle to be loaded and the seeds to be made.
    Atomics.store(shared, 3, 0);
    const end = (why) => {
      clearInterval(watch);
      void worker.terminate();
      resolve(why);
    };
    const watch = setInterval(() => {
      const now = Atomics.load(shared, 0);
      const { user, system } = process.cpuUsage(used);
      if (now !== last || Atomics.load(shared, 3) === 0) {
        last = now;
        since = performance.now();
        used = process.cpuUsage();
      } else if ((user + system) / 1000 > HANG || performance.now() - since > STUCK) end(`hangs for more than ${HANG} ms`);
    }, 250);
    worker.on('error', (error) => end(error instanceof Error ? `${error.message}` : String(error)));
    worker.on('exit', (code) => end(code === 0 ? null : `the worker ended with ${code}`));
  });
}

/** The readers and their checks as one file that plain Node runs; below node_modules, so that packages are found. */
async function bundled() {
  const { build } = await import('vite');
  const out = path.join(root, 'node_modules/.cache/iisight-fuzz');
  await build({
    configFile: false, logLevel: 'error', root,
    build: { ssr: path.join(root, 'test/fuzz/worker.ts'), outDir: out, emptyOutDir: true, target: 'node20', minify: false, rolldownOptions: { output: { entryFileNames: 'worker.mjs' } } },
  });
  const file = path.join(out, 'worker.mjs');
  if (!existsSync(file)) throw new Error('the bundle for fuzzing was not made');
  return file;
}
