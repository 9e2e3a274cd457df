import type { FilterFault } from './ast.ts';

/** A run of characters of one term; in a quoted piece nothing has a special meaning. */
export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** One term as typed: what stands between two spaces outside quotes. Positions are 0-based UTF-16 units. */
export interface Lexeme {
  readonly pieces: readonly Piece[];
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s/;

/**
 * Cuts a filter into terms. `"` opens a quoted piece, in which `\"` is a quote and `\\` a backslash; elsewhere a
 * backslash is an ordinary character, so that Windows paths need no doubling.
 */
export function lex(text: string): readonly Lexeme[] | FilterFault {
  const out: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    const pieces: Piece[] = [];
    while (at < text.length && !SPACE.test(text.charAt(at))) {
      if (text.charAt(at) === '"') {
        const quoted = readQuoted(text, at);
        if (quoted === null) return { message: 'The quotation mark is not closed.', column: at + 1 };
        pieces.push({ text: quoted.text, quoted: true });
        at = quoted.end;
      } else {
        const from = at;
        while (at < text.length && text.charAt(at) !== '"' && !SPACE.test(text.charAt(at))) at += 1;
        pieces.push({ text: text.slice(from, at), quoted: false });
      }
    }
    out.push({ pieces, start, end: at });
  }
  return out;
}

/** Writes text as one quoted piece. */
export function quoteText(text: string): string {
  return `"${text.replace(/["\\]/g, (c) => `\\${c}`)}"`;
}

function readQuoted(text: string, open: number): { readonly text: string; readonly end: number } | null {
  let out = '';
  let at = open + 1;
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === '"') return { text: out, end: at + 1 };
    const next = text.charAt(at + 1);
    if (c === '\\' && (next === '"' || next === '\\')) {
      out += next;
      at += 2;
    } else {
      out += c;
      at += 1;
    }
  }
  return null;
}
