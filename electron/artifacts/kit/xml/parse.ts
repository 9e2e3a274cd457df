import type { ConfigDocument, ConfigElement, ParseProblem } from '../../../../shared/model/index.ts';
import { decode, type Decoded } from './decode.ts';
import { Faults } from './faults.ts';
import { LinePositions } from './positions.ts';
import { prepare } from './prepare.ts';
import { leftOpen, MarkupReader } from './reader.ts';
import { readSound } from './sound.ts';
import { asConfigElement, TreeBuilder } from './tree.ts';

/** Bytes of one file that are read; what lies behind is reported. */
export const MAX_CONFIG_BYTES = 64 * 1024 * 1024;

export interface ParsedConfig {
  readonly document: ConfigDocument;
  readonly problems: readonly ParseProblem[];
  /** The decoded text, for showing; lines and columns of the document are those of this text. */
  readonly text: string;
}

/**
 * Reads an IIS or .NET configuration file (XML 1.0). Never throws for bad bytes: what is readable is read, and each
 * Problem says where. DTDs and custom entities are refused; the five predefined entities and character references are
 * decoded. Bounds: 64 MiB, depth 1,000, 10,000 attributes an element, 1 million elements.
 */
export function parseConfig(bytes: Uint8Array): ParsedConfig {
  const cut = bytes.length > MAX_CONFIG_BYTES;
  const decoded = decode(cut ? bytes.subarray(0, MAX_CONFIG_BYTES) : bytes);
  const sound = cut ? null : readSound(decoded.text, afterDeclaration(decoded.text));
  if (sound === null) return parseCarefully(decoded, bytes.length);
  return asParsed(sound, decoded, decoded.problems);
}

/**
 * The reader for any text, which says what is wrong with it.
 * @param size bytes of the file, of which the text may be only the beginning
 */
export function parseCarefully(decoded: Decoded, size: number): ParsedConfig {
  const positions = new LinePositions(decoded.text);
  const prepared = prepare(decoded.text, positions);
  const problems: ParseProblem[] = [...decoded.problems, ...prepared.problems];
  if (size > MAX_CONFIG_BYTES) {
    const { line } = positions.of(decoded.text.length);
    problems.push({ kind: 'limit', message: `The file has ${size} bytes; only the first 64 MiB were read.`, offset: MAX_CONFIG_BYTES, line });
  }
  const tree = new TreeBuilder();
  const faults = new Faults(positions);
  const reader = new MarkupReader(prepared.text, prepared.ampersand, tree, faults, positions);
  for (const [index, island] of prepared.islands.entries()) {
    if (reader.stopped) break;
    const start = index === 0 && island.start === 0 ? afterDeclaration(prepared.text) : afterTornComment(prepared.text, island.start, island.end);
    reader.read(start, island.end, index === prepared.islands.length - 1);
  }
  reportEnd(tree, faults, decoded.text, reader);
  problems.push(...faults.list());
  return asParsed(asConfigElement(tree.root), decoded, problems);
}

/** A file is complete when nothing of it is lost: an anomaly costs nothing. */
function asParsed(root: ConfigElement | null, { encoding, text }: Decoded, problems: readonly ParseProblem[]): ParsedConfig {
  const damaged = problems.some((p) => p.kind === 'truncated' || p.kind === 'malformed' || p.kind === 'limit');
  return { document: { root, complete: root !== null && !damaged, encoding }, problems, text };
}

function reportEnd(tree: TreeBuilder, faults: Faults, text: string, reader: MarkupReader): void {
  const lines = new LinePositions(text).of(text.length).line;
  const open = tree.finish(lines);
  if (!reader.stopped && (open.length > 0 || reader.tornEnd !== null)) {
    const where = reader.tornEnd ?? 'before its elements do';
    faults.at(text.trimEnd().length, `The file ends ${where}${open.length > 0 ? `: ${leftOpen(open)} not closed` : ''}.`, 'truncated');
  }
  if (tree.root === null && !faults.any) {
    faults.at(0, text.trim() === '' ? 'The file is empty.' : 'No XML element was found.', text.length === 0 ? 'truncated' : 'malformed');
  }
}

/** The declaration only says what the bytes have said already. */
function afterDeclaration(text: string): number {
  const declaration = /^\s{0,64}<\?xml\s[^?<>]{0,400}\?>/.exec(text.slice(0, 600));
  return declaration ? declaration[0].length : 0;
}

/** Behind a hole, text up to a `-->` without a `<!--` before it was the rest of a comment. */
function afterTornComment(text: string, start: number, end: number): number {
  const close = text.indexOf('-->', start);
  if (close < 0 || close >= end) return nextTag(text, start, end);
  const open = text.indexOf('<!--', start);
  return open >= 0 && open < close ? nextTag(text, start, end) : close + 3;
}

/** The rest of a torn tag is passed over. */
function nextTag(text: string, start: number, end: number): number {
  const tag = text.indexOf('<', start);
  return tag < 0 ? end : tag;
}
