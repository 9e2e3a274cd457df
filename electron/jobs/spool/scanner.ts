import { MAX_FIELDS, MAX_LINE, REJECTS, type FieldLayout, type LineReader } from '../../artifacts/kit/log-lines.ts';
import type { SpoolState } from '../../timeline/spool-format.ts';
import { isBlank, nulsEnd } from './blank.ts';
import { encodingOf, headText, lineEndOf } from './encoding.ts';
import type { RowSink } from './row-sink.ts';
import type { Tally } from './tally.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
/** Bytes that are looked at before anything is decided about encoding and line ends. */
const HEAD = 64 * 1024;
const STEP = 1024 * 1024;
/** A run of NULs this long inside a line is a gap in the file, not a part of a value. */
const NUL_GAP = 8;
const GAP = Buffer.alloc(NUL_GAP);

/**
 * Cuts the bytes of a log into lines and gives each byte to exactly one of row, header, padding and rejected. What a line
 * means is the reader's business; encodings, line ends, NULs and half lines are the same in all formats.
 * Feed it with `push` in order, from `state.offset` on; after each `push`, `state` is the end of the last whole line.
 * Memory: one line of at most MAX_LINE and one step.
 */
export class LogScanner {
  readonly #writer: RowSink;
  readonly #lines: LineReader;
  readonly #buffer = Buffer.allocUnsafeSlow(MAX_LINE + STEP + 16);
  readonly #separators = new Int32Array(MAX_FIELDS + 1);
  #tally: Tally;
  #filled = 0;
  /** Offset in the file of the buffer's first byte. */
  #offset: number;
  #line: number;
  #baseOffset: number;
  #baseLine: number;
  #plain: FieldLayout | null = null;
  #toldPlain: FieldLayout | null = null;
  #encoding: SpoolState['encoding'];
  #lineEnd: 10 | 13;
  #started: boolean;
  /** Inside a line that is longer than MAX_LINE. */
  #skipping = false;

  constructor(state: SpoolState, lines: LineReader, writer: RowSink, tally: Tally) {
    this.#writer = writer;
    this.#lines = lines;
    this.#tally = tally;
    this.#offset = this.#baseOffset = state.offset;
    this.#line = this.#baseLine = state.line;
    this.#encoding = state.encoding;
    this.#lineEnd = state.lineEnd;
    this.#started = state.offset > 0;
    this.#usePlain();
  }

  get state(): SpoolState {
    return { offset: this.#offset, line: this.#line, ...this.#lines.state, encoding: this.#encoding, lineEnd: this.#lineEnd };
  }

  /** A segment can end here: the scanner does not stand inside an over-long line. */
  get canCut(): boolean {
    return !this.#skipping && this.#started;
  }

  cut(tally: Tally): void {
    this.#tally = tally;
    this.#baseOffset = this.#offset;
    this.#baseLine = this.#line;
    this.#writer.renameLayout();
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += STEP) this.#step(chunk.subarray(from, from + STEP));
  }

  /** The bytes break off here, unreadable: whole lines count. Not in formats that are guessed from the head: more of it may come later. */
  settle(): void {
    if (this.#started || !this.#lines.directives || this.#filled === 0) return;
    this.#start();
    this.#scan();
  }

  /** The file has ended: what is left has no line end. */
  finish(): void {
    if (!this.#started) this.#start();
    this.#scan();
    if (this.#filled > 0 && !this.#skipping) {
      this.#torn(this.#buffer.subarray(0, this.#filled), this.#offset, this.#filled);
      this.#line += 1;
    } else if (this.#filled > 0) {
      this.#tally.growRejected(this.#filled);
    }
    this.#offset += this.#filled;
    this.#filled = 0;
    this.#skipping = false;
  }

  #step(chunk: Uint8Array): void {
    this.#buffer.set(chunk, this.#filled);
    this.#filled += chunk.length;
    if (!this.#started) {
      if (this.#filled < HEAD) return;
      this.#start();
    }
    this.#scan();
  }

  #start(): void {
    this.#started = true;
    const head = this.#buffer.subarray(0, this.#filled);
    const { encoding, mark } = encodingOf(head);
    this.#encoding = encoding;
    if (encoding === 'bytes') this.#lineEnd = lineEndOf(head);
    // No more than HEAD bytes whatever came at once, so that pieces make no difference.
    this.#lines.begin(headText(head.subarray(mark, HEAD), encoding));
    this.#usePlain();
    if (mark > 0) {
      this.#tally.headerBytes += mark;
      this.#consume(mark);
    }
  }

  #scan(): void {
    if (this.#skipping && !this.#skip()) return;
    const used = this.#encoding === 'bytes' ? this.#scanBytes() : this.#scanUnits();
    this.#consume(used);
    while (this.#filled > MAX_LINE && !this.#skipping) this.#overflow();
  }

  /** The buffer holds more than a line may have, and no line end: up to a gap of NULs it is judged, else it is dropped. */
  #overflow(): void {
    const gap = this.#gapFrom(0);
    if (gap >= 0) {
      const end = nulsEnd(this.#buffer, gap, this.#filled);
      if (gap > 0) this.#segment(this.#buffer.subarray(0, gap), this.#offset, gap, true);
      this.#tally.paddingBytes += end - gap;
      this.#consume(end);
      return;
    }
    const bytes = this.#droppable();
    this.#tally.reject(REJECTS.tooLong, this.#offset, bytes, this.#line);
    this.#consume(bytes);
    this.#skipping = true;
  }

  /** Drops bytes up to the end of an over-long line, or to a gap of NULs in it. @returns whether either was found: complete lines may follow */
  #skip(): boolean {
    const end = this.#lineEndFrom(0);
    const gap = this.#gapFrom(0);
    const cut = gap >= 0 && (end < 0 || gap < end);
    const bytes = cut ? gap : end < 0 ? this.#droppable() : end;
    this.#tally.growRejected(bytes);
    this.#consume(bytes);
    if (end < 0 && !cut) return false;
    this.#skipping = false;
    if (!cut) this.#line += 1;
    return true;
  }

  /** Start of the next gap of NULs in the buffer, or -1. In UTF-16 every second byte is NUL: there are none. */
  #gapFrom(from: number): number {
    return this.#encoding === 'bytes' ? this.#buffer.subarray(0, this.#filled).indexOf(GAP, from) : -1;
  }

