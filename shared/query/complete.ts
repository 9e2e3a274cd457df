import { FILTER_FIELDS, type FilterField } from './ast.ts';
import { printTerm } from './print.ts';

/** What is being typed at the caret: the name of a field or a value of one. */
export type Typing =
  | { readonly kind: 'field'; readonly typed: string; readonly from: number; readonly to: number }
  | { readonly kind: 'value'; readonly field: FilterField; readonly typed: string; readonly from: number; readonly to: number };

/** Fields whose values can be counted and offered. */
const OFFERED: ReadonlySet<string> = new Set(FILTER_FIELDS.filter((f) => f !== 'time' && f !== 'log'));

/**
 * Which word the caret stands in, as far as something can be offered for it. `from` and `to` are what a choice replaces
 * (0-based): for a value all of it behind the colon or the last comma.
 * @returns null within a regular expression, a time, an around term or a quotation that is closed
 */
export function typingAt(text: string, caret: number): Typing | null {
  const start = wordStart(text.slice(0, caret));
  const end = caret + (/^[^\s"]*/.exec(text.slice(caret))?.[0].length ?? 0);
  const sign = text[start] === '-' ? 1 : 0;
  const word = text.slice(start + sign, caret);
  if (/^(?:[a-z]*|win32?)$/i.test(word)) {
    // A name that is followed by its colon is replaced with it.
    const whole = /^[a-z0-9]*:?/i.exec(text.slice(start + sign, end))?.[0].length ?? 0;
    return { kind: 'field', typed: word.toLowerCase(), from: start + sign, to: Math.max(caret, start + sign + whole) };
  }
  const [, name = '', value = ''] = /^([a-z]+|win32):(.*)$/is.exec(word) ?? [];
  const field = FILTER_FIELDS.find((f) => f === name.toLowerCase());
  if (field === undefined || !OFFERED.has(field) || /^[~<>]/.test(value)) return null;
  const part = value.slice(lastComma(value) + 1);
  if (/^".*[^\\]"/s.test(part)) return null;
  const rest = part.startsWith('"') ? 0 : (/^[^,]*/.exec(text.slice(caret, end))?.[0].length ?? 0);
  return { kind: 'value', field, typed: part.replaceAll(/^"|[*?]/g, ''), from: caret - part.length, to: caret + rest };
}

/** Puts a chosen field or value in the place of what was typed. @returns the text and where the caret goes */
export function withChoice(text: string, typing: Typing, choice: string): { readonly text: string; readonly caret: number } {
  const put = typing.kind === 'field' ? `${choice}:` : printTerm({ field: typing.field, negated: false, test: { kind: 'equals', value: choice } }).slice(typing.field.length + 1);
  return { text: text.slice(0, typing.from) + put + text.slice(typing.to), caret: typing.from + put.length };
}

/** Where the term begins that goes up to the end of a text. */
function wordStart(text: string): number {
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (quoted && c === '\\') at += 1;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c !== undefined && /\s/.test(c)) start = at + 1;
  }
  return start;
}

function lastComma(value: string): number {
  let last = -1;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '"') quoted = !quoted;
    else if (!quoted && value[at] === ',') last = at;
  }
  return last;
}
