import type { SpoolState } from '../../timeline/spool-format.ts';

/** How a log is written, from its first bytes; `mark` is the length of a byte order mark. */
export function encodingOf(head: Uint8Array): { readonly encoding: SpoolState['encoding']; readonly mark: number } {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf16be', mark: 2 };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'bytes', mark: 3 };
  // Without a mark: `#` and the next letters, each with a NUL beside it.
  if (head[0] === 0x23 && head[1] === 0 && head[3] === 0) return { encoding: 'utf16le', mark: 0 };
  if (head[0] === 0 && head[1] === 0x23 && head[2] === 0 && head[4] === 0) return { encoding: 'utf16be', mark: 0 };
  // Formats without `#` lines begin with an address.
  if (LETTERS.every((i) => isLetter(head[2 * i]) && head[2 * i + 1] === 0)) return { encoding: 'utf16le', mark: 0 };
  if (LETTERS.every((i) => isLetter(head[2 * i + 1]) && head[2 * i] === 0)) return { encoding: 'utf16be', mark: 0 };
  return { encoding: 'bytes', mark: 0 };
}

const LETTERS = [0, 1, 2, 3, 4, 5];

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f;
}

/** The first bytes of a log as a reader of lines gets them: UTF-16 becomes UTF-8. */
export function headText(head: Uint8Array, encoding: SpoolState['encoding']): Uint8Array {
  return encoding === 'bytes' ? head : Buffer.from(new TextDecoder(encoding === 'utf16le' ? 'utf-16le' : 'utf-16be').decode(head), 'utf8');
}

/** 13 where the head has CR and no LF at all, else 10. */
export function lineEndOf(head: Uint8Array): 10 | 13 {
  return !head.includes(10) && head.includes(13) ? 13 : 10;
}
