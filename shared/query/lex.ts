import { FaultAt } from './fault.ts';

/**
 * One character of a term as it is meant, and where it was typed (0-based UTF-16 units, `end` behind it). In quotes
 * nothing has a special meaning. A quotation mark itself is a quoted unit without text, so that `""` is not nothing.
 */
export interface Unit {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
  readonly end: number;
}

/** One term as typed: what stands between two spaces outside of quotes. */
export interface Lexeme {
  readonly units: readonly Unit[];
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s/;

/**
 * Cuts a filter into terms. `"` opens a quoted piece, in which `\"` is a quote and `\\` a backslash; elsewhere a
 * backslash is an ordinary character, so that Windows paths need no doubling.
 * @throws FaultAt for a quotation mark that is not closed
 */
export function lex(text: string): readonly Lexeme[] {
  const out: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    const units: Unit[] = [];
    while (at < text.length && !SPACE.test(text.charAt(at))) {
      if (text.charAt(at) === '"') at = readQuoted(text, at, units);
      else {
        units.push({ text: text.charAt(at), quoted: false, at, end: at + 1 });
        at += 1;
      }
    }
    out.push({ units, start, end: at });
  }
  return out;
}

/** Writes text as one quoted piece; a backslash is doubled only where it would be read as an escape. */
export function quoteText(text: string): string {
  return `"${text.replace(/"|\\(?=["\\]|$)/g, (c) => `\\${c}`)}"`;
}

/** What the units spell. */
export function spell(units: readonly Unit[]): string {
  return units.map((u) => u.text).join('');
}

/** True for an unquoted character of the given ones. */
export function isPlain(unit: Unit | undefined, characters: string): boolean {
  return unit !== undefined && !unit.quoted && characters.includes(unit.text);
}

function readQuoted(text: string, open: number, units: Unit[]): number {
  units.push({ text: '', quoted: true, at: open, end: open + 1 });
  let at = open + 1;
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === '"') {
      units.push({ text: '', quoted: true, at, end: at + 1 });
      return at + 1;
    }
    const next = text.charAt(at + 1);
    const width = c === '\\' && (next === '"' || next === '\\') ? 2 : 1;
    units.push({ text: width === 2 ? next : c, quoted: true, at, end: at + width });
    at += width;
  }
  throw new FaultAt('The quotation mark is not closed.', open, text.length);
}
