import type { FilterField, FilterTerm } from './ast.ts';
import { parseFilter } from './parse.ts';
import { printTerm } from './print.ts';

/**
 * Adds `field:value` (or `-field:value`) to a typed filter, as the keep and drop buttons of a cell do. A term that says
 * the opposite about the same value is replaced; a term that is there already is left alone. The rest of the text,
 * also when it is faulty, stays as the user wrote it.
 * @param value the whole value of the cell; '' means "without a value"
 * @param name with the field `log`: the column of the log
 */
export function withTerm(text: string, field: FilterField, value: string, negated: boolean, name?: string): string {
  const wanted = printTerm({ field, ...(name === undefined ? {} : { name }), negated, test: { kind: 'equals', value } });
  const parsed = parseFilter(text);
  if (parsed.ok) {
    for (const term of parsed.filter.terms) {
      if (term.field !== field || term.name?.toLowerCase() !== name?.toLowerCase() || term.test.kind !== 'equals' || term.test.value !== value) continue;
      return term.negated === negated ? text : text.slice(0, term.start) + wanted + text.slice(term.end);
    }
  }
  return appended(text, wanted);
}

/** Adds a term as it is written behind the others. */
export function appended(text: string, term: string): string {
  const trimmed = text.trimEnd();
  return trimmed === '' ? term : `${trimmed} ${term}`;
}

/** Turns a term (a chip) of the text that it was read from into its opposite. */
export function withOpposite(text: string, term: FilterTerm): string {
  const typed = text.slice(term.start, term.end);
  return `${text.slice(0, term.start)}${term.negated ? typed.slice(1) : `-${typed}`}${text.slice(term.end)}`;
}

/** Takes one term (a chip) out of the text that it was read from. */
export function withoutTerm(text: string, term: Pick<FilterTerm, 'start' | 'end'>): string {
  return `${text.slice(0, term.start).trimEnd()} ${text.slice(term.end).trimStart()}`.trim();
}

/** Replaces whatever the filter says about time, as a brush over the histogram does; null bounds are open. */
export function withTimeRange(text: string, from: string | null, to: string | null): string {
  const parsed = parseFilter(text);
  let rest = text;
  if (parsed.ok) {
    // From the back, so that the positions of the terms before stay true.
    for (const term of [...parsed.filter.terms].reverse()) {
      if (term.test.kind === 'time' && !term.negated) rest = withoutTerm(rest, term);
    }
  }
  if (from === null && to === null) return rest.trim();
  const range = printTerm({ field: 'time', negated: false, test: { kind: 'time', from, to } });
  return rest.trim() === '' ? range : `${rest.trim()} ${range}`;
}
