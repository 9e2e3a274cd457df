import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILTER_FIELDS, NUMBER_FIELDS, parseFilter, printFilter, withOpposite, withoutTerm, withTerm, withTimeRange, type Filter } from '../../../shared/query/index.ts';
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

describe('anything that looks like a filter', () => {
  const token = fc.constantFrom(
    'status:', 'uri:', 'ip:', 'log.', 'log.s-ip:', 'around:', 'time:', '@', '~', '-', '"', '\\', ',', ' ', '*', '?', ':', '..', '>=', '<', '/', '8', '10.0.0.1', '2001:db8::', '500', 'abc', '[a-z]', '(', ')', '(?=', '{2}', '+', '|', '\\d', '\\1',
    '2026-03-02', 'T10:00', ':00.12345678', '+2h', '~5m', '\u00b1', '0123456789ab-0000000000ff-000000', 'x',
  );
  const typed = fc.array(token, { maxLength: 9 }).map((t) => t.join(''));

  it('is a filter that prints to itself, or has a fault that lies on a word of it', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseFilter(text);
        if (!parsed.ok) {
          const { column, end, message } = parsed.fault;
          expect([column >= 1, column <= text.length + 1, end > column, end <= text.length + 2, message.endsWith('.')]).toEqual([true, true, true, true, true]);
          return;
        }
        const printed = printFilter(parsed.filter);
        const again = parseFilter(printed);
        expect(again.ok ? meaning(again.filter) : again).toEqual(meaning(parsed.filter));
        expect(again.ok ? printFilter(again.filter) : '').toBe(printed);
      }),
      { numRuns: 5000 },
    );
  });

  it('takes every edit: each term can be taken out and turned round, and the rest stays what it was', () => {
    fc.assert(
      fc.property(everyFilter.filter((f) => f.terms.length > 0), (filter) => {
        const text = printFilter(filter);
        const parsed = parseFilter(text);
        if (!parsed.ok) throw new Error(parsed.fault.message);
        for (const [i, term] of parsed.filter.terms.entries()) {
          const rest = parseFilter(withoutTerm(text, term));
          expect(rest.ok ? meaning(rest.filter) : rest).toEqual(meaning({ terms: parsed.filter.terms.toSpliced(i, 1) }));
          const turned = parseFilter(withOpposite(text, term));
          expect(turned.ok ? meaning(turned.filter) : turned).toEqual(meaning({ terms: parsed.filter.terms.with(i, { ...term, negated: !term.negated }) }));
        }
      }),
      { numRuns: 500 },
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
