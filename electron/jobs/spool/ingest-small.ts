import { NO_OPTIONS } from '../../artifacts/kit/log-lines.ts';
import type { Problem } from '../../../shared/model/index.ts';
import { StoreError } from '../../store/errors.ts';
import { loadBundle } from '../../timeline/load.ts';
import { logFilesOf, rejectProblem, rejectProblems } from '../../timeline/log-files.ts';
import { registerLogs } from '../../timeline/probed.ts';
import { SPOOL_START, type Bundle } from '../../timeline/spool-format.ts';
import { withOpenStretches } from '../../timeline/stretches.ts';
import { textIds } from '../../timeline/text-ids.ts';
import { assumptions, ingestLog, spoolPrefix, whyGivenUp, type IngestContext, type LogToRead } from './ingest.ts';
import { removeFiles } from './read-log.ts';
import type { LogLoader } from './spooler.ts';

type Outcome = Awaited<ReturnType<typeof ingestLog>>;
type Standing = Awaited<ReturnType<typeof logFilesOf>>;

/**
 * Reads several small logs into the timeline with one worker, one after the other, and loads their rows together; for
 * each of them it is as `ingestLog`. Results in the order of `logs`.
 */
export async function ingestSmall(ctx: IngestContext, logs: readonly LogToRead[]): Promise<readonly Outcome[]> {
  const { connection, loader } = ctx;
  const ids = logs.map((log) => log.fileId);
  await registerLogs(connection, logs);
  const before = await logFilesOf(connection, ids);
  const open = await withOpenStretches(connection, ids);
  const together = logs.filter((log) => before.get(log.fileId)?.finished === false && !open.has(log.fileId));
  const alone = new Set(logs.filter((log) => open.has(log.fileId)));
  let failed: ReadonlyMap<bigint, string> = new Map();
  if (loader.bundles === undefined) {
    for (const log of together) alone.add(log);
  } else if (together.length > 0 && ctx.signal?.aborted !== true) {
    try {
      failed = await readTogether(ctx, loader.bundles.bind(loader), together, before);
    } catch (error) {
      if (whyGivenUp(error) === null) throw error;
      // Over which of them is not known: read alone, the others do not suffer from it.
      for (const log of together) alone.add(log);
    }
  }
  const singly = new Map<bigint, Outcome>();
  for (const log of alone) singly.set(log.fileId, await ingestLog(ctx, log));
  const after = await logFilesOf(connection, ids);
  const results: Outcome[] = [];
  for (const log of logs) results.push(singly.get(log.fileId) ?? (await outcome(ctx, log, after, failed.get(log.fileId) ?? null)));
  return results.map((result, i) => ({ ...result, hashedNow: result.file.sha256 !== null && before.get(logs[i]?.fileId ?? 0n)?.finished !== true }));
}

async function outcome(ctx: IngestContext, log: LogToRead, after: Standing, why: string | null): Promise<Outcome> {
  const standing = after.get(log.fileId);
  if (standing === undefined) throw new Error(`log ${log.fileId} is not registered`);
  const problems: Problem[] = why === null ? [] : [rejectProblem(log, { kind: 'unreadable', reason: why, expected: false })];
  if (standing.file.rejected > 0) problems.push(...(await rejectProblems(ctx.connection, log)));
  problems.push(...assumptions(log, standing.state));
  return { file: standing.file, problems, hashedNow: false };
}

/** @returns why logs could not be read on */
async function readTogether(ctx: IngestContext, bundles: NonNullable<LogLoader['bundles']>, logs: readonly LogToRead[], before: Standing): Promise<ReadonlyMap<bigint, string>> {
  const { connection, signal } = ctx;
  const request = {
    logs: logs.map((log) => ({ format: log.artifact ?? 'w3c-log', lines: log.lines ?? NO_OPTIONS, state: before.get(log.fileId)?.state ?? SPOOL_START })),
    directory: ctx.spoolDirectory, prefix: logs[0] === undefined ? '' : spoolPrefix(logs[0]), store: textIds(connection).token,
  };
  const source = (i: number): ReturnType<LogToRead['source']> => (logs[i] as LogToRead).source();
  const failed = new Map<bigint, string>();
  const done = new Map(logs.map((log) => [log.fileId, before.get(log.fileId)?.file.done ?? 0]));
  let loading = false;
  const interrupt = (): void => {
    if (loading) connection.interrupt();
  };
  signal?.addEventListener('abort', interrupt);
  try {
    for await (const bundle of bundles(request, source, signal)) {
      try {
        if (signal?.aborted === true) break;
        await loadBundle(connection, logs, bundle, () => (loading = signal?.aborted !== true));
      } finally {
        loading = false;
        removeFiles(bundle);
      }
      for (const { log, message } of bundle.failed) failed.set(logs[log]?.fileId ?? 0n, message);
      tell(ctx, logs, bundle, done);
    }
  } catch (error) {
    // Stopped in the middle of a bundle: nothing of it is in the store, and that is what was asked for.
    if (signal?.aborted !== true || !(error instanceof StoreError) || error.kind !== 'interrupted') throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
  return failed;
}

function tell(ctx: IngestContext, logs: readonly LogToRead[], bundle: Bundle, done: Map<bigint, number>): void {
  for (const { log: i, counts } of bundle.pieces) {
    const log = logs[i];
    if (log === undefined) continue;
    const bytes = (done.get(log.fileId) ?? 0) + counts.rowBytes + counts.headerBytes + counts.paddingBytes + counts.rejectedBytes;
    done.set(log.fileId, bytes);
    ctx.onProgress?.(log, bytes);
  }
}
