import { NO_OPTIONS, READER_START, type LineOptions } from '../../artifacts/kit/log-lines.ts';
import { logArtifact } from '../../artifacts/logs.ts';
import type { LogFile, Problem } from '../../../shared/model/index.ts';
import type { Connection } from '../../store/store.ts';
import { loadSegment, registerLog, type LogIdentity } from '../../timeline/load.ts';
import { logFile, rejectProblems, rejectProblem } from '../../timeline/log-files.ts';
import { SPOOL_START, type Segment, type SpoolState } from '../../timeline/spool-format.ts';
import { advance, extendStretch, logProgress, openStretches } from '../../timeline/stretches.ts';
import { textIds } from '../../timeline/text-ids.ts';
import { StoreError } from '../../store/errors.ts';
import { nextPart } from './parts.ts';
import type { LogRequest, SpoolSource } from './protocol.ts';
import { removeFiles } from './read-log.ts';
import { LogUnreadable, type LogLoader } from './spooler.ts';

export interface IngestContext {
  /** For loading; statements of several logs take turns on it. */
  readonly connection: Connection;
  readonly loader: LogLoader;
  /** A folder of ours that the store may read: absolute, emptied by the caller at the end. */
  readonly spoolDirectory: string;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this log that are in the store, by this reading and those before it. */
  readonly onProgress?: ((log: LogIdentity, done: number) => void) | undefined;
}

export interface LogToRead extends LogIdentity {
  /** Id of the log artifact that reads the lines (W3C where nothing is said), and what it is told. */
  readonly artifact?: string;
  readonly lines?: LineOptions;
  /** Called when reading begins, so that a zip entry is not opened long before. */
  readonly source: () => SpoolSource | Promise<SpoolSource>;
}

/** A part of a log that is wanted before the rest: the lines that begin from `from` on and before `to` (offsets). */
export interface LogRange {
  readonly from: number;
  readonly to: number;
  /** What is assumed to hold there: fields, day, encoding and line end. When it proves wrong the part is read again. */
  readonly state: SpoolState;
}

/**
 * Reads a log into the timeline, from where an earlier run left it; with `range`, that part of it only. When it resolves,
 * every byte that was read is accounted for and committed; after an abort the rest is read by the next call. One log is
 * read by one call at a time.
 * The problems are those of the whole log, also of earlier runs; `hashedNow` says that this call read the file to its end.
 */
export async function ingestLog(
  ctx: IngestContext, log: LogToRead, options: { readonly range?: LogRange } = {},
): Promise<{ readonly file: LogFile; readonly problems: readonly Problem[]; readonly hashedNow: boolean }> {
  await registerLog(ctx.connection, log);
  const progress = await logProgress(ctx.connection, log.fileId);
  const problems: Problem[] = [];
  if (progress?.finished !== true && ctx.signal?.aborted !== true) {
    try {
      const state = progress?.state ?? SPOOL_START;
      if (options.range === undefined) await readWhole(ctx, log, state);
      else await readPart(ctx, log, state, options.range);
    } catch (error) {
      const why = whyGivenUp(error);
      if (why === null) throw error;
      problems.push(rejectProblem(log, { kind: 'unreadable', reason: why, expected: false }));
    }
  }
  problems.push(...(await rejectProblems(ctx.connection, log)));
  problems.push(...assumptions(log, (await logProgress(ctx.connection, log.fileId))?.state ?? null));
  const file = await logFile(ctx.connection, log.fileId);
  return { file, problems, hashedNow: progress?.finished !== true && file.sha256 !== null };
}

/** What the reader took for granted about the log, as a problem. @param state where its reading stands */
export function assumptions(log: LogToRead, state: SpoolState | null): readonly Problem[] {
  const assumed = state === null ? null : logArtifact(log.artifact ?? 'w3c-log')?.assumed?.({ ...READER_START, ...state });
  return typeof assumed === 'string' ? [rejectProblem(log, { kind: 'anomaly', reason: assumed, expected: false })] : [];
}

/** One log that cannot be read or loaded on is marked, and the others go on; null for what concerns the whole case. */
export function whyGivenUp(error: unknown): string | null {
  if (error instanceof LogUnreadable) return error.message;
  return error instanceof StoreError && error.kind === 'sql' && !error.reopen ? `A part of this log could not be loaded and reading it was given up: ${error.message}` : null;
}

async function readWhole(ctx: IngestContext, log: LogToRead, state: SpoolState): Promise<void> {
  const skip = await openStretches(ctx.connection, log.fileId);
  await read(ctx, log, { state, range: null, skip }, (segment) => advance(ctx.connection, log.fileId, segment));
}

/** Parts of the range that are in the store are left out; each gap between them is a stretch of its own, or goes on with one. */
async function readPart(ctx: IngestContext, log: LogToRead, whole: SpoolState, range: LogRange): Promise<void> {
  let from = range.from;
  for (;;) {
    const part = nextPart(whole, await openStretches(ctx.connection, log.fileId), { ...range, from });
    if (part === null || ctx.signal?.aborted === true) return;
    from = part.to;
    let start = part.start;
    await read(ctx, log, { state: part.state, range: { to: part.to, exact: part.exact }, skip: [] }, async (segment) => {
      start ??= { ...part.state, offset: segment.baseOffset };
      await extendStretch(ctx.connection, log.fileId, start, segment);
    });
  }
}

/** Readings so far: each names its spool files by its number. */
let readings = 0;

/** How the names of the spool files of a reading start that begins with this log. */
export function spoolPrefix(log: LogIdentity): string {
  return `${log.fileId.toString(16).padStart(12, '0')}-${(readings += 1)}`;
}

async function read(
  ctx: IngestContext, log: LogToRead, what: Pick<LogRequest, 'state' | 'range' | 'skip'>, more: (segment: Segment) => Promise<void>,
): Promise<void> {
  const { connection, signal } = ctx;
  const request: LogRequest = {
    ...what, source: await log.source(), format: log.artifact ?? 'w3c-log', lines: log.lines ?? NO_OPTIONS,
    directory: ctx.spoolDirectory, prefix: spoolPrefix(log), store: textIds(connection).token,
  };
  let done = (await logFile(connection, log.fileId)).done;
  let loading = false;
  const interrupt = (): void => {
    if (loading) connection.interrupt();
  };
  signal?.addEventListener('abort', interrupt);
  try {
    for await (const segment of ctx.loader.segments(request, signal)) {
      try {
        if (signal?.aborted === true) return;
        await loadSegment(connection, log, segment, () => more(segment), () => (loading = signal?.aborted !== true));
      } finally {
        loading = false;
        removeFiles(segment);
      }
      const { rowBytes, headerBytes, paddingBytes, rejectedBytes } = segment.counts;
      done += rowBytes + headerBytes + paddingBytes + rejectedBytes;
      ctx.onProgress?.(log, done);
    }
  } catch (error) {
    // Stopped in the middle of a segment: nothing of it is in the store, and that is what was asked for.
    if (signal?.aborted !== true || !(error instanceof StoreError) || error.kind !== 'interrupted') throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
