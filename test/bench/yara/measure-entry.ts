import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { YaraScanner } from '../../../electron/jobs/yara/scanner.ts';

/** Searches files with the built-in engine in its child: standard input names them, the answer is milliseconds and matches per round. */
interface Order { readonly child: string; readonly rules: string; readonly files: readonly string[]; readonly rounds: number }

const order = JSON.parse(readFileSync(0, 'utf8')) as Order;
const rules = readFileSync(order.rules, 'utf8');
const rounds: { ms: number; matches: number }[] = [];
for (let round = 0; round < order.rounds; round += 1) {
  const started = performance.now();
  const scanner = new YaraScanner(pathToFileURL(order.child), [rules], 600);
  let matches = 0;
  for (const file of order.files) {
    const answer = await scanner.scan(readFileSync(file));
    if (!answer.ok) throw new Error(`${file}: ${answer.why}`);
    matches += answer.value.flat().length;
  }
  await scanner.close();
  rounds.push({ ms: performance.now() - started, matches });
}
process.stdout.write(JSON.stringify(rounds));
