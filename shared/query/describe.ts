import type { FilterField, FilterTerm, FilterTest } from './ast.ts';
import { printSeconds } from './parse-time.ts';

/** How moments and events are shown where the words stand; as they are written when nobody says. */
export interface DescribeWords {
  readonly time?: (time: string) => string;
  readonly event?: (id: string) => string;
}

/** What a field is called in a sentence. */
const NAMES: Readonly<Partial<Record<FilterField, string>>> = {
  uri: 'path of the URL', query: 'query string', ip: 'client address', ua: 'user agent', bytes: 'bytes sent', received: 'bytes received', taken: 'time taken (ms)',
  win32: 'Windows status', port: 'server port', path: 'file', what: 'what happened',
};
const COMPARE = { '<': 'below', '<=': 'at most', '>': 'above', '>=': 'at least' } as const;

/** A term in words for a person, for chips: `status is 500 or 502`, `not path of the URL ending .css`. */
export function describeTerm(term: Pick<FilterTerm, 'field' | 'name' | 'negated' | 'test'>, words: DescribeWords = {}): string {
  const { field, test } = term;
  const not = term.negated ? 'not ' : '';
  if (test.kind === 'time') return `${not}${timeWords(test.from, test.to, words.time ?? ((t) => t))}`;
  if (test.kind === 'around') return `${not}within ${durationWords(test.seconds)} of ${words.event?.(test.event) ?? `event ${test.event}`}`;
  const name = field === null ? 'any text' : field === 'log' ? `log column ${term.name ?? ''}` : (NAMES[field] ?? field);
  if (test.kind === 'glob' && /^\*+$/.test(test.pattern)) return term.negated ? `no ${name}` : `any ${name}`;
  if (test.kind === 'equals' && test.value === '') return term.negated ? `any ${name}` : `no ${name}`;
  return `${not}${name} ${testWords(test)}`;
}

function testWords(test: FilterTerm['test']): string {
  if (test.kind === 'contains') return `contains ${test.text}`;
  if (test.kind === 'list') {
    // One verb for values that share it: "is 500 or 502".
    return test.tests.every((t) => t.kind === 'equals' && t.value !== '')
      ? `is ${either(test.tests.map((t) => (t.kind === 'equals' ? t.value : '')))}`
      : either(test.tests.map(valueWords));
  }
  return valueWords(test);
}

function valueWords(test: FilterTest): string {
  switch (test.kind) {
    case 'equals':
      return test.value === '' ? 'is missing' : `is ${test.value}`;
    case 'glob':
      return globWords(test.pattern);
    case 'compare':
      return `${COMPARE[test.op]} ${test.value}`;
    case 'range':
      return test.from === null ? `up to ${test.to ?? ''}` : test.to === null ? `from ${test.from}` : `${test.from} to ${test.to}`;
    case 'cidr':
      return `in ${test.network}/${test.bits}`;
    case 'regex':
      return `fits ${test.pattern}`;
    default:
      return '';
  }
}

function globWords(pattern: string): string {
  if (/^\*+$/.test(pattern)) return 'is there';
  const [, before, text = '', after] = /^(\*?)([^*?]+)(\*?)$/.exec(pattern) ?? [];
  if (text === '') return `is like ${pattern}`;
  return before === '*' && after === '*' ? `contains ${text}` : before === '*' ? `ending ${text}` : `beginning ${text}`;
}

function timeWords(from: string | null, to: string | null, time: (t: string) => string): string {
  if (from === null) return to === null ? 'any time' : `before ${time(to)}`;
  return to === null ? `from ${time(from)}` : `from ${time(from)} to before ${time(to)}`;
}

function durationWords(seconds: number): string {
  const [, count = '', unit = ''] = /^(\d+)(.)$/.exec(printSeconds(seconds)) ?? [];
  return `${count} ${unit === 'm' ? 'min' : unit === 'd' && count === '1' ? 'day' : unit === 'd' ? 'days' : unit}`;
}

/** So many values of a list are named. */
const NAMED = 6;

function either(words: readonly string[]): string {
  if (words.length > NAMED) return `${words.slice(0, NAMED - 1).join(', ')} or one of ${words.length - NAMED + 1} more`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
