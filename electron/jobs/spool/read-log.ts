import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { NO_OPTIONS, type LineOptions } from '../../artifacts/kit/log-lines.ts';
import { logArtifact } from '../../artifacts/logs.ts';
import type { Segment, SpoolState } from '../../timeline/spool-format.ts';
import { Layouts } from './layouts.ts';
import { RowWriter } from './row-writer.ts';
import { LogScanner } from './scanner.ts';
import { SourceUnreadable } from './source.ts';
import { Tally } from './tally.ts';

/** A segment also ends here, so that a file of nothing but damage does not gather it in memory. */
const MAX_REJECT_RUNS = 20_000;

export interface ReadOptions {
  /** Folder of ours for spool files, and how the names of this log's files start. */
  readonly directory: string;
  readonly prefix: string;
  readonly segmentBytes: number;
  /** Id of the log artifact that reads the lines, and what it is told. */
  readonly format?: string;
  readonly lines?: LineOptions;
}

/**
 * Reads a log once and writes its rows into spool files, segment by segment. SHA-256 of the whole file is taken on the
 * way; after a resume the bytes before `state.offset` are hashed only.
 * Whoever takes a segment deletes its file.
 */
export async function* readLog(chunks: AsyncIterable<Uint8Array>, state: SpoolState, options: ReadOptions): AsyncGenerator<Segment> {
  const hash = createHash('sha256');
  const spool = new SpoolFile(options);
  const layouts = new Layouts();
  const writer = new RowWriter(layouts, (bytes) => spool.write(bytes));
  let tally = new Tally();
  let start = state;
  const artifact = logArtifact(options.format ?? 'w3c-log');
  if (artifact === null) throw new SourceUnreadable(`This version reads no ${options.format ?? ''}.`);
  const scanner = new LogScanner(state, artifact.lines(options.lines ?? NO_OPTIONS, state), writer, tally);
  let size = 0;

  const take = (end: Segment['end']): Segment => {
    writer.flush();
    const segment: Segment = {
      file: spool.finish(), baseOffset: start.offset, baseLine: start.line, counts: tally.counts(), rejects: tally.runs,
      layouts: layouts.takeFresh(), ...writer.takeSpan(), state: scanner.state, end,
    };
    writer.written = 0;
    start = scanner.state;
    tally = new Tally();
    scanner.cut(tally);
    return segment;
  };

  try {
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        const skip = Math.max(0, Math.min(chunk.length, state.offset - size));
        size += chunk.length;
        if (skip < chunk.length) scanner.push(chunk.subarray(skip));
        if (scanner.canCut && (writer.written >= options.segmentBytes || tally.runs.length >= MAX_REJECT_RUNS)) yield take(null);
      }
    } catch (error) {
      // A file that breaks off unreadable still gives the lines before that place.
      if (error instanceof SourceUnreadable && scanner.canCut && scanner.state.offset > start.offset) yield take(null);
      throw error;
    }
    scanner.finish();
    yield take({ size, sha256: hash.digest('hex') });
  } finally {
    spool.abandon();
  }
}

/** The spool file being written; it is made when the first row comes. */
class SpoolFile {
  readonly #options: ReadOptions;
  #number = 0;
  #file: string | null = null;
  #fd = -1;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  write(bytes: Uint8Array): void {
    if (this.#file === null) {
      this.#file = path.join(this.#options.directory, `${this.#options.prefix}-${this.#number++}.spool`);
      this.#fd = openSync(this.#file, 'w', 0o600);
    }
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
  }

  finish(): string | null {
    const file = this.#file;
    if (file !== null) closeSync(this.#fd);
    this.#file = null;
    return file;
  }

  /** Removes a file that nobody was given. */
  abandon(): void {
    const file = this.finish();
    if (file !== null) rmSync(file, { force: true });
  }
}
