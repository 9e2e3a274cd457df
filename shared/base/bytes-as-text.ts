/**
 * Text from evidence is UTF-8; bytes that are not are written `\xE9`, with a backslash doubled wherever such an escape
 * had to be used, so that the original bytes can always be told from the text.
 */
export function bytesAsText(bytes: Uint8Array): string {
  if (isAscii(bytes)) return asciiText(bytes);
  // A leading BOM is kept as U+FEFF: a field is never silently shortened.
  return isUtf8(bytes) ? UTF8.decode(bytes) : decodeWithEscapes(bytes);
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}

/** Up to this length a call of the decoder costs more than the letters. */
const SHORT = 32;

/** Made in one piece: text that grows letter by letter costs 32 bytes of memory for each. */
function asciiText(bytes: Uint8Array): string {
  return bytes.length <= SHORT ? Reflect.apply(String.fromCharCode, null, bytes) : UTF8.decode(bytes);
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether the bytes are UTF-8 from the first to the last. */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return false;
    i += length;
  }
  return true;
}

const ESCAPES = Array.from({ length: 256 }, (_, byte) => (byte === 0x5c ? '\\\\' : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`));

function decodeWithEscapes(bytes: Uint8Array): string {
  const out: string[] = [];
  let i = 0;
  let start = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i);
    if (length > 0 && bytes[i] !== 0x5c) {
      i += length;
      continue;
    }
    if (i > start) out.push(UTF8.decode(bytes.subarray(start, i)));
    out.push(ESCAPES[bytes[i] ?? 0] ?? '');
    i += 1;
    start = i;
  }
  out.push(UTF8.decode(bytes.subarray(start)));
  return out.join('');
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
