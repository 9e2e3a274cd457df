import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../../electron/artifacts/iis-config/index.ts';
import type { ConfigElement } from '../../../../shared/model/index.ts';

const parse = (text: string): ReturnType<typeof parseConfig> => parseConfig(new TextEncoder().encode(text));
const outline = (e: ConfigElement | null | undefined): string => (e ? `${e.name}${e.children.length > 0 ? `(${e.children.map(outline).join(' ')})` : ''}` : '-');
const messages = (text: string): string[] => parse(text).problems.map((p) => `${p.kind} ${p.line}:${p.column} ${p.message}`);

describe('damage', () => {
  test('a missing end tag: both places are named, and the sections behind it are sections again', () => {
    const text = '<configuration>\n<system.webServer>\n<handlers>\n<add name="H" />\n<isapiFilters><filter name="F" /></isapiFilters>\n</system.webServer>\n</configuration>';
    expect(messages(text)).toEqual(['malformed 6:1 End tag </system.webServer> found, but <handlers> opened at line 3 was not closed.']);
    expect(outline(parse(text).document.root)).toBe('configuration(system.webServer(handlers(add) isapiFilters(filter)))');
    expect(parse(text).document.complete).toBe(false);
  });
  test('a start tag where an end tag was meant: what it pulled in stands behind', () => {
    const text = '<r>\n<sections>\n<group name="a">\n<s/>\n<group>\n<group name="b">\n<t/>\n</group>\n</sections>\n<x/></r>';
    const { document } = parse(text);
    expect(outline(document.root)).toBe('r(sections(group(s) group(t)) x)');
    expect(document.root?.children[0]?.children.map((c) => [c.line, c.endLine])).toEqual([[3, 5], [6, 8]]);
    expect(messages(text)).toEqual(['malformed 9:1 End tag </sections> found, but <group> opened at line 5, <group> opened at line 3 were not closed. <group> at line 5 probably stands where </group> was meant.']);
  });
  test.each(['add name="y" />', 'clear/>', '/c>', "add name='y' type=\"T\">"])('text that is a tag but for its <: %s', (text) => {
    expect(messages(`<a>\n <b/>\n ${text}\n</a>`)).toEqual([`malformed 3:2 Text that looks like a tag without its <: ${text}. It was not read as one.`]);
  });
  test.each(['x >', 'a => b', '&lt;add name="y" />', 'one add name="y" />', '<![CDATA[add name="y" />]]>'])('text that is none: %s', (text) => {
    expect(messages(`<a>${text}</a>`)).toEqual([]);
  });
  test('a stray end tag costs nothing', () => {
    const text = '<a><b/></x><c/></a>';
    expect(outline(parse(text).document.root)).toBe('a(b c)');
    expect(messages(text)).toEqual(['malformed 1:8 End tag </x> without a start tag (<a> opened at line 1 is open here).']);
  });
  test('an attribute value that never ends takes no other element with it', () => {
    const text = '<a>\n<add name="x>\n<add name="y" />\n<b/></a>';
    expect(outline(parse(text).document.root)).toBe('a(add b)');
    expect(parse(text).document.root?.children[0]?.attributes[0]?.value).toBe('y');
    expect(messages(text)[0]).toMatch(/^malformed 3:1 The start tag <add> \(line 2\) is damaged/);
  });
  test('a hole joins no two elements into one', () => {
    const text = `<a><add name="left" pa${'\0'.repeat(64)}me="right" type="T" /><b/></a>`;
    expect(outline(parse(text).document.root)).toBe('a(b)');
    expect(parse(text).problems.map((p) => p.kind)).toEqual(['malformed', 'malformed']);
  });
  test('the rest of a comment behind a hole is no configuration', () => {
    const text = `<a><!-- <add name="1" /> ${'\0'.repeat(64)} <add name="2" /> --><b/></a>`;
    expect(outline(parse(text).document.root)).toBe('a(b)');
  });
  test('NULs behind the end are told apart from a hole', () => {
    expect(parse(`<a><b/></a>\n${'\0'.repeat(512)}`)).toMatchObject({ document: { complete: true }, problems: [{ kind: 'anomaly', line: 2, column: 1 }] });
  });
  test('a bare ampersand does not swallow what follows', () => {
    const text = '<a><b v="x & y" /><c v="1;2" /></a>';
    expect(outline(parse(text).document.root)).toBe('a(b c)');
    expect(parse(text).document.root?.children[0]?.attributes[0]?.value).toBe('x & y');
    expect(messages(text)).toHaveLength(1);
  });
  test('DTD and entities are refused', () => {
    const text = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY f "x">]>\n<a v="&f;&lt;&#65;" w="&e;"/>';
    expect(parse(text).document.root?.attributes.map((a) => a.value)).toEqual(['&f;<A', '&e;']);
    expect(messages(text)[0]).toMatch(/^malformed 1:1 DTD refused/);
    expect(messages(text)[1]).toMatch(/entity/);
  });
  test('only the first of two roots is read', () => {
    expect(outline(parse('<a><b/></a>\n<a><c/></a>').document.root)).toBe('a(b)');
    expect(messages('<a><b/></a>\n<a><c/></a>')[0]).toMatch(/^malformed 2:1 A second root/);
    expect(messages('<a><b/></a>\nold="x"/><c/></a>')).toHaveLength(1);
  });
  test('a cut file names what it cuts and what is open', () => {
    expect(messages('<a>\n<b>\n<add na')).toEqual(['truncated 3:8 The file ends inside the start tag <add> that begins at line 3: <b> opened at line 2, <a> opened at line 1 were not closed.']);
  });
  test('an attribute that is written twice', () => {
    expect(messages('<a n="1" n="2"/>')).toEqual(['malformed 1:16 Attribute n is written twice in <a>.']);
  });
});

