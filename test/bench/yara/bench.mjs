// The built-in engine of YARA in its child against the native program, on the same rules and files: few rules over large files,
// many rules over small ones. Both start, compile and search; starting the child is part of its time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');
const native = spawnSync('yara', ['--version'], { encoding: 'utf8' });
if (native.error !== undefined || native.status !== 0) {
  process.stdout.write('skipped: the program yara is not installed (Debian package yara)\n');
  process.exit(0);
}
const ROUNDS = 3;

/** The same bytes on every machine. */
function bytes(length, seed) {
  const out = Buffer.alloc(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out.writeUInt32LE(state, i);
  }
  out.write('MZ', 0, 'latin1');
  return out;
}

const rulesOf = (count) => Array.from({ length: count }, (_, i) => `rule R${i} {\n strings:\n  $a = "text number ${i} of the rules"\n  $b = { 4D 5A ?? ${(i % 256).toString(16).padStart(2, '0')} ${((i * 7) % 256).toString(16).padStart(2, '0')} 90 }\n condition: uint16(0) == 0x5a4d and any of them\n}`).join('\n');

const SHAPES = [
  { name: '10 rules, 4 files of 16 MB', rules: 10, files: 4, size: 16 << 20 },
  { name: '200 rules, 100 files of 200 KB', rules: 200, files: 100, size: 200 << 10 },
];

async function bundle(entry, folder, name) {
  await build({ configFile: false, logLevel: 'error', root, build: { ssr: path.join(root, entry), outDir: folder, emptyOutDir: false, target: 'node20', minify: false, rolldownOptions: { output: { entryFileNames: name } } } });
  return path.join(folder, name);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

// Under node_modules, so that the bundles find the packages.
const cache = path.join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const code = mkdtempSync(path.join(cache, 'yara-bench-'));
const data = mkdtempSync(path.join(os.tmpdir(), 'iisight-yara-bench-'));
try {
  const child = await bundle('electron/jobs/yara/child.ts', code, 'child.mjs');
  const entry = await bundle('test/bench/yara/measure-entry.ts', code, 'measure.mjs');
  for (const { name, rules: count, files: many, size } of SHAPES) {
    const folder = path.join(data, String(count));
    mkdirSync(folder);
    const rules = path.join(data, `${count}.yar`);
    writeFileSync(rules, rulesOf(count));
    const files = Array.from({ length: many }, (_, i) => path.join(folder, `${i}.dll`));
    for (const [i, file] of files.entries()) {
      const content = bytes(size, i + 1);
      content.write(`text number ${i} of the rules`, size >> 1, 'latin1');
      writeFileSync(file, content);
    }
    const own = spawnSync(process.execPath, [entry], { input: JSON.stringify({ child, rules, files, rounds: ROUNDS }), encoding: 'utf8', maxBuffer: 1 << 24 });
    if (own.status !== 0) throw new Error(own.stderr);
    const rounds = JSON.parse(own.stdout);
    const natives = Array.from({ length: ROUNDS }, () => {
      const started = performance.now();
      let matches = 0;
      // As the built-in engine does it: rules are compiled for every file.
      for (const file of files) matches += spawnSync('yara', ['--no-warnings', rules, file], { encoding: 'utf8' }).stdout.split('\n').filter((l) => l !== '').length;
      return { ms: performance.now() - started, matches };
    });
    const started = performance.now();
    spawnSync('yara', ['--no-warnings', '--threads=1', '--recursive', rules, folder], { encoding: 'utf8' });
    const once = performance.now() - started;
    const [built, nativeMs] = [median(rounds.map((r) => r.ms)), median(natives.map((r) => r.ms))];
    const same = rounds.every((r) => r.matches === natives[0].matches);
    process.stdout.write(`${name}: built-in ${built.toFixed(0)} ms, yara ${native.stdout.trim()} once for each file ${nativeMs.toFixed(0)} ms (ratio ${(built / nativeMs).toFixed(1)}), once for the folder ${once.toFixed(0)} ms (ratio ${(built / once).toFixed(1)}); ${natives[0].matches} matches, ${same ? 'the same' : 'DIFFERENT'}\n`);
    if (!same) process.exitCode = 1;
  }
} finally {
  rmSync(code, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
}
