import { parseInstant } from '../time/instant.ts';
import { NUMBER_FIELDS, type Filter, type FilterField, type FilterTerm } from './ast.ts';
import { foldText, isPlusColumn, PLUS_FIELDS } from './fold.ts';
import { networkRange, parseAddress } from './network.ts';
import { parsePattern } from './pattern.ts';
import { patternFits } from './pattern-run.ts';

export type ValueField = Exclude<FilterField, 'time' | 'tag' | 'log'>;

/** What a filter can see of one event. An absent value is null or missing. */
export interface FilterRecord {
  /** UTC text, or null when only the order is known. */
  readonly time: string | null;
  readonly values: Readonly<Partial<Record<ValueField, string | number | null>>>;
  readonly tags: readonly string[];
  /** Values by the names of `#Fields`, in lower case; for `log.NAME`. */
  readonly log?: ReadonlyMap<string, string>;
}

/** The moment of an event by its id, as UTC text; null when there is no such event or it has none. */
export type MomentOf = (event: string) => string | null;

/** The fields that bare text is looked for in. */
export const TEXT_FIELDS: readonly ValueField[] = [
  'source', 'what', 'server', 'site', 'host', 'method', 'uri', 'query', 'ip', 'user', 'ua', 'referer', 'component', 'path', 'message',
];

/**
 * The meaning of the filter language in its simplest form; the SQL that the store runs is tested against it.
 * No expression of a user is given to the engine's own regular expressions, which may run for ever: see `patternFits`.
 */
export function matches(filter: Filter, record: FilterRecord, momentOf: MomentOf = () => null): boolean {
  return filter.terms.every((term) => holds(term, record, momentOf) !== term.negated);
}

function holds(term: FilterTerm, record: FilterRecord, momentOf: MomentOf): boolean {
  const { field, test } = term;
  if (test.kind === 'time') return inTime(test.from, test.to, record.time);
  if (test.kind === 'around') return isAround(momentOf(test.event), record.time, test.seconds);
  if (field === 'tag') return record.tags.some((tag) => testText(test, tag, false));
  if (field === 'time') return false;
  if (field === null) {
    return TEXT_FIELDS.some((f) => {
      const value = record.values[f];
      return value !== null && value !== undefined && testText(test, String(value), PLUS_FIELDS.has(f));
    });
  }
  if (field === 'log') return testValue(term, record.log?.get((term.name ?? '').toLowerCase()), isPlusColumn(term.name ?? ''));
  return testValue(term, record.values[field], PLUS_FIELDS.has(field));
}

/** A list holds when one of its tests does. */
function testValue({ field, test }: Pick<FilterTerm, 'field' | 'test'>, value: string | number | null | undefined, plus: boolean): boolean {
  if (test.kind === 'list') return test.tests.some((one) => testValue({ field, test: one }, value, plus));
  if (value === null || value === undefined || value === '') return test.kind === 'equals' && (test.value === '' || test.value === '-');
  if (field !== null && NUMBER_FIELDS.has(field) && test.kind !== 'glob' && test.kind !== 'contains') return testNumber(test, Number(value));
  return testText(test, String(value), plus);
}

function isAround(moment: string | null, time: string | null, seconds: number): boolean {
  const center = moment === null ? null : parseInstant(moment);
  const at = time === null ? null : parseInstant(time);
  const half = BigInt(seconds) * 10_000_000n;
  return center !== null && at !== null && at >= center - half && at <= center + half;
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
    case 'regex': {
      // Where a space may be written as a plus, the value is looked at as it is and as it reads.
      const pattern = parsePattern(test.pattern);
      return patternFits(pattern, value) || (plus && patternFits(pattern, value.replaceAll('+', ' ')));
    }
    case 'list':
      return test.tests.some((one) => testText(one, value, plus));
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
