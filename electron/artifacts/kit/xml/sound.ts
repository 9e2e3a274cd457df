import type { ConfigAttribute } from '../../../../shared/model/index.ts';
import { Interned } from './interned.ts';
import { isSpace } from './space.ts';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_REFERENCES, NO_ATTRIBUTES, NO_CHILDREN, type OpenElement } from './tree.ts';

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));/y;
const NAMED: Readonly<Record<string, string>> = Object.assign(Object.create(null), { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" });

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
/** Length of `<a/>`. */
const SHORTEST = 4;
/** Attributes of one element that are compared one by one. */
const FEW = 16;

/** Thrown to leave; the text is then read again by the careful reader, which says what is wrong. */
class NotSound extends Error {}
const NOT_SOUND = new NotSound('not sound');

/**
 * Reads plain, well-formed XML in one pass without a library, because nearly all files are such. Whatever is not plain
 * (a DTD, a processing instruction, a name that is not ASCII, any fault, any limit) makes it give up.
 * @param start offset behind the XML declaration
 * @returns the root element, exactly as the careful reader builds it, or null where that one has to read
 */
export function readSound(text: string, start: number): OpenElement | null {
  const lineEnds = lineEndsOf(text);
  if (lineEnds === null || tooManyTags(text)) return null;
  try {
    return new SoundReader(text, lineEnds).read(start);
  } catch (error) {
    if (error === NOT_SOUND) return null;
    throw error;
  }
}

/**
 * How lines end in a text: `lf` with or without CR, `cr` where some end with CR alone. Null where a character stands that is no
 * part of XML. One loop, because it is asked for every character of every file.
 */
function lineEndsOf(text: string): 'lf' | 'cr' | null {
  let ends: 'lf' | 'cr' = 'lf';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20) {
      if (code >= 0xfffe) return null;
    } else if (code === 0x0d) {
      if (text.charCodeAt(at + 1) !== 0x0a) ends = 'cr';
    } else if (code !== 0x0a && code !== 0x09) return null;
  }
  return ends;
}

/** Whether there are more start tags than elements are kept: then nothing is built that would only be thrown away. */
function tooManyTags(text: string): boolean {
  if (text.length < MAX_ELEMENTS * SHORTEST) return false;
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) if (text.charCodeAt(at + 1) !== SLASH && ++tags > MAX_ELEMENTS) return true;
  return false;
}

class SoundReader {
  readonly #text: string;
  readonly #words: Interned;
  readonly #open: OpenElement[] = [];
  #root: OpenElement | null = null;
  #elements = 0;
  #references = 0;
  #line = 1;
  #lineStart = 0;
  /** How a line ends in this text; null for LF, with or without CR. */
  readonly #lineEnd: RegExp | null;
  #nextLineEnd: number;
  /** The first `&` that was not looked at yet; the length of the text when there is none. */
  #nextAmpersand: number;
  /** Of the start tag that is being read. */
  readonly #attributes: ConfigAttribute[] = [];
  #many = new Set<string>();

  constructor(text: string, lineEnds: 'lf' | 'cr') {
    this.#text = text;
    this.#words = new Interned(text);
    this.#lineEnd = lineEnds === 'cr' ? /\r(?!\n)|\n/g : null;
    this.#nextLineEnd = this.#lineEndFrom(0);
    this.#nextAmpersand = this.#find('&', 0);
  }

  read(start: number): OpenElement | null {
    const text = this.#text;
    const brackets = text.includes(']]>');
    let at = start;
    for (;;) {
      const tag = this.#find('<', at);
      this.#characters(at, tag, brackets);
      if (tag === text.length) break;
      const next = text.charCodeAt(tag + 1);
      if (next === SLASH) at = this.#endTag(tag);
      else if (next === 0x21) at = this.#declaration(tag);
      else at = this.#startTag(tag);
    }
    return this.#open.length === 0 ? this.#root : null;
  }

