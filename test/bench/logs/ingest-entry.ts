import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createSpooler, ingestLog } from '../../../electron/jobs/spool/index.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import { createTimelineTables, fileIdOf, histogram, stack, Timeline } from '../../../electron/timeline/index.ts';
import { EMPTY_FILTER, parseFilter, type Filter } from '../../../shared/query/index.ts';

/** The engine's side of the bench: read, store, ready for queries; then some questions. Prints one line of JSON. */
const [log = '', caseFile = '', folder = '', worker = ''] = process.argv.slice(2);
const begun = performance.now();
const store = await openStore(caseFile, { tempDirectory: folder, allowedDirectories: [folder], memoryLimitMb: 600, threads: 2 });
const connection = await store.connect();
await createTimelineTables(connection);
const loader = createSpooler({ workerUrl: pathToFileURL(worker), workers: 1 });
const { file } = await ingestLog(
  { connection, loader, spoolDirectory: folder },
  { fileId: fileIdOf('log'), evidencePath: 'log', path: null, server: 'WEB01', site: 'Default Web Site', size: statSync(log).size, source: () => ({ kind: 'file', path: log }) },
);
await loader.close();
await store.checkpoint();
const timeline = new Timeline(connection);
const all = { filter: EMPTY_FILTER, revision: 1 };
await timeline.page(all, 0, 200);
const seconds = (performance.now() - begun) / 1000;
const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;

const questions: Record<string, number> = {};
async function ask(name: string, question: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await question();
  questions[name] = Math.round(performance.now() - start);
}
const filter = (text: string): Filter => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return parsed.filter;
};
const middle = Math.floor(file.lines / 2);
await ask('next page', () => timeline.page(all, 200, 200));
await ask('jump to the middle', () => timeline.page(all, middle, 200));
await ask('next page there', () => timeline.page(all, middle + 200, 200));
await ask('histogram', () => histogram(timeline, all, 500, null, null));
await ask('histogram, status:404', () => histogram(timeline, { filter: filter('status:404'), revision: 1 }, 500, null, null));
await ask('first page, status:404', () => timeline.page({ filter: filter('status:404'), revision: 1 }, 0, 200));
await ask('first page, uri:*shell*', () => timeline.page({ filter: filter('uri:*shell*'), revision: 1 }, 0, 200));
await ask('first page, text in any field', () => timeline.page({ filter: filter('page77'), revision: 1 }, 0, 200));
await ask('first page, network', () => timeline.page({ filter: filter('ip:10.20.0.0/16'), revision: 1 }, 0, 200));
await ask('groups by path', () => stack(timeline, all, 'uri', 100));
await store.close();
process.stdout.write(`${JSON.stringify({ seconds, peakMb, lines: file.lines, done: file.done, caseMb: statSync(caseFile).size / 1e6, questions })}\n`);
