import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { logArtifact } from '../../../../electron/artifacts/logs.ts';
import type { EvidenceReader, EvidenceSource } from '../../../../electron/evidence/source.ts';
import { JobBoard } from '../../../../electron/jobs/job-board.ts';
import type { ReadingContext } from '../../../../electron/jobs/reading/context.ts';
import type { ListedLog } from '../../../../electron/jobs/reading/logs/run.ts';
import type { SiteLog } from '../../../../electron/jobs/reading/logs/tasks.ts';
import { Steering } from '../../../../electron/jobs/reading/steering.ts';
import type { LogLoader } from '../../../../electron/jobs/spool/index.ts';
import { openStore } from '../../../../electron/store/duckdb.ts';
import { createTimelineTables, fileIdOf } from '../../../../electron/timeline/index.ts';
import type { Segment } from '../../../../electron/timeline/spool-format.ts';

/** A source of bytes that are in memory. */
export function sourceOf(files: Readonly<Record<string, Uint8Array>>): EvidenceSource {
  const open = (name: string): EvidenceReader => {
    const bytes = files[name] ?? new Uint8Array(0);
    return {
      size: bytes.length,
      read: async (offset, length) => bytes.slice(offset, offset + length),
      async *stream(start = 0) {
        yield bytes.subarray(start);
      },
      close: async () => undefined,
    };
  };
  return { kind: 'folder', location: '/', timeFidelity: 'none', inventory: async () => [], open: async (name) => open(name), close: async () => undefined };
}

/** A log as discovery gives it. */
export function siteLog(evidencePath: string, size: number, artifact = 'w3c-log'): SiteLog {
  const reads = logArtifact(artifact);
  if (reads === null) throw new Error(artifact);
  return {
    file: { path: null, evidencePath, server: null, size, modified: null, created: null, timeFidelity: 'none', sha256: null, artifact },
    server: null, site: null, artifact: reads, source: reads.source, sites: null, archive: null,
  };
}

export function listed(evidencePath: string, size: number, head: bigint | null, tail: bigint | null): ListedLog {
  return {
    log: siteLog(evidencePath, size), span: { head, tail },
    toRead: { fileId: fileIdOf(evidencePath), evidencePath, path: null, server: null, site: null, size, source: () => ({ kind: 'file', path: evidencePath }) },
  };
}

export interface Bench {
  readonly context: ReadingContext;
  readonly abort: AbortController;
  close(): Promise<void>;
}

/** What a reading works with, over a store of its own; `over` goes on with the store of an earlier one. */
export async function bench(source: EvidenceSource, over?: Bench): Promise<Bench> {
  const folder = over?.context.spoolDirectory ?? await mkdtemp(path.join(os.tmpdir(), 'iisight-run-'));
  const store = over === undefined ? await openStore(path.join(folder, 'case.iiscase'), { tempDirectory: folder, allowedDirectories: [folder], threads: 1, memoryLimitMb: 200 }) : null;
  const connection = over?.context.connection ?? await store?.connect();
  if (connection === undefined) throw new Error('no store');
  if (store !== null) await connection.transaction(() => createTimelineTables(connection));
  const abort = new AbortController();
  const board = new JobBoard(() => undefined);
  board.plan('logs', 'Logs', 'bytes');
  const parts: Partial<ReadingContext> = { connection, source, signal: abort.signal, board, steering: new Steering(), read: { files: 0, bytes: 0 }, workers: 1, spoolDirectory: folder, changed: () => undefined };
  return {
    context: parts as ReadingContext, abort,
    close: async () => {
      connection.close();
      await store?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const PIECE = 16 * 1024 * 1024;

/** A loader without workers: a segment for every 16 MiB of a log. `before` is awaited before each of them. */
export function standInLoader(sizes: ReadonlyMap<bigint, number>, before: (fileId: bigint, offset: number) => void | Promise<void>): LogLoader {
  let epoch = 0;
  return {
    async *segments(request, signal) {
      const fileId = BigInt(`0x${request.prefix.slice(0, 12)}`);
      const size = sizes.get(fileId) ?? 0;
      epoch += 1;
      const name = String(epoch);
      for (let offset = request.state.offset; ; offset += PIECE) {
        await before(fileId, offset);
        if (signal?.aborted === true) return;
        const end = Math.min(size, offset + PIECE);
        const segment: Segment = {
          rows: null, texts: { epoch: name, file: null, from: 0, count: 0 }, baseOffset: offset, baseLine: 1, rejects: [], layouts: [], verdicts: [], first: null, last: null,
          counts: { rowBytes: end - offset, headerBytes: 0, paddingBytes: 0, rejectedBytes: 0, rows: 1, rejected: 0 },
          state: { ...request.state, offset: end }, end: end === size ? { size, sha256: 'ab'.repeat(32) } : null,
        };
        yield segment;
        if (segment.end !== null) return;
      }
    },
    close: async () => undefined,
  };
}
