import { headFields, SNIFF_BYTES } from '../kit/log-head.ts';
import { byteLetters } from '../kit/log-values.ts';

/** Fields that only logs of other services have, which are written in the same way. */
const OF_OTHERS: readonly string[] = ['s-reason', 'x-session', 'x-fullpath'];

/**
 * Whether the start of a file looks like a W3C extended log: a `#Fields:` line, or the `#Software: Microsoft` line that
 * stands above it. NUL padding, a BOM and UTF-16 are looked through. Error logs of HTTP.sys and FTP logs are others.
 */
export function sniff(start: Uint8Array): boolean {
  // Every second byte of UTF-16 is NUL here, as is padding: without NULs all encodings read alike.
  const text = byteLetters(start.subarray(0, SNIFF_BYTES).filter((byte) => byte !== 0));
  const directive = /(?:^|[\r\n]|\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)#(?:Fields:[ \t]*\S|Software:[ \t]*(?:Microsoft|IIS))/.test(text);
  return directive && headFields(start)?.some((name) => OF_OTHERS.includes(name)) !== true;
}
