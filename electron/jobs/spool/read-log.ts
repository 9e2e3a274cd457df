import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { NO_OPTIONS, READER_START, type LineOptions, type LineReader } from '../../artifacts/kit/log-lines.ts';
import { logArtifact } from '../../artifacts/logs.ts';
import type { Segment, SpoolState, SpoolTexts, Stretch, StretchVerdict } from '../../timeline/spool-format.ts';
import { Dictionary } from './dictionary.ts';
import { Layouts } from './layouts.ts';
import { LineBorder } from './line-border.ts';
import type { RowColumns } from './row-columns.ts';
import { RowWriter } from './row-writer.ts';
import { LogScanner } from './scanner.ts';
import { SegmentWriter } from './segment-writer.ts';
import { SourceUnreadable } from './source.ts';
import { Tally } from './tally.ts';

/** A segment also ends here, so that a file of nothing but damage does not gather it in memory. */
const MAX_REJECT_RUNS = 20_000;
/** Or here, exactly: the database's row groups have so many rows, and one that is not full costs as much as one that is. */
const MAX_ROWS = 2 * 122_880;
/** Rows are seldom shorter, so a piece of so many bytes for each row that is still wanted does not bring too many. */
const SHORT_ROW = 16;
/** And a segment of so many times its wanted bytes ends whatever it holds. */
const MOST_SEGMENTS = 2;

export interface ReadOptions {
  /** Folder of ours for spool files, and how the names of this reading's files start. */
  readonly directory: string;
  readonly prefix: string;
  /** Bytes of the log in one segment, about. */
  readonly segmentBytes: number;
  /** Id of the log artifact that reads the lines, and what it is told. */
  readonly format?: string;
  readonly lines?: LineOptions;
  /** Kept from log to log; a new one where none is given. */
  readonly dictionary?: Dictionary;
  /** So too. */
  readonly columns?: RowColumns;
  /** Rows and texts stay here, and segments come without: whoever gave it hands them over. */
  readonly gathered?: Gathered;
  /** Stretches that are in the store already, by `begin`. */
  readonly skip?: readonly Stretch[];
}

/** Where several logs put their rows together. */
export interface Gathered {
  readonly writer: RowWriter;
  readonly layouts: Layouts;
}

const OTHER_FILE = 'what stands here is not what was read before: the log was exchanged. What is in the case is of the earlier one; make a new case for this one.';

const NO_TEXTS: SpoolTexts = { epoch: '', file: null, from: 0, count: 0 };

/**
 * Reads a whole log once and hands over its rows, segment by segment. SHA-256 of the file is taken on the way; after a
 * resume the bytes before `state.offset` are hashed only, and so is every stretch of which all holds that was assumed.
 * Whoever takes a segment deletes its files.
 * @param chunks the bytes of the file from its start
 * @throws SourceUnreadable also when the file is not the one of which a part is in the store
 */
export async function* readLog(chunks: AsyncIterable<Uint8Array>, state: SpoolState, options: ReadOptions): AsyncGenerator<Segment> {
  const seen = new SeenBytes(state.seen ?? null);
  const reading = new Reading(state, options, seen);
  const skip = (options.skip ?? []).filter((s) => s.begin >= state.offset);
  let size = 0;
  try {
    try {
      for await (const chunk of chunks) {
        seen.add(chunk);
        for (let at = 0; at < chunk.length; ) {
          const next = skip[0];
          if (next !== undefined && size + at === next.begin) {
            skip.shift();
            if (reading.holds(next)) yield reading.jump(next);
            else reading.refuse(next);
            continue;
          }
          const end = Math.min(chunk.length, Math.max(reading.from, next?.begin ?? Infinity) - size);
          const begin = Math.max(at, Math.min(end, reading.from - size));
          at = begin < end ? begin + reading.push(chunk.subarray(begin, end)) : end;
          if (reading.isFull) yield reading.take(null);
        }
        size += chunk.length;
      }
      seen.end();
    } catch (error) {
      // A file that breaks off unreadable still gives the lines before that place.
      if (error instanceof SourceUnreadable) {
        reading.settle();
        if (reading.hasMore) yield reading.take(null);
      }
      throw error;
    }
    reading.finish();
    yield reading.take({ size, sha256: seen.sha256 });
  } finally {
    reading.end();
  }
}

