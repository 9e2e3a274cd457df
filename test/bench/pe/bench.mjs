// Reading of program files, as ratios in one run: structure, CLR, imphash and section hashes against pefile's full parse
// (at least 10 times faster) and against sha256sum of the same bytes (at most 4 times slower); signatures against osslsigncode;
// strings and TLSH on lines of their own. node test/bench/pe/bench.mjs
// Files: the fixtures, and those below IISIGHT_PE_CORPUS or, without it, the libraries that MinGW brings.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');
const PYTHON = '/usr/bin/python3';
const ROUNDS = 9;
const SMALL = 256 * 1024;
const LEAST = 10;
const MOST = 4;
/** Of each set: enough for a median, and pefile needs a second for some megabytes. */
const MOST_BYTES = { small: 8e6, large: 60e6 };

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const has = (command, args) => spawnSync(command, args).status === 0;

function portableExecutables(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name)).filter(isPe).sort();
}

function isPe(file) {
  const fd = openSync(file, 'r');
  const head = Buffer.alloc(2);
  const read = readSync(fd, head, 0, 2, 0);
  closeSync(fd);
  return read === 2 && head.toString('latin1') === 'MZ';
}

/** Every n-th file, so that all folders are in it, until the set is large enough. */
function chosen(files, most) {
  const total = files.reduce((sum, f) => sum + statSync(f).size, 0);
  const step = Math.max(1, Math.ceil(total / most));
  const out = files.filter((_, i) => i % step === 0);
  let size = 0;
  return out.filter((f) => (size += statSync(f).size) <= most * 1.5 || size === statSync(f).size);
}

function isSigned(file) {
  const bytes = readFileSync(file);
  const pe = bytes.length > 64 ? bytes.readUInt32LE(0x3c) : 0;
  if (pe + 200 > bytes.length) return false;
  const entry = pe + 24 + (bytes.readUInt16LE(pe + 24) === 0x20b ? 112 : 96) + 32;
  return bytes.readUInt32LE(entry) > 0 && bytes.readUInt32LE(entry + 4) > 8;
}

async function bundle() {
  const outDir = path.join(root, 'node_modules/.cache/iisight-bench-pe');
  await build({
    configFile: false, root, logLevel: 'error',
    build: { ssr: path.join(import.meta.dirname, 'measure-entry.ts'), outDir, emptyOutDir: true, target: 'node20', minify: false, rolldownOptions: { output: { entryFileNames: 'measure.mjs' } } },
  });
  return path.join(outDir, 'measure.mjs');
}

