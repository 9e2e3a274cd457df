import { perlPart, posixPart, rangePart, unicodePart, type ClassPart } from './pattern-class.ts';
import { readEscape } from './pattern-escape.ts';
import { PatternFault, type Assertion, type PatternNode } from './pattern-node.ts';

/** The longest regular expression, in UTF-16 units. */
export const MAX_PATTERN = 500;
/** The most repetitions, also of nested ones together: RE2's own bound. */
const MAX_REPEAT = 1000;
const MAX_DEPTH = 100;
/** Keeps every accepted expression far below what RE2 compiles. */
const MAX_WEIGHT = 20_000;

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiLine: boolean;
}

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([['b', 'word'], ['B', 'notWord'], ['A', 'textStart'], ['z', 'textEnd']]);
const LOOK = 'Looking ahead or behind is not supported: the expressions are those of RE2, which cannot run long.';

/**
 * Reads a regular expression of RE2's syntax (its page "Syntax"), in Perl's flavour and without case unless `(?-i)` says
 * otherwise. What is accepted here RE2 accepts with the same meaning; a few rare forms of it are refused (`\C`).
 * @throws PatternFault
 */
export function parsePattern(text: string): PatternNode {
  if (text === '') throw new PatternFault('The regular expression is empty.', 0, 0);
  if (text.length > MAX_PATTERN) throw new PatternFault(`A regular expression has at most ${MAX_PATTERN} characters; this one has ${text.length}.`, MAX_PATTERN, text.length);
  const reader = new Reader(text);
  const node = reader.choice({ ignoreCase: true, dotAll: false, multiLine: false }, 0);
  if (reader.at < text.length) throw new PatternFault('This closing parenthesis has no opening one.', reader.at, reader.at + 1);
  if (weigh(node) > MAX_WEIGHT) throw new PatternFault('The regular expression is too large with its repetitions.', 0, text.length);
  return node;
}

class Reader {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  choice(flags: Flags, depth: number): PatternNode {
    if (depth > MAX_DEPTH) throw new PatternFault('Parentheses are nested too deeply.', this.at - 1, this.at);
    let now = flags;
    const parts: PatternNode[] = [];
    let run: PatternNode[] = [];
    /** Whether something stands before that can be repeated, and where a repetition of it stands already. */
    let before: 'nothing' | 'atom' | 'repeated' = 'nothing';
    while (this.at < this.#text.length && this.#text[this.at] !== ')') {
      const start = this.at;
      const c = this.#text[start];
      const repeat = this.#repetition();
      if (repeat !== null) {
        const last = run.pop();
        if (last === undefined || before === 'nothing') throw new PatternFault(`There is nothing before "${this.#text.slice(start, this.at)}" that could be repeated; \\${c ?? ''} is the character itself.`, start, this.at);
        if (before === 'repeated') throw this.#doubled(start);
        if (times(last) * (repeat.max ?? repeat.min) > MAX_REPEAT) throw new PatternFault(`At most ${MAX_REPEAT} repetitions are supported, nested ones together.`, start, this.at);
        run.push({ kind: 'repeat', part: last, ...repeat });
        before = 'repeated';
      } else if (c === '|') {
        this.at += 1;
        parts.push({ kind: 'all', parts: run });
        run = [];
        before = 'nothing';
      } else if (c === '(') {
        const group = this.#group(now, depth);
        if ('flags' in group) now = group.flags;
        else {
          run.push(group.node);
          before = 'atom';
        }
      } else {
        run.push(...this.#atom(now));
        before = 'atom';
      }
    }
    parts.push({ kind: 'all', parts: run });
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'any', parts };
  }

