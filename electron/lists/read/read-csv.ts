import type { ListProblems } from '../limits.ts';

/** One row of a CSV file with the 1-based line on which it begins. */
export interface CsvRow { readonly line: number; readonly cells: readonly string[] }

/** Characters of one row: a quote that is never closed must not take the rest of the file with it. */
const MAX_ROW = 8192;

/**
 * Rows of a CSV text by RFC 4180: commas, or semicolons where the first row has no comma; quotes doubled within quotes. A quote
 * that is never closed costs its own line only.
 */
export function* csvRows(text: string, problems: ListProblems): Generator<CsvRow, void, undefined> {
  const lines = text.split(/\r\n|\n|\r/);
  const separator = !(lines[0] ?? '').includes(',') && (lines[0] ?? '').includes(';') ? ';' : ',';
  for (let i = 0; i < lines.length; i += 1) {
    const first = lines[i] ?? '';
    if (first.trim() === '') continue;
    let row = first;
    let read = cellsOf(row, separator);
    let taken = 0;
    // A value in quotes may have line ends in it, a few of them.
    while (read === null && taken < 8 && i + taken + 1 < lines.length && row.length < MAX_ROW) {
      taken += 1;
      row += `\n${lines[i + taken] ?? ''}`;
      read = cellsOf(row, separator);
    }
    if (read === null) problems.add(`Line ${i + 1}: a quote is never closed.`);
    else {
      yield { line: i + 1, cells: read };
      i += taken;
    }
  }
}

/** Null where a quote is open at the end. */
function cellsOf(row: string, separator: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  while (at <= row.length) {
    if (row[at] === '"') {
      let cell = '';
      at += 1;
      for (;;) {
        const end = row.indexOf('"', at);
        if (end < 0) return null;
        cell += row.slice(at, end);
        at = end + 1;
        if (row[at] !== '"') break;
        cell += '"';
        at += 1;
      }
      const next = row.indexOf(separator, at);
      cells.push(cell + (next < 0 ? row.slice(at) : row.slice(at, next)));
      at = next < 0 ? row.length + 1 : next + 1;
    } else {
      const next = row.indexOf(separator, at);
      cells.push(next < 0 ? row.slice(at) : row.slice(at, next));
      at = next < 0 ? row.length + 1 : next + 1;
    }
  }
  return cells;
}