function asked(command, args, order) {
  const run = spawnSync(command, args, { input: JSON.stringify(order), encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr.slice(0, 500)}`);
  return JSON.parse(run.stdout);
}

/** Milliseconds of processor time that a program uses: where other work shares the machine the clock says too much. */
function used(command, args) {
  const run = spawnSync('/bin/bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1', 'bash', command, ...args], { encoding: 'utf8' });
  const [user = 0, system = 0] = run.stderr.trim().split(/\s+/).map(Number);
  return (user + system) * 1000;
}

/** A mark that is missed shows an exclamation mark; the run fails by what all files take together. */
function line(text, ok = true) {
  console.log(`${ok ? '  ' : '! '}${text}`);
}
const together = { ours: 0, pefile: 0, sha256sum: 0 };

const corpus = process.env.IISIGHT_PE_CORPUS;
const fixtures = [...portableExecutables(path.join(root, 'test/fixtures/components/bin')), ...portableExecutables(path.join(root, 'test/fixtures/pe/signed'))];
const brought = corpus === undefined ? portableExecutables('/usr/lib/gcc') : portableExecutables(corpus);
const pool = [...fixtures, ...brought];
const sets = {
  small: chosen(pool.filter((f) => statSync(f).size <= SMALL), MOST_BYTES.small),
  large: chosen(pool.filter((f) => statSync(f).size > SMALL && statSync(f).size <= 40e6), MOST_BYTES.large),
};
console.log(`files from the fixtures and ${corpus === undefined ? 'MinGW (IISIGHT_PE_CORPUS is not set)' : 'IISIGHT_PE_CORPUS'}`);
const pefile = has(PYTHON, ['-c', 'import pefile']);
const osslsigncode = has('osslsigncode', ['--version']);
const sha256sum = has('sha256sum', ['--version']);
const measure = await bundle();

for (const [name, files] of Object.entries(sets)) {
  if (files.length === 0) {
    line(`${name}: no files, skipped`);
    continue;
  }
  const megabytes = files.reduce((sum, f) => sum + statSync(f).size, 0) / 1e6;
  const signed = files.filter(isSigned).slice(0, 40);
  const ours = asked(process.execPath, [measure], { files, signed, rounds: ROUNDS });
  const whole = median(ours.parse);
  const code = median(ours.code);
  // pefile and sha256sum follow no code, so neither do we for the comparison.
  const parse = whole - code;
  console.log(`${name}: ${files.length} files, ${megabytes.toFixed(1)} MB, median of ${ROUNDS} rounds`);
  line(`structure with what its code can do: ${whole.toFixed(1)} ms, ${code.toFixed(1)} ms of it for code`);
  line(`structure, CLR, imphash, section hashes: ${parse.toFixed(1)} ms (${(parse / files.length).toFixed(2)} ms a file, ${(megabytes / parse * 1000).toFixed(0)} MB/s)`);
  together.ours += parse;
  if (pefile) {
    const theirs = asked(PYTHON, [path.join(import.meta.dirname, 'pefile_times.py')], { files, rounds: name === 'large' ? 1 : 3 });
    const full = median(theirs.parse);
    const same = median(theirs.hashes);
    together.pefile += full;
    line(`pefile, full parse: ${full.toFixed(0)} ms; we are ${(full / parse).toFixed(1)} times faster (at least ${LEAST} wanted)`, full / parse >= LEAST);
    line(`pefile, full parse with imphash, section hashes and entropy: ${same.toFixed(0)} ms; we are ${(same / parse).toFixed(1)} times faster`);
  } else line('pefile: absent, skipped');
  if (sha256sum) {
    const sum = median(Array.from({ length: ROUNDS }, () => used('sha256sum', files)));
    // The start of its process is no hashing.
    const start = median(Array.from({ length: ROUNDS }, () => used('sha256sum', ['/dev/null'])));
    const ratio = parse / (sum - start);
    together.sha256sum += sum - start;
    line(`sha256sum: ${sum.toFixed(1)} ms, ${start.toFixed(1)} ms of it to start; we take ${ratio.toFixed(2)} times as long (at most ${MOST} wanted)`, ratio <= MOST);
  } else line('sha256sum: absent, skipped');
  if (signed.length > 0) {
    const each = median(ours.signatures) / signed.length;
    line(`signatures: ${each.toFixed(2)} ms a file over ${signed.length} signed files`);
    if (osslsigncode) {
      const peer = median(signed.map((f) => used('osslsigncode', ['verify', '-in', f])));
      line(`osslsigncode verify: ${peer.toFixed(1)} ms a file with its start; we are ${(peer / each).toFixed(1)} times faster`);
    } else line('osslsigncode: absent, skipped');
  } else line('signatures: no signed files, skipped');
  const examine = median(ours.examine);
  line(`everything that is read of a file (with signatures, MD5, SHA-1, TLSH): ${examine.toFixed(1)} ms, ${(megabytes / examine * 1000).toFixed(0)} MB/s`);
  for (const reader of ['strings', 'tlsh']) line(`${reader}: ${median(ours[reader]).toFixed(1)} ms, ${(megabytes / median(ours[reader]) * 1000).toFixed(0)} MB/s`);
}
const faster = pefile ? together.pefile / together.ours : LEAST;
const longer = sha256sum ? together.ours / together.sha256sum : MOST;
console.log('all files together');
if (pefile) line(`${faster.toFixed(1)} times faster than pefile (at least ${LEAST} wanted)`, faster >= LEAST);
if (sha256sum) line(`${longer.toFixed(2)} times as long as sha256sum (at most ${MOST} wanted)`, longer <= MOST);
process.exitCode = faster >= LEAST && longer <= MOST ? 0 : 1;
