// Speed as ratios against a peer or the physical limit in the same run: node build/scripts/bench.mjs [triage|logs|paint ...]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureTools } from './tools.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const benches = readdirSync(path.join(root, 'test/bench'), { withFileTypes: true }).filter((e) => e.isDirectory() && existsSync(path.join(root, 'test/bench', e.name, 'bench.mjs'))).map((e) => e.name).sort();
const wanted = process.argv.slice(2).filter((n) => benches.includes(n));

await ensureInstalled();
ensureTools(true);
await ensureBuilt('electron');
await ensureBuilt('renderer');
let failed = 0;
for (const name of wanted.length > 0 ? wanted : benches) {
  process.stdout.write(`\n== ${name}\n`);
  const run = spawnSync(process.execPath, [path.join(root, 'test/bench', name, 'bench.mjs')], { stdio: 'inherit', cwd: root });
  if (run.status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
