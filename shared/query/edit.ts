import type { FilterField, FilterTerm } from './ast.ts';
import { parseFilter } from './parse.ts';
import { printTerm } from './print.ts';

/**
 * Adds `field:value` (or `-field:value`) to a typed filter, as the keep and drop buttons of a cell do. A term that says
 * the opposite about the same value is replaced; a term that is there already is left alone. The rest of the text,
 * also when it is faulty, stays as the user wrote it.
 * @param value the whole value of the cell; '' means "without a value"
 */
export function withTerm(text: string, field: FilterField, value: string, negated: boolean): string {
  const wanted = printTerm({ field, negated, test: { kind: 'equals', value } });
  const parsed = parseFilter(text);
  if (parsed.ok) {
    for (const term of parsed.filter.terms) {
      if (term.field !== field || term.test.kind !== 'equals' || term.test.value !== value) continue;
      return term.negated === negated ? text : text.slice(0, term.start) + wanted + text.slice(term.end);
    }
  }
  const trimmed = text.trimEnd();
  return trimmed === '' ? wanted : `${trimmed} ${wanted}`;
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
