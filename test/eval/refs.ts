import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Component, EvidenceRef, Finding } from '../../shared/model/index.ts';
import type { TestEngine } from '../helpers/engine.ts';

interface ReadFile { readonly bytes: Buffer; readonly sha256: string; readonly lines: readonly string[] }

/** What a finding says of itself and of its component, in one folded text. */
function said(finding: Finding, component: Component | undefined): string {
  const own = component === undefined ? [] : [component.name, component.image, component.type, component.file?.path, component.file32?.path];
  return [finding.title, ...finding.supports, ...own].filter((t) => t !== null && t !== undefined).join('\n').toLowerCase();
}

const attributesOf = (text: string): { readonly names: readonly string[]; readonly values: readonly string[] } => {
  const all = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return { names: all.map((m) => m[1] ?? ''), values: all.map((m) => m[2] ?? m[3] ?? '') };
};

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

/** True when the words of the finding name something that stands at the place: a value, or the element and one of its attributes. */
function named(at: string, words: string): boolean {
  const { names, values } = attributesOf(at);
  const element = /^<([\w:.-]+)/.exec(at)?.[1] ?? '';
  const worth = values.map((v) => unescaped(v).toLowerCase()).filter((v) => v.length >= 3 && !/^(?:true|false|allow|deny)$/.test(v));
  return worth.some((v) => words.includes(v)) || [element, ...names].some((n) => n.length >= 4 && words.includes(n.toLowerCase()));
}

/** Follows the references of findings through the contract and holds what comes against the files of the tree. */
export class RefFollower {
  readonly #engine: TestEngine;
  readonly #evidence: string;
  readonly #files = new Map<string, ReadFile>();

  constructor(engine: TestEngine, evidence: string) {
    this.#engine = engine;
    this.#evidence = evidence;
  }

  #file(evidencePath: string): ReadFile {
    let known = this.#files.get(evidencePath);
    if (known === undefined) {
      const bytes = readFileSync(path.join(this.#evidence, evidencePath));
      known = { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), lines: bytes.toString('utf8').replace(/^\ufeff/, '').split(/\r\n|\n/) };
      this.#files.set(evidencePath, known);
    }
    return known;
  }

  /** What is wrong with the references of one finding; none is as it should be. */
  async faults(finding: Finding, component: Component | undefined): Promise<string[]> {
    const words = said(finding, component);
    const out: string[] = [];
    for (const ref of finding.refs) {
      const fault = await this.#fault(ref, words);
      if (fault !== null) out.push(`${finding.rule}: ${ref.evidencePath}:${ref.line ?? ''}:${ref.column ?? ''} @${ref.offset ?? ''}+${ref.length ?? ''}: ${fault} (${finding.title.slice(0, 120)})`);
    }
    return out;
  }

