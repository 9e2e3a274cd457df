import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import os from 'node:os';
import { createSpooler } from '../../../electron/jobs/spool/index.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import { fileIdOf } from '../../../electron/timeline/file-id.ts';
import { ingestLogs } from '../../helpers/ingest-logs.ts';
import { createTimelineTables } from '../../../electron/timeline/schema.ts';

/**
 * The engine's side of the bench: logs read by as many workers as the engine has, loaded, all of it in the one file.
 * Arguments: case, folder, worker, `central` (the rows name their sites) or `own`, logs. Prints one line of JSON.
 */
const [caseFile = '', folder = '', worker = '', kind = '', ...logs] = process.argv.slice(2);
const workers = Math.min(4, os.availableParallelism());
const sites = kind === 'central' ? new Map([1, 2, 3, 4, 5, 6, 7].map((id) => [id, `Site ${id}`])) : null;
const begun = performance.now();
const store = await openStore(caseFile, { tempDirectory: folder, allowedDirectories: [folder], memoryLimitMb: 500, threads: 2 });
const connection = await store.connect();
await createTimelineTables(connection);
const loader = createSpooler({ workerUrl: pathToFileURL(worker), workers });
const results = await ingestLogs({ connection, loader, spoolDirectory: folder }, logs.map((log, i) => ({
  fileId: fileIdOf(log), evidencePath: log, path: null, server: 'WEB01', site: `Site ${i + 1}`, size: statSync(log).size, lines: { zone: null, name: null, sites },
  source: () => ({ kind: 'file', path: log }),
})), workers);
await loader.close();
await store.checkpoint();
const seconds = (performance.now() - begun) / 1000;

async function ask(sql: string): Promise<number> {
  const start = performance.now();
  await connection.all(sql);
  return (performance.now() - start) / 1000;
}
const group = await ask('select t.value, sum(n) as n from (select uri, count(*) as n from request group by uri) left join log_text t on t.id = uri group by all order by n desc limit 100');
const histogram = await ask('select time // 36000000000 as hour, count(*) as n from request where status = 404 group by hour order by hour');
await store.close();
/** Of the whole process: the engine, its workers and the database, with the questions. */
const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const sum = (of: (file: { readonly lines: number; readonly done: number }) => number): number => results.reduce((n, result) => n + (result === null ? 0 : of(result.file)), 0);
process.stdout.write(`${JSON.stringify({ seconds, peakMb, lines: sum((file) => file.lines), done: sum((file) => file.done), caseMb: statSync(caseFile).size / 1e6, group, histogram })}\n`);
