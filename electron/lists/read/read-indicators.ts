import { quote } from '../../../shared/base/limits.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import type { Indicator, IndicatorKind } from '../../../shared/model/index.ts';
import { ListProblems, MAX_INDICATORS } from '../limits.ts';
import { csvRows } from './read-csv.ts';
import { guessKind } from './guess.ts';
import { kindOf, makeIndicator } from './make-indicator.ts';
import { stixIndicators } from './read-stix.ts';

export interface ReadIndicators { readonly indicators: Indicator[]; readonly problems: string[] }

/**
 * Reads a list of indicators: a STIX 2.1 bundle (JSON), CSV with the columns `kind,value,note` (a header row may put them in
 * another order), or one value a line with the kind guessed from its form and a note behind `#`. Never throws for what is in it.
 */
export function readIndicators(bytes: Uint8Array): ReadIndicators {
  const problems = new ListProblems();
  const text = decoded(bytes, problems);
  const found = new Map<string, Indicator>();
  let beyond = 0;
  for (const { kind, value, note, line } of rawLines(text, problems)) {
    const made = makeIndicator(kind, value, note, line);
    if (typeof made === 'string') problems.add(made);
    else if (found.size >= MAX_INDICATORS) beyond += 1;
    else {
      const key = `${made.kind} ${made.value}`;
      // The same value twice is one thing to look for; its first line stands for it.
      if (!found.has(key)) found.set(key, made);
    }
  }
  if (beyond > 0) problems.add(`The list has ${beyond} more entries than the ${MAX_INDICATORS} that are read.`);
  if (found.size === 0) problems.add('Nothing in this file can be looked for.');
  return { indicators: [...found.values()].sort(compareBy((i) => i.line, (i) => i.kind, (i) => i.value)), problems: problems.list() };
}

interface RawLine { readonly kind: IndicatorKind; readonly value: string; readonly note: string; readonly line: number }

function rawLines(text: string, problems: ListProblems): Iterable<RawLine> {
  if (/^\s{0,100}[{[]/.test(text)) return stixIndicators(text, problems);
  return isCsv(text) ? csvLines(text, problems) : textLines(text);
}

/** The first line that says something has a column `kind` or begins with one. */
function isCsv(text: string): boolean {
  const line = /^(?:\s|#[^\n]*\n)*([^\r\n]{0,4000})/.exec(text.slice(0, 65_536))?.[1] ?? '';
  const [first = ''] = line.replaceAll('"', '').split(/[,;]/);
  return /[,;]/.test(line) && (kindOf(first) !== null || /^(?:kind|type|value|indicator)$/i.test(first.trim()));
}

function* csvLines(text: string, problems: ListProblems): Generator<RawLine, void, undefined> {
  let columns = { kind: 0, value: 1, note: 2 };
  let first = true;
  for (const { line, cells } of csvRows(text, problems)) {
    const names = cells.map((c) => c.trim().toLowerCase());
    if (names[0]?.startsWith('#') === true) continue;
    const valueAt = names.findIndex((n) => n === 'value' || n === 'indicator');
    if (first && valueAt >= 0) {
      columns = { kind: names.findIndex((n) => n === 'kind' || n === 'type'), value: valueAt, note: names.findIndex((n) => n === 'note' || n === 'comment' || n === 'description') };
      first = false;
      continue;
    }
    first = false;
    const value = cells[columns.value] ?? '';
    const word = cells[columns.kind]?.trim() ?? '';
    const kind = word === '' ? guessKind(value.trim()) : kindOf(word);
    if (kind === null) problems.add(`Line ${line}: "${quote(word, 40)}" is no kind that can be looked for.`);
    else yield { kind, value, note: cells[columns.note] ?? '', line };
  }
}

/** A tab or ` # ` begins the note: both do not stand in values of any kind. */
function* textLines(text: string): Generator<RawLine, void, undefined> {
  let line = 0;
  for (const whole of text.split(/\r\n|\n|\r/)) {
    line += 1;
    const trimmed = whole.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('//')) continue;
    const cut = /\t| # /.exec(trimmed);
    const value = (cut === null ? trimmed : trimmed.slice(0, cut.index)).trim();
    yield { kind: guessKind(value), value, note: cut === null ? '' : trimmed.slice(cut.index + cut[0].length).trim(), line };
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so. */
function decoded(bytes: Uint8Array, problems: ListProblems): string {
  const [a, b] = bytes;
  const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const text = new TextDecoder(utf16 ? (a === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
  if (text.includes('\ufffd')) problems.add('The file has bytes that are no text; they were read as �.');
  return text;
}
