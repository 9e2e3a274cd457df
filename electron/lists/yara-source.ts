/** A rule as its source declares it. */
export interface DeclaredRule { readonly name: string; readonly tags: readonly string[]; readonly global: boolean; readonly line: number }

/** What a source text of YARA rules declares, without compiling it. */
export interface YaraSource {
  readonly rules: readonly DeclaredRule[];
  /** Lines of `include`: the text would be that of another file. */
  readonly includes: readonly number[];
}

/** Signs before the name of a string (`$include`, `#include`): the word behind one is none of the language. */
const NAMED: ReadonlySet<string> = new Set(['$', '#', '@', '!']);
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;

/**
 * Reads the declarations of a source text in one pass: comments, texts, regular expressions and hexadecimal strings are stepped over, so
 * that a word within them is none of the language (https://yara.readthedocs.io/en/stable/writingrules.html).
 */
export function readYaraSource(text: string): YaraSource {
  const rules: DeclaredRule[] = [];
  const includes: number[] = [];
  const reader = new Reader(text);
  let depth = 0;
  let global = false;
  for (let word = reader.next(); word !== null; word = reader.next()) {
    if (word === '{') depth += 1;
    else if (word === '}') depth = Math.max(0, depth - 1);
    // The language knows no `include` within a rule either; libyara takes it anywhere.
    else if (word === 'include' && !NAMED.has(reader.before)) includes.push(reader.line);
    else if (depth === 0 && word === 'global') global = true;
    else if (depth === 0 && word === 'rule') {
      const line = reader.line;
      const name = reader.next() ?? '';
      const tags: string[] = [];
      let opening = reader.next();
      if (opening === ':') for (opening = reader.next(); opening !== null && opening !== '{'; opening = reader.next()) tags.push(opening);
      if (opening === '{') depth += 1;
      rules.push({ name, tags, global, line });
      global = false;
    }
  }
  return { rules, includes };
}

/** Words and single signs of a source, with what no declaration stands in left out. */
class Reader {
  readonly #text: string;
  #at = 0;
  /** What came last decides whether `/` begins a regular expression and `{` a hexadecimal string. */
  #last = '';
  /** The sign directly before the word that was given last. */
  before = '';
  line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  next(): string | null {
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at] ?? '';
      const after = this.#text[this.#at + 1];
      if (sign === '\n') this.#step(1);
      else if (sign === '/' && after === '/') this.#skipTo('\n', 0);
      else if (sign === '/' && after === '*') this.#skipTo('*/', 2);
      else if (sign === '"') this.#skipQuoted('"');
      else if (sign === '/' && (this.#last === '=' || this.#last === 'matches' || this.#last === '(' || this.#last === ',')) this.#skipQuoted('/');
      else if (sign === '{' && this.#last === '=') this.#skipHexadecimal();
      else if (/\s/.test(sign)) this.#step(1);
      else return this.#take(sign);
    }
    return null;
  }

  #take(sign: string): string {
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0] ?? sign;
    this.before = this.#text[this.#at - 1] ?? '';
    this.#at += word.length;
    return (this.#last = word);
  }

  #step(count: number): void {
    for (let i = 0; i < count; i += 1) {
      if (this.#text[this.#at] === '\n') this.line += 1;
      this.#at += 1;
    }
  }

  #skipTo(end: string, length: number): void {
    const found = this.#text.indexOf(end, this.#at + (end === '*/' ? 2 : 0));
    this.#step((found < 0 ? this.#text.length : found + length) - this.#at);
  }

  /** To its closing brace; comments may stand in it, and a brace in one closes nothing. */
  #skipHexadecimal(): void {
    while (this.#at < this.#text.length && this.#text[this.#at] !== '}') {
      if (this.#text.startsWith('//', this.#at)) this.#skipTo('\n', 0);
      else if (this.#text.startsWith('/*', this.#at)) this.#skipTo('*/', 2);
      else this.#step(1);
    }
    this.#step(1);
    this.#last = '}';
  }

  /** To the closing sign; a backslash takes the next sign with it. A line end closes it too: neither may hold one. */
  #skipQuoted(end: string): void {
    this.#step(1);
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at];
      if (sign === '\n') break;
      this.#step(sign === '\\' ? 2 : 1);
      if (sign === end) break;
    }
    this.#last = end;
  }
}

/** Rule files that are compiled together. */
export interface RuleBatch {
  readonly text: string;
  /** File and tags of each rule by its name. */
  readonly rules: ReadonlyMap<string, { readonly file: string; readonly tags: readonly string[] }>;
}

/** Characters of the sources that are compiled together. */
const MAX_BATCH = 4 * 1024 * 1024;

/**
 * Puts files together so that fewer compilations are needed: names must not meet, and a global rule, which decides over all
 * others beside it, stays alone with its file.
 */
export function ruleBatches(files: readonly { readonly name: string; readonly text: string }[]): RuleBatch[] {
  const batches: { texts: string[]; size: number; rules: Map<string, { file: string; tags: readonly string[] }>; open: boolean }[] = [];
  for (const { name: file, text } of files) {
    const { rules } = readYaraSource(text);
    const alone = rules.some((r) => r.global);
    const fits = alone ? undefined : batches.find((b) => b.open && b.size + text.length <= MAX_BATCH && rules.every((r) => !b.rules.has(r.name)));
    const batch = fits ?? { texts: [], size: 0, rules: new Map<string, { file: string; tags: readonly string[] }>(), open: !alone };
    if (fits === undefined) batches.push(batch);
    batch.texts.push(text);
    batch.size += text.length;
    for (const rule of rules) batch.rules.set(rule.name, { file, tags: rule.tags });
  }
  return batches.map(({ texts, rules }) => ({ text: texts.join('\n'), rules }));
}
