import fc from 'fast-check';
import type { Filter, FilterField, FilterTerm, FilterTest } from '../../../shared/query/index.ts';
import { instantText } from '../../../shared/time/instant.ts';

const TEXT: readonly FilterField[] = ['source', 'what', 'server', 'site', 'host', 'method', 'uri', 'query', 'user', 'ua', 'referer', 'component', 'path', 'message'];
const NUMBERS: readonly FilterField[] = ['status', 'substatus', 'bytes', 'received', 'taken', 'win32', 'port'];
const FIRST = 17_672_256_000_000_000;

/** Pieces that small records are made of too, so that random filters and rows often meet. */
export const WORDS = ['GET', 'post', '/a', '/A.aspx', 'x', '200', '404', 'ÄÖ', 'ß', 'a b', 'a+b', '%', '_', '\\', 'ms', '10.0.0.1', '-', 'İ', '日本'] as const;

const word = fc.constantFrom(...WORDS);
const text = fc.oneof(word, fc.tuple(word, word).map((w) => w.join('')), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }));
const number = fc.oneof(fc.constantFrom(0, 1, 200, 404, 500, 999, 1000, 1234), fc.integer({ min: 0, max: 3000 }), fc.constant(1.5));
const glob = fc.array(fc.oneof(fc.constantFrom('*', '?'), text.map((t) => t.replaceAll(/[*?]/g, 'x'))), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('')).filter((p) => /[*?]/.test(p));
const moment = fc.integer({ min: 0, max: 100 }).map((s) => instantText(BigInt(FIRST) + BigInt(s) * 5_000_000n));

const pattern = fc.constantFrom('a|b', '^/', '[0-9]+', '\\.aspx$', 'a b', '"', '\\\\', '~', 'ä', '(?:x){2}', 'a,b', '\\bGET\\b', '^$', 'k');
const textValue = fc.oneof(
  fc.record({ kind: fc.constant('equals' as const), value: fc.oneof(text, fc.constant(''), fc.constantFrom('a,b', '~x', ',', '<5')) }),
  fc.record({ kind: fc.constant('glob' as const), pattern: glob }),
);
const numberValue = fc.oneof(
  fc.record({ kind: fc.constant('equals' as const), value: fc.oneof(number.map(String), fc.constant('')) }),
  fc.record({ kind: fc.constant('compare' as const), op: fc.constantFrom('<' as const, '>=' as const), value: number }),
  number.map((from) => ({ kind: 'range' as const, from, to: from + 10 })),
);
const listOf = <T extends FilterTest>(one: fc.Arbitrary<T>): fc.Arbitrary<FilterTest> => fc.array(one, { minLength: 2, maxLength: 4 }).map((tests) => ({ kind: 'list', tests }));
const eventIdText = fc.constantFrom('0123456789ab-000000000010-000000', '0123456789ab-000000000020-000001');

/** Columns of logs under their own names; records need `log` for them. */
const logTest: fc.Arbitrary<Pick<FilterTerm, 'field' | 'name' | 'test'>> = fc.record({
  field: fc.constant('log' as const), name: fc.constantFrom('s-ip', 'cs(Cookie)', 'X-Forwarded-For', 'a:b'),
  test: fc.oneof(textValue, listOf(textValue), pattern.map((p) => ({ kind: 'regex' as const, pattern: p }))),
});

/** Lists, regular expressions and moments near an event. */
const newerTest: fc.Arbitrary<Pick<FilterTerm, 'field' | 'name' | 'test'>> = fc.oneof(
  fc.record({ field: fc.constantFrom(...TEXT), test: listOf(textValue) }),
  fc.record({ field: fc.constantFrom(...NUMBERS), test: listOf(numberValue) }),
  fc.record({ field: fc.constant('ip' as const), test: listOf(fc.oneof(textValue.filter((t) => t.kind === 'glob'), fc.constant({ kind: 'cidr' as const, network: '10.0.0.0', bits: 8, version: 4 as const }))) }),
  fc.record({ field: fc.constantFrom(null, ...TEXT), test: pattern.map((p) => ({ kind: 'regex' as const, pattern: p })) }),
  fc.record({ field: fc.constant('time' as const), test: fc.oneof(fc.tuple(eventIdText, fc.constantFrom(0, 1, 30, 600, 86_400)).map(([event, seconds]) => ({ kind: 'around' as const, event, seconds })), fc.constant({ kind: 'time' as const, from: null, to: null })) }),
);

const olderTest: fc.Arbitrary<Pick<FilterTerm, 'field' | 'test'>> = fc.oneof(
  fc.record({ field: fc.constant(null), test: fc.record({ kind: fc.constant('contains' as const), text }) }),
  fc.record({ field: fc.constant(null), test: fc.record({ kind: fc.constant('glob' as const), pattern: glob }) }),
  fc.record({ field: fc.constantFrom(...TEXT), test: fc.record({ kind: fc.constant('equals' as const), value: fc.oneof(text, fc.constant('')) }) }),
  fc.record({ field: fc.constantFrom(...TEXT, 'ip' as const, 'status' as const), test: fc.record({ kind: fc.constant('glob' as const), pattern: glob }) }),
  fc.record({ field: fc.constantFrom(...NUMBERS), test: fc.record({ kind: fc.constant('equals' as const), value: fc.oneof(number.map(String), fc.constant('')) }) }),
  fc.record({
    field: fc.constantFrom(...NUMBERS),
    test: fc.record({ kind: fc.constant('compare' as const), op: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const), value: number }),
  }),
  fc.record({
    field: fc.constantFrom(...NUMBERS),
    test: fc.tuple(fc.option(number), fc.option(number)).filter(([a, b]) => (a !== null || b !== null) && (a === null || b === null || a <= b))
      .map(([from, to]) => ({ kind: 'range' as const, from, to })),
  }),
  fc.record({
    field: fc.constant('ip' as const),
    test: fc.oneof(
      fc.tuple(fc.constantFrom('10.0.0.1', '10.9.9.9', '0.0.0.0'), fc.integer({ min: 0, max: 32 })).map(([network, bits]) => ({ kind: 'cidr' as const, network, bits, version: 4 as const })),
      fc.tuple(fc.constantFrom('::1', '2001:db8::', 'fe80::1'), fc.integer({ min: 0, max: 128 })).map(([network, bits]) => ({ kind: 'cidr' as const, network, bits, version: 6 as const })),
    ),
  }),
  fc.record({
    field: fc.constant('time' as const),
    test: fc.tuple(fc.option(moment), fc.option(moment)).filter(([a, b]) => (a !== null || b !== null) && (a === null || b === null || Date.parse(a) <= Date.parse(b)))
      .map(([from, to]) => ({ kind: 'time' as const, from, to })),
  }),
);

const termOf = (test: fc.Arbitrary<Pick<FilterTerm, 'field' | 'name' | 'test'>>): fc.Arbitrary<FilterTerm> => fc.tuple(test, fc.boolean()).map(([t, negated]) => ({ ...t, negated, start: 0, end: 0 }));
export const anyFilter: fc.Arbitrary<Filter> = fc.array(termOf(fc.oneof(olderTest, newerTest)), { maxLength: 4 }).map((terms) => ({ terms }));
/** Also with columns of logs. */
export const everyFilter: fc.Arbitrary<Filter> = fc.array(termOf(fc.oneof(olderTest, newerTest, logTest)), { maxLength: 4 }).map((terms) => ({ terms }));
export const FIRST_TICK = BigInt(FIRST);
