// The layout of a graph of 2,000 nodes, and the answers of the graph of a server with 500 sites and 3,000 applications.
// node test/bench/graph/bench.mjs [--sites 500] [--applications 3000] [--nodes 2000] [--case FILE, kept from one run to the next]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { generateServer } from '../config/generate.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { sites: { type: 'string', default: '500' }, applications: { type: 'string', default: '3000' }, case: { type: 'string' }, nodes: { type: 'string', default: '2000' } } });
/** Milliseconds that a layout and an answer may take, and nodes that may be drawn without a question. */
const MOST = { layout: 1000, view: 300, nodes: 150 };

const outDir = path.join(root, 'node_modules/.cache/iisight-bench-graph');
await build({
  configFile: false, root, logLevel: 'error',
  build: {
    ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false,
    rolldownOptions: { input: { measure: path.join(import.meta.dirname, 'measure-entry.ts') }, output: { entryFileNames: '[name].mjs' } },
  },
});
function measure(...words) {
  const run = spawnSync(process.execPath, [path.join(outDir, 'measure.mjs'), ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${words[0]} ended with ${run.status}`);
  return JSON.parse(run.stdout);
}
function check(name, value, most, unit) {
  console.log(`${name}: ${value.toFixed(0)} ${unit} (at most ${most})`);
  if (value > most) process.exitCode = 1;
}

const layout = measure('layout', values.nodes);
console.log(`layout of ${layout.nodes} nodes and ${layout.edges} edges: ${layout.runs.map((ms) => ms.toFixed(0)).join(', ')} ms`);
check('layout, the first time', layout.runs[0], MOST.layout, 'ms');

const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-bench-graph-'));
try {
  const file = values.case ?? path.join(folder, 'large.iiscase');
  if (!existsSync(file)) {
    generateServer(path.join(folder, 'evidence'), { sites: Number(values.sites), applications: Number(values.applications) });
    const cli = path.join(root, 'dist/electron/cli.js');
    const triage = spawnSync(process.execPath, [cli, 'triage', path.join(folder, 'evidence'), '--case', file], { stdio: ['ignore', 'ignore', 'inherit'] });
    if (triage.status !== 0) throw new Error(`triage ended with ${triage.status}`);
  }
  const answers = measure('view', file);
  for (const [name, { ms, nodes, edges, kb, groups, hits, counts }] of Object.entries(answers)) {
    console.log(`  ${name}: ${ms.toFixed(0)} ms, ${nodes ?? hits} nodes, ${edges ?? 0} edges, ${kb.toFixed(0)} kB${groups === undefined || groups.length === 0 ? '' : `; ${groups.join(' | ')}`}${counts === undefined ? '' : `; ${counts.map((c) => `${c.count} ${c.kind}`).join(', ')}`}`);
  }
  check('graph of the server', answers.again.ms, MOST.view, 'ms');
  check('nodes that are drawn', answers.again.nodes, MOST.nodes, 'nodes');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
