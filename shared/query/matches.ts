import { parseInstant } from '../time/instant.ts';
import { NUMBER_FIELDS, type Filter, type FilterField, type FilterTerm } from './ast.ts';
import { foldText, PLUS_FIELDS } from './fold.ts';
import { networkRange, parseAddress } from './network.ts';

export type ValueField = Exclude<FilterField, 'time' | 'tag' | 'log'>;

/** What a filter can see of one event. An absent value is null or missing. */
export interface FilterRecord {
  /** UTC text, or null when only the order is known. */
  readonly time: string | null;
  readonly values: Readonly<Partial<Record<ValueField, string | number | null>>>;
  readonly tags: readonly string[];
}

/** The fields that bare text is looked for in. */
export const TEXT_FIELDS: readonly ValueField[] = [
  'source', 'what', 'server', 'site', 'host', 'method', 'uri', 'query', 'ip', 'user', 'ua', 'referer', 'component', 'path', 'message',
];

/** The meaning of the filter language in its simplest form; the SQL that the store runs is tested against it. */
export function matches(filter: Filter, record: FilterRecord): boolean {
  return filter.terms.every((term) => holds(term, record) !== term.negated);
}

function holds(term: FilterTerm, record: FilterRecord): boolean {
  const { field, test } = term;
  if (test.kind === 'time') return inTime(test.from, test.to, record.time);
  if (field === 'tag') return record.tags.some((tag) => testText(test, tag, false));
  if (field === 'time' || field === 'log') return false;
  if (field === null) {
    return TEXT_FIELDS.some((f) => {
      const value = record.values[f];
      return value !== null && value !== undefined && testText(test, String(value), PLUS_FIELDS.has(f));
    });
  }
  const value = record.values[field];
  if (value === null || value === undefined || value === '') return test.kind === 'equals' && (test.value === '' || test.value === '-');
  if (NUMBER_FIELDS.has(field) && test.kind !== 'glob' && test.kind !== 'contains') return testNumber(test, Number(value));
  return testText(test, String(value), PLUS_FIELDS.has(field));
}

function inTime(from: string | null, to: string | null, time: string | null): boolean {
  const at = time === null ? null : parseInstant(time);
  if (at === null) return false;
  const start = from === null ? null : parseInstant(from);
  const end = to === null ? null : parseInstant(to);
  return (start === null || at >= start) && (end === null || at < end);
}

function testNumber(test: FilterTerm['test'], value: number): boolean {
  switch (test.kind) {
    case 'equals':
      return test.value !== '' && value === Number(test.value);
    case 'compare':
      return test.op === '<' ? value < test.value : test.op === '<=' ? value <= test.value : test.op === '>' ? value > test.value : value >= test.value;
    case 'range':
      return (test.from === null || value >= test.from) && (test.to === null || value <= test.to);
    default:
      return false;
  }
}

function testText(test: FilterTerm['test'], value: string, plus: boolean): boolean {
  const fold = (text: string): string => (plus ? foldText(text).replaceAll('+', ' ') : foldText(text));
  switch (test.kind) {
    case 'equals':
      return fold(value) === fold(test.value);
    case 'contains':
      return fold(value).includes(fold(test.text));
    case 'glob':
      return globMatches(fold(test.pattern), fold(value));
    case 'cidr': {
      const range = networkRange(test.network, test.bits, test.version);
      const address = parseAddress(value);
      return range !== null && address !== null && address.version === test.version && address.value >= range.from && address.value <= range.to;
    }
    default:
      return false;
  }
}

/** `*` any run, `?` one code point. Linear in practice: it goes back to the last star only, so no pattern can hang it. */
export function globMatches(pattern: string, text: string): boolean {
  const p = [...pattern];
  const t = [...text];
  let i = 0;
  let j = 0;
  let star = -1;
  let mark = 0;
  while (j < t.length) {
    if (i < p.length && p[i] === '*') {
      star = i;
      mark = j;
      i += 1;
    } else if (i < p.length && (p[i] === '?' || p[i] === t[j])) {
      i += 1;
      j += 1;
    } else if (star >= 0) {
      i = star + 1;
      mark += 1;
      j = mark;
    } else {
      return false;
    }
  }
  while (p[i] === '*') i += 1;
  return i === p.length;
}
