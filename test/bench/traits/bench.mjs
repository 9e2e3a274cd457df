// The search for traits of known families beside hashing and parsing the same program files.
// node test/bench/traits/bench.mjs [FOLDER]   (FOLDER has DLLs; without it those of node_modules and of the corpus)
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');
/** Bytes that a second of the search has to pass. */
const LEAST_SPEED = 150e6;
/** Of the time that reading the file takes without it. */
const MOST_SHARE = 0.2;
/** Of fewer bytes the beginning of each file is most of the time: their speed is told and not judged. */
const LEAST_BYTES = 5e6;

const outDir = path.join(root, 'node_modules/.cache/iisight-bench-traits');
await build({
  configFile: false, root, logLevel: 'error',
  build: { ssr: path.join(import.meta.dirname, 'measure-entry.ts'), outDir, emptyOutDir: true, target: 'node20', minify: false, rolldownOptions: { output: { entryFileNames: 'measure.mjs' } } },
});
const folders = process.argv[2] === undefined ? [path.join(root, '../shared/evidence'), path.join(root, 'node_modules')].filter((f) => existsSync(f)) : [process.argv[2]];
let failed = false;
for (const folder of folders) {
  const run = spawnSync(process.execPath, [path.join(outDir, 'measure.mjs'), folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) throw new Error(`the measurement ended with ${run.status}`);
  const { files, bytes, readSeconds, scanSeconds, hits } = JSON.parse(run.stdout);
  if (files === 0) continue;
  const speed = bytes / scanSeconds;
  const share = scanSeconds / readSeconds;
  console.log(`${path.basename(folder)}: ${files} program files, ${(bytes / 1e6).toFixed(1)} MB, ${hits} traits met`);
  console.log(`  hash and parse ${readSeconds.toFixed(2)} s; search ${scanSeconds.toFixed(2)} s, ${(speed / 1e6).toFixed(0)} MB/s (at least ${LEAST_SPEED / 1e6}), ${(100 * share).toFixed(0)} % of reading (at most ${100 * MOST_SHARE} %)`);
  failed ||= (bytes >= LEAST_BYTES && speed < LEAST_SPEED) || share > MOST_SHARE;
}
process.exit(failed ? 1 : 0);