  /** `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`, each also lazy; braces of another form are text. */
  #repetition(): { readonly min: number; readonly max: number | null } | null {
    const m = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.#text.slice(this.at, this.at + 60));
    if (m === null) return null;
    const start = this.at;
    this.at += m[0].length;
    if (m[1] !== undefined) return { min: m[1] === '+' ? 1 : 0, max: m[1] === '?' ? 1 : null };
    const min = Number(m[2]);
    const max = m[3] === undefined ? min : m[4] === '' ? null : Number(m[4]);
    if (min > MAX_REPEAT || (max ?? 0) > MAX_REPEAT) throw new PatternFault(`At most ${MAX_REPEAT} repetitions are supported.`, start, this.at);
    if (max !== null && max < min) throw new PatternFault('The repetition ends before it starts.', start, this.at);
    return { min, max };
  }

  #doubled(start: number): PatternFault {
    const plus = this.#text[start] === '+';
    return new PatternFault(plus ? 'Possessive repetition (*+, ++, ?+) is not supported: the expressions are those of RE2, which needs none.' : 'A repetition cannot be repeated; put parentheses around it.', start, this.at);
  }

  /** A group, or flags for the rest of the one that it stands in. */
  #group(flags: Flags, depth: number): { readonly node: PatternNode } | { readonly flags: Flags } {
    const open = this.at;
    const rest = this.#text.slice(open, open + 80);
    let inner = flags;
    if (!rest.startsWith('(?')) this.at += 1;
    else {
      if (/^\(\?<?[=!]/.test(rest)) throw new PatternFault(LOOK, open, open + (rest[2] === '<' ? 4 : 3));
      if (rest.startsWith('(?>')) throw new PatternFault('Atomic groups are not supported: the expressions are those of RE2, which needs none.', open, open + 3);
      const name = /^\(\?P<\w{1,60}>/.exec(rest);
      const set = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
      if (name === null && set === null) throw new PatternFault('A group begins with "(", "(?:", "(?P<name>" or with flags such as "(?s)".', open, Math.min(open + 3, this.#text.length));
      this.at += (name ?? set)?.[0].length ?? 0;
      if (set !== null) {
        inner = withFlags(withFlags(flags, set[1] ?? '', true), set[2] ?? '', false);
        if (set[3] === ')') return { flags: inner };
      }
    }
    const node = this.choice(inner, depth + 1);
    if (this.#text[this.at] !== ')') throw new PatternFault('This parenthesis is not closed.', open, open + 1);
    this.at += 1;
    return { node };
  }

  /** What stands for a character or a place; several characters for `\Q...\E`. */
  #atom(flags: Flags): readonly PatternNode[] {
    const start = this.at;
    const c = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    if (c === '\\') return this.#escape(flags);
    if (c === '[') return [charNode(this.#charClass(flags))];
    this.at += c.length;
    if (c === '^') return [{ kind: 'assert', what: flags.multiLine ? 'lineStart' : 'textStart' }];
    if (c === '$') return [{ kind: 'assert', what: flags.multiLine ? 'lineEnd' : 'textEnd' }];
    if (c === '.') return [{ kind: 'char', accepts: flags.dotAll ? () => true : (char) => char !== '\n', weight: 12 }];
    return [literal(c, flags)];
  }

  #escape(flags: Flags): readonly PatternNode[] {
    const start = this.at;
    const next = this.#text[start + 1] ?? '';
    const what = ASSERTIONS.get(next);
    if (what !== undefined) {
      this.at += 2;
      return [{ kind: 'assert', what }];
    }
    if (next === 'Q') {
      const end = this.#text.indexOf('\\E', start + 2);
      const quoted = this.#text.slice(start + 2, end < 0 ? this.#text.length : end);
      this.at = end < 0 ? this.#text.length : end + 2;
      // An empty one still stands for something: nothing, which may be repeated.
      return quoted === '' ? [{ kind: 'all', parts: [] }] : [...quoted].map((c) => literal(c, flags));
    }
    return [charNode([this.#escapedPart(flags)])];
  }

  #escapedPart(flags: Flags): ClassPart {
    const escape = readEscape(this.#text, this.at);
    const start = this.at;
    this.at = escape.end;
    if ('codePoint' in escape) return rangePart(escape.codePoint, escape.codePoint, flags.ignoreCase);
    if ('letter' in escape) return perlPart(escape.letter, flags.ignoreCase) ?? rangePart(0, 0, false);
    return unicodePart(escape.name, escape.negated, start, escape.end, flags.ignoreCase);
  }

  /** `[...]`: a class. */
  #charClass(flags: Flags): readonly ClassPart[] {
    const open = this.at;
    const negated = this.#text[open + 1] === '^';
    this.at += negated ? 2 : 1;
    const first = this.at;
    const parts: ClassPart[] = [];
    while (this.#text[this.at] !== ']' || this.at === first) {
      if (this.at >= this.#text.length) throw new PatternFault('This bracket is not closed.', open, open + 1);
      const posix = /^\[:\^?\w*:\]/.exec(this.#text.slice(this.at, this.at + 24));
      const start = this.at;
      if (posix !== null) {
        this.at += posix[0].length;
        parts.push(posixPart(posix[0], start, flags.ignoreCase));
        continue;
      }
      const escape = this.#text[start] === '\\' ? readEscape(this.#text, start) : null;
      if (escape !== null && !('codePoint' in escape)) {
        parts.push(this.#escapedPart(flags));
        continue;
      }
      const from = this.#classChar(open);
      let to = from;
      if (this.#text[this.at] === '-' && this.#text[this.at + 1] !== ']' && this.at + 1 < this.#text.length) {
        this.at += 1;
        to = this.#classChar(open);
        if (to < from) throw new PatternFault('The range ends before it starts.', start, this.at);
      }
      parts.push(rangePart(from, to, flags.ignoreCase));
    }
    this.at += 1;
    return negated ? [{ accepts: (char) => !parts.some((p) => p.accepts(char)), weight: 12 + parts.reduce((sum, p) => sum + p.weight, 0) }] : parts;
  }

  /** One character of a class. */
  #classChar(open: number): number {
    const code = this.#text.codePointAt(this.at);
    if (code === undefined) throw new PatternFault('This bracket is not closed.', open, open + 1);
    if (code !== 0x5c) {
      this.at += code > 0xffff ? 2 : 1;
      return code;
    }
    const escape = readEscape(this.#text, this.at);
    if (!('codePoint' in escape)) throw new PatternFault('A range ends with a character, not with a class.', this.at, escape.end);
    this.at = escape.end;
    return escape.codePoint;
  }
}

function literal(char: string, flags: Flags): PatternNode {
  const code = char.codePointAt(0) ?? 0;
  return charNode([rangePart(code, code, flags.ignoreCase)]);
}

function charNode(parts: readonly ClassPart[]): PatternNode {
  return { kind: 'char', accepts: (char) => parts.some((p) => p.accepts(char)), weight: parts.reduce((sum, p) => sum + p.weight, 0) };
}

function withFlags(flags: Flags, letters: string, on: boolean): Flags {
  return {
    ignoreCase: letters.includes('i') ? on : flags.ignoreCase,
    dotAll: letters.includes('s') ? on : flags.dotAll,
    multiLine: letters.includes('m') ? on : flags.multiLine,
  };
}

/** How often the innermost part of a node is repeated at most. */
function times(node: PatternNode): number {
  if (node.kind === 'repeat') return Math.max(1, node.max ?? node.min) * times(node.part);
  return node.kind === 'all' || node.kind === 'any' ? Math.max(1, ...node.parts.map(times)) : 1;
}

function weigh(node: PatternNode): number {
  if (node.kind === 'char') return node.weight;
  if (node.kind === 'assert') return 1;
  if (node.kind === 'repeat') return 1 + Math.max(1, node.max ?? node.min + 1) * weigh(node.part);
  return node.parts.reduce((sum, p) => sum + weigh(p) + 1, 0);
}