  async #fault(ref: EvidenceRef, words: string): Promise<string | null> {
    const file = this.#file(ref.evidencePath);
    if (ref.sha256 !== file.sha256) return 'another hash than the file';
    if (ref.offset !== undefined) return this.#bytes(ref, ref.offset, file, words);
    return ref.line === undefined ? null : this.#text(ref, ref.line, file, words);
  }

  async #bytes(ref: EvidenceRef, offset: number, file: ReadFile, words: string): Promise<string | null> {
    const length = ref.length ?? Math.min(16, file.bytes.length - offset);
    if (offset + length > file.bytes.length || length < 1) return 'beyond the end of the file';
    const answer = await this.#engine.ask('evidence.bytes', { evidencePath: ref.evidencePath, offset, length: Math.min(length, 65_536) });
    if (!answer.available) return `not to be opened: ${answer.reason ?? ''}`;
    if (answer.sha256 !== file.sha256) return 'opens a file of another hash';
    const own = file.bytes.subarray(offset, offset + Math.min(length, 65_536));
    if (answer.hex !== own.toString('hex')) return 'opens other bytes';
    return ref.evidencePath.endsWith('.log') ? rowFault(ref, offset, file, words) : programFault(ref, offset, file, words);
  }

  async #text(ref: EvidenceRef, line: number, file: ReadFile, words: string): Promise<string | null> {
    const answer = await this.#engine.ask('evidence.text', { evidencePath: ref.evidencePath, fromLine: line, lines: 40 });
    // Lists that are not kept as text open as bytes.
    if (!answer.available && /\.web$/i.test(ref.evidencePath)) return this.#bytes({ ...ref, length: Buffer.byteLength(file.lines[line - 1] ?? '') }, startOfLine(file.bytes, line), file, words);
    if (!answer.available) return `not to be opened: ${answer.reason ?? ''}`;
    if (answer.sha256 !== file.sha256) return 'opens a file of another hash';
    const own = file.lines.slice(line - 1, line + 39);
    if (own.length === 0) return 'beyond the last line';
    if (answer.lines.slice(0, own.length).join('\n') !== own.slice(0, answer.lines.length).join('\n')) return 'opens other lines';
    const at = (own[0] ?? '').slice((ref.column ?? 1) - 1);
    if (!/\.(?:config|xml|asax)$/i.test(ref.evidencePath)) return at.trim() === '' ? 'nothing stands there' : words.includes(at.trim().split(',', 1)[0]?.toLowerCase() ?? '') ? null : `the finding names nothing of "${at.slice(0, 80)}"`;
    if (ref.column === undefined) return null;
    const isElement = at.startsWith('<');
    const isAttribute = /^[\w:.-]+\s*=/.test(at) && (ref.column === 1 || /[\s<]$/.test((own[0] ?? '').slice(0, ref.column - 1)));
    if (!isElement && !isAttribute) return `neither an element nor an attribute: "${at.slice(0, 60)}"`;
    const rest = [at, ...own.slice(1)].join('\n');
    const whole = isElement ? (/^<(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(rest)?.[0] ?? rest) : (/^[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')/.exec(rest)?.[0] ?? rest);
    return named(whole, words) ? null : `the finding names nothing of "${whole.slice(0, 120)}"`;
  }
}

/** Offset of the first byte of a line. */
function startOfLine(bytes: Buffer, line: number): number {
  let at = 0;
  for (let n = 1; n < line; n += 1) at = bytes.indexOf(0x0a, at) + 1;
  return at;
}

/** A row of a log: it begins a line, is whole, and its path or its client is named, or its header when that is meant. */
function rowFault(ref: EvidenceRef, offset: number, { bytes }: ReadFile, words: string): string | null {
  if (offset > 0 && bytes[offset - 1] !== 0x0a) return 'not at the beginning of a line';
  const text = bytes.subarray(offset, offset + (ref.length ?? 0)).toString('utf8');
  if (!/^(?:#|\d{4}-\d\d-\d\d )[^\r\n]*\r?\n?$/.test(text)) return `no row: "${text.slice(0, 60)}"`;
  if (ref.line !== undefined && bytes.subarray(0, offset).toString('latin1').split('\n').length !== ref.line) return 'another line';
  const columns = text.trimEnd().toLowerCase().split(' ');
  // Path or its first folder, query, user and client, and what custom columns hold behind the usual seventeen.
  const folder = /^\/[^/]+\/(?=.)/.exec(columns[4] ?? '')?.[0];
  const telling = [columns[4], folder, columns[5], columns[7], columns[8], ...columns.slice(17)].flatMap((c) => (c === undefined ? [] : [c, c.split('=', 1)[0] ?? ''])).filter((c) => c.length >= 4 || c === '/');
  return text.startsWith('#') || telling.some((c) => words.includes(c)) ? null : `the finding names nothing of the row "${text.slice(0, 120)}"`;
}

/** A program file is named with its path or its name; a trace with its module. */
function programFault(ref: EvidenceRef, offset: number, { bytes }: ReadFile, words: string): string | null {
  const name = path.posix.basename(ref.evidencePath).toLowerCase();
  if (/\.(?:dll|exe)$/i.test(name)) {
    if (offset === 0 && bytes.subarray(0, 2).toString('latin1') !== 'MZ') return 'no program begins there';
    const stem = name.replace(/\.\w+$/, '');
    return words.includes(name) || words.includes(stem) ? null : `the finding does not name ${name}`;
  }
  const text = bytes.subarray(offset, offset + (ref.length ?? 200)).toString('utf8').toLowerCase();
  const tokens = text.match(/[\w.\\/-]{4,}/g) ?? [];
  return tokens.some((t) => words.includes(t)) ? null : `the finding names nothing of "${text.slice(0, 80)}"`;
}
