import { NUMBER_FIELDS, type Filter, type FilterField, type FilterTerm } from './ast.ts';
import { quoteText } from './lex.ts';

/** Writes a filter as text that reads back as the same filter (positions apart). */
export function printFilter(filter: Filter): string {
  return filter.terms.map(printTerm).join(' ');
}

/** One term as text, with its sign. */
export function printTerm(term: Pick<FilterTerm, 'field' | 'negated' | 'test'>): string {
  const sign = term.negated ? '-' : '';
  const test = term.test;
  if (test.kind === 'time') return `${sign}@${test.to === null && test.from === null ? '' : `${test.from ?? ''}..${test.to ?? ''}`}`;
  const name = term.field === null ? '' : `${term.field}:`;
  switch (test.kind) {
    case 'contains':
      // A part of a named field has no sign of its own: it is the glob around it.
      return term.field === null ? `${sign}${printText(test.text)}` : `${sign}${name}*${test.text === '' ? '' : quoteText(test.text)}*`;
    case 'equals':
      return `${sign}${name}${printValue(term.field, test.value)}`;
    case 'glob':
      return `${sign}${name}${printGlob(test.pattern, term.field === null)}`;
    case 'compare':
      return `${sign}${name}${test.op}${printNumber(test.value)}`;
    case 'range':
      return `${sign}${name}${test.from === null ? '' : printNumber(test.from)}..${test.to === null ? '' : printNumber(test.to)}`;
    case 'regex':
    case 'list':
    case 'around':
      return '';
    case 'cidr':
      return `${sign}${name}${test.network}/${test.bits}`;
  }
}

/** Plain decimal notation at any size that the language accepts. */
function printNumber(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(6).replace(/0+$/, '');
}

function printText(text: string): string {
  return /^[^\s"*?@:-][^\s"*?:]*$/.test(text) ? text : quoteText(text);
}

function printValue(field: FilterField | null, value: string): string {
  if (field !== null && NUMBER_FIELDS.has(field) && value !== '') return value;
  const plain = value !== '' && !/[\s"*?]/.test(value) && !/^[<>]/.test(value) && !(field === 'ip' && value.includes('/'));
  return plain ? value : quoteText(value);
}

function printGlob(pattern: string, bare: boolean): string {
  const parts = pattern.split(/([*?]+)/);
  return parts
    .map((part, i) => {
      if (part === '' || /^[*?]+$/.test(part)) return part;
      const special = /[\s"]/.test(part) || (bare && i === 0 && /^[-@]|:/.test(part));
      return special ? quoteText(part) : part;
    })
    .join('');
}
