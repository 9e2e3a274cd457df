import { isUtf8 } from 'node:buffer';
import { LOG_COLUMNS, NUMBER_DIGITS, type FieldLayout, type LogRow } from '../../artifacts/w3c-log/index.ts';
import { parseAddress, v6Key } from '../../../shared/query/network.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { EXTRA_SEPARATOR, MAX_SPOOL_LINE } from '../../timeline/spool-format.ts';
import type { Layouts } from './layouts.ts';

const TAB = 0x09;
const LF = 0x0a;
const DASH = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const SEPARATOR = EXTRA_SEPARATOR.charCodeAt(0);
const CAPACITY = MAX_SPOOL_LINE + 1024 * 1024;
const IP = LOG_COLUMNS.indexOf('ip');
const DIGITS = LOG_COLUMNS.map((column) => NUMBER_DIGITS[column] ?? 0);
const TICKS_PER_SECOND = 10_000_000n;
/** Outside these years the exact reader decides. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2200;
const REMEMBERED_ADDRESSES = 4096;

/**
 * Writes rows of a segment into a buffer, in the form of `spool-format.ts`.
 *
 * `writeClean` copies bytes and makes no text: that is what keeps the reading of logs near the speed of the disk. It
 * refuses whatever is not entirely plain, and then `writeExact` writes what the exact reader made of the line.
 * Neither ever differs from the other on the same line (held by a test).
 */
export class RowWriter {
  readonly #out = Buffer.allocUnsafeSlow(CAPACITY);
  readonly #sink: (bytes: Uint8Array) => void;
  readonly #layouts: Layouts;
  #at = 0;
  /** Bytes of the segment so far. */
  written = 0;

  #layout: FieldLayout | null = null;
  #layoutId = new Uint8Array(0);
  #columnAt: Int32Array = new Int32Array(0);
  #others: Int32Array = new Int32Array(0);

  #date = -1;
  #daySeconds = 0;
  #second = -1;
  readonly #secondText = new Uint8Array(17);
  readonly #addresses = new Map<string, string>();
  firstSecond = Number.POSITIVE_INFINITY;
  lastSecond = Number.NEGATIVE_INFINITY;
  firstExact: bigint | null = null;
  lastExact: bigint | null = null;

  constructor(layouts: Layouts, sink: (bytes: Uint8Array) => void) {
    this.#layouts = layouts;
    this.#sink = sink;
  }

  useLayout(layout: FieldLayout | null): void {
    this.#layout = layout;
    if (layout === null) return;
    this.#columnAt = Int32Array.from(layout.columnAt);
    this.#others = Int32Array.from(layout.others);
    this.#layoutId = Buffer.from(String(this.#layouts.idOf(layout, layout.others)), 'latin1');
  }

