import { parseInstant } from '../../../shared/time/instant.ts';
import { REJECTS, type FieldLayout, type LineResult, type Reject } from './log-lines.ts';
import { fieldText, logRow } from './log-values.ts';

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
 * @param sites names of sites by number, for a log of several sites
 */
export function parseLine(line: Uint8Array, layout: FieldLayout | null, day: string | null, sites: ReadonlyMap<number, string> | null = null): LineResult {
  if (layout === null || layout.names.length === 0) return { ok: false, reject: REJECTS.noFields };
  const wanted = layout.names.length;
  // Counted before it is cut: a line of a megabyte of separators makes no million values.
  const exact = countValues(line) === wanted ? split(line) : null;
  let values = exact !== null && !exact.some((v) => v.length === 0) ? exact : null;
  let quoted = false;
  if (values === null && countRuns(line, true) === wanted) values = runsOf(line);
  if (values === null && line.includes(QUOTE)) {
    const unquoted = splitQuoted(line, wanted);
    if (unquoted?.length === wanted) {
      values = unquoted;
      quoted = true;
    }
  }
  values ??= exact;
  if (values === null) return { ok: false, reject: wrongCount(countRuns(line, false), wanted) };
  const texts = values.map(fieldText);
  const time = readTime(texts, layout, day);
  if (time === 'bad') return { ok: false, reject: REJECTS.time };
  // The moment does not say again what was quoted, or had fractions of a second.
  const keepClock = time === null || quoted || [layout.dateAt, layout.timeAt].some((at) => texts[at]?.includes('.') === true);
  return { ok: true, row: logRow(texts, layout, time, keepClock, sites) };
}

function wrongCount(found: number, wanted: number): Reject {
  return { kind: 'malformed', reason: `${found} values where #Fields names ${wanted}`, expected: false };
}

function isSeparator(c: number | undefined, tabs: boolean): boolean {
  return c === SPACE || (tabs && c === TAB);
}

/** Number of values when each space ends one. */
function countValues(line: Uint8Array): number {
  let count = 1;
  for (let i = 0; i < line.length; i++) if (line[i] === SPACE) count += 1;
  return count;
}

/** Number of values that are not empty. */
function countRuns(line: Uint8Array, tabs: boolean): number {
  let count = 0;
  for (let i = 0; i < line.length; i++) if (!isSeparator(line[i], tabs) && (i === 0 || isSeparator(line[i - 1], tabs))) count += 1;
  return count;
}

function split(line: Uint8Array): Uint8Array[] {
  const out: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i <= line.length; i++) {
    if (i < line.length && line[i] !== SPACE) continue;
    out.push(line.subarray(start, i));
    start = i + 1;
  }
  return out;
}

/** What stands between runs of spaces and tabs. */
function runsOf(line: Uint8Array): Uint8Array[] {
  const out: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i <= line.length; i++) {
    if (i < line.length && !isSeparator(line[i], true)) continue;
    if (i > start) out.push(line.subarray(start, i));
    start = i + 1;
  }
  return out;
}

/** Values between quotes may hold spaces; a doubled quote inside is one quote. Null when a quote stays open, or there are too many values. */
function splitQuoted(line: Uint8Array, most: number): Uint8Array[] | null {
  const out: Uint8Array[] = [];
  let i = 0;
  while (i < line.length) {
    if (out.length > most) return null;
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

/** UTC moment of the line; null when the log does not say enough; 'bad' when what it says is no moment. */
function readTime(values: readonly string[], layout: FieldLayout, day: string | null): bigint | null | 'bad' {
  const time = values[layout.timeAt];
  const date = layout.dateAt < 0 ? day : values[layout.dateAt];
  if (time === undefined || date === null || date === undefined) return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d:\d\d(?:\.\d{1,7})?$/.test(time)) return 'bad';
  return parseInstant(`${date}T${time}Z`) ?? 'bad';
}