/**
 * Reads the lines that begin in a part of a log, before what stands in front of it: from the first line that begins at
 * or after `state.offset` (exactly there, when `exact`) to the first that begins at or after `to`. Lines count from 1.
 * @param chunks the bytes of the file from `startOfRange` on
 */
export async function* readRange(chunks: AsyncIterable<Uint8Array>, state: SpoolState, range: { readonly to: number; readonly exact: boolean }, options: ReadOptions): AsyncGenerator<Segment> {
  const border = new LineBorder(state);
  let reading = range.exact ? new Reading(state, options) : null;
  let position = startOfRange(state, range.exact);
  try {
    for await (const chunk of chunks) {
      let at = 0;
      if (reading === null) {
        at = border.after(chunk, position, state.offset);
        if (at < 0) {
          position += chunk.length;
          continue;
        }
        if (position + at >= range.to) return;
        reading = new Reading({ ...state, offset: position + at, line: 1 }, options);
      }
      while (at < chunk.length) {
        const cut = border.after(chunk, position, range.to, at);
        at += reading.push(chunk.subarray(at, cut < 0 ? chunk.length : cut));
        const over = at === cut && reading.standsAt(position + cut);
        if (over || reading.isFull) yield reading.take(null);
        if (over) return;
      }
      position += chunk.length;
    }
    if (reading === null) return;
    reading.finish();
    yield reading.take(null);
  } catch (error) {
    if (error instanceof SourceUnreadable && reading?.hasMore === true) yield reading.take(null);
    throw error;
  } finally {
    reading?.end();
  }
}

/** Where the bytes begin that `readRange` wants: a line border is told by the line end before it. */
export function startOfRange(state: SpoolState, exact: boolean): number {
  return exact ? state.offset : Math.max(0, state.offset - (state.encoding === 'bytes' ? 1 : 2));
}

/** What was seen of a file from its start, held against what an earlier reading saw of it. */
class SeenBytes {
  readonly #hash = createHash('sha256');
  #earlier: SpoolState['seen'] | null;
  #bytes = 0;

