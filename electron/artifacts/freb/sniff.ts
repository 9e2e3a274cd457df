/** Bytes that `sniffFreb` wants: the declaration, the style sheet and a comment stand before the root. */
export const FREB_SNIFF_BYTES = 4096;

/** Whether the start of a file holds the root of a trace; NULs of UTF-16 are looked through. */
export function sniffFreb(start: Uint8Array): boolean {
  let text = '';
  for (const byte of start.subarray(0, FREB_SNIFF_BYTES)) if (byte !== 0) text += String.fromCharCode(byte);
  return /<failedRequest[\s>]/.test(text);
}
