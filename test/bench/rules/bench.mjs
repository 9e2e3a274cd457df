// All rules over a server with 3,000 applications and 2,000 program files against the parsing of its files, in one process
// and run: under half. Then one web.config with 10,000 and 100,000 modules: ten times the entries, at most twenty times the time.
// node test/bench/rules/bench.mjs
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');
const FIXTURES = path.join(root, 'test/fixtures');
const MOST = 0.5;
const GROWTH = 20;
const ROUNDS = 3;
const outDir = path.join(root, 'node_modules/.cache/iisight-bench-rules');
await build({
  configFile: false, root, logLevel: 'error',
  build: { ssr: path.join(import.meta.dirname, 'measure-entry.ts'), outDir, emptyOutDir: true, target: 'node20', minify: false, rolldownOptions: { output: { entryFileNames: 'measure.mjs' } } },
});

function measure(...numbers) {
  const run = spawnSync(process.execPath, ['--max-old-space-size=4096', path.join(outDir, 'measure.mjs'), ...numbers.map(String), FIXTURES], { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 600_000 });
  if (run.status !== 0) throw new Error(run.stderr || `measure ended with ${run.signal ?? run.status}`);
  return JSON.parse(run.stdout);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = (n) => `${n.toFixed(2)} s`;
const slowest = (byRule) => Object.entries(byRule).sort((a, b) => b[1] - a[1]).slice(0, 6).map(([id, s]) => `${id} ${seconds(s)}`).join(', ');

const rounds = Array.from({ length: ROUNDS }, () => measure(500, 6, 2000, 0));
const [one] = rounds;
const ratio = median(rounds.map((r) => r.judged / r.parse));
console.log(`3,000 applications, ${one.files} configuration files, ${one.programs} program files; ${one.components} components, ${one.findings} findings, ${one.looks} looks`);
console.log(`parse ${seconds(median(rounds.map((r) => r.parse)))}, joined ${seconds(median(rounds.map((r) => r.joined)))}, all rules ${seconds(median(rounds.map((r) => r.judged)))}, what rules saw ${seconds(median(rounds.map((r) => r.looked)))}`);
console.log(`slowest rules: ${slowest(one.byRule)}`);
console.log(`rules / parsing: ${ratio.toFixed(2)} (at most ${MOST})`);

const small = measure(2, 2, 4, 10_000);
const large = measure(2, 2, 4, 100_000);
const growth = large.judged / Math.max(0.01, small.judged);
console.log(`10,000 modules in one web.config: rules ${seconds(small.judged)}; 100,000: ${seconds(large.judged)} (parse ${seconds(large.parse)}, joined ${seconds(large.joined)}, what rules saw ${seconds(large.looked)}), ${large.findings} findings`);
console.log(`slowest rules: ${slowest(large.byRule)}`);
console.log(`growth: ${growth.toFixed(1)} (at most ${GROWTH})`);
process.exit(ratio <= MOST && growth <= GROWTH ? 0 : 1);
