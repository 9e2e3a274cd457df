import type { SpoolState } from '../../timeline/spool-format.ts';

/** How a log is written, from its first bytes; `mark` is the length of a byte order mark. */
export function encodingOf(head: Uint8Array): { readonly encoding: SpoolState['encoding']; readonly mark: number } {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf16be', mark: 2 };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'bytes', mark: 3 };
  // Without a mark: `#` and the next letters, each with a NUL beside it.
  if (head[0] === 0x23 && head[1] === 0 && head[3] === 0) return { encoding: 'utf16le', mark: 0 };
  if (head[0] === 0 && head[1] === 0x23 && head[2] === 0 && head[4] === 0) return { encoding: 'utf16be', mark: 0 };
  return { encoding: 'bytes', mark: 0 };
}

/** 13 where the head has CR and no LF at all, else 10. */
export function lineEndOf(head: Uint8Array): 10 | 13 {
  return !head.includes(10) && head.includes(13) ? 13 : 10;
}
