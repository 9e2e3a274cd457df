import { PatternFault } from './pattern-node.ts';

/** What a backslash and the characters behind it mean, and where they end. */
export type Escape =
  | { readonly codePoint: number; readonly end: number }
  /** `\d \D \s \S \w \W` */
  | { readonly letter: string; readonly end: number }
  /** `\pL`, `\P{Greek}` */
  | { readonly name: string; readonly negated: boolean; readonly end: number };

const CONTROL: ReadonlyMap<string, number> = new Map([['a', 7], ['f', 12], ['t', 9], ['n', 10], ['r', 13], ['v', 11]]);

/** Reads an escape that stands for characters. @param at where the backslash is @throws PatternFault */
export function readEscape(text: string, at: number): Escape {
  const next = text[at + 1];
  if (next === undefined) throw new PatternFault('A backslash stands at the end; \\\\ is the character itself.', at, at + 1);
  const control = CONTROL.get(next);
  if (control !== undefined) return { codePoint: control, end: at + 2 };
  if (/[dDsSwW]/.test(next)) return { letter: next, end: at + 2 };
  if (next === 'p' || next === 'P') {
    const m = /^(?:\{(\^?\w{1,60})\}|(\w))/.exec(text.slice(at + 2, at + 70));
    if (m === null) throw new PatternFault(`The name of a class is missing after \\${next}, as in \\${next}{Greek}.`, at, at + 2);
    return { name: m[1] ?? m[2] ?? '', negated: next === 'P', end: at + 2 + m[0].length };
  }
  if (next === 'x') {
    const m = /^(?:([0-9a-f]{2})|\{([0-9a-f]{1,6})\})/i.exec(text.slice(at + 2, at + 12));
    const codePoint = Number.parseInt(m?.[1] ?? m?.[2] ?? '', 16);
    if (m === null || !(codePoint <= 0x10ffff)) throw new PatternFault('Write \\x41 or \\x{1F600}.', at, at + 2 + (m?.[0].length ?? 0));
    return { codePoint, end: at + 2 + m[0].length };
  }
  if (/[1-9]/.test(next) || (next === 'k' && /[<{']/.test(text[at + 2] ?? ''))) {
    throw new PatternFault('References back to a group are not supported: the expressions are those of RE2, which cannot run long.', at, at + 2);
  }
  if (/[0-9A-Za-z_]/.test(next) || next > '\u007f') throw new PatternFault(`\\${next} means nothing in a regular expression of RE2.`, at, at + 2);
  return { codePoint: next.charCodeAt(0), end: at + 2 };
}