  /** What can be dropped at once: without half a character of UTF-16, and without NULs that may be the start of a gap. */
  #droppable(): number {
    if (this.#encoding !== 'bytes') return this.#wholeUnits();
    let bytes = this.#filled;
    while (bytes > 0 && this.#filled - bytes < NUL_GAP && this.#buffer[bytes - 1] === 0) bytes -= 1;
    return bytes;
  }

  /** What is in the buffer, without half a character of UTF-16. */
  #wholeUnits(): number {
    return this.#encoding === 'bytes' ? this.#filled : this.#filled - (this.#filled % 2);
  }

  /** Position after the next line end, or -1. */
  #lineEndFrom(from: number): number {
    const b = this.#buffer;
    if (this.#encoding === 'bytes') {
      const at = b.subarray(0, this.#filled).indexOf(this.#lineEnd, from);
      return at < 0 ? -1 : at + 1;
    }
    const low = this.#encoding === 'utf16le' ? 0 : 1;
    for (let i = from; i + 1 < this.#filled; i += 2) if (b[i + low] === LF && b[i + 1 - low] === 0) return i + 2;
    return -1;
  }

  #consume(bytes: number): void {
    this.#buffer.copyWithin(0, bytes, this.#filled);
    this.#filled -= bytes;
    this.#offset += bytes;
  }

