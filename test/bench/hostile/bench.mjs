// Hostile configuration files, each read in a process of its own: at most 1 s and 200 MB of growth (the file included),
// a Problem that says where, and everything readable still read. A file of 200 MB may take longer: its time is linear.
// node test/bench/hostile/bench.mjs [--only TEXT]
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const MOST_MS = 1000;
const MOST_MB = 200;

async function bundle() {
  const outDir = path.join(root, 'node_modules/.cache/iisight-bench-hostile');
  await build({
    configFile: false, root, logLevel: 'error',
    build: {
      ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false,
      rolldownOptions: { input: { measure: path.join(import.meta.dirname, 'measure-entry.ts'), set: path.join(root, 'test/fuzz/hostile-xml.ts') }, output: { entryFileNames: '[name].mjs' }, preserveEntrySignatures: 'strict' },
    },
  });
  return outDir;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-bench-hostile-'));
const outDir = await bundle();

function read(file) {
  const run = spawnSync(process.execPath, ['--max-old-space-size=2048', path.join(outDir, 'measure.mjs'), '-', file], { encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26 });
  return run.status === 0 ? JSON.parse(run.stdout) : { failed: run.error?.message ?? `ended with ${run.status ?? run.signal}` };
}

/** A configuration of `megabytes`, written in pieces. */
function large(file, megabytes) {
  const fd = openSync(file, 'w');
  writeSync(fd, '<configuration>\n<system.webServer><modules><add name="kept" /></modules></system.webServer>\n<appSettings>\n');
  const piece = '  <add key="Setting" value="a value of some length, as settings have them" note="and one more" />\n  <!-- a comment -->\n'.repeat(9000);
  for (let size = 0; size < megabytes * 1e6; size += piece.length) writeSync(fd, piece);
  writeSync(fd, '</appSettings>\n</configuration>\n');
  closeSync(fd);
}

try {
  const { HOSTILE_XML } = await import(pathToFileURL(path.join(outDir, 'set.mjs')).href);
  const file = path.join(folder, 'web.config');
  for (const { name, bytes, problem, kept } of HOSTILE_XML) {
    if (!name.includes(values.only)) continue;
    const fd = openSync(file, 'w');
    const content = bytes(1);
    for (let at = 0; at < content.length;) at += writeSync(fd, content, at);
    closeSync(fd);
    const r = read(file);
    const faults = [];
    if (r.failed) faults.push(r.failed);
    else {
      if (r.ms > MOST_MS) faults.push(`over ${MOST_MS} ms`);
      if (r.growth > MOST_MB) faults.push(`over ${MOST_MB} MB`);
      if (problem !== null && !r.kinds.includes(problem)) faults.push(`no Problem of kind ${problem}, only ${r.kinds}`);
      if (problem !== null && !r.first.some((p) => p.line !== undefined || p.offset !== undefined)) faults.push('a Problem without a place');
      if (problem === null && r.problems > 0) faults.push(`${r.problems} Problems: ${r.first[0].message.slice(0, 80)}`);
      if (kept && !r.kept) faults.push('the entry behind it was lost');
    }
    console.log(`${faults.length === 0 ? '  ' : '! '}${name.padEnd(48)} ${(content.length / 1e6).toFixed(1).padStart(6)} MB ${String(r.ms).padStart(6)} ms ${String(r.growth).padStart(5)} MB ${String(r.problems).padStart(4)} problems  ${faults.join('; ')}`);
    if (faults.length > 0) process.exitCode = 1;
  }
  if (values.only === '') {
    const times = [];
    for (const megabytes of [25, 50, 200]) {
      large(file, megabytes);
      const r = read(file);
      times.push(r.ms);
      console.log(`${r.kept && !r.failed ? '  ' : '! '}a configuration of ${megabytes} MB: ${r.ms} ms, ${r.growth} MB, ${r.elements} elements, ${r.first?.[0]?.message ?? r.failed ?? 'no problem'}`);
      if (r.failed || !r.kept) process.exitCode = 1;
    }
    if (times[1] > times[0] * 3 || times[2] > times[1] * 8) {
      console.log('! the time of a large file is not linear');
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
