import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { LogFacts } from '../../findings/index.ts';
import { EvidenceUnreadable } from '../../evidence/source.ts';
import { fileIdOf } from '../../timeline/file-id.ts';
import { registerLog } from '../../timeline/load.ts';
import { ingestLogs, type LogToRead } from '../spool/ingest.ts';
import type { SpoolSource } from '../spool/protocol.ts';
import { pumpStream } from '../spool/source.ts';
import { createSpooler, LogUnreadable } from '../spool/spooler.ts';
import { checkCancelled } from '../limited.ts';
import type { CaseModel } from '../model/case-model.ts';
import type { ReadingContext } from './context.ts';
import type { Inventory } from './inventory.ts';
import { siteLogs, type SiteLog } from './log-tasks.ts';
import { logFacts } from './log-facts.ts';
import type { LogTask } from './recognise.ts';

/** Makes every log known to the timeline, unread, so that coverage is honest from the start. */
export async function listLogs(ctx: ReadingContext, inventory: Inventory, model: CaseModel, tasks: readonly LogTask[]): Promise<readonly SiteLog[]> {
  const logs = await siteLogs(ctx, inventory, model, tasks);
  for (const log of logs) await registerLog(ctx.connection, toRead(ctx, log));
  return logs;
}

/** Reads the logs into the timeline, as many at a time as there are workers; what an earlier reading loaded is kept. */
export async function readLogs(ctx: ReadingContext, inventory: Inventory, logs: readonly SiteLog[]): Promise<LogFacts | null> {
  const total = logs.reduce((n, l) => n + l.file.size, 0);
  const done = new Map<bigint, number>();
  ctx.board.progress('logs', 0, total);
  const loader = createSpooler({ workerUrl: ctx.spoolWorker, workers: Math.min(ctx.workers, Math.max(1, logs.length)) });
  try {
    const results = await ingestLogs({
      connection: ctx.connection,
      loader,
      spoolDirectory: ctx.spoolDirectory,
      signal: ctx.signal,
      onProgress: (log, bytes) => {
        done.set(log.fileId, bytes);
        ctx.board.progress('logs', [...done.values()].reduce((a, b) => a + b, 0), total);
        ctx.changed();
      },
    }, logs.map((log) => toRead(ctx, log)), ctx.workers);
    checkCancelled(ctx.signal);
    const entries = new Map(inventory.entries.map((e) => [e.evidencePath, e]));
    for (const [i, result] of results.entries()) {
      const log = logs[i];
      if (result === null || log === undefined) continue;
      log.file.sha256 = result.file.sha256;
      const entry = entries.get(log.file.evidencePath);
      if (result.hashedNow && result.file.sha256 !== null && entry !== undefined) ctx.attached.vouch(entry, result.file.sha256);
      ctx.problems.take(result.problems);
    }
  } finally {
    await loader.close();
  }
  ctx.board.end('logs', 'done', `${logs.length} files`);
  return logs.length === 0 ? null : logFacts(ctx.connection);
}

function toRead(ctx: ReadingContext, { file, server, site }: SiteLog): LogToRead {
  return {
    fileId: fileIdOf(file.evidencePath),
    evidencePath: file.evidencePath,
    path: file.path,
    server,
    site,
    size: file.size,
    source: () => spoolSource(ctx, file.evidencePath),
  };
}

/**
 * A plain file of a folder is opened by the worker itself (again without following links); names with escaped bytes and
 * entries of a zip are pumped through a port.
 */
async function spoolSource(ctx: ReadingContext, evidencePath: string): Promise<SpoolSource> {
  const reader = await ctx.source.open(evidencePath).catch((error: unknown) => {
    throw error instanceof EvidenceUnreadable ? new LogUnreadable(error.message) : error;
  });
  if (ctx.source.kind === 'folder' && !evidencePath.includes('\\')) {
    // Opening it here has proved that no part of its path is a link.
    await reader.close();
    return { kind: 'file', path: path.join(ctx.source.location, ...evidencePath.split('/')) };
  }
  const { port1, port2 } = new MessageChannel();
  void pumpStream(port1, reader.stream(), why).finally(() => reader.close());
  return { kind: 'stream', port: port2 };
}

function why(error: unknown): string {
  return error instanceof EvidenceUnreadable ? error.message : 'the log could not be read on';
}
