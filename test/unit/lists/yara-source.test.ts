import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaraSource, ruleBatches } from '../../../electron/lists/yara-source.ts';

describe('the source of YARA rules', () => {
  it('declares rules with their tags; words in comments, texts, expressions and hexadecimal strings are none', () => {
    const text = '// rule No1 {}\n/* rule No2 */ import "pe"\nprivate rule A : x y {\n strings:\n  $a = "rule B { include" $b = /rule C \\/ include/i $c = { 4D ?? ( 5A | 00 ) }\n condition: $a or $b and pe.is_pe\n}\nglobal rule D{condition:true}rule E { condition: 4 \\ 2 == 2 }';
    expect(readYaraSource(text)).toEqual({ rules: [{ name: 'A', tags: ['x', 'y'], global: false, line: 3 }, { name: 'D', tags: [], global: true, line: 8 }, { name: 'E', tags: [], global: false, line: 8 }], includes: [] });
  });

  it('tells every include, with its line', () => {
    expect(readYaraSource('\n include "/etc/passwd"\nrule A { condition: true }\ninclude"x"').includes).toEqual([2, 4]);
  });

  it('a comment within a hexadecimal string hides nothing behind it, and a string may be called include', () => {
    const hidden = 'rule A { strings: $a = { 4D // } /*\n 5A /* } " */ 90 } condition: $a }\ninclude "/etc/passwd"\nglobal rule B { condition: false } /* */';
    expect(readYaraSource(hidden)).toMatchObject({ rules: [{ name: 'A' }, { name: 'B', global: true }], includes: [3] });
    expect(readYaraSource('rule A { strings: $include = "x" condition: #include > 1 and @include[1] > 2 and !include[1] > 0 }').includes).toEqual([]);
    expect(readYaraSource('rule A { strings: $ = "x" condition: for all of them : ( $\ninclude "y"\n) }').includes).toEqual([2]);
  });

  it('files go together unless their names meet or a global rule decides over all', () => {
    const batches = ruleBatches([{ name: 'a', text: 'rule A { condition: true }' }, { name: 'b', text: 'rule B { condition: true }' }, { name: 'a2', text: 'rule A { condition: false }' }, { name: 'g', text: 'global rule G { condition: true }' }, { name: 'c', text: 'rule C : t { condition: true }' }]);
    expect(batches.map((b) => [...b.rules].map(([rule, { file }]) => `${file}/${rule}`))).toEqual([['a/A', 'b/B', 'c/C'], ['a2/A'], ['g/G']]);
  });

  it('any text ends, and each rule has a line of the text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('rule ', 'A', '{', '}', '"', '/', '/*', '*/', '//', '\n', '\\', 'include ', ':', '=', 'global ', ' '), { maxLength: 80 }).map((p) => p.join('')), (text) => {
      const lines = text.split('\n').length;
      for (const { line } of readYaraSource(text).rules) expect(line).toBeLessThanOrEqual(lines);
    }));
  });
});