  /** Names the current layout again after a segment border, so that each segment brings the layouts that it uses. */
  renameLayout(): void {
    this.useLayout(this.#layout);
  }

  flush(): void {
    if (this.#at > 0) this.#sink(this.#out.subarray(0, this.#at));
    this.#at = 0;
  }

  /** Ticks of the earliest and latest row since the last call. */
  takeSpan(): { readonly first: bigint | null; readonly last: bigint | null } {
    const first = lower(this.firstExact, Number.isFinite(this.firstSecond) ? BigInt(this.firstSecond) * TICKS_PER_SECOND : null);
    const last = higher(this.lastExact, Number.isFinite(this.lastSecond) ? BigInt(this.lastSecond) * TICKS_PER_SECOND : null);
    this.firstSecond = Number.POSITIVE_INFINITY;
    this.lastSecond = Number.NEGATIVE_INFINITY;
    this.firstExact = null;
    this.lastExact = null;
    return { first, last };
  }

  /**
   * @param b holds the line from `start` to `end`, without control characters; `sep` are the positions of its `count` spaces
   * @param high whether a byte above ASCII occurs
   * @returns false when the line is not entirely plain; nothing is written then
   */
  writeClean(b: Uint8Array, start: number, end: number, sep: Int32Array, count: number, high: boolean, offset: number, length: number, line: number): boolean {
    const layout = this.#layout;
    if (layout === null || count + 1 !== layout.names.length || layout.dateAt < 0 || layout.timeAt < 0) return false;
    let previous = start - 1;
    for (let k = 0; k < count; k++) {
      const s = sep[k] as number;
      if (s - previous === 1) return false;
      previous = s;
    }
    if (end - previous === 1 || (high && !isUtf8(b.subarray(start, end)))) return false;
    const second = this.#readSecond(b, fieldStart(sep, layout.dateAt, start), fieldEnd(sep, layout.dateAt, count, end), fieldStart(sep, layout.timeAt, start), fieldEnd(sep, layout.timeAt, count, end));
    if (second < 0) return false;

    this.#reserve(end - start + 256);
    const out = this.#out;
    let o = this.#at;
    o = writeNumber(out, o, offset);
    out[o++] = TAB;
    o = writeNumber(out, o, length);
    out[o++] = TAB;
    o = writeNumber(out, o, line);
    out[o++] = TAB;
    o = this.#writeSecond(o, second);
    out[o++] = TAB;
    for (let i = 0; i < this.#layoutId.length; i++) out[o++] = this.#layoutId[i] as number;
    out[o++] = TAB;
    const ipAt = this.#columnAt[IP] as number;
    if (ipAt < 0) out[o++] = TAB;
    else o = this.#writeAddress(o, b, fieldStart(sep, ipAt, start), fieldEnd(sep, ipAt, count, end));
    const columnAt = this.#columnAt;
    for (let c = 0; c < columnAt.length; c++) {
      out[o++] = TAB;
      const at = columnAt[c] as number;
      if (at < 0) continue;
      let i = at === 0 ? start : (sep[at - 1] as number) + 1;
      const to = at < count ? (sep[at] as number) : end;
      if (to - i === 1 && b[i] === DASH) continue;
      const digits = DIGITS[c] as number;
      if (digits > 0) {
        if (to - i > digits || (b[i] === ZERO && to - i > 1)) return false;
        for (; i < to; i++) {
          const d = b[i] as number;
          if (d < ZERO || d > 0x39) return false;
          out[o++] = d;
        }
      } else {
        for (; i < to; i++) out[o++] = b[i] as number;
      }
    }
    out[o++] = TAB;
    const others = this.#others;
    for (let k = 0; k < others.length; k++) {
      if (k > 0) out[o++] = SEPARATOR;
      const at = others[k] as number;
      let i = at === 0 ? start : (sep[at - 1] as number) + 1;
      const to = at < count ? (sep[at] as number) : end;
      for (; i < to; i++) out[o++] = b[i] as number;
    }
    out[o++] = LF;
    this.written += o - this.#at;
    this.#at = o;
    if (second < this.firstSecond) this.firstSecond = second;
    if (second > this.lastSecond) this.lastSecond = second;
    return true;
  }

  /** @param layout what the row was read with */
  writeExact(row: LogRow, layout: FieldLayout, offset: number, length: number, line: number): void {
    const ip = row.values[IP];
    const key = typeof ip === 'string' ? addressColumns(ip) : '\t';
    const id = this.#layouts.idOf(layout, row.kept);
    const head = `${offset}\t${length}\t${line}\t${row.time === null ? '' : row.time}\t${id}\t${key}`;
    const text = `${head}\t${row.values.map((v) => (v === null ? '' : String(v))).join('\t')}\t${row.others.join(EXTRA_SEPARATOR)}\n`;
    const size = Buffer.byteLength(text);
    this.#reserve(size);
    this.#at += this.#out.write(text, this.#at);
    this.written += size;
    if (row.time === null) return;
    this.firstExact = lower(this.firstExact, row.time);
    this.lastExact = higher(this.lastExact, row.time);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes > CAPACITY) this.flush();
  }

  /** Seconds since 1970 from `YYYY-MM-DD` and `HH:MM:SS`, or -1 when they are not exactly that. */
  #readSecond(b: Uint8Array, d: number, dEnd: number, t: number, tEnd: number): number {
    if (dEnd - d !== 10 || tEnd - t !== 8 || b[d + 4] !== DASH || b[d + 7] !== DASH || b[t + 2] !== COLON || b[t + 5] !== COLON) return -1;
    const century = two(b, d);
    const year = two(b, d + 2);
    const month = two(b, d + 5);
    const day = two(b, d + 8);
    const hour = two(b, t);
    const minute = two(b, t + 3);
    const second = two(b, t + 6);
    if (century < 0 || year < 0 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
    const date = century * 1_000_000 + year * 10_000 + month * 100 + day;
    if (date !== this.#date) {
      const ticks = century * 100 + year < FIRST_YEAR || century * 100 + year > LAST_YEAR ? null : parseInstant(Buffer.from(b.subarray(d, dEnd)).toString('latin1'));
      if (ticks === null) return -1;
      this.#date = date;
      this.#daySeconds = Number(ticks / TICKS_PER_SECOND);
    }
    return this.#daySeconds + hour * 3600 + minute * 60 + second;
  }

  #writeSecond(o: number, second: number): number {
    const text = this.#secondText;
    if (second !== this.#second) {
      // Lines of one second follow each other: the digits are made once.
      const ticks = second === 0 ? '0' : `${second}0000000`;
      text.fill(0);
      for (let i = 0; i < ticks.length; i++) text[i] = ticks.charCodeAt(i);
      this.#second = second;
    }
    const out = this.#out;
    for (let i = 0; i < 17 && text[i] !== 0; i++) out[o++] = text[i] as number;
    return o;
  }

  /** The columns `ip4` and `ip6` with the tab between them. */
  #writeAddress(o: number, b: Uint8Array, from: number, to: number): number {
    const out = this.#out;
    const v4 = readV4(b, from, to);
    if (v4 >= 0) {
      o = writeNumber(out, o, v4);
      out[o++] = TAB;
      return o;
    }
    const text = Buffer.from(b.subarray(from, to)).toString('latin1');
    let columns = this.#addresses.get(text);
    if (columns === undefined) {
      columns = addressColumns(text);
      if (this.#addresses.size >= REMEMBERED_ADDRESSES) this.#addresses.clear();
      this.#addresses.set(text, columns);
    }
    for (let i = 0; i < columns.length; i++) out[o++] = columns.charCodeAt(i);
    return o;
  }
}

function addressColumns(text: string): string {
  const address = parseAddress(text);
  if (address === null) return '\t';
  return address.version === 4 ? `${address.value}\t` : `\t${v6Key(address.value)}`;
}

function fieldStart(sep: Int32Array, at: number, start: number): number {
  return at === 0 ? start : (sep[at - 1] as number) + 1;
}

function fieldEnd(sep: Int32Array, at: number, count: number, end: number): number {
  return at < count ? (sep[at] as number) : end;
}

function two(b: Uint8Array, at: number): number {
  const high = (b[at] as number) - ZERO;
  const low = (b[at + 1] as number) - ZERO;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : -1;
}

/** Dotted decimal as a number, or -1. */
function readV4(b: Uint8Array, from: number, to: number): number {
  if (to - from > 15) return -1;
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let i = from; i < to; i++) {
    const c = b[i] as number;
    if (c === DOT) {
      if (octet < 0) return -1;
      value = value * 256 + octet;
      octet = -1;
      dots += 1;
    } else if (c >= ZERO && c <= 0x39 && octet !== 0) {
      octet = octet < 0 ? c - ZERO : octet * 10 + c - ZERO;
      if (octet > 255) return -1;
    } else {
      return -1;
    }
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : -1;
}

function writeNumber(out: Uint8Array, o: number, value: number): number {
  if (value < 10) {
    out[o] = ZERO + value;
    return o + 1;
  }
  let digits = 1;
  for (let v = value; v >= 10; v = Math.floor(v / 10)) digits += 1;
  let v = value;
  for (let i = o + digits - 1; i >= o; i--) {
    const next = Math.floor(v / 10);
    out[i] = ZERO + (v - next * 10);
    v = next;
  }
  return o + digits;
}

function lower(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null || a < b ? a : b;
}

function higher(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null || a > b ? a : b;
}
