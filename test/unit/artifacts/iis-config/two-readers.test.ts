import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../../electron/artifacts/kit/xml/decode.ts';
import { parseCarefully, parseConfig } from '../../../../electron/artifacts/kit/xml/parse.ts';
import { readSound } from '../../../../electron/artifacts/kit/xml/sound.ts';
import { corpus } from '../../../helpers/corpus.ts';

const careful = (text: string): ReturnType<typeof parseCarefully> => parseCarefully({ text, encoding: 'utf-8', problems: [] }, text.length);

const name = fc.constantFrom('add', 'a', 'system.webServer', 'näme', 'ns:z', '__proto__', 'x1', '-x', '1x', '');
const value = fc.constantFrom('', 'v', 'a=b', '&lt;&#65;&#x41;', '&#0;', '&x;', 'a & b', 'x\ny\r\nz\tq\rp', '<', 'a > b', ']]>', 'ü\u{1F600}', '&#xD800;', '&amp;amp;', '&#13;&#10;&#9;', 'x'.repeat(60));
const space = fc.constantFrom(' ', '\n', '\r\n', '\r', '\t', '');
const attribute = fc.tuple(space, name, space, fc.constantFrom('=', '', '=='), space, fc.constantFrom('"', "'", ''), value).map(([gap, n, before, equals, after, mark, v]) => `${gap}${n}${before}${equals}${after}${mark}${v}${mark}`);
const aside = fc.constantFrom('', 'text', '<!-- <a b="c"> -->', '<!-- a -- b -->', '<!--->', '<!---->', '<![CDATA[ <x> & ]]>', '<?pi x?>', '<?xml version="1.0"?>', '<!DOCTYPE a>', ']]>', '&amp;', '&#x41;', '&', '\u0001', '\0', '\u2028', '<', '>', '</a>', '<a>', '<a/>', '< a>', '<!x>');
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(name, fc.array(attribute, { maxLength: 3 }), space, fc.constantFrom('/>', '>', '/ >')).map(([n, attributes, tail, end]) => `<${n}${attributes.join('')}${tail}${end}`) },
  { weight: 2, arbitrary: fc.tuple(name, space).map(([n, tail]) => `</${n}${tail}>`) },
  { weight: 2, arbitrary: aside },
  { weight: 1, arbitrary: space },
);

describe('the quick reader of plain files', () => {
  test('says what the careful one says, or nothing', () => {
    let quick = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, wrapped) => {
        const text = wrapped ? `<r>${pieces.join('')}</r>` : pieces.join('');
        const root = readSound(text, 0);
        if (root === null) return;
        quick += 1;
        const other = careful(text);
        expect(other.problems, text).toEqual([]);
        expect(other.document.root, text).toEqual(root);
      }),
      { numRuns: 20_000 },
    );
    // Or the property would hold because nothing was compared.
    expect(quick).toBeGreaterThan(500);
  });

  test.each([
    ['<a/>', true], ['<a b="1"/><b/>', false], ['', false], ['<a b="1" b="2"/>', false], ['<a>', false], ['<a></b>', false], ['<a b="<"/>', false], ['<a>&x;</a>', false], ['<a>]]></a>', false],
    ['<a><![CDATA[]]></a>', true], ['<![CDATA[]]><a/>', false], ['<a>\r</a>', true], ['<a/>x', false], ['<?x y?><a/>', false], ['<!-- c --><a/> <!-- d -->', true], ['<ä/>', false], ['<!DOCTYPE a><a/>', false],
  ])('%j is read: %s', (text, is) => {
    expect(readSound(text, 0) !== null).toBe(is);
  });

  test('gives up at the limits, which the careful reader names', () => {
    const attributes = Array.from({ length: 10_001 }, (_, i) => `n${i}="v"`);
    expect(readSound(`<a ${attributes.slice(1).join(' ')}/>`, 0)?.attributes).toHaveLength(10_000);
    expect(readSound(`<a ${attributes.join(' ')}/>`, 0)).toBeNull();
    expect(readSound(`<a ${attributes.slice(0, 40).join(' ')} n7=""/>`, 0)).toBeNull();
    expect(readSound('<a>'.repeat(1000) + '</a>'.repeat(1000), 0)).not.toBeNull();
    expect(readSound('<a>'.repeat(1001) + '</a>'.repeat(1001), 0)).toBeNull();
  });

  test('reads the project\'s own sample', () => {
    const file = path.join(import.meta.dirname, '../../../fixtures/sample/evidence/C/Windows/System32/inetsrv/config/applicationHost.config');
    const { text } = decode(readFileSync(file));
    expect(readSound(text.replace(/^<\?xml.*?\?>/, ''), 0)).not.toBeNull();
  });
});

describe.skipIf(!corpus.present)('both readers over the corpus (skipped without it)', () => {
  test('every file reads the same', () => {
    const all = ['config', 'webconfig'].flatMap((folder) => (corpus.present ? readdirSync(corpus.file(folder), { recursive: true, encoding: 'utf8' }).map((f) => path.join(folder, f)) : [])).filter((f) => f.endsWith('.config'));
    let quick = 0;
    for (const file of all) {
      const bytes = readFileSync(corpus.file(file));
      const parsed = parseConfig(bytes);
      expect(parseCarefully(decode(bytes), bytes.length), file).toEqual(parsed);
      if (readSound(parsed.text.replace(/^<\?xml[^?]*\?>/, ''), 0) !== null) quick += 1;
    }
    expect(quick).toBeGreaterThan(all.length / 2);
  });
});
