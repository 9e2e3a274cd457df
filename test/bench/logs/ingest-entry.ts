import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createSpooler, ingestLog } from '../../../electron/jobs/spool/index.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import { fileIdOf } from '../../../electron/timeline/file-id.ts';
import { createTimelineTables } from '../../../electron/timeline/schema.ts';

/** The engine's side of the bench: a log read by one worker, loaded, all of it in the one file. Prints one line of JSON. */
const [log = '', caseFile = '', folder = '', worker = ''] = process.argv.slice(2);
const begun = performance.now();
const store = await openStore(caseFile, { tempDirectory: folder, allowedDirectories: [folder], memoryLimitMb: 500, threads: 2 });
const connection = await store.connect();
await createTimelineTables(connection);
const loader = createSpooler({ workerUrl: pathToFileURL(worker), workers: 1 });
const { file } = await ingestLog(
  { connection, loader, spoolDirectory: folder },
  { fileId: fileIdOf('log'), evidencePath: 'log', path: null, server: 'WEB01', site: 'Default Web Site', size: statSync(log).size, source: () => ({ kind: 'file', path: log }) },
);
await loader.close();
await store.checkpoint();
const seconds = (performance.now() - begun) / 1000;
const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;

async function ask(sql: string): Promise<number> {
  const start = performance.now();
  await connection.all(sql);
  return (performance.now() - start) / 1000;
}
const group = await ask('select t.value, sum(n) as n from (select uri, count(*) as n from request group by uri) left join log_text t on t.id = uri group by all order by n desc limit 100');
const histogram = await ask('select time // 36000000000 as hour, count(*) as n from request where status = 404 group by hour order by hour');
await store.close();
process.stdout.write(`${JSON.stringify({ seconds, peakMb, lines: file.lines, done: file.done, caseMb: statSync(caseFile).size / 1e6, group, histogram })}\n`);
