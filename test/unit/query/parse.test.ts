import { describe, expect, it } from 'vitest';
import { parseFilter, type FilterFault } from '../../../shared/query/index.ts';

function terms(text: string): unknown[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${parsed.fault.column}: ${parsed.fault.message}`);
  return parsed.filter.terms.map(({ field, name, negated, test }) => ({ field, ...(name === undefined ? {} : { name }), negated, ...test }));
}

function fault(text: string): FilterFault {
  const parsed = parseFilter(text);
  if (parsed.ok) throw new Error('parsed');
  return parsed.fault;
}

describe('filter language', () => {
  it('reads the example of the filter bar', () => {
    expect(terms('source:iis-log status:>=500 -path:*.css ip:203.0.113.0/24 @2024-03-02T14:00..+2h')).toEqual([
      { field: 'source', negated: false, kind: 'equals', value: 'iis-log' },
      { field: 'status', negated: false, kind: 'compare', op: '>=', value: 500 },
      { field: 'path', negated: true, kind: 'glob', pattern: '*.css' },
      { field: 'ip', negated: false, kind: 'cidr', network: '203.0.113.0', bits: 24, version: 4 },
      { field: 'time', negated: false, kind: 'time', from: '2024-03-02T14:00:00Z', to: '2024-03-02T16:00:00Z' },
    ]);
  });

  it('reads text, quotes and escapes', () => {
    expect(terms(String.raw`shell "two words" -"say \"hi\" \\ C:\temp" C`)).toEqual([
      { field: null, negated: false, kind: 'contains', text: 'shell' },
      { field: null, negated: false, kind: 'contains', text: 'two words' },
      { field: null, negated: true, kind: 'contains', text: String.raw`say "hi" \ C:\temp` },
      { field: null, negated: false, kind: 'contains', text: 'C' },
    ]);
  });

  it('takes Windows paths, ports and IPv6 without doubling or quoting', () => {
    expect(terms(String.raw`path:C:\inetpub\* ip:fe80::1%5 ip:2001:db8::/32 uri:../../etc`)).toEqual([
      { field: 'path', negated: false, kind: 'glob', pattern: String.raw`C:\inetpub\*` },
      { field: 'ip', negated: false, kind: 'equals', value: 'fe80::1%5' },
      { field: 'ip', negated: false, kind: 'cidr', network: '2001:db8::', bits: 32, version: 6 },
      { field: 'uri', negated: false, kind: 'equals', value: '../../etc' },
    ]);
  });

  it('switches wildcards off by quoting, also in a part of a value', () => {
    expect(terms('uri:"a*b" ua:*"Windows NT"* user:""')).toEqual([
      { field: 'uri', negated: false, kind: 'equals', value: 'a*b' },
      { field: 'ua', negated: false, kind: 'glob', pattern: '*Windows NT*' },
      { field: 'user', negated: false, kind: 'equals', value: '' },
    ]);
  });

  it('reads ranges with either end open', () => {
    expect(terms('status:500..599 taken:1000.. bytes:..99')).toEqual([
      { field: 'status', negated: false, kind: 'range', from: 500, to: 599 },
      { field: 'taken', negated: false, kind: 'range', from: 1000, to: null },
      { field: 'bytes', negated: false, kind: 'range', from: null, to: 99 },
    ]);
  });

  it.each([
    ['@2026', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['@2026-12', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['@2024-02-29', '2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['@2026-03-02T14', '2026-03-02T14:00:00Z', '2026-03-02T15:00:00Z'],
    ['@2026-03-02T14:05', '2026-03-02T14:05:00Z', '2026-03-02T14:06:00Z'],
    ['@2026-03-02T14:05:06.5Z', '2026-03-02T14:05:06.5Z', '2026-03-02T14:05:06.6Z'],
    ['@2026-03-02T14:00+02:00..+30m', '2026-03-02T12:00:00Z', '2026-03-02T12:30:00Z'],
    ['@2026-03-01..2026-03-04', '2026-03-01T00:00:00Z', '2026-03-05T00:00:00Z'],
    ['@2026-03-01T10:00..2026-03-01T12:00', '2026-03-01T10:00:00Z', '2026-03-01T12:00:00Z'],
    ['@2026-03-01..', '2026-03-01T00:00:00Z', null],
    ['time:..2026-03-01', null, '2026-03-02T00:00:00Z'],
    ['@9999-12-31', '9999-12-31T00:00:00Z', '+010000-01-01T00:00:00Z'],
  ])('%s is half-open', (text, from, to) => {
    expect(terms(text)).toEqual([{ field: 'time', negated: false, kind: 'time', from, to }]);
  });

  it.each([
    ['status:abc', 8, 'numbers'],
    ['a status:>=x', 12, 'numbers'],
    ['uri:>5', 5, 'text'],
    ['colour:red', 1, 'no field "colour"'],
    ['-C:\\temp', 2, 'quotation marks'],
    ['uri:', 5, 'missing'],
    ['a "b', 3, 'not closed'],
    ['ip:300.1.1.1/8', 4, 'not an address'],
    ['ip:10.0.0.0/33', 13, '0 to 32'],
    ['@2026-13-01', 2, 'not a time'],
    ['@2026-03-02..+2w', 14, 'duration'],
    ['@..+2h', 4, 'start'],
    ['@2026-03-02..2026-03-01', 14, 'before'],
    ['status:9..1', 11, 'before'],
    ['status:..', 8, 'range'],
    ['uri:*"a*b"', 5, 'wildcard'],
    ['""', 1, 'empty'],
  ])('%s is faulty at column %i', (text, column, words) => {
    const found = fault(text);
    expect(found.column).toBe(column);
    expect(found.message).toContain(words);
  });

  it('keeps the place of each term', () => {
    const parsed = parseFilter('  status:200   -"x y" ');
    expect(parsed.ok && parsed.filter.terms.map((t) => [t.start, t.end])).toEqual([[2, 12], [15, 21]]);
  });

  it('bounds the number of terms', () => {
    expect(fault(Array.from({ length: 201 }, () => 'a').join(' '))).toEqual({ message: 'A filter has at most 200 terms.', column: 401, end: 402 });
  });
});
