import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createSpooler, ingestSmall, pumpStream, type LogLoader, type SpoolSource } from '../../../electron/jobs/spool/index.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import { fileIdOf } from '../../../electron/timeline/file-id.ts';
import { ingestLogs } from '../../helpers/ingest-logs.ts';
import { createTimelineTables } from '../../../electron/timeline/schema.ts';

/**
 * A process that ingests logs and may be killed at any moment: it says "came" for each segment before it is loaded, and
 * "loaded" after each commit. Arguments: folder (with the logs and the case), worker file, number of workers (0: one, which reads the
 * logs together), names of the logs; those that end in `.gz.log` are handed over in small pieces as from an archive.
 */
const [folder = '', workerUrl = '', workers = '1', ...names] = process.argv.slice(2);
const file = path.join(folder, 'case.iiscase');
const fresh = !existsSync(file);
const store = await openStore(file, { tempDirectory: folder, allowedDirectories: [folder], threads: 2, memoryLimitMb: 500 });
const connection = await store.connect();
// A kill may have come before the tables were there.
const known = fresh ? [] : await connection.all(`select 1 from duckdb_tables() where table_name = 'event_stretch'`);
if (known.length === 0) await connection.transaction(() => createTimelineTables(connection));
const pool = createSpooler({ workerUrl: new URL(workerUrl), workers: Math.max(1, Number(workers)), segmentBytes: 40_000 });
async function* told<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const part of parts) {
    process.send?.('came');
    yield part;
  }
}
const bundles = pool.bundles?.bind(pool);
const loader: LogLoader = {
  close: () => pool.close(),
  segments: (request, signal) => told(pool.segments(request, signal)),
  ...(bundles === undefined ? {} : { bundles: (request, source, signal) => told(bundles(request, source, signal)) }),
};

function sourceOf(name: string): SpoolSource {
  const full = path.join(folder, name);
  if (!name.endsWith('.gz.log')) return { kind: 'file', path: full };
  const { port1, port2 } = new MessageChannel();
  void pumpStream(port1, pieces(readFileSync(full)), String);
  return { kind: 'stream', port: port2 };
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
}

const logs = names.map((name) => ({ fileId: fileIdOf(name), evidencePath: name, path: null, server: null, site: null, size: 0, source: () => sourceOf(name) }));
const context = { connection, loader, spoolDirectory: folder, onProgress: () => process.send?.('loaded') };
if (workers === '0') await ingestSmall(context, logs);
else await ingestLogs(context, logs, Number(workers));
await loader.close();
await store.close();
