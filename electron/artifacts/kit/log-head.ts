import { byteLetters } from './log-values.ts';

/** Bytes that a caller should hand to the sniffers: enough to look past padding and header lines. */
export const SNIFF_BYTES = 64 * 1024;
/** Lines that are tried before a file is taken for something else. */
const TRIED = 64;
/** Bytes of a `#Fields` line that are looked at. */
const MOST_NAMES = 4096;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The first lines of a file, at most `most`, without blank ones: padding, a byte order mark and UTF-16 are looked through.
 * The last line of a head that was cut may be half a line.
 */
export function headLines(head: Uint8Array, most: number = TRIED): Uint8Array[] {
  // Every second byte of UTF-16 is NUL here, as is padding: without NULs all encodings read alike.
  const bytes = head.subarray(0, SNIFF_BYTES).filter((b) => b !== 0);
  const lines: Uint8Array[] = [];
  let start = markLength(bytes);
  for (let i = start; i <= bytes.length && lines.length < most; i++) {
    if (i < bytes.length && bytes[i] !== LF && bytes[i] !== CR) continue;
    if (i > start) lines.push(bytes.subarray(start, i));
    start = i + 1;
  }
  return lines;
}

function markLength(b: Uint8Array): number {
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return 3;
  return (b[0] === 0xff && b[1] === 0xfe) || (b[0] === 0xfe && b[1] === 0xff) ? 2 : 0;
}

/** Names of the first `#Fields` line of a head, folded; null when there is none. */
export function headFields(head: Uint8Array): readonly string[] | null {
  for (const line of headLines(head)) {
    const text = byteLetters(line.subarray(0, MOST_NAMES)).toLowerCase();
    if (text.startsWith('#fields:')) return text.slice(8).split(/[ \t]+/).filter((n) => n !== '');
  }
  return null;
}
