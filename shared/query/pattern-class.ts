import { charTest, classEscape, PatternFault } from './pattern-node.ts';

/** A part of a class: what it accepts, and its weight (see `CharNode`). */
export interface ClassPart {
  readonly accepts: (char: string) => boolean;
  readonly weight: number;
}

const PERL: Readonly<Record<string, string>> = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' };
const POSIX: ReadonlyMap<string, string> = new Map([
  ['alnum', '0-9A-Za-z'], ['alpha', 'A-Za-z'], ['ascii', '\\u{0}-\\u{7f}'], ['blank', '\\t '], ['cntrl', '\\u{0}-\\u{1f}\\u{7f}'], ['digit', '0-9'],
  ['graph', '!-~'], ['lower', 'a-z'], ['print', ' -~'], ['punct', '!-\\/:-@\\[-`\\{-~'], ['space', '\\t\\n\\v\\f\\r '], ['upper', 'A-Z'],
  ['word', '0-9A-Za-z_'], ['xdigit', '0-9A-Fa-f'],
]);
/** General categories of Unicode as RE2 names them; other names are scripts. */
const CATEGORY = /^(?:C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;
const UNICODE_WEIGHT = 100;
const RANGE_WEIGHT = 4;

export function part(source: string, negated: boolean, ignoreCase: boolean, weight: number): ClassPart {
  const accepts = charTest(source, ignoreCase);
  return { accepts: negated ? (char) => !accepts(char) : accepts, weight: negated ? weight + 10 : weight };
}

/** One character, or a range of them. */
export function rangePart(from: number, to: number, ignoreCase: boolean): ClassPart {
  return part(from === to ? classEscape(from) : `${classEscape(from)}-${classEscape(to)}`, false, ignoreCase, from === to && from < 128 ? 1 : RANGE_WEIGHT);
}

/** `\d`, `\S` ... @returns null for another letter */
export function perlPart(letter: string, ignoreCase: boolean): ClassPart | null {
  const source = PERL[letter.toLowerCase()];
  return source === undefined ? null : part(source, letter !== letter.toLowerCase(), ignoreCase, RANGE_WEIGHT);
}

/** `[:alpha:]`, `[:^alpha:]` within a class. */
export function posixPart(written: string, from: number, ignoreCase: boolean): ClassPart {
  const negated = written.startsWith('[:^');
  const source = POSIX.get(written.slice(negated ? 3 : 2, -2));
  if (source === undefined) throw new PatternFault(`There is no class ${written}; the known ones are ${[...POSIX.keys()].join(', ')}.`, from, from + written.length);
  return part(source, negated, ignoreCase, RANGE_WEIGHT);
}

/** `\pL`, `\p{Greek}`, `\P{^Lu}`: the name without its braces. */
export function unicodePart(name: string, negated: boolean, from: number, to: number, ignoreCase: boolean): ClassPart {
  const inverted = name.startsWith('^');
  const plain = inverted ? name.slice(1) : name;
  const source = plain === 'Any' ? '\\p{Any}' : CATEGORY.test(plain) ? `\\p{${plain}}` : /^[A-Z][A-Za-z_]{1,40}$/.test(plain) ? `\\p{Script=${plain}}` : null;
  try {
    if (source !== null) return part(source, negated !== inverted, ignoreCase, UNICODE_WEIGHT);
  } catch {
    // A script that this Unicode does not know: the sentence below.
  }
  throw new PatternFault(`There is no class of characters "${plain.slice(0, 40)}"; write a category such as L, Lu or Nd, or a script such as Greek.`, from, to);
}
