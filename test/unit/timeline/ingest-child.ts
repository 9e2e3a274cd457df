import { existsSync } from 'node:fs';
import path from 'node:path';
import { createSpooler, ingestLogs } from '../../../electron/jobs/spool/index.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import { fileIdOf } from '../../../electron/timeline/file-id.ts';
import { createTimelineTables } from '../../../electron/timeline/schema.ts';

/**
 * A process that ingests logs and may be killed at any moment: it says "segment" after each commit.
 * Arguments: folder (with the logs and the case), worker file, number of workers, names of the logs.
 */
const [folder = '', workerUrl = '', workers = '1', ...names] = process.argv.slice(2);
const file = path.join(folder, 'case.iiscase');
const fresh = !existsSync(file);
const store = await openStore(file, { tempDirectory: folder, allowedDirectories: [folder], threads: 2, memoryLimitMb: 500 });
const connection = await store.connect();
// A kill may have come before the tables were there.
const known = fresh ? [] : await connection.all(`select 1 from duckdb_tables() where table_name = 'event_reject'`);
if (known.length === 0) await connection.transaction(() => createTimelineTables(connection));
const loader = createSpooler({ workerUrl: new URL(workerUrl), workers: Number(workers), segmentBytes: 40_000 });
const logs = names.map((name) => ({
  fileId: fileIdOf(name), evidencePath: name, path: null, server: null, site: null, size: 0, source: () => ({ kind: 'file' as const, path: path.join(folder, name) }),
}));
await ingestLogs({ connection, loader, spoolDirectory: folder, onProgress: () => process.send?.('segment') }, logs, Number(workers));
await loader.close();
await store.close();
