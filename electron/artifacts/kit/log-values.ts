import { bytesAsText, isUtf8 } from '../../../shared/base/bytes-as-text.ts';
import { LOG_COLUMNS, NUMBER_DIGITS, type FieldLayout, type LogRow } from './log-lines.ts';

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f]/g;

/** Text of a value: bytes that are not UTF-8, and control characters, are written `\xE9`; then backslashes are doubled. */
export function fieldText(bytes: Uint8Array): string {
  const text = bytesAsText(bytes);
  if (text.search(CONTROL) < 0) return text;
  const escapedAlready = !isUtf8(bytes);
  const doubled = escapedAlready ? text : text.replaceAll('\\', '\\\\');
  return escapeControls(doubled);
}

/** Control characters as `\x1F`. */
export function escapeControls(text: string): string {
  return text.replace(CONTROL, (c) => `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/**
 * A line as text with one character for each byte, so that positions in it are positions in the bytes, and its values
 * as they are stored.
 */
export class ByteText {
  readonly #bytes: Uint8Array;
  readonly #plain: boolean;
  readonly text: string;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#plain = isPrintable(bytes);
    this.text = this.#plain ? bytesAsText(bytes) : byteLetters(bytes);
  }

  /** The value between two positions. */
  value(from: number, to: number): string {
    return this.#plain ? this.text.slice(from, to) : fieldText(this.#bytes.subarray(from, to));
  }
}

function isPrintable(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i] as number;
    if (c < 0x20 || c >= 0x80) return false;
  }
  return true;
}

/** One character for each byte. */
export function byteLetters(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

const DIGITS: readonly number[] = LOG_COLUMNS.map((column) => NUMBER_DIGITS[column] ?? 0);

/**
 * A row from the values of a line. What a column cannot hold exactly (a number with leading zeros, an empty text) is
 * kept beside it.
 * @param texts by the layout's positions; null where the line has no such value
 * @param keepClock date and time are also kept as they were written: the moment does not say them again
 */
export function logRow(texts: readonly (string | null)[], layout: FieldLayout, time: bigint | null, keepClock: boolean, sites: ReadonlyMap<number, string> | null): LogRow {
  const kept: number[] = [];
  const values: (string | number | null)[] = [];
  for (let i = 0; i < DIGITS.length; i++) {
    const at = layout.columnAt[i] as number;
    const text = at < 0 ? null : (texts[at] ?? null);
    if (text === null || text === '-') {
      values.push(null);
      continue;
    }
    const digits = DIGITS[i] as number;
    if (digits === 0) {
      // An empty value and `-` would look the same in the column.
      if (text === '') kept.push(at);
      values.push(text);
      continue;
    }
    const number = text.length <= digits ? wholeNumber(text) : null;
    // Leading zeros are no part of a number.
    if (number === null || (text.length > 1 && text.charCodeAt(0) === 0x30)) kept.push(at);
    values.push(number);
  }
  for (const at of layout.others) if (typeof texts[at] === 'string') kept.push(at);
  if (keepClock) for (const at of [layout.dateAt, layout.timeAt]) if (typeof texts[at] === 'string') kept.push(at);
  if (kept.length > layout.others.length || keepClock) kept.sort((a, b) => a - b);
  const others: string[] = [];
  for (const at of kept) others.push(texts[at] ?? '');
  return { layout, time, values, site: sites === null ? null : siteOf(texts[layout.siteAt] ?? null, sites), kept, others };
}

/** Decimal digits; null for anything else. */
function wholeNumber(text: string): number | null {
  if (text === '') return null;
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const d = text.charCodeAt(i) - 0x30;
    if (d < 0 || d > 9) return null;
    n = n * 10 + d;
  }
  return n;
}

/** Name of the site for `W3SVC3` or `3`; what nobody has a name for stays as written. */
export function siteOf(text: string | null, sites: ReadonlyMap<number, string>): string | null {
  if (text === null || text === '-' || text === '') return null;
  const digits = /^[A-Za-z0-9]*?(\d{1,10})$/.exec(text)?.[1];
  return (digits === undefined ? undefined : sites.get(Number(digits))) ?? text;
}
