import type { FoundString } from '../../../shared/contract/image.ts';
import type { Input, Output } from '../../../shared/contract/index.ts';
import { RequestError } from '../../../shared/base/result.ts';
import { findFile } from '../../case/manifest-search.ts';
import { EvidenceUnreadable, type EvidenceReader } from '../../evidence/source.ts';
import { EVIDENCE_ID } from '../evidence-id.ts';
import type { OpenCase } from '../open-case.ts';
import { Kept } from './kept.ts';
import { type StringIndex, StringScan } from './string-scan.ts';
import { StringMatch } from './string-match.ts';

/** More strings than these are not listed; the answer says so. */
export const MAX_STRINGS = 1_000_000;
/** A longer text is cut; its length in bytes tells how long it is. */
export const MAX_TEXT = 2000;
const MINIMUM = 5;
/** Bytes that are looked at in one go, so that other requests are answered in between. */
const PIECE = 128 * 1024;

/** Strings of several files together, and answers to filters, that are remembered. */
const KEPT_STRINGS = 3_000_000;

type Ask = Input<'image.strings'>;
type Answer = Output<'image.strings'>;

const indexes = new Kept<Promise<StringIndex>>(KEPT_STRINGS);
const selections = new Kept<Promise<Uint32Array | null>>(KEPT_STRINGS);

/**
 * A page of the strings of a file. The first question reads the whole file once and remembers where its strings stand; the
 * same filter is worked out once. Without the bytes the answer says why there are none.
 * @throws RequestError when the case knows no such file
 */
export async function imageStrings(open: OpenCase, ask: Ask): Promise<Answer> {
  const file = await findFile(open.file.connection, EVIDENCE_ID, ask.evidencePath);
  if (file === null) throw new RequestError('usage', 'The case knows no such file.');
  if (open.evidence === null) return without('evidence not attached');
  try {
    const reader = await open.evidence.open(open.file.connection, file);
    try {
      const content = file.sha256 ?? `${open.evidence.source.location} ${file.evidencePath} ${reader.size} ${reader.modified ?? ''}`;
      return await page(reader, content, ask);
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
    return without(error.message);
  }
}

function without(reason: string): Answer {
  return { available: false, reason, strings: [], total: 0, capped: false };
}

async function page(reader: EvidenceReader, content: string, ask: Ask): Promise<Answer> {
  const minimum = ask.minimum ?? MINIMUM;
  const key = `${content} ${minimum}`;
  const index = await indexes.get(key, () => scan(reader, minimum), (made) => made.count);
  const chosen = await selections.get(`${key} ${ask.encoding ?? 'all'} ${ask.text ?? ''}`, () => select(reader, index, ask), (made) => made?.length ?? 1);
  const total = chosen === null ? index.count : chosen.length;
  const strings: FoundString[] = [];
  const window = new Window(reader);
  for (let i = ask.offset; i < Math.min(total, ask.offset + ask.limit); i++) strings.push(await stringAt(window, index, chosen === null ? i : (chosen[i] ?? 0)));
  return { available: true, reason: null, strings, total, capped: index.capped };
}

async function scan(reader: EvidenceReader, minimum: number): Promise<StringIndex> {
  const strings = new StringScan(minimum, MAX_STRINGS);
  for await (const piece of pieces(reader)) {
    strings.push(piece);
    if (strings.capped) break;
  }
  return strings.end();
}

/** The numbers of those that fit, or null when all do. */
async function select(reader: EvidenceReader, index: StringIndex, ask: Ask): Promise<Uint32Array | null> {
  const text = ask.text ?? '';
  const encoding = ask.encoding ?? 'all';
  if (text === '' && encoding === 'all') return null;
  // Strings are ASCII in both encodings, so that any other text is in none of them.
  const found = text === '' ? Uint32Array.from({ length: index.count }, (_, i) => i) : /^[\t\x20-\x7e]+$/.test(text) ? await matching(reader, index, text) : new Uint32Array(0);
  return encoding === 'all' ? found : found.filter((i) => (index.wide[i] === 1) === (encoding === 'utf16'));
}

async function matching(reader: EvidenceReader, index: StringIndex, text: string): Promise<Uint32Array> {
  const match = new StringMatch(index, text);
  for await (const piece of pieces(reader)) {
    match.push(piece);
    if (match.done) break;
  }
  return match.end();
}

async function* pieces(reader: EvidenceReader): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of reader.stream()) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      yield chunk.subarray(at, at + PIECE);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Neighbouring strings come from one read. */
class Window {
  readonly #reader: EvidenceReader;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(reader: EvidenceReader) {
    this.#reader = reader;
  }

  async take(offset: number, length: number): Promise<Uint8Array> {
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      this.#bytes = await this.#reader.read(offset, Math.max(length, 16 * 1024));
      this.#start = offset;
    }
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
  }
}

async function stringAt(window: Window, index: StringIndex, i: number): Promise<FoundString> {
  const offset = index.offsets[i] ?? 0;
  const length = index.lengths[i] ?? 0;
  const wide = index.wide[i] === 1;
  const bytes = Buffer.from(await window.take(offset, Math.min(length, MAX_TEXT * (wide ? 2 : 1))));
  return { offset, length, encoding: wide ? 'utf16' : 'ascii', text: bytes.toString(wide ? 'utf16le' : 'latin1') };
}
