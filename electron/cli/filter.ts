import { visible } from '../../shared/base/visible.ts';
import { caretLine, parseFilter } from '../../shared/query/index.ts';
import { UsageError } from './args.ts';
import { CommandFailure } from './session.ts';

/** How much of a long filter is shown around a mistake in it. */
const AROUND = 60;

/** The filter as it was typed. @throws UsageError with the column, and the filter with a line under the word that is wrong. */
export function checkedFilter(text: string): string {
  const parsed = parseFilter(text);
  if (parsed.ok) return text;
  const { message, column } = parsed.fault;
  throw new UsageError(`The filter is not understood: ${message} (column ${column})`, marked(text, parsed.fault));
}

/** Runs what asks the engine; where the engine refuses a word of the filter, that is shown in the same way. */
export async function showingFilter<T>(text: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CommandFailure) || error.failure.kind !== 'usage' || error.failure.column === undefined) throw error;
    const { message, column } = error.failure;
    throw new UsageError(`${message} (column ${column})`, marked(text, { column, end: column + (/^\S*/.exec(text.slice(column - 1))?.[0].length ?? 0) }));
  }
}

/** The filter, or what lies around the word, and a line under it. What is cut off or made visible moves the line along. */
function marked(text: string, { column, end }: { readonly column: number; readonly end: number }): readonly string[] {
  const from = Math.max(0, column - 1 - AROUND);
  const to = Math.min(text.length, column - 1 + AROUND);
  const behind = Math.min(end - 1, to);
  const before = `${from > 0 ? '...' : ''}${visible(text.slice(from, column - 1))}`;
  const word = visible(text.slice(column - 1, behind));
  const caret = caretLine({ column: before.length + 1, end: before.length + 1 + Math.max(1, word.length) });
  return [`  ${before}${word}${visible(text.slice(behind, to))}${to < text.length ? '...' : ''}`, `  ${caret}`];
}