  constructor(earlier: SpoolState['seen'] | null) {
    this.#earlier = earlier;
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  get now(): NonNullable<SpoolState['seen']> {
    return { bytes: this.#bytes, sha256: this.sha256 };
  }

  add(chunk: Uint8Array): void {
    const earlier = this.#earlier ?? null;
    const at = earlier === null || earlier.bytes > this.#bytes + chunk.length ? 0 : earlier.bytes - this.#bytes;
    this.#hash.update(chunk.subarray(0, at));
    if (at > 0) {
      if (this.sha256 !== earlier?.sha256) throw new SourceUnreadable(OTHER_FILE);
      this.#earlier = null;
    }
    this.#hash.update(chunk.subarray(at));
    this.#bytes += chunk.length;
  }

  end(): void {
    if (this.#earlier !== null && this.#earlier !== undefined && this.#earlier.bytes > this.#bytes) throw new SourceUnreadable(OTHER_FILE);
  }
}

/** One reading of a log: where it stands, and what it gathered since the last segment. */
class Reading {
  readonly #files: SegmentWriter;
  readonly #reader: (state: SpoolState) => LineReader;
  readonly #segmentBytes: number;
  readonly #dictionary: Dictionary;
  readonly #layouts: Layouts;
  readonly #writer: RowWriter;
  readonly #gathered: boolean;
  #scanner: LogScanner;
  #tally = new Tally();
  #start: SpoolState;
  #verdicts: StretchVerdict[] = [];
  readonly #seen: SeenBytes | null;
  /** Bytes before it are not read again. */
  from: number;

  /** @param seen of the file from its start; null where a part of it is read */
  constructor(state: SpoolState, options: ReadOptions, seen: SeenBytes | null = null) {
    this.#seen = seen;
    const artifact = logArtifact(options.format ?? 'w3c-log');
    if (artifact === null) throw new SourceUnreadable(`This version reads no ${options.format ?? ''}.`);
    this.#reader = (from) => artifact.lines(options.lines ?? NO_OPTIONS, { ...READER_START, ...from });
    this.#files = new SegmentWriter(options.directory, options.prefix);
    this.#segmentBytes = options.segmentBytes;
    this.#dictionary = options.dictionary ?? new Dictionary();
    this.#gathered = options.gathered !== undefined;
    this.#layouts = options.gathered?.layouts ?? new Layouts();
    this.#writer = options.gathered?.writer ?? new RowWriter(this.#layouts, this.#dictionary, options.columns);
    this.#writer.useSites(options.lines?.sites ?? null);
    this.#start = state;
    this.from = state.offset;
    this.#scanner = new LogScanner(state, this.#reader(state), this.#writer, this.#tally);
  }

  get isFull(): boolean {
    const { written, columns } = this.#writer;
    return this.#scanner.canCut &&
      (written >= this.#segmentBytes || columns.count >= MAX_ROWS || this.#tally.runs.length >= MAX_REJECT_RUNS || this.#dictionary.overfull || this.#isLong);
  }

  /** Gigabytes of padding or headers bring no rows and make a segment long all the same. */
  get #isLong(): boolean {
    return this.#scanner.state.offset - this.#start.offset >= this.#segmentBytes * MOST_SEGMENTS;
  }

  get hasMore(): boolean {
    return this.#scanner.canCut && this.#scanner.state.offset > this.#start.offset;
  }

  /** Takes a part of the bytes, or all. @returns how many */
  push(bytes: Uint8Array): number {
    const wanted = MAX_ROWS - this.#writer.columns.count;
    const part = wanted > 0 && bytes.length > wanted * SHORT_ROW ? bytes.subarray(0, wanted * SHORT_ROW) : bytes;
    this.#scanner.push(part);
    return part.length;
  }

  finish(): void {
    this.#scanner.finish();
  }

  settle(): void {
    this.#scanner.settle();
  }

  standsAt(offset: number): boolean {
    return this.#scanner.canCut && this.#scanner.state.offset === offset;
  }

  /** Whether the reading stands at the begin of a stretch with exactly what was assumed when the stretch was read. */
  holds(stretch: Stretch): boolean {
    return this.standsAt(stretch.begin) && assumed(this.#scanner.state) === assumed(stretch.start);
  }

  refuse(stretch: Stretch): void {
    this.#verdicts.push({ begin: stretch.begin, holds: false, lineBase: 0 });
  }

  /** Goes on behind a stretch: the segment ends here, because the lines of the next one count from elsewhere. */
  jump(stretch: Stretch): Segment {
    const lineBase = this.#scanner.state.line - 1;
    this.#verdicts.push({ begin: stretch.begin, holds: true, lineBase });
    const after = { ...stretch.state, line: lineBase + stretch.lines + 1 };
    const segment = this.#segment(after, null);
    this.#tally = new Tally();
    this.#scanner = new LogScanner(after, this.#reader(after), this.#writer, this.#tally);
    this.from = stretch.end;
    return segment;
  }

  take(end: Segment['end']): Segment {
    const segment = this.#segment(this.#scanner.state, end);
    this.#tally = new Tally();
    this.#scanner.cut(this.#tally);
    return segment;
  }

  #segment(state: SpoolState, end: Segment['end']): Segment {
    const written = this.#gathered ? { rows: null, texts: NO_TEXTS } : this.#files.take(this.#writer.columns, this.#dictionary);
    const segment: Segment = {
      ...written, baseOffset: this.#start.offset, baseLine: this.#start.line, counts: this.#tally.counts(), rejects: this.#tally.runs,
      layouts: this.#layouts.takeFresh(), ...this.#writer.takeSpan(), state: this.#seen === null ? state : { ...state, seen: this.#seen.now }, verdicts: this.#verdicts, end,
    };
    this.#verdicts = [];
    this.#start = state;
    if (this.#gathered) return segment;
    this.#writer.written = 0;
    if (this.#dictionary.full) this.#dictionary.startEpoch();
    return segment;
  }

  /** What was not handed over is forgotten: the numbers of texts that nobody has must not be used again. */
  end(): void {
    if (!this.#gathered && this.#dictionary.hasFresh) this.#dictionary.startEpoch();
  }
}

/** All that the meaning of a line depends on, in one text. */
function assumed({ fields, day, dates, encoding, lineEnd }: SpoolState): string {
  return JSON.stringify([fields, day, dates ?? null, encoding, lineEnd]);
}

/** Removes the files of a segment, or of a bundle. */
export function removeFiles(segment: Pick<Segment, 'rows' | 'texts'>): void {
  for (const file of [segment.rows?.file, segment.texts.file]) if (file !== null && file !== undefined) rmSync(file, { force: true });
}
