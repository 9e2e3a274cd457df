import { describe, expect, it } from 'vitest';
import { caretLine, FILTER_FIELDS, LANGUAGE, languageText, matches, parseFilter, printFilter, withOpposite, withTerm, type FilterFault, type FilterRecord } from '../../../shared/query/index.ts';

function terms(text: string): unknown[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${parsed.fault.column}: ${parsed.fault.message}`);
  return parsed.filter.terms.map(({ start: _s, end: _e, ...term }) => term);
}

function fault(text: string): FilterFault {
  const parsed = parseFilter(text);
  if (parsed.ok) throw new Error('parsed');
  return parsed.fault;
}

const ID = '0123456789ab-0000000000ff-000000';

describe('lists, regular expressions, moments near an event, columns of logs', () => {
  it('reads lists of whatever the field takes', () => {
    expect(terms('status:400..404,500,>=590,""')).toEqual([{
      field: 'status', negated: false, test: { kind: 'list', tests: [{ kind: 'range', from: 400, to: 404 }, { kind: 'equals', value: '500' }, { kind: 'compare', op: '>=', value: 590 }, { kind: 'equals', value: '' }] },
    }]);
    expect(terms('-ip:10.0.0.0/8,192.0.2.1,2001:db8::/32,fe80::*')).toEqual([{
      field: 'ip', negated: true,
      test: { kind: 'list', tests: [{ kind: 'cidr', network: '10.0.0.0', bits: 8, version: 4 }, { kind: 'equals', value: '192.0.2.1' }, { kind: 'cidr', network: '2001:db8::', bits: 32, version: 6 }, { kind: 'glob', pattern: 'fe80::*' }] },
    }]);
    expect(terms('uri:"/a,b",*.css')).toEqual([{ field: 'uri', negated: false, test: { kind: 'list', tests: [{ kind: 'equals', value: '/a,b' }, { kind: 'glob', pattern: '*.css' }] } }]);
    expect(terms('a,b')).toEqual([{ field: null, negated: false, test: { kind: 'contains', text: 'a,b' } }]);
  });

  it('reads regular expressions with everything that they hold', () => {
    expect(terms(String.raw`uri:~"shell[0-9]+\.aspx" -~a,b{1,2} ua:~"say \"x\"" ~C:\\x`)).toEqual([
      { field: 'uri', negated: false, test: { kind: 'regex', pattern: String.raw`shell[0-9]+\.aspx` } },
      { field: null, negated: true, test: { kind: 'regex', pattern: 'a,b{1,2}' } },
      { field: 'ua', negated: false, test: { kind: 'regex', pattern: 'say "x"' } },
      { field: null, negated: false, test: { kind: 'regex', pattern: String.raw`C:\\x` } },
    ]);
    expect(terms('uri:"~x"')).toEqual([{ field: 'uri', negated: false, test: { kind: 'equals', value: '~x' } }]);
  });

  it.each([['', 600], ['~30s', 30], ['\u00b12h', 7200], ['+-1d', 86_400], ['~90m', 5400]])('reads around with "%s"', (width, seconds) => {
    expect(terms(`around:${ID.toUpperCase()}${width}`)).toEqual([{ field: 'time', negated: false, test: { kind: 'around', event: ID, seconds } }]);
  });

  it('reads columns of logs under their own names', () => {
    expect(terms('log.X-Forwarded-For:10.* -log.cs(Cookie):~"sid=(a|b)" log.s-ip:192.0.2.1,"" LOG."a:b":x log.txt')).toEqual([
      { field: 'log', name: 'X-Forwarded-For', negated: false, test: { kind: 'glob', pattern: '10.*' } },
      { field: 'log', name: 'cs(Cookie)', negated: true, test: { kind: 'regex', pattern: 'sid=(a|b)' } },
      { field: 'log', name: 's-ip', negated: false, test: { kind: 'list', tests: [{ kind: 'equals', value: '192.0.2.1' }, { kind: 'equals', value: '' }] } },
      { field: 'log', name: 'a:b', negated: false, test: { kind: 'equals', value: 'x' } },
      { field: null, negated: false, test: { kind: 'contains', text: 'log.txt' } },
    ]);
  });

  it('knows the newer number fields, and what has a value', () => {
    expect(terms('received:>0 win32:64 port:443 user:* -tag:* time:*')).toEqual([
      { field: 'received', negated: false, test: { kind: 'compare', op: '>', value: 0 } },
      { field: 'win32', negated: false, test: { kind: 'equals', value: '64' } },
      { field: 'port', negated: false, test: { kind: 'equals', value: '443' } },
      { field: 'user', negated: false, test: { kind: 'glob', pattern: '*' } },
      { field: 'tag', negated: true, test: { kind: 'glob', pattern: '*' } },
      { field: 'time', negated: false, test: { kind: 'time', from: null, to: null } },
    ]);
  });

  it('marks the word that is wrong', () => {
    const marked = (text: string): string => {
      const { column, end } = fault(text);
      return text.slice(column - 1, end - 1);
    };
    for (const [text, word] of [
      ['a status:500,abc,5', 'abc'], ['status:1..x', 'x'], ['status:>=x', 'x'], ['ip:10.0.0.0/8,300.1.1.1/8', '300.1.1.1'], ['ip:10.0.0.0/8,10.0.0.0/99', '99'], ['uri:a,~b', '~b'], ['uri:*,<5', '<5'],
      ['uri:~"a(?=b)"', '(?='], [String.raw`uri:~"x \"(" b`, '('], ['status:~5..', '~5..'], ['around:xyz~5m', 'xyz'], [`around:${ID}~5w b`, '5w'], [`around:${ID}~`, '~'], ['@2026-03-02T10:00:00.12345678', '8'],
      ['@2026-03-02T10:00..2026-03-02T10:00:00.123456789', '89'], ['colour:red', 'colour'], ['a "b c', '"b c'], ['@2026..x', 'x'], ['log:x', 'log'], ['uri:"a*b"*', '"a*b"*'], ['status:"x y"', '"x y"'],
    ] as const) expect([text, marked(text)]).toEqual([text, word]);
  });

  it.each([['uri:', 5], ['uri:~', 6], ['uri:a,', 7], ['uri:,a', 5], ['uri:a,,b', 7], ['around:', 8], ['log.:x', 5], ['log.s-ip:', 10], ['status:>=', 10], ['@', 2], ['~', 2]])('%s misses something at column %i', (text, column) => {
    expect(fault(text)).toMatchObject({ column, end: column + 1 });
  });

  it('draws a line under the word', () => {
    expect(caretLine(fault('a status:500,abc'))).toBe(`${' '.repeat(13)}^^^`);
  });

  it('bounds lists and whole filters', () => {
    expect(fault(`"${'x'.repeat(10_000)}"`)).toMatchObject({ message: 'A filter has at most 10000 characters; this one has 10002.', column: 10_001 });
    expect(fault(`status:${'1,'.repeat(1000)}1`).message).toBe('A list has at most 1000 values.');
  });
});

describe('printing and editing the newer terms', () => {
  it('is canonical', () => {
    const canonical = (text: string): string => {
      const parsed = parseFilter(text);
      return parsed.ok ? printFilter(parsed.filter) : parsed.fault.message;
    };
    expect(canonical(String.raw`URI:~shell[0-9]+\.aspx`)).toBe(String.raw`uri:~"shell[0-9]+\.aspx"`);
    expect(canonical(`around:${ID}+-600s`)).toBe(`around:${ID}~10m`);
    expect(canonical('@2026-03-02 time:2026..')).toBe('@2026-03-02T00:00:00Z..2026-03-03T00:00:00Z @2026-01-01T00:00:00Z..');
    expect(canonical('path:"C:\\a b\\c"')).toBe('path:"C:\\a b\\c"');
    expect(canonical('@9999-12-31')).toBe('@9999-12-31T00:00:00Z..+010000-01-01T00:00:00Z');
  });

  it('quotes what would mean something else', () => {
    expect(withTerm('', 'uri', '/a,b', false)).toBe('uri:"/a,b"');
    expect(withTerm('', 'uri', '~root', true)).toBe('-uri:"~root"');
    expect(withTerm('a', 'log', '10.0.0.1, 10.0.0.2', false, 'X-Forwarded-For')).toBe('a log.X-Forwarded-For:"10.0.0.1, 10.0.0.2"');
    expect(withTerm('log.s-ip:a log.x:a', 'log', 'a', true, 'X')).toBe('log.s-ip:a -log.X:a');
  });

  it('turns a term round', () => {
    const text = 'a -status:500,502';
    const parsed = parseFilter(text);
    const [first, second] = parsed.ok ? parsed.filter.terms : [];
    if (first === undefined || second === undefined) throw new Error('two terms');
    expect(withOpposite(text, first)).toBe('-a -status:500,502');
    expect(withOpposite(text, second)).toBe('a status:500,502');
  });
});

describe('what the newer terms mean', () => {
  const record: FilterRecord = {
    time: '2026-03-02T14:00:00Z', values: { uri: '/a,b/Shell12.aspx', status: 500, ua: 'Mozilla/5.0+(compatible;++http://x/)', ip: '10.1.2.3', user: null }, tags: ['entry point'],
    log: new Map([['x-forwarded-for', '198.51.100.7'], ['cs(cookie)', 'sid=1;+x']]),
  };
  const moments = (id: string): string | null => (id === ID ? '2026-03-02T14:10:00Z' : null);
  it.each([
    ['status:404,500', true], ['status:400..404,>=501', false], ['-status:404,500', false], ['user:"",x', true], ['user:*', false], ['-user:*', true], ['ip:192.0.2.1,10.0.0.0/8', true],
    ['uri:~"shell\\d+\\.aspx$"', true], ['~"^shell"', false], ['-~nothing', true], ['ua:~"\\+http"', true], ['ua:~"\\(compatible; "', true], ['user:~.*', false], ['tag:~"^entry"', true], ['tag:a,"entry point"', true],
    [`around:${ID}`, true], [`around:${ID}~599s`, false], [`-around:${ID}~599s`, true], ['around:ffffffffffff-000000000000-000000', false],
    ['log.X-Forwarded-For:198.51.100.*', true], ['log.cs(Cookie):"sid=1; x"', true], ['log.none:*', false], ['-log.none:*', true], ['log.none:""', true], ['time:*', true],
  ])('%s: %s', (text, expected) => {
    const parsed = parseFilter(text);
    expect(parsed.ok && matches(parsed.filter, record, moments)).toBe(expected);
  });
});

describe('the table of the language', () => {
  it('has examples that parse, one for every kind of test, and every field', () => {
    const kinds = new Set<string>();
    for (const { example } of LANGUAGE) {
      const parsed = parseFilter(example);
      if (!parsed.ok) throw new Error(`${example}: ${parsed.fault.message}`);
      for (const term of parsed.filter.terms) kinds.add(term.test.kind).add(term.test.kind === 'list' ? (term.test.tests[0]?.kind ?? '') : '').add(term.negated ? 'negated' : '');
    }
    expect([...kinds].filter((k) => k !== '').sort()).toEqual(['around', 'cidr', 'compare', 'contains', 'equals', 'glob', 'list', 'negated', 'range', 'regex', 'time']);
    const text = languageText();
    for (const field of FILTER_FIELDS) expect(text).toContain(`\n  ${field} `);
  });
});
