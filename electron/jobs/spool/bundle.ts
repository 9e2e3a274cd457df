import type { Bundle, BundledPiece, Segment } from '../../timeline/spool-format.ts';
import { Dictionary } from './dictionary.ts';
import { Layouts } from './layouts.ts';
import type { BundleRequest } from './protocol.ts';
import { readLog, type Gathered, type ReadOptions } from './read-log.ts';
import type { RowColumns } from './row-columns.ts';
import { RowWriter } from './row-writer.ts';
import { SegmentWriter } from './segment-writer.ts';
import { SourceUnreadable } from './source.ts';

/** A bundle also ends with so many logs, or places without rows. */
const MAX_PIECES = 512;
const MAX_REJECTS = 20_000;

/**
 * Reads small logs one after the other and hands their rows over together: loading a segment costs about the same with
 * two thousand rows as with a hundred times as many. A log that cannot be read leaves the others alone.
 * @param open the bytes of a log, by its place in `logs`; throws SourceUnreadable
 */
export async function* readBundles(
  logs: BundleRequest['logs'], open: (log: number) => Promise<AsyncIterable<Uint8Array>>, options: Pick<ReadOptions, 'directory' | 'prefix' | 'segmentBytes' | 'dictionary' | 'columns'>,
): AsyncGenerator<Bundle> {
  const { directory, prefix, segmentBytes, dictionary = new Dictionary() } = options;
  const gathering = new Gathering(new SegmentWriter(directory, prefix), dictionary, options.columns);
  const { gathered } = gathering;
  try {
    for (const [log, what] of logs.entries()) {
      try {
        for await (const segment of readLog(await open(log), what.state, { ...what, directory, prefix, segmentBytes, dictionary, gathered })) {
          gathering.add(log, segment);
          // A log that goes on has one piece in each bundle.
          if (segment.end === null || gathering.isFull) yield gathering.take();
        }
      } catch (error) {
        if (!(error instanceof SourceUnreadable)) throw error;
        gathering.fail(log, error.message);
      }
    }
    if (!gathering.isEmpty) yield gathering.take();
  } finally {
    // The numbers of texts that nobody has must not be used again.
    if (dictionary.hasFresh) dictionary.startEpoch();
  }
}

class Gathering {
  readonly gathered: Gathered;
  readonly #files: SegmentWriter;
  readonly #dictionary: Dictionary;
  #pieces: BundledPiece[] = [];
  #layouts: Segment['layouts'][number][] = [];
  #failed: Bundle['failed'][number][] = [];
  #rejects = 0;

  constructor(files: SegmentWriter, dictionary: Dictionary, columns: RowColumns | undefined) {
    this.#files = files;
    this.#dictionary = dictionary;
    const layouts = new Layouts();
    this.gathered = { layouts, writer: new RowWriter(layouts, dictionary, columns) };
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0 && this.#failed.length === 0;
  }

  get isFull(): boolean {
    return this.#pieces.length >= MAX_PIECES || this.#rejects >= MAX_REJECTS;
  }

  add(log: number, segment: Segment): void {
    const { baseOffset, baseLine, counts, rejects, layouts, first, last, state, end } = segment;
    this.gathered.writer.columns.endPiece(this.#pieces.length);
    this.#pieces.push({ log, baseOffset, baseLine, counts, rejects, first, last, state, end });
    for (const layout of layouts) this.#layouts.push(layout);
    this.#rejects += rejects.length;
  }

  /** Rows of it that are in no piece are read again when it can be. */
  fail(log: number, message: string): void {
    const { writer } = this.gathered;
    writer.columns.dropPiece();
    writer.takeSpan();
    this.#failed.push({ log, message });
  }

  take(): Bundle {
    const { writer } = this.gathered;
    const bundle: Bundle = { ...this.#files.take(writer.columns, this.#dictionary), layouts: this.#layouts, pieces: this.#pieces, failed: this.#failed };
    writer.written = 0;
    this.#pieces = [];
    this.#layouts = [];
    this.#failed = [];
    this.#rejects = 0;
    if (this.#dictionary.full) this.#dictionary.startEpoch();
    return bundle;
  }
}
