import { visible } from '../../shared/base/visible.ts';
import { caretLine, parseFilter } from '../../shared/query/index.ts';
import { UsageError } from './args.ts';

/** How much of a long filter is shown around a mistake in it. */
const AROUND = 60;

/** The filter as it was typed. @throws UsageError with the column, and the filter with a line under the word that is wrong. */
export function checkedFilter(text: string): string {
  const parsed = parseFilter(text);
  if (parsed.ok) return text;
  const { message, column, end } = parsed.fault;
  const from = Math.max(0, column - 1 - AROUND);
  const to = Math.min(text.length, column - 1 + AROUND);
  const before = `${from > 0 ? '...' : ''}${visible(text.slice(from, column - 1))}`;
  // A missing word is marked behind the end; what is cut off or made visible moves the mark along.
  const word = visible(text.slice(column - 1, Math.min(end - 1, to)));
  const shown = `${before}${word}${visible(text.slice(Math.min(end - 1, to), to))}${to < text.length ? '...' : ''}`;
  const caret = caretLine({ column: before.length + 1, end: before.length + 1 + Math.max(1, word.length) });
  throw new UsageError(`The filter is not understood: ${message} (column ${column})`, [`  ${shown}`, `  ${caret}`]);
}
