import { SaxesParser } from 'saxes';
import { quote } from '../../../../shared/base/limits.ts';
import type { ConfigAttribute } from '../../../../shared/model/index.ts';
import { type Faults, MAX_FAULTS } from './faults.ts';
import type { LinePositions, Position } from './positions.ts';
import { isSpace } from './space.ts';
import { MAX_ATTRIBUTES, MAX_ELEMENTS, type OpenElement, type TreeBuilder } from './tree.ts';

/** Restarts behind damage in one file. */
const MAX_RESTARTS = 10_000;

/** Markup that holds no elements: how it begins and ends. */
const ASIDES = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']] as const;

/** Text up to this length is looked at for a tag without its `<`. */
const LONGEST_TAG = 4096;
const BARE_TAG = /^\s*(?:\/[\w.:-]+|[\w.:-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))+\s*\/?|[\w.:-]+\s*\/)\s*>\s*$/;

/** Leaves the library in the middle of its work; `resume` is where reading goes on, null to stop altogether. */
class Leave extends Error {
  readonly resume: number | null;
  constructor(resume: number | null) {
    super('leave');
    this.resume = resume;
  }
}

/** Feeds text to the XML library and builds the tree; begins anew where the library could only swallow what follows. */
export class MarkupReader {
  readonly #text: string;
  readonly #ampersand: string | null;
  readonly #tree: TreeBuilder;
  readonly #faults: Faults;
  readonly #positions: LinePositions;
  #restarts = 0;
  #stopped = false;
  /** Offset in the text of the stretch that the library reads now. */
  #base = 0;
  /** Where the last complete piece of markup ended. */
  #done = 0;
  #tagStart = 0;
  #tagPosition: Position = { line: 1, column: 1 };
  #cursor = 0;
  #attributes: ConfigAttribute[] = [];
  #attributeCount = 0;
  #closedAt = -1;
  #nextAmpersand: number;
  #reportedTail = false;

  constructor(text: string, ampersand: string | null, tree: TreeBuilder, faults: Faults, positions: LinePositions) {
    this.#text = text;
    this.#ampersand = ampersand;
    this.#tree = tree;
    this.#faults = faults;
    this.#positions = positions;
    this.#nextAmpersand = this.#ampersandFrom(0);
  }

  /** What the end of the file cuts, in words, or null. */
  tornEnd: string | null = null;

