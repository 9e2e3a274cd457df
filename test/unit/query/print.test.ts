import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILTER_FIELDS, NUMBER_FIELDS, parseFilter, printFilter, withoutTerm, withTerm, withTimeRange, type Filter } from '../../../shared/query/index.ts';
import { everyFilter } from './arbitrary.ts';

function meaning(filter: Filter): unknown {
  return filter.terms.map(({ field, name, negated, test }) => ({ field, name, negated, test }));
}

describe('printFilter', () => {
  it('writes text that reads back as the same filter', () => {
    fc.assert(
      fc.property(everyFilter, (filter) => {
        const parsed = parseFilter(printFilter(filter));
        expect(parsed.ok ? meaning(parsed.filter) : parsed).toEqual(meaning(filter));
      }),
      { numRuns: 2000 },
    );
  });

  it('is stable: what was parsed from any text prints and reads back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const first = parseFilter(text);
        if (!first.ok) {
          expect(first.fault.column).toBeGreaterThan(0);
          expect(first.fault.column).toBeLessThanOrEqual(text.length + 1);
          return;
        }
        const second = parseFilter(printFilter(first.filter));
        expect(second.ok ? meaning(second.filter) : second).toEqual(meaning(first.filter));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('editing a typed filter', () => {
  it('adds any value of any cell so that exactly it is meant', () => {
    const fields = FILTER_FIELDS.filter((f) => f !== 'time' && f !== 'log' && !NUMBER_FIELDS.has(f));
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.string({ unit: 'grapheme', maxLength: 20 }), fc.boolean(), (field, value, negated) => {
        const parsed = parseFilter(withTerm('status:200', field, value, negated));
        expect(parsed.ok ? parsed.filter.terms[1] : parsed).toMatchObject({ field, negated, test: { kind: 'equals', value } });
      }),
      { numRuns: 1000 },
    );
  });

  it('turns keep into drop, leaves a term that is there, and keeps faulty text', () => {
    expect(withTerm('', 'status', '200', false)).toBe('status:200');
    expect(withTerm('a status:200 b', 'status', '200', true)).toBe('a -status:200 b');
    expect(withTerm('a status:200', 'status', '200', false)).toBe('a status:200');
    expect(withTerm('status:x ', 'uri', '/a b', true)).toBe('status:x -uri:"/a b"');
  });

  it('takes a chip out', () => {
    const text = 'a  status:200   b';
    const parsed = parseFilter(text);
    const term = parsed.ok ? parsed.filter.terms[1] : undefined;
    expect(term === undefined ? '' : withoutTerm(text, term)).toBe('a b');
  });

  it('replaces the range of time', () => {
    expect(withTimeRange('@2026 a @2027', '2026-03-02T00:00:00Z', null)).toBe('a @2026-03-02T00:00:00Z..');
    expect(withTimeRange('a @2026', null, null)).toBe('a');
  });
});
