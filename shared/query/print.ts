import { NUMBER_FIELDS, type Filter, type FilterField, type FilterTerm, type FilterTest } from './ast.ts';
import { quoteText } from './lex.ts';
import { printSeconds } from './parse-time.ts';

/** Writes a filter as text that reads back as the same filter (positions apart). */
export function printFilter(filter: Filter): string {
  return filter.terms.map(printTerm).join(' ');
}

/** One term as text, with its sign. */
export function printTerm(term: Pick<FilterTerm, 'field' | 'name' | 'negated' | 'test'>): string {
  const sign = term.negated ? '-' : '';
  const test = term.test;
  if (test.kind === 'time') return test.to === null && test.from === null ? `${sign}time:*` : `${sign}@${test.from ?? ''}..${test.to ?? ''}`;
  if (test.kind === 'around') return `${sign}around:${test.event}~${printSeconds(test.seconds)}`;
  const name = term.field === null ? '' : term.field === 'log' ? `log.${printName(term.name ?? '')}:` : `${term.field}:`;
  // A part of a named field has no sign of its own: it is the glob around it.
  if (test.kind === 'contains') return term.field === null ? `${sign}${printText(test.text)}` : `${sign}${name}*${test.text === '' ? '' : quoteText(test.text)}*`;
  return `${sign}${name}${printTest(term.field, test)}`;
}

/** The words of a test behind its field. */
function printTest(field: FilterField | null, test: FilterTest): string {
  switch (test.kind) {
    case 'equals':
      return printValue(field, test.value);
    case 'glob':
      return printGlob(test.pattern, field === null);
    case 'compare':
      return `${test.op}${printNumber(test.value)}`;
    case 'range':
      return `${test.from === null ? '' : printNumber(test.from)}..${test.to === null ? '' : printNumber(test.to)}`;
    case 'regex':
      return `~${quoteText(test.pattern)}`;
    case 'list':
      return test.tests.map((one) => printTest(field, one)).join(',');
    case 'cidr':
      return `${test.network}/${test.bits}`;
    default:
      // Times are terms of their own.
      return '';
  }
}

/** Plain decimal notation at any size that the language accepts. */
function printNumber(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(6).replace(/0+$/, '');
}

function printText(text: string): string {
  return /^[^\s"*?@:~-][^\s"*?:]*$/.test(text) ? text : quoteText(text);
}

function printValue(field: FilterField | null, value: string): string {
  if (field !== null && NUMBER_FIELDS.has(field) && value !== '') return value;
  const plain = value !== '' && !/[\s"*?,]/.test(value) && !/^[<>~]/.test(value) && !(field === 'ip' && value.includes('/'));
  return plain ? value : quoteText(value);
}

function printGlob(pattern: string, bare: boolean): string {
  return pattern
    .split(/([*?]+)/)
    .map((part, i) => {
      if (part === '' || /^[*?]+$/.test(part)) return part;
      const special = /[\s",]/.test(part) || (i === 0 && part.startsWith('~')) || (bare && i === 0 && /^[-@]|:/.test(part));
      return special ? quoteText(part) : part;
    })
    .join('');
}

function printName(name: string): string {
  return /[\s":]/.test(name) ? quoteText(name) : name;
}
