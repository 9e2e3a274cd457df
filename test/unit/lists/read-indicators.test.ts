import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIndicators } from '../../../electron/lists/read/read-indicators.ts';
import { knownGoodText, readKnownGood } from '../../../electron/lists/read/read-known-good.ts';

const read = (text: string): ReturnType<typeof readIndicators> => readIndicators(Buffer.from(text, 'utf8'));
const short = (text: string): string[] => read(text).indicators.map((i) => `${i.line} ${i.kind} ${i.value}${i.note === '' ? '' : ` (${i.note})`}`);
const SHA = 'AB'.repeat(32);

describe('lists of indicators', () => {
  it('one value a line: the kind is that of its form', () => {
    const text = ['# a comment', SHA, 'c'.repeat(40), 'd'.repeat(32), '203.0.113.7', '2001:db8::/32 # their network', 'C:\\Windows\\Temp\\x.dll', 'inetsrv\\x.dll', '/owa/auth/a.aspx', 'evil.dll', 'Mozilla/5.0 (x)', '{0F0F0F0F-0000-4000-8000-000000000001}', 'D:\\build\\x.pdb', 'some text'].join('\r\n');
    expect(short(text)).toEqual([
      `2 sha256 ${SHA.toLowerCase()}`, `3 sha1 ${'c'.repeat(40)}`, `4 md5 ${'d'.repeat(32)}`, '5 ip 203.0.113.7', '6 ip 2001:db8::/32 (their network)', '7 path C:\\Windows\\Temp\\x.dll', '8 path inetsrv\\x.dll', '9 url-path /owa/auth/a.aspx',
      '10 file-name evil.dll', '11 user-agent Mozilla/5.0 (x)', '12 mvid 0f0f0f0f-0000-4000-8000-000000000001', '13 pdb D:\\build\\x.pdb', '14 text some text',
    ]);
  });

  it('CSV: columns by their names, quotes, and faults with their lines', () => {
    const text = `value,kind,note\n"a ""quoted"" text",text,"one, two"\nnothing,sha256,\nx.dll,no-such-kind,\n${SHA},SHA-256,\n10.0.0.300,ip,\n"never closed,text,\nModule,module_name,last`;
    expect(short(text)).toEqual(['2 text a "quoted" text (one, two)', `5 sha256 ${SHA.toLowerCase()}`, '8 module-name Module (last)']);
    expect(read(text).problems).toEqual([expect.stringContaining('Line 3'), expect.stringContaining('Line 4'), expect.stringContaining('Line 6'), expect.stringContaining('Line 7')]);
  });

  it('STIX 2.1: comparisons that can be looked for; the others are told', () => {
    const indicator = (pattern: string, more: object = {}): object => ({ type: 'indicator', name: 'x', pattern, pattern_type: 'stix', ...more });
    const bundle = { type: 'bundle', objects: [
      indicator(`[file:hashes.'SHA-256' = '${SHA}']`), indicator("[ipv4-addr:value = '198.51.100.0/24']"), indicator("[file:name = 'it\\'s.dll' OR file:name = 'b.dll']"), indicator("[url:value = 'https://shop.example/a/b.aspx?c=d']"),
      indicator("[process:command_line LIKE '%x%']"), indicator('rule x {}', { pattern_type: 'yara' }), indicator("[file:name = 'old.dll']", { revoked: true }), { type: 'malware' },
    ] };
    const { indicators, problems } = read(JSON.stringify(bundle));
    expect(indicators.map((i) => `${i.line} ${i.kind} ${i.value}`)).toEqual([`1 sha256 ${SHA.toLowerCase()}`, '2 ip 198.51.100.0/24', '3 file-name b.dll', "3 file-name it's.dll", '4 url-path /a/b.aspx']);
    expect(problems).toEqual([expect.stringContaining('Object 5'), expect.stringContaining('Object 6'), expect.stringContaining('revoked')]);
  });

  it('UTF-16 with a byte order mark is read, and nothing at all is a problem', () => {
    expect(readIndicators(Buffer.from('\ufeffevil.dll\r\n', 'utf16le')).indicators).toMatchObject([{ kind: 'file-name', value: 'evil.dll', line: 1 }]);
    expect(read('').problems).toEqual(['Nothing in this file can be looked for.']);
    expect(read('{"objects": 5}').problems[0]).toContain('no STIX bundle');
    expect(read('{"objects": [').problems[0]).toContain('no JSON');
  });

  it('whatever the bytes are: bounded values with a line, and never an error', () => {
    const pieces = fc.constantFrom('kind,value,note\n', '"', ',', ';', '\n', '{"objects":[', '{"type":"indicator","pattern":"', "[file:name = '", "']", ']}', SHA, '10.0.0.1/8', '::1', '# ', '\\', "'", 'a:b = ', '\u0000', '__proto__', '%');
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.array(pieces, { maxLength: 60 }).map((p) => Buffer.from(p.join(''), 'utf8'))), (bytes) => {
      const { indicators, problems } = readIndicators(bytes);
      for (const i of indicators) {
        expect(i.line).toBeGreaterThan(0);
        expect(i.value.length).toBeGreaterThan(0);
        expect(i.value.length).toBeLessThanOrEqual(1024);
      }
      expect(indicators.length > 0 || problems.length > 0).toBe(true);
    }), { numRuns: 500 });
  });

  it('long hostile lists end: a pattern of one letter, quotes that are never closed', () => {
    expect(read(JSON.stringify({ objects: Array.from({ length: 300 }, () => ({ type: 'indicator', pattern: 'a'.repeat(16_000) })) })).indicators).toEqual([]);
    expect(read(`kind,value\n${'"text,x\n'.repeat(50_000)}`).problems.length).toBeGreaterThan(50);
    expect(read('x'.repeat(2_000_000)).problems[0]).toContain('more than 1024');
  });
});

describe('known-good lists', () => {
  it('read what they write, and leave out what has another form', () => {
    const entry = { kind: 'native-module', name: 'A', image: 'C:\\a.dll', type: null, sha256: 'a'.repeat(64) };
    expect(readKnownGood(Buffer.from(knownGoodText([entry], { name: 'WEB01', iisVersion: '10.0' })))).toEqual({ knownGood: [entry], problems: [] });
    const odd = readKnownGood(Buffer.from(JSON.stringify({ schema: 'iisight.known-good/1', entries: [entry, { ...entry, sha256: 'x' }, 5] })));
    expect(odd.knownGood).toEqual([entry]);
    expect(odd.problems).toHaveLength(2);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(readKnownGood(bytes).problems.length).toBeGreaterThan(0);
    }));
  });
});
