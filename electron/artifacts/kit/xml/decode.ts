import type { ConfigDocument, ParseProblem } from '../../../../shared/model/index.ts';

export type ConfigEncoding = ConfigDocument['encoding'];

/** Bytes as text, without a byte order mark. */
export interface Decoded {
  readonly text: string;
  readonly encoding: ConfigEncoding;
  readonly problems: readonly ParseProblem[];
}

const UTF8 = /^(?:utf-?8|us-ascii|ascii)$/;
const WIDE = /^(?:utf-?16|ucs-?2|iso-10646-ucs-2)/;
/** Encodings of one byte for each character, which agree on ASCII. */
const LEGACY = /^(?:windows-125\d|iso-8859-\d+|us-ascii|latin-?1)$/;

/** Bytes looked at when no byte order mark says what the file is. */
const PATTERN_BYTES = 1024;

/**
 * Decodes a configuration file: the byte order mark decides, then the pattern of zero bytes, then whether the bytes
 * are valid UTF-8. The XML declaration is only compared, because editors and scripts leave it wrong.
 */
export function decode(bytes: Uint8Array): Decoded {
  const problems: ParseProblem[] = [];
  const encoding = byMark(bytes) ?? byPattern(bytes);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    if (bytes.length % 2 !== 0) {
      problems.push({ kind: 'truncated', message: 'The file is UTF-16 and ends in the middle of a character.', offset: bytes.length - 1 });
    }
    const text = new TextDecoder(encoding).decode(bytes);
    reportReplaced(text, 'UTF-16', problems);
    compareDeclaration(text, encoding, problems);
    return { text, encoding, problems };
  }
  return decodeEightBit(bytes, encoding === 'utf-8', problems);
}

function byMark(bytes: Uint8Array): ConfigEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 of markup has a zero in nearly every second byte; a hole of zeros has them in both. */
function byPattern(bytes: Uint8Array): ConfigEncoding | null {
  const length = Math.min(bytes.length, PATTERN_BYTES) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const half = length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return null;
}

function decodeEightBit(bytes: Uint8Array, marked: boolean, problems: ParseProblem[]): Decoded {
  const strict = strictUtf8(bytes);
  if (strict !== null) {
    compareDeclaration(strict, 'utf-8', problems);
    return { text: strict, encoding: 'utf-8', problems };
  }
  const lossy = new TextDecoder('utf-8').decode(bytes);
  const declared = declaredEncoding(lossy);
  const legacy = declared !== null && LEGACY.test(declared);
  // Some valid multi-byte characters among the broken bytes: the file is UTF-8 and was damaged.
  if (!legacy && (marked || /[^\0-\x7f�]/.test(lossy))) {
    reportReplaced(lossy, 'UTF-8', problems);
    return { text: lossy, encoding: 'utf-8', problems };
  }
  const offset = bytes.findIndex((b) => b >= 0x80);
  if (!legacy) {
    const said = declared === null || UTF8.test(declared) ? 'no declaration that says what they are' : `a declaration that names ${declared}, which is not read`;
    problems.push({ kind: 'anomaly', message: `Bytes that are not UTF-8 and ${said}; read as windows-1252.`, offset, line: 1 + countOf(bytes.subarray(0, offset), 0x0a) });
  }
  return { text: windows1252(bytes), encoding: 'windows-1252', problems };
}

/** Bytes 0x80 to 0x9F of windows-1252 (WHATWG Encoding Standard); the decoder of Node 20 takes them for Latin-1. */
const HIGH_CONTROLS = '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

function windows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (unit) => HIGH_CONTROLS.charAt(unit.charCodeAt(0) - 0x80));
}

function countOf(bytes: Uint8Array, wanted: number): number {
  let count = 0;
  for (const byte of bytes) if (byte === wanted) count++;
  return count;
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function reportReplaced(text: string, name: string, problems: ParseProblem[]): void {
  const at = text.indexOf('�');
  if (at < 0) return;
  const line = text.slice(0, at).split('\n').length;
  problems.push({ kind: 'malformed', message: `Bytes that are not valid ${name}; each is shown as U+FFFD.`, line });
}

/** The encoding that the XML declaration names, lower case, or null. */
export function declaredEncoding(text: string): string | null {
  const declaration = /^\s{0,64}<\?xml\s[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([A-Za-z0-9._-]{1,40})["']/.exec(text.slice(0, 400));
  return declaration?.[1]?.toLowerCase() ?? null;
}

function compareDeclaration(text: string, encoding: ConfigEncoding, problems: ParseProblem[]): void {
  const declared = declaredEncoding(text);
  if (declared === null) return;
  const wide = WIDE.test(declared);
  const says = `The XML declaration says ${declared}, but the bytes are ${encoding}`;
  if (wide !== (encoding !== 'utf-8')) problems.push({ kind: 'anomaly', message: `${says}.`, line: 1, expected: true });
  else if (wide || UTF8.test(declared)) return;
  else if (!LEGACY.test(declared)) problems.push({ kind: 'anomaly', message: `The XML declaration names the encoding ${declared}; it was read as ${encoding}.`, line: 1 });
  // The same bytes under the declared encoding would be other characters.
  else if (/[^\0-\x7f]/.test(text)) problems.push({ kind: 'anomaly', message: `${says}.`, line: 1 });
}
