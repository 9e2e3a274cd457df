import { isUtf8 } from 'node:buffer';
import { LOG_COLUMNS, NUMBER_DIGITS, type FieldLayout, type LogRow } from '../../artifacts/kit/log-lines.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { TEXT_KINDS } from '../../timeline/schema.ts';
import { EXTRA_SEPARATOR } from '../../timeline/spool-format.ts';
import { readV4, V4_TEXT } from './address.ts';
import type { Dictionary } from './dictionary.ts';
import type { Layouts } from './layouts.ts';
import { RowColumns } from './row-columns.ts';
import type { RowSink } from './row-sink.ts';
import { SiteNames } from './site-names.ts';

const DASH = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const SEPARATOR = EXTRA_SEPARATOR.charCodeAt(0);
const NULL = -1;
const IP = LOG_COLUMNS.indexOf('ip');
const TICKS_PER_SECOND = 10_000_000n;
/** Outside these years the exact reader decides. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2200;

/** Positions in LOG_COLUMNS of the columns that hold numbers, and of those that hold texts except the address. */
const NUMBERS = LOG_COLUMNS.flatMap((column, i) => (NUMBER_DIGITS[column] === undefined ? [] : [i]));
const TEXTS = LOG_COLUMNS.flatMap((column, i) => (NUMBER_DIGITS[column] === undefined && i !== IP ? [i] : []));
const DIGITS = NUMBERS.map((i) => NUMBER_DIGITS[LOG_COLUMNS[i] as keyof typeof NUMBER_DIGITS] ?? 0);
const KINDS = TEXTS.map((i) => TEXT_KINDS[LOG_COLUMNS[i] as keyof typeof TEXT_KINDS]);
const NUMBER_NAMES = NUMBERS.map((i) => String(LOG_COLUMNS[i]));
const TEXT_NAMES = TEXTS.map((i) => String(LOG_COLUMNS[i]));

/** Columns for the rows of logs; they are used again from log to log, because making them costs as much as filling them. */
export function newColumns(): RowColumns {
  return new RowColumns(NUMBER_NAMES, TEXT_NAMES);
}

/**
 * Gathers the rows of a segment as columns of numbers, in the form of `spool-format.ts`.
 *
 * `writeClean` takes bytes and makes no text: that is what keeps the reading of logs near the speed of the disk. It
 * refuses whatever is not entirely plain, and then `writeExact` takes what the exact reader made of the line.
 * Neither ever differs from the other on the same line (held by a test).
 */
export class RowWriter implements RowSink {
  readonly #layouts: Layouts;
  readonly #texts: Dictionary;
  readonly columns: RowColumns;
  /** Bytes of the log that became rows of the segment so far. */
  written = 0;

  #layout: FieldLayout | null = null;
  #layoutId = 0;
  #sites: SiteNames | null = null;
  #numberAt: Int32Array = new Int32Array(0);
  #textAt: Int32Array = new Int32Array(0);
  #others: Int32Array = new Int32Array(0);
  /** By the order of asking: which of TEXTS it was. */
  readonly #asked = new Int32Array(TEXTS.length);
  #joined = Buffer.allocUnsafeSlow(64 * 1024);
  /** The bytes of it before are asked for already. */
  #joinedFrom = 0;

  #date = -1;
  #daySeconds = 0;
  #firstSecond = Number.POSITIVE_INFINITY;
  #lastSecond = Number.NEGATIVE_INFINITY;
  #firstExact: bigint | null = null;
  #lastExact: bigint | null = null;

  /** @param columns where no other reading puts its rows now */
  constructor(layouts: Layouts, texts: Dictionary, columns: RowColumns = newColumns()) {
    columns.discard();
    this.columns = columns;
    this.#layouts = layouts;
    this.#texts = texts;
  }

  /** Names of sites for the rows from here on; null: the site is the file's. */
  useSites(sites: ReadonlyMap<number, string> | null): void {
    this.#sites = sites === null ? null : new SiteNames(sites);
  }

  useLayout(layout: FieldLayout | null): void {
    this.#layout = layout;
    if (layout === null) return;
    this.#numberAt = Int32Array.from(NUMBERS, (i) => layout.columnAt[i] ?? -1);
    this.#textAt = Int32Array.from(TEXTS, (i) => layout.columnAt[i] ?? -1);
    this.#others = Int32Array.from(layout.others);
    this.#layoutId = this.#layouts.idOf(layout, layout.others);
  }

