import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../../electron/artifacts/iis-config/index.ts';
import type { ConfigElement } from '../../../../shared/model/index.ts';
import { corpus } from '../../../helpers/corpus.ts';

interface Mark { readonly name: string; readonly line: number; readonly column: number }

/** Start tags and attributes of well-formed text, found without any XML library. */
function scan(text: string): Mark[] {
  const blank = text.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g, (all) => all.replace(/[^\r\n]/g, ' '));
  const starts = [0];
  for (const end of blank.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  let line = 0;
  const at = (offset: number): { line: number; column: number } => {
    while (line > 0 && (starts[line] ?? 0) > offset) line--;
    while ((starts[line + 1] ?? Infinity) <= offset) line++;
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  const marks: Mark[] = [];
  for (const tag of blank.matchAll(/<([A-Za-z_][^\s/>]*)((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g)) {
    marks.push({ name: tag[1] ?? '', ...at(tag.index) });
    const base = tag.index + 1 + (tag[1] ?? '').length;
    for (const attribute of (tag[2] ?? '').matchAll(/(\s+)([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
      marks.push({ name: attribute[2] ?? '', ...at(base + attribute.index + (attribute[1] ?? '').length) });
    }
  }
  return marks;
}

function marksOf(root: ConfigElement | null): Mark[] {
  const marks: Mark[] = [];
  const visit = (element: ConfigElement): void => {
    marks.push({ name: element.name, line: element.line, column: element.column });
    for (const { name, line, column } of element.attributes) marks.push({ name, line, column });
    for (const child of element.children) visit(child);
  };
  if (root) visit(root);
  return marks;
}

const space = fc.constantFrom(' ', '\n', '\r\n', '\r', '\t', '  \n ', ' \r\n\t');
const name = fc.constantFrom('add', 'a', 'system.webServer', 'näme', 'x-y', 'ns:z');
const value = fc.constantFrom('', 'name', 'a=b', "it's", '/>', 'ü\u{1F600}', '&#x41;&amp;', 'x\ny', 'a > b', ' name="x" ').map((v) => (v.includes('"') ? `'${v}'` : `"${v}"`));
const attribute = fc.tuple(space, fc.constantFrom('', ' ', '\n'), fc.constantFrom('', ' ', '\r\n'), value);
const between = fc.constantFrom('', '\n  ', '<!-- <add name="no" -->', '<![CDATA[<x y="z">]]>', '<?pi <q r="s"?>', 'text &lt; ', '\r\n');

const node = fc.memo((depth: number): fc.Arbitrary<string> =>
  fc.tuple(name, fc.array(attribute, { maxLength: 4 }), fc.constantFrom('', ' ', '\r\n'), depth <= 1 ? fc.constant([]) : fc.array(fc.tuple(between, node(depth - 1)), { maxLength: 3 }), between).map(
    ([tag, attributes, tail, children, last]) => {
      const written = attributes.map(([gap, before, after, text], i) => `${gap}n${i}${before}=${after}${text}`).join('');
      if (children.length === 0 && last === '') return `<${tag}${written}${tail}/>`;
      return `<${tag}${written}${tail}>${children.map(([gap, child]) => gap + child).join('')}${last}</${tag}${tail}>`;
    },
  ));
const tree = node(4);

describe('lines and columns', () => {
  test('of generated files are those that a plain scanner finds', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '<?xml version="1.0" encoding="utf-8"?>\r\n', '<!-- a\r\n -->\n'), tree, fc.constantFrom('utf8', 'utf16le'), (head, body, encoding) => {
        const text = head + body;
        const bytes = encoding === 'utf8' ? new TextEncoder().encode(text) : Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
        const parsed = parseConfig(bytes);
        expect(parsed.text).toBe(text);
        expect(parsed.problems.filter((p) => p.kind !== 'anomaly')).toEqual([]);
        expect(marksOf(parsed.document.root)).toEqual(scan(text));
      }),
      { numRuns: 500 },
    );
  });

  test('end lines', () => {
    const { document } = parseConfig(new TextEncoder().encode('<a>\n<b\n x="1"\n/>\n<c>\n</c\n></a>'));
    expect(document.root?.children.map((c) => [c.name, c.line, c.endLine])).toEqual([['b', 2, 4], ['c', 5, 7]]);
    expect(document.root?.endLine).toBe(7);
  });
});

describe.skipIf(!corpus.present)('lines and columns of the corpus (skipped without it)', () => {
  const all = ['config', 'webconfig'].flatMap((folder) => (corpus.present ? readdirSync(corpus.file(folder), { recursive: true, encoding: 'utf8' }).map((f) => path.join(folder, f)) : []));
  test('every well-formed file agrees with a plain scanner', () => {
    let compared = 0;
    for (const file of all.filter((f) => f.endsWith('.config'))) {
      const parsed = parseConfig(readFileSync(corpus.file(file)));
      if (!parsed.document.complete || parsed.text.includes('\0')) continue;
      compared++;
      expect(marksOf(parsed.document.root), file).toEqual(scan(parsed.text));
    }
    expect(compared).toBeGreaterThan(80);
  });
});
