/**
 * Text from evidence is UTF-8; bytes that are not are written `\xE9`, with a backslash doubled wherever such an escape
 * had to be used, so that the original bytes can always be told from the text.
 */
export function bytesAsText(bytes: Uint8Array): string {
  const strict = decodeStrict(bytes);
  return strict ?? decodeWithEscapes(bytes);
}

/** Strict UTF-8, or null when a byte is not. A leading BOM is kept as U+FEFF: a field is never silently shortened. */
function decodeStrict(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeWithEscapes(bytes: Uint8Array): string {
  const lax = new TextDecoder('utf-8', { ignoreBOM: true });
  let out = '';
  let i = 0;
  let start = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i);
    if (length > 0 && bytes[i] !== 0x5c) {
      i += length;
      continue;
    }
    out += lax.decode(bytes.subarray(start, i));
    const byte = bytes[i] ?? 0;
    out += byte === 0x5c ? '\\\\' : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    i += 1;
    start = i;
  }
  return out + lax.decode(bytes.subarray(start));
}

/** Length of the well-formed UTF-8 sequence at `at` (Unicode 15, table 3-7), or 0. */
function sequenceLength(b: Uint8Array, at: number): number {
  const first = b[at] ?? 0;
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(b, at + 1, 0x80, 0xbf) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return tail(b, at + 1, low, high) && tail(b, at + 2, 0x80, 0xbf) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return tail(b, at + 1, low, high) && tail(b, at + 2, 0x80, 0xbf) && tail(b, at + 3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

function tail(b: Uint8Array, at: number, low: number, high: number): boolean {
  const byte = b[at];
  return byte !== undefined && byte >= low && byte <= high;
}