  /** Names the current layout again after a segment border, so that each segment brings the layouts that it uses. */
  renameLayout(): void {
    this.useLayout(this.#layout);
  }

  /** Ticks of the earliest and latest row since the last call. */
  takeSpan(): { readonly first: bigint | null; readonly last: bigint | null } {
    const first = lower(this.#firstExact, Number.isFinite(this.#firstSecond) ? BigInt(this.#firstSecond) * TICKS_PER_SECOND : null);
    const last = higher(this.#lastExact, Number.isFinite(this.#lastSecond) ? BigInt(this.#lastSecond) * TICKS_PER_SECOND : null);
    this.#firstSecond = Number.POSITIVE_INFINITY;
    this.#lastSecond = Number.NEGATIVE_INFINITY;
    this.#firstExact = null;
    this.#lastExact = null;
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

    const row = this.columns.next();
    if (!this.#cleanNumbers(row, b, start, end, sep, count)) {
      this.columns.wipe(row);
      return false;
    }
    this.#cleanTexts(row, b, start, end, sep, count, layout.columnAt[IP] as number, this.#sites === null ? -1 : layout.siteAt);
    const columns = this.columns;
    columns.off[row] = offset;
    columns.length[row] = length;
    columns.line[row] = line;
    columns.second[row] = second;
    columns.tick[row] = 0;
    columns.layout[row] = this.#layoutId;
    columns.count = row + 1;
    this.written += length;
    if (second < this.#firstSecond) this.#firstSecond = second;
    if (second > this.#lastSecond) this.#lastSecond = second;
    return true;
  }

  #cleanNumbers(row: number, b: Uint8Array, start: number, end: number, sep: Int32Array, count: number): boolean {
    const numberAt = this.#numberAt;
    for (let c = 0; c < numberAt.length; c++) {
      const at = numberAt[c] as number;
      if (at < 0) continue;
      let i = at === 0 ? start : (sep[at - 1] as number) + 1;
      const to = at < count ? (sep[at] as number) : end;
      const first = b[i] as number;
      let value = NULL;
      if (to - i !== 1 || first !== DASH) {
        if (to - i > (DIGITS[c] as number) || (first === ZERO && to - i > 1)) return false;
        value = 0;
        for (; i < to; i++) {
          const d = (b[i] as number) - ZERO;
          if (d < 0 || d > 9) return false;
          value = value * 10 + d;
        }
      }
      (this.columns.numbers[c] as Float64Array)[row] = value;
    }
    return true;
  }

  /** All texts of the row are asked for at once; `-` is none. */
  #cleanTexts(row: number, b: Uint8Array, start: number, end: number, sep: Int32Array, count: number, ipAt: number, siteAt: number): void {
    const texts = this.#texts;
    const textAt = this.#textAt;
    const columns = this.columns;
    let asked = 0;
    for (let c = 0; c < textAt.length; c++) {
      const at = textAt[c] as number;
      if (at < 0) continue;
      const from = at === 0 ? start : (sep[at - 1] as number) + 1;
      const to = at < count ? (sep[at] as number) : end;
      if (to - from === 1 && b[from] === DASH) {
        (columns.texts[c] as Int32Array)[row] = NULL;
      } else {
        texts.ask(KINDS[c] as number, b, from, to);
        this.#asked[asked++] = c;
      }
    }
    let address = false;
    if (ipAt >= 0) {
      const from = ipAt === 0 ? start : (sep[ipAt - 1] as number) + 1;
      const to = ipAt < count ? (sep[ipAt] as number) : end;
      const v4 = readV4(b, from, to);
      columns.ip4[row] = v4;
      columns.ip[row] = NULL;
      address = v4 < 0 && (to - from !== 1 || b[from] !== DASH);
      if (address) texts.ask(TEXT_KINDS.ip, b, from, to);
    }
    this.#joinedFrom = 0;
    const named = siteAt >= 0 && this.#askSite(b, fieldStart(sep, siteAt, start), fieldEnd(sep, siteAt, count, end));
    if (this.#others.length > 0) this.#askOthers(b, start, end, sep, count);
    texts.answer();
    const { answers } = texts;
    for (let i = 0; i < asked; i++) (columns.texts[this.#asked[i] as number] as Int32Array)[row] = answers[i] as number;
    if (address) columns.ip[row] = answers[asked++] as number;
    if (named) columns.site[row] = answers[asked++] as number;
    if (this.#others.length > 0) columns.extra[row] = answers[asked] as number;
  }

  /** @returns whether the row has a site: `-` and what has no name are none */
  #askSite(b: Uint8Array, from: number, to: number): boolean {
    const name = this.#sites?.nameOf(b, from, to) ?? null;
    if (name === null) return false;
    // The dictionary reads two buffers in turns, and this is one of them.
    this.#makeRoom(name.length);
    for (let i = 0; i < name.length; i++) this.#joined[i] = name[i] as number;
    this.#texts.ask(TEXT_KINDS.site, this.#joined, 0, name.length);
    this.#joinedFrom = name.length;
    return true;
  }

  /** The values without a column, one text with separators. */
  #askOthers(b: Uint8Array, start: number, end: number, sep: Int32Array, count: number): void {
    const others = this.#others;
    const first = others[0] as number;
    if (others.length === 1) {
      this.#texts.ask(TEXT_KINDS.extra, b, fieldStart(sep, first, start), fieldEnd(sep, first, count, end));
      return;
    }
    const begin = this.#joinedFrom;
    this.#makeRoom(begin + end - start);
    const out = this.#joined;
    let o = begin;
    for (let k = 0; k < others.length; k++) {
      if (k > 0) out[o++] = SEPARATOR;
      const at = others[k] as number;
      let i = at === 0 ? start : (sep[at - 1] as number) + 1;
      const to = at < count ? (sep[at] as number) : end;
      for (; i < to; i++) out[o++] = b[i] as number;
    }
    this.#texts.ask(TEXT_KINDS.extra, out, begin, o);
  }

  /** What was asked for from the buffer before keeps its own. */
  #makeRoom(bytes: number): void {
    if (this.#joined.length < bytes) this.#joined = Buffer.allocUnsafeSlow(bytes * 2);
  }

  /** @param layout what the row was read with */
  writeExact(values: LogRow, layout: FieldLayout, offset: number, length: number, line: number): void {
    const columns = this.columns;
    const row = columns.next();
    for (const [c, i] of NUMBERS.entries()) {
      const value = values.values[i];
      (columns.numbers[c] as Float64Array)[row] = typeof value === 'number' ? value : NULL;
    }
    for (const [c, i] of TEXTS.entries()) (columns.texts[c] as Int32Array)[row] = this.#textId(KINDS[c] as number, values.values[i]);
    const ip = values.values[IP];
    const v4 = typeof ip === 'string' && V4_TEXT.test(ip) ? readV4(Buffer.from(ip, 'latin1'), 0, ip.length) : NULL;
    columns.ip4[row] = v4;
    columns.ip[row] = v4 >= 0 ? NULL : this.#textId(TEXT_KINDS.ip, ip);
    columns.site[row] = this.#textId(TEXT_KINDS.site, values.site);
    columns.extra[row] = values.kept.length === 0 ? NULL : this.#bytesId(TEXT_KINDS.extra, values.others.join(EXTRA_SEPARATOR));
    columns.off[row] = offset;
    columns.length[row] = length;
    columns.line[row] = line;
    columns.layout[row] = this.#layouts.idOf(layout, values.kept);
    const { time } = values;
    const second = time === null ? null : (time - (((time % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND)) / TICKS_PER_SECOND;
    columns.second[row] = second === null ? Number.NaN : Number(second);
    columns.tick[row] = second === null || time === null ? 0 : Number(time - second * TICKS_PER_SECOND);
    columns.count = row + 1;
    this.written += length;
    if (time === null) return;
    this.#firstExact = lower(this.#firstExact, time);
    this.#lastExact = higher(this.#lastExact, time);
  }

  /** An empty value is in `extra`: in its column it would look like none. */
  #textId(kind: number, value: string | number | null | undefined): number {
    return typeof value === 'string' && value !== '' ? this.#bytesId(kind, value) : NULL;
  }

  #bytesId(kind: number, text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    return this.#texts.idOf(kind, bytes, 0, bytes.length);
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

function lower(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null || a < b ? a : b;
}

function higher(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null || a > b ? a : b;
}
