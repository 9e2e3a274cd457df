// Triage of at least 2,000 PE files, 500 MB, against `find` + `sha256sum` of the same files.
// The files are copies of the PE files that this checkout's packages bring, each with its own tail, so that no two are alike.
import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const cli = path.join(root, 'dist/electron/cli.js');
const FILES = 2100;
const BYTES = 500e6;

function portableExecutables(folder) {
  const found = [];
  for (const e of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, e.name);
    if (e.isDirectory()) found.push(...portableExecutables(full));
    else if (e.isFile() && statSync(full).size > 1024 && isPe(full)) found.push(full);
  }
  return found;
}

function isPe(file) {
  const fd = openSync(file, 'r');
  const head = Buffer.alloc(2);
  readSync(fd, head, 0, 2, 0);
  closeSync(fd);
  return head.toString('latin1') === 'MZ';
}

function seconds(command, args) {
  const start = process.hrtime.bigint();
  const run = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  if (run.status !== 0) throw new Error(`${command} ended with ${run.status}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const work = mkdtempSync(path.join(os.tmpdir(), 'iisight-bench-'));
try {
  const sources = [...portableExecutables(path.join(root, 'node_modules')), ...portableExecutables(path.join(root, 'test/fixtures/components/bin'))];
  const evidence = process.env.IISIGHT_BENCH_KEEP ?? path.join(work, 'evidence');
  const inetsrv = path.join(evidence, 'C/Windows/System32/inetsrv');
  mkdirSync(path.join(inetsrv, 'config'), { recursive: true });
  copyFileSync(path.join(root, 'test/fixtures/sample/evidence/C/Windows/System32/inetsrv/config/applicationHost.config'), path.join(inetsrv, 'config/applicationHost.config'));
  const sizes = new Map(sources.map((s) => [s, statSync(s).size]));
  let bytes = 0;
  let count = 0;
  // Large files only until the size is reached; then small ones fill up the count.
  const small = sources.filter((f) => sizes.get(f) <= 200_000);
  for (let i = 0; bytes < BYTES || count < FILES; i++) {
    const source = bytes < BYTES ? sources[i % sources.length] : small[i % small.length];
    if (sizes.get(source) > 20e6) continue;
    const target = path.join(inetsrv, `b${String(i).padStart(6, '0')}.dll`);
    copyFileSync(source, target);
    appendFileSync(target, `iisight bench ${i}`);
    bytes += sizes.get(source);
    count += 1;
  }
  const empty = path.join(work, 'empty');
  mkdirSync(empty);
  const peer = () => seconds('bash', ['-c', `find "${evidence}" -type f -print0 | xargs -0 sha256sum > /dev/null`]);
  const triage = (dir) => seconds(process.execPath, [cli, 'triage', dir, '--json', path.join(work, `out-${Math.random()}.json`)]);
  peer();
  const rounds = [0, 1, 2].map(() => ({ peer: peer(), empty: triage(empty), full: triage(evidence) }));
  const [p, e, f] = ['peer', 'empty', 'full'].map((k) => median(rounds.map((r) => r[k])));
  const ratio = (f - e) / p;
  console.log(`${count} files, ${(bytes / 1e6).toFixed(0)} MB: find+sha256sum ${p.toFixed(2)} s, triage ${f.toFixed(2)} s, empty triage ${e.toFixed(2)} s`);
  console.log(`ratio (triage - empty) / (find + sha256sum) = ${ratio.toFixed(2)} (target: under 3)`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
