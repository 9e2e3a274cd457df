import type { DiffLine } from '../../shared/model/index.ts';

/** A row of two texts laid over each other. `gap`: equal lines that were left out, with their number where it is known. */
export type DiffRow =
  | { readonly kind: 'line'; readonly left: DiffLine | null; readonly right: DiffLine | null }
  | { readonly kind: 'gap'; readonly lines: number };

/** Where a difference begins, and what it is in words. */
export interface Difference {
  readonly row: number;
  readonly words: string;
}

export interface DiffTable {
  readonly rows: readonly DiffRow[];
  readonly differences: readonly Difference[];
}

/**
 * Rows of a comparison. In one column a removed line and the added one follow each other; side by side the first removed
 * line of a difference lies beside the first added one.
 */
export function diffTable(lines: readonly DiffLine[], sideBySide: boolean): DiffTable {
  const rows: DiffRow[] = [];
  const differences: Difference[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  let last = { left: 0, right: 0 };
  const flush = (): void => {
    if (removed.length === 0 && added.length === 0) return;
    differences.push({ row: rows.length, words: differenceWords(removed, added) });
    if (sideBySide) {
      for (let i = 0; i < Math.max(removed.length, added.length); i++) rows.push({ kind: 'line', left: removed[i] ?? null, right: added[i] ?? null });
    } else {
      for (const line of removed) rows.push({ kind: 'line', left: line, right: null });
      for (const line of added) rows.push({ kind: 'line', left: null, right: line });
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    const skipped = Math.max(line.left === null ? 0 : line.left - last.left - 1, line.right === null ? 0 : line.right - last.right - 1);
    if (skipped > 0) {
      flush();
      rows.push({ kind: 'gap', lines: skipped });
    }
    last = { left: line.left ?? (skipped > 0 && line.right !== null ? last.left + skipped : last.left), right: line.right ?? (skipped > 0 && line.left !== null ? last.right + skipped : last.right) };
    if (line.what === 'removed') removed.push(line);
    else if (line.what === 'added') added.push(line);
    else {
      flush();
      rows.push({ kind: 'line', left: line, right: line });
    }
  }
  flush();
  return { rows, differences };
}

function differenceWords(removed: readonly DiffLine[], added: readonly DiffLine[]): string {
  const lines = (n: number): string => (n === 1 ? '1 line' : `${n} lines`);
  const at = removed[0]?.left ?? added[0]?.right ?? 0;
  const what = removed.length === 0 ? `${lines(added.length)} added` : added.length === 0 ? `${lines(removed.length)} removed` : `${lines(removed.length)} removed, ${lines(added.length)} added`;
  return `${what} at line ${at}`;
}

/** The row that holds a line of one of the two files; the nearest before it where that line was left out. */
export function rowOfLine(rows: readonly DiffRow[], side: 'left' | 'right', line: number): number {
  let best = 0;
  for (const [i, row] of rows.entries()) {
    const number = row.kind === 'gap' ? null : (row[side]?.[side] ?? null);
    if (number === null || number > line) continue;
    best = i;
    if (number === line) break;
  }
  return best;
}
