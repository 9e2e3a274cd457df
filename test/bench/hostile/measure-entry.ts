import { readFileSync } from 'node:fs';
import { parseConfig } from '../../../electron/artifacts/iis-config/index.ts';
import { HOSTILE_XML } from '../../fuzz/hostile-xml.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';

/** Reads one hostile file in a process of its own; growth is the peak over the process with the file in memory. */
const [which = '', file = ''] = process.argv.slice(2);
const status = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const bytes = file === '' ? HOSTILE_XML.find((h) => h.name === which)?.bytes(1) : new Uint8Array(readFileSync(file));
if (bytes === undefined) throw new Error(`no hostile file ${which}`);
if (file === '') {
  process.stdout.write(Buffer.from(bytes));
} else {
  const before = status('VmRSS');
  const begun = performance.now();
  const used = process.cpuUsage();
  const { document, problems } = parseConfig(bytes);
  const { user, system } = process.cpuUsage(used);
  // Where other work shares the machine the clock says too much; where the collector runs beside, the processor does.
  const ms = Math.round(Math.min(performance.now() - begun, (user + system) / 1000));
  const growth = Math.round(status('VmHWM') - before + bytes.length / 2 ** 20);
  const pending: ConfigElement[] = document.root === null ? [] : [document.root];
  let kept = false;
  let elements = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    elements += 1;
    kept ||= next.name === 'add' && next.attributes.some((a) => a.name === 'name' && a.value === 'kept');
    for (const child of next.children) pending.push(child);
  }
  process.stdout.write(JSON.stringify({ ms, growth, kept, elements, complete: document.complete, kinds: [...new Set(problems.map((p) => p.kind))], problems: problems.length, first: problems.slice(0, 3), bytes: bytes.length }));
}
