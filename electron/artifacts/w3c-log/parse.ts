import { bytesAsText } from '../../../shared/base/bytes-as-text.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import type { FieldLayout } from './fields.ts';
import { LOG_COLUMNS, NUMBER_DIGITS, REJECTS, wrongCount, type LineResult, type LogRow } from './records.ts';

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;

/**
 * Reads one data line exactly. This is the meaning of the format; the fast path of the spooler handles the plain lines
 * only, and must agree with it.
 *
 * Values are separated by one space. Lines with another number of values are read once more with runs of spaces and tabs as
 * one separator (Exchange writes an empty user name that way), then with quoted values (IIS Advanced Logging), and rejected
 * when neither gives the number that `#Fields` names.
 * @param line the bytes without the line end
 * @param day the date of the last `#Date`, for logs whose lines have a time only
 */
export function parseLine(line: Uint8Array, layout: FieldLayout | null, day: string | null): LineResult {
  if (layout === null || layout.names.length === 0) return { ok: false, reject: REJECTS.noFields };
  const wanted = layout.names.length;
  const exact = split(line, false);
  let values = exact.length === wanted && !exact.some((v) => v.length === 0) ? exact : null;
  let quoted = false;
  if (values === null) {
    const runs = split(line, true).filter((v) => v.length > 0);
    if (runs.length === wanted) values = runs;
  }
  if (values === null && line.includes(QUOTE)) {
    const unquoted = splitQuoted(line);
    if (unquoted?.length === wanted) {
      values = unquoted;
      quoted = true;
    }
  }
  if (values === null && exact.length === wanted) values = exact;
  if (values === null) return { ok: false, reject: wrongCount(exact.filter((v) => v.length > 0).length, wanted) };
  const texts = values.map(fieldText);
  const time = readTime(texts, layout, day);
  return time === 'bad' ? { ok: false, reject: REJECTS.time } : { ok: true, row: makeRow(texts, layout, time, quoted) };
}

function split(line: Uint8Array, tabs: boolean): Uint8Array[] {
  const out: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i <= line.length; i++) {
    const c = line[i];
    if (i < line.length && c !== SPACE && !(tabs && c === TAB)) continue;
    out.push(line.subarray(start, i));
    start = i + 1;
  }
  return out;
}

/** Values between quotes may hold spaces; a doubled quote inside is one quote. Null when a quote stays open. */
function splitQuoted(line: Uint8Array): Uint8Array[] | null {
  const out: Uint8Array[] = [];
  let i = 0;
  while (i < line.length) {
    if (line[i] === SPACE || line[i] === TAB) {
      i += 1;
      continue;
    }
    const start = i;
    if (line[i] !== QUOTE) {
      while (i < line.length && line[i] !== SPACE && line[i] !== TAB) i += 1;
      out.push(line.subarray(start, i));
      continue;
    }
    i += 1;
    while (i < line.length && (line[i] !== QUOTE || line[i + 1] === QUOTE)) i += line[i] === QUOTE ? 2 : 1;
    if (i >= line.length) return null;
    out.push(undouble(line.subarray(start + 1, i)));
    i += 1;
  }
  return out;
}

function undouble(bytes: Uint8Array): Uint8Array {
  return bytes.includes(QUOTE) ? bytes.filter((c, i) => c !== QUOTE || bytes[i - 1] !== QUOTE) : bytes;
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f]/g;

/** Text of a value: bytes that are not UTF-8, and control characters, are written `\xE9`; then backslashes are doubled. */
export function fieldText(bytes: Uint8Array): string {
  const text = bytesAsText(bytes);
  if (text.search(CONTROL) < 0) return text;
  const escapedAlready = !isUtf8(bytes);
  const doubled = escapedAlready ? text : text.replaceAll('\\', '\\\\');
  return doubled.replace(CONTROL, (c) => `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** UTC moment of the line; null when the log does not say enough; 'bad' when what it says is no moment. */
function readTime(values: readonly string[], layout: FieldLayout, day: string | null): bigint | null | 'bad' {
  const time = values[layout.timeAt];
  const date = layout.dateAt < 0 ? day : values[layout.dateAt];
  if (time === undefined || date === null || date === undefined) return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d:\d\d(?:\.\d{1,7})?$/.test(time)) return 'bad';
  return parseInstant(`${date}T${time}Z`) ?? 'bad';
}

function makeRow(texts: readonly string[], layout: FieldLayout, time: bigint | null, quoted: boolean): LogRow {
  const kept = new Set(layout.others);
  const values = LOG_COLUMNS.map((column, i): string | number | null => {
    const at = layout.columnAt[i] ?? -1;
    const text = texts[at];
    if (text === undefined || text === '-') return null;
    const digits = NUMBER_DIGITS[column];
    if (digits === undefined) {
      // An empty value and `-` would look the same in the column.
      if (text === '') kept.add(at);
      return text;
    }
    const number = /^\d+$/.test(text) && text.length <= digits ? Number(text) : null;
    if (number === null || String(number) !== text) kept.add(at);
    return number;
  });
  for (const at of [layout.dateAt, layout.timeAt]) {
    const text = texts[at];
    if (text !== undefined && (time === null || quoted || text.includes('.'))) kept.add(at);
  }
  const positions = [...kept].sort((a, b) => a - b);
  return { time, values, kept: positions, others: positions.map((at) => texts[at] ?? '') };
}
