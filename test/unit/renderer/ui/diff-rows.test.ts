import { describe, expect, it } from 'vitest';
import { diffTable, rowOfLine, type DiffRow } from '../../../../renderer/ui/diff-rows.ts';
import type { DiffLine } from '../../../../shared/model/index.ts';

const same = (left: number, right: number): DiffLine => ({ what: 'same', left, right, text: `same ${left}` });
const removed = (left: number): DiffLine => ({ what: 'removed', left, right: null, text: `old ${left}` });
const added = (right: number): DiffLine => ({ what: 'added', left: null, right, text: `new ${right}` });
const words = (rows: readonly DiffRow[]): string[] => rows.map((r) => (r.kind === 'gap' ? `gap ${r.lines}` : `${r.left?.text ?? '-'} | ${r.right?.text ?? '-'}`));

const LINES = [same(9, 9), removed(10), removed(11), added(10), same(12, 11), same(40, 39), added(40), same(41, 41)];

describe('rows of a comparison', () => {
  it('follow each other in one column', () => {
    const { rows, differences } = diffTable(LINES, false);
    expect(words(rows)).toEqual(['gap 8', 'same 9 | same 9', 'old 10 | -', 'old 11 | -', '- | new 10', 'same 12 | same 12', 'gap 27', 'same 40 | same 40', '- | new 40', 'same 41 | same 41']);
    expect(differences).toEqual([{ row: 2, words: '2 lines removed, 1 line added at line 10' }, { row: 8, words: '1 line added at line 40' }]);
  });
  it('lie beside each other in two', () => {
    const { rows, differences } = diffTable(LINES, true);
    expect(words(rows).slice(2, 4)).toEqual(['old 10 | new 10', 'old 11 | -']);
    expect(differences.map((d) => d.row)).toEqual([2, 7]);
  });
  it('of a removed block say so, and texts that differ from the first line have no gap', () => {
    const { rows, differences } = diffTable([removed(1), same(2, 1)], false);
    expect(rows.map((r) => r.kind)).toEqual(['line', 'line']);
    expect(differences).toEqual([{ row: 0, words: '1 line removed at line 1' }]);
  });
  it('of equal texts hold no difference', () => expect(diffTable([same(1, 1)], true).differences).toEqual([]));
  it('lead from a line of either file to its row', () => {
    const { rows } = diffTable(LINES, false);
    expect(rowOfLine(rows, 'left', 11)).toBe(3);
    expect(rowOfLine(rows, 'right', 40)).toBe(8);
    expect(rowOfLine(rows, 'right', 20)).toBe(5);
    expect(rowOfLine([], 'left', 5)).toBe(0);
  });
});