describe('encodings', () => {
  const utf16 = (text: string, mark: boolean, big = false): Uint8Array => {
    const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };
  const text = '<?xml version="1.0" encoding="utf-8"?>\n<a n="ü\u{1F600}"/>';
  test.each([
    ['UTF-16 LE with mark', utf16(text, true), 'utf-16le'], ['UTF-16 LE without', utf16(text, false), 'utf-16le'],
    ['UTF-16 BE with mark', utf16(text, true, true), 'utf-16be'], ['UTF-16 BE without', utf16(text, false, true), 'utf-16be'],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
  ] as const)('%s', (_title, bytes, encoding) => {
    const { document, problems } = parseConfig(bytes);
    expect(document).toMatchObject({ encoding, complete: true, root: { line: 2, column: 1, attributes: [{ value: 'ü\u{1F600}', line: 2, column: 4 }] } });
    expect(problems.map((p) => p.kind)).toEqual(encoding === 'utf-8' ? [] : ['anomaly']);
  });
  test('bytes of windows-1252 that nothing declares', () => {
    const { document, problems } = parseConfig(Buffer.from('<a n="M\x80\xfc"/>', 'latin1'));
    expect(document).toMatchObject({ encoding: 'windows-1252', complete: true, root: { attributes: [{ value: 'M€ü' }] } });
    expect(problems).toHaveLength(1);
    expect(parseConfig(Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a n="\xfc"/>', 'latin1')).problems).toEqual([]);
  });
  test('one broken byte does not make UTF-8 another encoding', () => {
    const { document, problems } = parseConfig(Buffer.concat([Buffer.from('<a n="ü'), Buffer.from([0xff]), Buffer.from('"/>')]));
    expect(document).toMatchObject({ encoding: 'utf-8', complete: false });
    expect(problems[0]?.message).toMatch(/U\+FFFD/);
  });
});

const SEED = '<?xml version="1.0"?>\n<configuration><configSections><section name="s" /></configSections><!-- c -->\n<location path="x"><system.webServer><handlers><clear /><add name="a" path="*" type="T, A" /><remove name=\'b\' /></handlers></system.webServer></location><![CDATA[d]]></configuration>\n';

test('random changes never throw, and an unchanged file is whole', () => {
  const pieces = fc.constantFrom('<', '>', '"', "'", '&', '/', '<!', '<!--', '-->', ']]>', '<![CDATA[', '<?', '</x>', '\0', '\0\0\0', '=', '<!DOCTYPE a [', '&x;', '\u0001', '');
  const change = fc.record({ at: fc.nat(SEED.length), drop: fc.nat(12), put: pieces });
  expect(parse(SEED).problems).toEqual([]);
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      let text = SEED;
      for (const { at, drop, put } of changes) text = text.slice(0, at) + put + text.slice(at + drop);
      const { document, problems } = parse(text);
      expect(document.complete).toBe(!problems.some((p) => ['malformed', 'truncated', 'limit'].includes(p.kind)));
      for (const p of problems) expect(p.message).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});

test('random bytes never throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parseConfig(bytes)), { numRuns: 500 });
});

describe('hostile files stay within their bounds', () => {
  test.each([
    ['deep nesting', '<a>'.repeat(200_000) + '</a>'.repeat(200_000)],
    ['deep nesting never closed', '<a>'.repeat(200_000)],
    ['stray end tags', `<r>${'</a>'.repeat(200_000)}</r>`],
    ['stray end tags in deep nesting', '<b>'.repeat(50_000) + '</a>'.repeat(50_000)],
    ['many attributes', `<a ${Array.from({ length: 200_000 }, (_, i) => `a${i}="x"`).join(' ')}/>`],
    ['character references', `<a b="${'&#65;'.repeat(1_500_000)}"/>`],
    ['bare ampersands', `<a b="${'& '.repeat(1_000_000)}"/>`],
    ['control characters', `<a>${'\u0001'.repeat(2_000_000)}</a>`],
    ['NULs here and there', '<a>\0'.repeat(200_000)],
    ['broken tags', '<a b="'.repeat(200_000)],
    ['markup declarations', '<!x '.repeat(200_000)],
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY a "aaaa">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "&a;&a;&a;">`).join('')}]><a>${'&a19;'.repeat(1000)}</a>`],
    ['a long value', `<a b="${'x'.repeat(10_000_000)}"/>`],
  ])('%s', (_title, text) => {
    expect(parse(text).problems.length).toBeLessThanOrEqual(300);
  });
  test('limits are said', () => {
    expect(parse(`<a>${'<b>'.repeat(1500)}`).problems.map((p) => p.kind)).toContain('limit');
    expect(parse(`<a ${Array.from({ length: 10_001 }, (_, i) => `a${i}="x"`).join(' ')}/>`).problems[0]?.kind).toBe('limit');
  });
});
