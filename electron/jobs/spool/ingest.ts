import { rm } from 'node:fs/promises';
import type { LogFile, Problem } from '../../../shared/model/index.ts';
import type { Connection } from '../../store/store.ts';
import { loadSegment, logProgress, registerLog, type LogIdentity } from '../../timeline/load.ts';
import { logFile, rejectProblems, rejectProblem } from '../../timeline/log-files.ts';
import { SPOOL_START } from '../../timeline/spool-format.ts';
import type { SpoolSource } from './protocol.ts';
import { StoreError } from '../../store/errors.ts';
import { LogUnreadable, type LogLoader } from './spooler.ts';

export interface IngestContext {
  /** For loading; statements of several logs take turns on it. */
  readonly connection: Connection;
  readonly loader: LogLoader;
  /** A folder of ours that the store may read: absolute, emptied by the caller at the end. */
  readonly spoolDirectory: string;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this log that are in the store. */
  readonly onProgress?: ((log: LogIdentity, done: number) => void) | undefined;
}

export interface LogToRead extends LogIdentity {
  /** Called when reading begins, so that a zip entry is not opened long before. */
  readonly source: () => SpoolSource | Promise<SpoolSource>;
}

/**
 * Reads a log into the timeline, from where an earlier run left it. When it resolves, every byte that was read is
 * accounted for and committed; after an abort the rest is read by the next call.
 * The problems are those of the whole log, also of earlier runs; `hashedNow` says that this call read the file to its end.
 */
export async function ingestLog(ctx: IngestContext, log: LogToRead): Promise<{ readonly file: LogFile; readonly problems: readonly Problem[]; readonly hashedNow: boolean }> {
  await registerLog(ctx.connection, log);
  const progress = await logProgress(ctx.connection, log.fileId);
  const problems: Problem[] = [];
  if (progress?.finished !== true && ctx.signal?.aborted !== true) {
    try {
      await load(ctx, log, progress?.state ?? SPOOL_START);
    } catch (error) {
      const why = whyGivenUp(error);
      if (why === null) throw error;
      problems.push(rejectProblem(log, { kind: 'unreadable', reason: why, expected: false }));
    }
  }
  problems.push(...(await rejectProblems(ctx.connection, log)));
  const file = await logFile(ctx.connection, log.fileId);
  return { file, problems, hashedNow: progress?.finished !== true && file.sha256 !== null };
}

/** One log that cannot be read or loaded on is marked, and the others go on; null for what concerns the whole case. */
function whyGivenUp(error: unknown): string | null {
  if (error instanceof LogUnreadable) return error.message;
  return error instanceof StoreError && error.kind === 'sql' && !error.reopen ? `A part of this log could not be loaded and reading it was given up: ${error.message}` : null;
}

async function load(ctx: IngestContext, log: LogToRead, start: typeof SPOOL_START): Promise<void> {
  const prefix = log.fileId.toString(16).padStart(12, '0');
  for await (const segment of ctx.loader.segments(await log.source(), start, ctx.spoolDirectory, prefix, ctx.signal)) {
    try {
      if (ctx.signal?.aborted === true) return;
      await loadSegment(ctx.connection, log, segment);
    } finally {
      if (segment.file !== null) await rm(segment.file, { force: true });
    }
    ctx.onProgress?.(log, segment.state.offset);
  }
}

/** Reads several logs, as many at a time as the loader has workers. Results in the order of `logs`. */
export async function ingestLogs(ctx: IngestContext, logs: readonly LogToRead[], workers: number): Promise<readonly (Awaited<ReturnType<typeof ingestLog>> | null)[]> {
  const results: (Awaited<ReturnType<typeof ingestLog>> | null)[] = logs.map(() => null);
  const rest = logs.entries();
  const failures: unknown[] = [];
  const one = async (): Promise<void> => {
    for (const [i, log] of rest) {
      if (ctx.signal?.aborted === true || failures.length > 0) return;
      try {
        results[i] = await ingestLog(ctx, log);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, one));
  if (failures.length > 0) throw failures[0];
  return results;
}
