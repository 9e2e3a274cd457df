import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSpooler, ingestLog, type LogLoader, type LogToRead } from '../../../electron/jobs/spool/index.ts';
import { readLog, readRange, startOfRange } from '../../../electron/jobs/spool/read-log.ts';
import { openSource } from '../../../electron/jobs/spool/source.ts';
import { openStore } from '../../../electron/store/duckdb.ts';
import type { Connection, Store } from '../../../electron/store/store.ts';
import { createTimelineTables, fileIdOf } from '../../../electron/timeline/index.ts';
import { bundleEntry } from '../../helpers/bundle.ts';

export interface TestTimeline {
  readonly store: Store;
  readonly connection: Connection;
  readonly folder: string;
  close(): Promise<void>;
}

/** An empty timeline in a folder of its own. */
export async function openTimeline(): Promise<TestTimeline> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-timeline-'));
  const store = await openStore(path.join(folder, 'test.iiscase'), { tempDirectory: folder, allowedDirectories: [folder], threads: 2, memoryLimitMb: 500 });
  const connection = await store.connect();
  await createTimelineTables(connection);
  return {
    store, connection, folder,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Reads in this thread: what a worker does, without starting one. */
export function directLoader(segmentBytes = 1 << 26): LogLoader {
  return {
    segments: (request) => {
      const { source, state, range } = request;
      const options = { ...request, segmentBytes };
      if (range === null) return readLog(openSource(source), state, options);
      return readRange(openSource(source, startOfRange(state, range.exact)), state, range, options);
    },
    close: () => Promise.resolve(),
  };
}

export async function workerLoader(workers: number, segmentBytes?: number): Promise<LogLoader> {
  const file = await bundleEntry(path.resolve(import.meta.dirname, '../../../electron/jobs/spool/worker.ts'));
  return createSpooler({ workerUrl: pathToFileURL(file), workers, ...(segmentBytes === undefined ? {} : { segmentBytes }) });
}

/** Writes a log beside the store and describes it for ingest. */
export function logFrom(t: TestTimeline, name: string, bytes: Uint8Array | string, site = 'Default Web Site'): LogToRead {
  const file = path.join(t.folder, name);
  writeFileSync(file, bytes);
  return {
    fileId: fileIdOf(`logs/${name}`), evidencePath: `logs/${name}`, path: `C:\\inetpub\\logs\\${name}`, server: 'WEB01', site,
    size: Buffer.byteLength(bytes), source: () => ({ kind: 'file', path: file }),
  };
}

export async function ingestText(t: TestTimeline, name: string, text: Uint8Array | string, site?: string): Promise<Awaited<ReturnType<typeof ingestLog>>> {
  return ingestLog({ connection: t.connection, loader: directLoader(), spoolDirectory: t.folder }, logFrom(t, name, text, site));
}

export const HEADER = '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time cs-host cs-method cs-uri-stem cs-uri-query sc-status sc-substatus c-ip cs-username cs(User-Agent) cs(Referer) sc-bytes time-taken X-Trace\r\n';