  /** The hot loop: every byte of every log passes here once. @returns the bytes of whole lines */
  #scanBytes(): number {
    const b = this.#buffer;
    const filled = this.#filled;
    const sep = this.#separators;
    const lineEnd = this.#lineEnd;
    const base = this.#offset;
    let lineStart = 0;
    let i = 0;
    let spaces = 0;
    let high = false;
    let odd = false;
    while (i < filled) {
      const c = b[i] as number;
      if (c > SPACE && c < 0x7f) {
        i += 1;
        continue;
      }
      if (c === SPACE) {
        if (spaces <= MAX_FIELDS) sep[spaces] = i;
        spaces += 1;
        i += 1;
        continue;
      }
      let end = i;
      if (c === lineEnd) {
        i += 1;
      } else if (c === CR) {
        if (i + 1 === filled) break;
        if (b[i + 1] !== LF) {
          odd = true;
          i += 1;
          continue;
        }
        i += 2;
      } else {
        if (c >= 0x80) high = true;
        else odd = true;
        i += 1;
        continue;
      }
      const offset = base + lineStart;
      const length = i - lineStart;
      if (length > MAX_LINE) {
        this.#long(b.subarray(lineStart, end), offset, length, false);
      } else if (end === lineStart) {
        this.#tally.paddingBytes += length;
      } else if (odd || b[lineStart] === HASH || spaces > MAX_FIELDS || this.#plain === null || !this.#told() ||
        !this.#writer.writeClean(b, lineStart, end, sep, spaces, high, offset - this.#baseOffset, length, this.#line - this.#baseLine)) {
        this.#pieces(b.subarray(lineStart, end), offset, length, false);
      } else {
        this.#tally.rowBytes += length;
        this.#tally.rows += 1;
      }
      this.#line += 1;
      lineStart = i;
      spaces = 0;
      high = false;
      odd = false;
    }
    return lineStart;
  }

  /** UTF-16: rare and small, so each line goes through the exact reader as UTF-8. */
  #scanUnits(): number {
    const decoder = new TextDecoder(this.#encoding === 'utf16le' ? 'utf-16le' : 'utf-16be', { ignoreBOM: true });
    let at = 0;
    for (;;) {
      const end = this.#lineEndFrom(at);
      if (end < 0) return at;
      const raw = this.#buffer.subarray(at, end);
      if (raw.length > MAX_LINE) {
        this.#tally.reject(REJECTS.tooLong, this.#offset + at, raw.length, this.#line);
        this.#line += 1;
        at = end;
        continue;
      }
      const text = decoder.decode(raw).replace(/\r?\n$/, '');
      this.#unitLine(text, this.#offset + at, end - at, (bytes, offset, length) => this.#piece(bytes, offset, length, false));
      this.#line += 1;
      at = end;
    }
  }

  #unitLine(text: string, offset: number, length: number, use: (bytes: Uint8Array, offset: number, length: number) => void): void {
    const before = /^\0*/.exec(text)?.[0].length ?? 0;
    const content = text.slice(before).replace(/\0+$/, '');
    if (content.trim() === '') {
      this.#tally.paddingBytes += length;
      return;
    }
    this.#tally.paddingBytes += 2 * before;
    use(Buffer.from(content, 'utf8'), offset + 2 * before, length - 2 * before);
  }

  /** Bytes without a line end, at the end of the file. */
  #torn(rest: Uint8Array, offset: number, length: number): void {
    if (this.#encoding === 'bytes') {
      this.#pieces(rest, offset, length, true);
      return;
    }
    const text = new TextDecoder(this.#encoding === 'utf16le' ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(rest);
    this.#unitLine(text, offset, length, (bytes, at, size) => this.#piece(bytes, at, size, true));
  }

  /** A line over the limit: it counts as what stands between its gaps of NULs. */
  #long(line: Uint8Array, offset: number, length: number, torn: boolean): void {
    let start = 0;
    for (;;) {
      const gap = Buffer.from(line.buffer, line.byteOffset, line.length).indexOf(GAP, start);
      if (gap < 0) break;
      if (gap > start) this.#segment(line.subarray(start, gap), offset + start, gap - start, true);
      start = nulsEnd(line, gap, line.length);
      this.#tally.paddingBytes += start - gap;
    }
    if (length > start) this.#segment(line.subarray(start), offset + start, length - start, torn);
  }

  /** A part of a line without a gap. `length` counts the line end too. */
  #segment(part: Uint8Array, offset: number, length: number, torn: boolean): void {
    if (length > MAX_LINE) this.#tally.reject(REJECTS.tooLong, offset, length, this.#line);
    else this.#pieces(part, offset, length, torn);
  }

  /**
   * Takes NUL padding off both ends and cuts the line at gaps of NULs and at stray CRs. A piece before a gap breaks off
   * just as one at the end of the file does. The line end belongs to the last piece.
   */
  #pieces(line: Uint8Array, offset: number, length: number, torn: boolean): void {
    let at = 0;
    let content = line.length;
    while (at < content && line[at] === 0) at += 1;
    while (content > at && line[content - 1] === 0) content -= 1;
    const padded = content < line.length;
    if (isBlank(line, at, content)) {
      this.#tally.paddingBytes += length;
      return;
    }
    this.#tally.paddingBytes += at;
    let start = at;
    for (let i = at; i < content; i++) {
      if (line[i] === CR) {
        this.#piece(line.subarray(start, i), offset + start, i + 1 - start, false);
        start = i + 1;
      } else if (line[i] === 0) {
        const end = nulsEnd(line, i, line.length);
        if (end - i >= NUL_GAP) {
          if (i > start) this.#piece(line.subarray(start, i), offset + start, i - start, true);
          this.#tally.paddingBytes += end - i;
          start = end;
        }
        i = end - 1;
      }
    }
    if (padded) {
      this.#piece(line.subarray(start, content), offset + start, content - start, true);
      this.#tally.paddingBytes += length - content;
    } else {
      this.#piece(line.subarray(start, content), offset + start, length - start, torn);
    }
  }

  #piece(bytes: Uint8Array, offset: number, length: number, torn: boolean): void {
    if (isBlank(bytes, 0, bytes.length)) {
      this.#tally.paddingBytes += length;
      return;
    }
    if (bytes[0] === HASH && this.#lines.directives) {
      this.#directive(bytes, offset, length);
      return;
    }
    const result = this.#lines.line(bytes, torn);
    if (result.ok) {
      this.#writer.writeExact(result.row, result.row.layout, offset - this.#baseOffset, length, this.#line - this.#baseLine);
      this.#tally.rowBytes += length;
      this.#tally.rows += 1;
    } else {
      this.#tally.reject(torn && this.#lines.ready ? REJECTS.torn : result.reject, offset, length, this.#line);
    }
  }

  #directive(bytes: Uint8Array, offset: number, length: number): void {
    const reject = this.#lines.directive(bytes);
    if (reject === null) this.#tally.headerBytes += length;
    else this.#tally.reject(reject, offset, length, this.#line);
    this.#usePlain();
  }

  #usePlain(): void {
    this.#plain = this.#lines.plain;
  }

  /** Tells the writer the layout when a line comes that may need it: a file of nothing but `#Fields` names none. */
  #told(): boolean {
    if (this.#plain !== this.#toldPlain) {
      this.#toldPlain = this.#plain;
      this.#writer.useLayout(this.#plain);
    }
    return true;
  }
}
