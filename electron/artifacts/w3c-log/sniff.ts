/** Bytes that a caller should hand to `sniff`: enough to look past padding and the four header lines. */
export const SNIFF_BYTES = 64 * 1024;

/**
 * Whether the start of a file looks like a W3C extended log: a `#Fields:` line, or the `#Software: Microsoft` line that
 * stands above it. NUL padding, a BOM and UTF-16 are looked through.
 */
export function sniff(start: Uint8Array): boolean {
  let text = '';
  // Every second byte of UTF-16 is NUL here, as is padding: without NULs all encodings read alike.
  for (const byte of start.subarray(0, SNIFF_BYTES)) if (byte !== 0) text += String.fromCharCode(byte);
  return /(?:^|[\r\n]|\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)#(?:Fields:[ \t]*\S|Software:[ \t]*(?:Microsoft|IIS))/.test(text);
}
