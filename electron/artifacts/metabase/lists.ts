import type { ConfigAttribute, ConfigElement } from '../../../shared/model/index.ts';

/** Items of one property that are kept; no server has as many. */
export const MAX_ITEMS = 10_000;

/**
 * Properties of several strings (MULTISZ) that say what runs, with what begins an item where the line ends are lost:
 * XML turns them into blanks when a tool other than IIS has saved the file.
 */
const LISTS: ReadonlyMap<string, RegExp> = new Map([
  ['ScriptMaps', /(?<![ \t])[ \t]+(?=(?:\.[^\s,]{1,60}|\*),)/],
  ['WebSvcExtRestrictionList', /(?<![ \t])[ \t]+(?=[01],)/],
  ['InProcessIsapiApps', /(?<![ \t])[ \t]+(?=[A-Za-z]:\\|%)/],
  ['ServerBindings', /[ \t]+/],
  ['SecureBindings', /[ \t]+/],
]);

const NAMED: ReadonlyMap<string, string> = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);

/** Reads the lists of keys out of the text itself, because an XML reader gives a value of several lines as one. */
export class ListReader {
  readonly #text: string;
  /** The line reached so far, and where it begins: keys are asked for in the order of the file. */
  #line = 1;
  #lineStart = 0;
  /** A list had more items than are kept. */
  tooLong = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The items of every list property of a key as elements `<ScriptMaps value="..."/>`, each at its own place. */
  itemsOf(key: ConfigElement): ConfigElement[] {
    const items: ConfigElement[] = [];
    for (const attribute of key.attributes) {
      const begin = LISTS.get(attribute.name);
      if (begin === undefined) continue;
      const found = this.#items(attribute, begin);
      if (found.length > MAX_ITEMS) this.tooLong = true;
      for (const item of found.slice(0, MAX_ITEMS)) items.push(item);
    }
    return items;
  }

  #items(attribute: ConfigAttribute, begin: RegExp): ConfigElement[] {
    const raw = this.#rawValue(attribute);
    // In a damaged tag the value does not stand where it should: what the reader made of it is all there is.
    if (raw === null) return attribute.value.trim() === '' ? [] : [item(attribute, attribute.value.trim(), attribute)];
    const lines = linesOf(raw.text, raw.line, raw.column);
    const items: ConfigElement[] = [];
    for (const part of lines) {
      let at = part.column;
      for (const piece of lines.length === 1 ? part.text.split(new RegExp(`(${begin.source})`)) : [part.text]) {
        const text = decoded(piece).trim();
        if (text !== '') items.push(item(attribute, text, { line: part.line, column: at + (piece.length - piece.trimStart().length) }));
        at += piece.length;
      }
    }
    return items;
  }

  /** Offset of a line's first character, or null for a line behind which reading has gone already. */
  #startOf(line: number): number | null {
    if (line < this.#line) return null;
    const text = this.#text;
    for (; this.#line < line && this.#lineStart < text.length; this.#line++) {
      let at = this.#lineStart;
      while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
      this.#lineStart = at + (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1);
    }
    return this.#line === line ? this.#lineStart : null;
  }

  /** What stands between the quotes of an attribute, and where it begins. */
  #rawValue(attribute: ConfigAttribute): { text: string; line: number; column: number } | null {
    const lineStart = this.#startOf(attribute.line);
    if (lineStart === null) return null;
    const from = lineStart + attribute.column - 1;
    if (!this.#text.startsWith(attribute.name, from)) return null;
    const opening = /[\s=]*["']/y;
    opening.lastIndex = from + attribute.name.length;
    const open = opening.exec(this.#text);
    if (!open) return null;
    const start = open.index + open[0].length;
    const end = this.#text.indexOf(open[0].slice(-1), start);
    if (end < 0) return null;
    const breaks = open[0].split(/\r\n|\n|\r/);
    const column = breaks.length === 1 ? attribute.column + attribute.name.length + open[0].length : (breaks.at(-1) ?? '').length + 1;
    return { text: this.#text.slice(start, end), line: attribute.line + breaks.length - 1, column };
  }
}

interface Part { readonly text: string; readonly line: number; readonly column: number }

/** A line end inside a value that was written as a reference, which keeps it through other tools. */
const REFERENCE = /^&#(?:x0{0,6}[ad]|0{0,6}1[03]);/i;

/** The parts of a value between line ends, those that hold anything, each with its place; one part where there is no line end. */
function linesOf(text: string, firstLine: number, firstColumn: number): Part[] {
  const parts: Part[] = [];
  let ended = false;
  let line = firstLine;
  let lineStart = 1 - firstColumn;
  let start = 0;
  const close = (end: number): void => {
    if (end === start) return;
    const part = text.slice(start, end);
    if (part.trim() !== '') parts.push({ text: part, line, column: start - lineStart + 1 });
  };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const reference = code === 38 ? REFERENCE.exec(text.slice(i, i + 12)) : null;
    if (code !== 10 && code !== 13 && reference === null) continue;
    if (parts.length > MAX_ITEMS) break;
    close(i);
    ended = true;
    if (reference !== null) {
      i += reference[0].length - 1;
    } else {
      if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
      line++;
      lineStart = i + 1;
    }
    start = i + 1;
  }
  close(text.length);
  // A last empty part tells one value of several lines from a value of one.
  return ended && parts.length === 1 ? [...parts, { text: '', line, column: 1 }] : parts;
}

function item(property: ConfigAttribute, value: string, at: { readonly line: number; readonly column: number }): ConfigElement {
  const { line, column } = at;
  return { name: property.name, line, column, endLine: line, attributes: [{ name: 'value', value, line, column }], children: [] };
}

function decoded(raw: string): string {
  return raw.replace(/&(?:(amp|lt|gt|quot|apos)|#x([0-9a-f]{1,6})|#(\d{1,7}));/gi, (whole, name?: string, hex?: string, decimal?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