  /** True when reading ended before the text did. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Reads from `start` to `end`. `last` is false when a hole follows, so that a torn tag is expected. */
  read(start: number, end: number, last: boolean): void {
    const { stackTraceLimit } = Error;
    // The library makes an error with its trace of every fault, which costs more than all reading.
    Error.stackTraceLimit = 0;
    try {
      let at: number | null = start;
      while (at !== null && at < end && !this.#stopped) at = this.#run(at, end, last);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  /**
   * Comments, CDATA and processing instructions are not asked for: what lies between two tags is looked at here. With
   * more than seven handlers the library's parser becomes five times slower.
   */
  #run(start: number, end: number, last: boolean): number | null {
    this.#base = start;
    this.#done = start;
    const parser = new SaxesParser({ fragment: true, position: true });
    const here = (): number => this.#base + parser.position;
    parser.on('opentagstart', (tag) => this.#tagBegins(tag.name, here()));
    parser.on('attribute', ({ name, value }) => this.#attribute(name, value, here()));
    parser.on('opentag', (tag) => this.#tagOpens(tag.name, tag.isSelfClosing, here()));
    parser.on('closetag', () => this.#endTag(here()));
    // Without it the library would put an end tag that it could not place into the next attribute value.
    parser.on('text', () => undefined);
    parser.on('doctype', () => this.#doctype(here()));
    parser.on('error', (error) => this.#fault(error.message.replace(/^\d+:\d+: /, ''), here()));
    try {
      // Not closed: the library would complain of every open element. The end is looked at here instead.
      parser.write(this.#text.slice(start, end));
      this.#atEnd(end, last);
      return null;
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
      if (error.resume === null) this.#stopped = true;
      if (error.resume !== null && ++this.#restarts > MAX_RESTARTS) {
        this.#stopped = true;
        this.#faults.at(error.resume, `More than ${MAX_RESTARTS} damaged places; reading stopped here.`, 'limit');
      }
      return error.resume;
    }
  }

  #tagBegins(name: string, position: number): void {
    // The library stands behind the character that ended the name, or behind the two of CR LF.
    this.#tagStart = this.#text.lastIndexOf('<', position - 2);
    // Asked now and not at the end of the tag: positions are cheap only in ascending order.
    this.#tagPosition = this.#positions.of(this.#tagStart);
    // Where the library saw the name end: in a damaged tag that may be in front of a character that no name has.
    this.#cursor = this.#tagStart + 1 + name.length;
    this.#attributes = [];
    this.#attributeCount = 0;
    this.#between(this.#tagStart);
    if (this.#tree.rootClosed) {
      this.#faults.at(this.#tagStart, 'A second root element begins here: probably the rest of an older, longer version of the file that was written over. It was not read.');
      throw new Leave(null);
    }
  }

  #attribute(name: string, written: string, position: number): void {
    const from = this.#cursor;
    this.#cursor = position;
    if (++this.#attributeCount > MAX_ATTRIBUTES) {
      if (this.#attributeCount === MAX_ATTRIBUTES + 1) {
        this.#faults.at(this.#tagStart, `An element with more than ${MAX_ATTRIBUTES} attributes; the further ones were not kept.`, 'limit');
      }
      return;
    }
    let value = written;
    if (this.#ampersand !== null && value.includes(this.#ampersand)) {
      value = value.replaceAll(this.#ampersand, '&');
      this.#faults.at(from, `A bare & in the value of attribute ${quote(name, 60)}; XML wants &amp; there.`);
    }
    this.#attributes.push({ name, value, ...this.#positions.of(this.#attributeStart(name, from, position)) });
  }

  /** Between two attributes of a sound tag there is only white space; of a damaged one the name is searched for. */
  #attributeStart(name: string, from: number, end: number): number {
    const text = this.#text;
    let at = from;
    while (at < end && isSpace(text.charCodeAt(at))) at++;
    if (text.startsWith(name, at)) return at;
    const found = text.slice(at, end).indexOf(name);
    return found >= 0 ? at + found : at;
  }

  #tagOpens(name: string, selfClosing: boolean, position: number): void {
    this.#done = position;
    const { line, column } = this.#tagPosition;
    const endLine = this.#positions.of(position - 1).line;
    const wasTooDeep = this.#tree.tooDeep;
    this.#tree.start(name, line, column, endLine, this.#attributes, selfClosing);
    if (selfClosing) this.#closedAt = position;
    if (this.#tree.tooDeep && !wasTooDeep) {
      this.#faults.at(this.#tagStart, 'Elements nested deeper than 1,000; the deeper ones were not kept.', 'limit');
    }
    if (this.#tree.elements >= MAX_ELEMENTS) {
      this.#faults.at(this.#tagStart, `More than ${MAX_ELEMENTS} elements; reading stopped here.`, 'limit');
      throw new Leave(null);
    }
  }

  /** The library reports one end for every element that it closes; the text says which end tag it was. */
  #endTag(position: number): void {
    if (position === this.#closedAt) return;
    this.#closedAt = position;
    const start = this.#text.lastIndexOf('</', position - 1);
    this.#between(start);
    this.#done = position;
    const name = this.#text.slice(start + 2, position - 1).trim();
    const closing = this.#tree.end(name, this.#positions.of(position - 1).line);
    if (closing.found && closing.left.length === 0) return;
    if (!closing.found) {
      this.#faults.at(start, `End tag </${quote(name, 60)}> without a start tag${openNow(this.#tree.innermost)}.`);
    } else if (closing.left.length > 0) {
      const mistaken = closing.mistaken.slice(0, 5).map((e) => ` <${quote(e.name, 60)}> at line ${e.line} probably stands where </${quote(e.name, 60)}> was meant.`);
      this.#faults.at(start, `End tag </${quote(name, 60)}> found, but ${leftOpen(closing.left)} not closed.${mistaken.join('')}`);
    }
    this.#stopOnTooMany(position);
  }

  /** Looks at the text from the last piece of markup up to the next one, around comments, CDATA and instructions. */
  #between(end: number): void {
    let at = this.#done;
    this.#done = Math.max(at, end);
    while (at < end) {
      const aside = this.#nextAside(at, end);
      this.#characters(at, aside?.start ?? end);
      at = aside?.end ?? end;
    }
  }

  /** The next comment, CDATA section or instruction; its `end` is null when it does not end there. */
  #nextAside(from: number, end: number): { readonly start: number; readonly end: number | null } | null {
    const text = this.#text.slice(from, end);
    for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', start + 1)) {
      const aside = ASIDES.find(([begin]) => text.startsWith(begin, start));
      if (aside === undefined) continue;
      const stop = text.indexOf(aside[1], start + aside[0].length);
      return { start: from + start, end: stop < 0 ? null : from + stop + aside[1].length };
    }
    return null;
  }

  #characters(from: number, end: number): void {
    if (this.#nextAmpersand < from) this.#nextAmpersand = this.#ampersandFrom(from);
    if (this.#nextAmpersand < end) this.#faults.once(end, this.#nextAmpersand, 'A bare & in text; XML wants &amp; there.');
    if (this.#tree.depth > 0) return this.#lostBracket(from, end);
    if (this.#reportedTail) return;
    const visible = this.#text.slice(from, end).search(/[^\s<]/);
    if (visible < 0) return;
    this.#reportedTail = true;
    const after = this.#tree.rootClosed;
    this.#faults.at(from + visible, after ? 'Text follows the end of the root element: probably the rest of an older, longer version of the file. It was not read.' : 'Text in front of the root element.');
    if (after) throw new Leave(null);
  }

  /** Text that is a tag but for its `<`: legal XML, and yet an entry that is lost. */
  #lostBracket(from: number, end: number): void {
    if (end - from > LONGEST_TAG) return;
    const text = this.#text.slice(from, end);
    if (BARE_TAG.test(text)) this.#faults.at(from + text.search(/\S/), `Text that looks like a tag without its <: ${quote(text.trim(), 60)}. It was not read as one.`);
  }

  /** Remembered between questions: a search for each text of the file would read what lies behind it every time. */
  #ampersandFrom(from: number): number {
    const at = this.#ampersand === null ? -1 : this.#text.indexOf(this.#ampersand, from);
    return at < 0 ? Infinity : at;
  }

  #doctype(position: number): void {
    const start = this.#text.lastIndexOf('<!DOCTYPE', position);
    this.#between(start);
    this.#done = position;
    this.#faults.at(Math.max(start, this.#base), 'DTD refused: IIS reads none; its entities are not expanded and nothing is fetched.');
  }

  #fault(message: string, position: number): void {
    this.#stopOnTooMany(position);
    if (message === 'unexpected close tag.' || message.startsWith('inappropriately located')) return;
    if (message.startsWith('unmatched closing tag')) return this.#endTag(position);
    const before = this.#text.charAt(position - 1);
    const inTag = this.#tagStart >= this.#done;
    if (inTag && before === '<' && /[A-Za-z_/!?]/.test(this.#text.charAt(position))) {
      this.#faults.once(this.#tagStart, position - 1, `The start tag ${this.#tagName()} (line ${this.#tagPosition.line}) is damaged: a new tag begins inside it. It was not kept.`);
      throw new Leave(position - 1);
    }
    if (message === 'incorrect syntax.') {
      this.#between(this.#text.lastIndexOf('<!', position));
      this.#faults.once(position, position - 1, 'Markup that begins with <! and is neither comment nor CDATA.');
      const next = this.#text.indexOf('<', position);
      throw new Leave(next < 0 ? null : next);
    }
    this.#faults.once(inTag ? this.#tagStart : position, position - 1, this.#sentence(message, inTag));
  }

  #sentence(message: string, inTag: boolean): string {
    if (message === 'undefined entity.') return 'A reference to an entity that XML does not define; it was refused and left as written.';
    const twice = /^duplicate attribute: (.*)\.$/.exec(message)?.[1];
    if (twice !== undefined) return `Attribute ${quote(twice, 60)} is written twice in ${this.#tagName()}.`;
    return inTag ? `The start tag ${this.#tagName()} is damaged: ${message}` : `Not well-formed XML: ${message}`;
  }

  #tagName(): string {
    return `<${this.#text.slice(this.#tagStart + 1, Math.min(skipName(this.#text, this.#tagStart + 1), this.#tagStart + 61))}>`;
  }

  /** What is left behind the last complete piece of markup: a torn piece, or text. */
  #atEnd(end: number, last: boolean): void {
    for (let aside = this.#nextAside(this.#done, end); aside !== null && aside.end !== null; aside = this.#nextAside(this.#done, end)) this.#between(aside.end);
    const start = this.#text.indexOf('<', this.#done);
    if (start < 0 || start >= end) return this.#between(end);
    const what = tornMarkup(this.#text, start);
    const line = this.#positions.of(start).line;
    if (last) this.tornEnd = `inside ${what} that begins at line ${line}`;
    else this.#faults.at(start, `A hole cuts ${what} that begins at line ${line}; it was not kept.`);
  }

  #stopOnTooMany(position: number): void {
    if (!this.#faults.tooMany) return;
    this.#faults.at(position, `More than ${MAX_FAULTS} faults; reading stopped here.`, 'limit');
    throw new Leave(null);
  }
}

/** Names start tags that were left open, with their lines, for a person. */
export function leftOpen(left: readonly OpenElement[]): string {
  const named = left.slice(0, 5).map((e) => `<${quote(e.name, 60)}> opened at line ${e.line}`);
  const more = left.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${left.length === 1 ? 'was' : 'were'}`;
}

function openNow(element: OpenElement | undefined): string {
  return element ? ` (<${quote(element.name, 60)}> opened at line ${element.line} is open here)` : '';
}

function tornMarkup(text: string, start: number): string {
  if (text.startsWith('<!--', start)) return 'a comment';
  if (text.startsWith('<![CDATA[', start)) return 'a CDATA section';
  if (text.startsWith('<!', start)) return 'a declaration';
  if (text.startsWith('<?', start)) return 'a processing instruction';
  if (text.startsWith('</', start)) return 'an end tag';
  return `the start tag <${text.slice(start + 1, Math.min(skipName(text, start + 1), start + 61))}>`;
}

function skipName(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    // White space, `/`, `>`, `<` or `=` ends a name.
    if (isSpace(code) || code === 0x2f || code === 0x3e || code === 0x3c || code === 0x3d) break;
    at++;
  }
  return at;
}