  #find(what: string, from: number): number {
    const at = this.#text.indexOf(what, from);
    return at < 0 ? this.#text.length : at;
  }

  #lineEndFrom(from: number): number {
    if (this.#lineEnd === null) return this.#find('\n', from);
    this.#lineEnd.lastIndex = from;
    return this.#lineEnd.exec(this.#text)?.index ?? this.#text.length;
  }

  /** Counts lines up to an offset; asked in ascending order. */
  #goTo(offset: number): void {
    while (this.#nextLineEnd < offset) {
      this.#line++;
      this.#lineStart = this.#nextLineEnd + 1;
      this.#nextLineEnd = this.#lineEndFrom(this.#lineStart);
    }
  }

  #characters(from: number, to: number, brackets: boolean): void {
    if (from === to) return;
    if (this.#open.length === 0) {
      for (let at = from; at < to; at++) if (!isSpace(this.#text.charCodeAt(at))) throw NOT_SOUND;
      return;
    }
    if (brackets && this.#text.slice(from, to).includes(']]>')) throw NOT_SOUND;
    // Text may end like a tag that has lost its `<`.
    let last = to - 1;
    while (last >= from && isSpace(this.#text.charCodeAt(last))) last--;
    if (last >= from && this.#text.charCodeAt(last) === GT) throw NOT_SOUND;
    while (this.#nextAmpersand < to) {
      this.#reference(this.#nextAmpersand);
      this.#nextAmpersand = this.#find('&', this.#nextAmpersand + 1);
    }
  }

  /** The character that the reference at an offset stands for; REFERENCE is left behind it. */
  #reference(at: number): string {
    REFERENCE.lastIndex = at;
    const match = REFERENCE.exec(this.#text);
    if (match === null || ++this.#references > MAX_REFERENCES) throw NOT_SOUND;
    const named = match[3];
    if (named !== undefined) return NAMED[named] ?? '';
    const code = match[1] === undefined ? Number.parseInt(match[2] ?? '', 16) : Number(match[1]);
    const legal = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) || (code >= 0x1_0000 && code <= 0x10_ffff);
    if (!legal) throw NOT_SOUND;
    return String.fromCodePoint(code);
  }

  /** Comments and, inside the root, CDATA. */
  #declaration(tag: number): number {
    const text = this.#text;
    let end: number;
    if (text.startsWith('<!--', tag)) {
      end = text.indexOf('--', tag + 4) + 3;
      if (end < 3 || text.charCodeAt(end - 1) !== GT) throw NOT_SOUND;
    } else {
      if (this.#open.length === 0 || !text.startsWith('<![CDATA[', tag)) throw NOT_SOUND;
      end = text.indexOf(']]>', tag + 9) + 3;
      if (end < 3) throw NOT_SOUND;
    }
    if (this.#nextAmpersand < end) this.#nextAmpersand = this.#find('&', end);
    return end;
  }

  #endTag(tag: number): number {
    const element = this.#open.pop();
    if (element === undefined || !this.#text.startsWith(element.name, tag + 2)) throw NOT_SOUND;
    const at = this.#skipSpace(tag + 2 + element.name.length);
    if (this.#text.charCodeAt(at) !== GT) throw NOT_SOUND;
    this.#goTo(at);
    element.endLine = this.#line;
    // An array that grew one by one has room for many more.
    if (element.children.length > 1) element.children = element.children.slice();
    return at + 1;
  }

  #startTag(tag: number): number {
    const text = this.#text;
    const depth = this.#open.length;
    if (this.#elements++ >= MAX_ELEMENTS || depth >= MAX_DEPTH || (depth === 0 && this.#root !== null)) throw NOT_SOUND;
    this.#goTo(tag);
    let at = this.#nameEnd(tag + 1);
    const element: OpenElement = { name: this.#words.slice(tag + 1, at), line: this.#line, column: tag - this.#lineStart + 1, endLine: this.#line, attributes: NO_ATTRIBUTES, children: NO_CHILDREN };
    this.#attributes.length = 0;
    for (;;) {
      const next = this.#skipSpace(at);
      const code = text.charCodeAt(next);
      if (code === GT || (code === SLASH && text.charCodeAt(next + 1) === GT)) {
        at = next;
        break;
      }
      if (next === at) throw NOT_SOUND;
      at = this.#attribute(next);
    }
    if (this.#attributes.length > 0) element.attributes = this.#attributes.slice();
    const closed = text.charCodeAt(at) === SLASH;
    const end = closed ? at + 2 : at + 1;
    this.#goTo(end - 1);
    element.endLine = this.#line;
    this.#add(element, closed);
    return end;
  }

  #add(element: OpenElement, closed: boolean): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
    if (!closed) this.#open.push(element);
  }

  /** Reads `name="value"`; returns the offset behind it. */
  #attribute(start: number): number {
    const text = this.#text;
    const nameEnd = this.#nameEnd(start);
    const equals = this.#skipSpace(nameEnd);
    if (text.charCodeAt(equals) !== EQUALS) throw NOT_SOUND;
    const open = this.#skipSpace(equals + 1);
    const mark = text.charCodeAt(open);
    if (mark !== 0x22 && mark !== 0x27) throw NOT_SOUND;
    const close = text.indexOf(mark === 0x22 ? '"' : "'", open + 1);
    if (close < 0) throw NOT_SOUND;
    const name = this.#words.slice(start, nameEnd);
    this.#mustBeNew(name);
    this.#goTo(start);
    this.#attributes.push({ name, value: this.#value(open + 1, close), line: this.#line, column: start - this.#lineStart + 1 });
    return close + 1;
  }

  /** No element has an attribute twice; the few of a usual one are compared, many are put into a set. */
  #mustBeNew(name: string): void {
    const known = this.#attributes;
    if (known.length < FEW) {
      for (const one of known) if (one.name === name) throw NOT_SOUND;
      return;
    }
    if (known.length === FEW) this.#many = new Set(known.map((one) => one.name));
    if (known.length >= MAX_ATTRIBUTES || this.#many.has(name)) throw NOT_SOUND;
    this.#many.add(name);
  }

  #value(from: number, to: number): string {
    const text = this.#text;
    let plain = this.#nextAmpersand >= to;
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === LT) throw NOT_SOUND;
      if (code < 0x20) plain = false;
    }
    return plain ? this.#words.slice(from, to) : this.#decoded(from, to);
  }

  /** A value with references decoded and each line end or tab turned into a blank (XML 1.0, 3.3.3). */
  #decoded(from: number, to: number): string {
    const parts: string[] = [];
    let at = from;
    while (this.#nextAmpersand < to) {
      const reference = this.#nextAmpersand;
      parts.push(blanks(this.#text.slice(at, reference)), this.#reference(reference));
      at = REFERENCE.lastIndex;
      if (at > to) throw NOT_SOUND;
      this.#nextAmpersand = this.#find('&', at);
    }
    parts.push(blanks(this.#text.slice(at, to)));
    return parts.join('');
  }

  #skipSpace(from: number): number {
    let at = from;
    while (isSpace(this.#text.charCodeAt(at))) at++;
    return at;
  }

  #nameEnd(start: number): number {
    const text = this.#text;
    if ((CLASS[text.charCodeAt(start)] ?? 0) !== STARTS) throw NOT_SOUND;
    let at = start + 1;
    while ((CLASS[text.charCodeAt(at)] ?? 0) > 0) at++;
    return at;
  }
}

function blanks(text: string): string {
  return text.replace(/\r\n|[\r\n\t]/g, ' ');
}

const STARTS = 2;
/** ASCII characters of a name: 1 inside, 2 also at its beginning. */
const CLASS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z_:]/.test(character) ? STARTS : /[0-9.-]/.test(character) ? 1 : 0;
});
