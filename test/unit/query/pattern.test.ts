import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePattern } from '../../../shared/query/pattern.ts';
import { PatternFault } from '../../../shared/query/pattern-node.ts';
import { patternFits } from '../../../shared/query/pattern-run.ts';

const SUPPORTED = [
  'a.b', 'shell[0-9]+\\.aspx', '(?P<n>x)', '\\Qa.b\\E+', '\\w+', 'k', 'a$', '^a', '(?U)x*', '^*x', '[a-c-x]', '\\pL', '\\p{Greek}+', '\\P{Lu}', '[^\\pL]', 'x{0}', '{x', ']', 'x}', 'x{,2}',
  '(|a)*b', 'a||b', '(?-s:.)', '(?s)a.b', '(?m)^b$', '(?-i)A', '(?i-i:a)', 'a(?-i)B', '[[:alpha:]]+', '[[:^digit:]]', '\\x65', '\\x{e9}', '[]x]', '[^]x]', '[a\\]]', '\\bGET\\b', '\\B/', '\\Aa', 'a\\z',
  'x{2,}?', '(?:ab){2}', '\\.', '\\-', '\\s', '\\S', '\\W', '\\D', '[\\d-z]', 'ß', '\u0130', '[\\x{1F600}]', '(?:x{10}){100}', '(a*)*b', '\\t|\\v', '.{1000}', '(?:\\pL){20}',
];
const TEXTS = ['', 'a', 'A', 'ab', 'aB', 'a.b', 'a\nb', 'b\na', 'xx', 'shell12.aspx', 'SHELL1.ASPX', 'GET /a', '/GETA', 'k', '\u212a', '\u017f', '\u0130', 'i', '\u03b1\u03a9', '\u00e9', '\u00c9', '\u00df', '\u1e9e', '5', '_', ' ', '\t', '\u000b', ']', '-', '{x', 'x{,2}', '\u{1F600}', 'abab', 'aaab'];

let run: (text: string, pattern: string) => Promise<boolean | null>;
let close: () => void;
beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  run = async (text, pattern) => {
    try {
      return Boolean((await connection.runAndReadAll(`select regexp_matches($1, $2, 'i')`, [text, pattern])).getRows()[0]?.[0]);
    } catch {
      return null;
    }
  };
  close = () => {
    connection.closeSync();
    instance.closeSync();
  };
});
afterAll(() => close());

function fits(pattern: string, text: string): boolean | null {
  try {
    return patternFits(parsePattern(pattern), text);
  } catch (error) {
    if (error instanceof PatternFault) return null;
    throw error;
  }
}

describe('regular expressions', () => {
  it.each(SUPPORTED)('%s means what it means to the store', async (pattern) => {
    for (const text of TEXTS) expect([text, fits(pattern, text)]).toEqual([text, await run(text, pattern)]);
  });

  it('accepts nothing that the store refuses, and agrees about what fits', async () => {
    const token = fc.constantFrom('a', 'b', 'A', '.', '\\d', '\\w', '\\W', '[ab]', '[^a]', '[a-c]', '(', '(?:', ')', '|', '*', '+', '?', '{2}', '{1,3}', '^', '$', '\\b', '\\B', '(?i)', '(?-i)', '\\', '[', ']', '-', '{', '}', ',', '1', '\\1', '(?=', '\\pL', '\\z', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(token, { minLength: 1, maxLength: 8 }).map((t) => t.join('')), fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1', ' ', '\n', '_'), maxLength: 6 }), async (pattern, text) => {
        const mine = fits(pattern, text);
        if (mine !== null) expect(await run(text, pattern)).toBe(mine);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['a(?=b)', 1, 4, 'Looking'], ['(?<!a)b', 0, 4, 'Looking'], ['(?>a)', 0, 3, 'Atomic'], ['(a)\\1', 3, 5, 'References back'], ['a*+', 2, 3, 'Possessive'], ['a**', 2, 3, 'repeated'],
    ['ab(c', 2, 3, 'not closed'], ['ab)', 2, 3, 'no opening'], ['[a', 0, 1, 'not closed'], ['+a', 0, 1, 'nothing before'], ['a|*', 2, 3, 'nothing before'], ['x{1001}', 1, 7, '1000'], ['x{3,2}', 1, 6, 'ends before'],
    ['(?:x{100}){11}', 10, 14, '1000'], ['a\\', 1, 2, 'end'], ['\\q', 0, 2, 'means nothing'], ['[z-a]', 1, 4, 'ends before'], ['[x-\\d]', 3, 5, 'not with a class'], ['[[:no:]]', 1, 7, 'no class'],
    ['\\p{Nothing}', 0, 11, 'no class'], ['\\p', 0, 2, 'missing'], ['\\x{zz}', 0, 2, 'Write'], ['\\C', 0, 2, 'means nothing'], ['(?x)a', 0, 3, 'begins with'], ['(?:\\pL){900}', 0, 12, 'too large'], ['', 0, 0, 'empty'],
  ])('%s is refused at its place', (pattern, from, to, words) => {
    expect(() => parsePattern(pattern)).toThrow(expect.objectContaining({ from, to, message: expect.stringContaining(words) as string }));
  });

  it('refuses what is too long, and too deep', () => {
    expect(() => parsePattern('a'.repeat(501))).toThrow('at most 500');
    expect(() => parsePattern('('.repeat(150))).toThrow('deeply');
  });

  it('cannot be made to hang', () => {
    expect(patternFits(parsePattern('(a*)*(a*)*(a|a)*b'), 'a'.repeat(3000))).toBe(false);
    expect(patternFits(parsePattern('(x+x+)+y'), 'x'.repeat(3000))).toBe(false);
  });
});
