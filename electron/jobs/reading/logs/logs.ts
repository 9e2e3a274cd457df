import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { compareBy } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import type { LogFile } from '../../../../shared/model/index.ts';
import type { LogFacts } from '../../../findings/index.ts';
import type { LineOptions } from '../../../artifacts/kit/log-lines.ts';
import { EvidenceUnreadable } from '../../../evidence/source.ts';
import { fileIdOf } from '../../../timeline/file-id.ts';
import { logFiles } from '../../../timeline/log-files.ts';
import { forgetOtherZones, registerLogs } from '../../../timeline/probed.ts';
import type { LogToRead } from '../../spool/ingest.ts';
import type { SpoolSource } from '../../spool/protocol.ts';
import { pumpStream } from '../../spool/source.ts';
import { createSpooler, LogUnreadable } from '../../spool/spooler.ts';
import { checkCancelled } from '../../limited.ts';
import type { CaseModel } from '../../model/case-model.ts';
import type { ReadingContext } from '../context.ts';
import { heldLoader } from './held-loader.ts';
import { nameOf, type Inventory } from '../inventory.ts';
import type { Pivot } from './order.ts';
import { LogRun, type ListedLog } from './run.ts';
import { siteLogs, type SiteLog } from './tasks.ts';
import { logFacts } from '../log-facts.ts';
import { probeLogs } from './probe-logs.ts';
import type { LogTask } from '../recognise.ts';

/**
 * Makes every log known to the timeline, unread, with when it begins and ends, so that coverage is honest from the start.
 * @param zone of the server's clock, for logs in local time; null when nobody has said it
 */
export async function listLogs(ctx: ReadingContext, inventory: Inventory, model: CaseModel, tasks: readonly LogTask[], zone: string | null): Promise<readonly ListedLog[]> {
  ctx.board.progress('logs', 0, null, 'looking for logs');
  const logs = await siteLogs(ctx, inventory, model, tasks);
  const optionsOf = (log: SiteLog): LineOptions => ({ zone: log.artifact.localTime ? zone : null, name: nameOf(log.file.evidencePath), sites: log.sites });
  // Said only after they had been read: their rows come again with the right times.
  if (zone !== null) await forgetOtherZones(ctx.connection, zone);
  const spans = await probeLogs(ctx, logs, optionsOf);
  const listed = logs.map((log, i): ListedLog => {
    const span = spans[i] ?? { head: null, tail: null };
    return { log, span, toRead: { ...toRead(ctx, log, optionsOf(log)), headTime: span.head, tailTime: span.tail } };
  });
  await registerLogs(ctx.connection, listed.map((l) => l.toRead));
  ctx.changed();
  return listed;
}

/**
 * Reads the logs into the timeline, as many at a time as there are workers; what an earlier reading loaded is kept. The
 * days around pivots come first, then `pivotsRead` is called while everything else is still to be read.
 */
export async function readLogs(ctx: ReadingContext, inventory: Inventory, logs: readonly ListedLog[], pivots: readonly Pivot[], pivotsRead: (facts: LogFacts) => Promise<void>): Promise<LogFacts | null> {
  const before = new Map((await logFiles(ctx.connection)).map((file) => [file.evidencePath, file.done]));
  const spooler = createSpooler({ workerUrl: ctx.spoolWorker, workers: Math.min(ctx.workers, Math.max(1, logs.length)) });
  const run = new LogRun(ctx, heldLoader(spooler, ctx.steering, ctx.signal), logs, pivots, before);
  try {
    await run.read(() => pivotsRead(logFacts(ctx.connection)));
    checkCancelled(ctx.signal);
    const entries = new Map(inventory.entries.map((e) => [e.evidencePath, e]));
    for (const [i, result] of run.results.entries()) {
      const log = logs[i]?.log;
      if (result === null || log === undefined) continue;
      log.file.sha256 = result.file.sha256;
      // What a packed log really holds is known when it was read to its end.
      if (log.archive !== null && result.file.sha256 !== null) log.file.size = result.file.size;
      const entry = entries.get(log.file.evidencePath);
      if (result.hashedNow && result.file.sha256 !== null && entry !== undefined) ctx.attached.vouch(entry, result.file.sha256);
      ctx.problems.take(result.problems);
    }
    tellCopies(ctx, run.results.flatMap((result) => result ?? []).map(({ file }) => file));
  } finally {
    await spooler.close();
  }
  ctx.board.end('logs', 'done', `${logs.length} files`);
  return logs.length === 0 ? null : logFacts(ctx.connection);
}

/** Logs of different names with the same bytes are a copy that somebody made, or not: both count, and that is told. */
function tellCopies(ctx: ReadingContext, files: readonly LogFile[]): void {
  const first = new Map<string, LogFile>();
  for (const file of files.toSorted(compareBy((f) => f.evidencePath))) {
    if (file.sha256 === null || file.lines === 0) continue;
    const same = first.get(file.sha256);
    if (same === undefined) first.set(file.sha256, file);
    else ctx.problems.add({ path: file.path, evidencePath: file.evidencePath }, file.server, { kind: 'anomaly', message: `This log has the same bytes as ${quote(same.path ?? same.evidencePath)} (SHA-256): the rows of both are counted, so every request of it stands twice.` });
  }
}

function toRead(ctx: ReadingContext, { file, server, site, artifact, source }: SiteLog, lines: LineOptions): LogToRead {
  return {
    fileId: fileIdOf(file.evidencePath),
    evidencePath: file.evidencePath,
    path: file.path,
    server,
    site,
    size: file.size,
    format: source === 'ftp-log' ? 'ftp' : artifact.format,
    artifact: artifact.id,
    lines,
    ...(artifact.localTime ? { zone: lines.zone ?? 'UTC', zoneAssumed: lines.zone === null } : {}),
    source: () => spoolSource(ctx, file.evidencePath),
  };
}

/**
 * A plain file of a folder is opened by the worker itself (again without following links); names with escaped bytes,
 * entries of a zip and packed logs are pumped through a port.
 */
async function spoolSource(ctx: ReadingContext, evidencePath: string): Promise<SpoolSource> {
  const reader = await ctx.source.open(evidencePath).catch((error: unknown) => {
    throw error instanceof EvidenceUnreadable ? new LogUnreadable(error.message) : error;
  });
  if (ctx.source.kind === 'folder' && reader.archive === undefined && !evidencePath.includes('\\')) {
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
