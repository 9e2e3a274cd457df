import type { ByteView } from '../../kit/bytes.ts';

/** Texts are looked for in the first part of a file only; what lies behind is data that was appended. */
const SEARCHED = 32 * 1024 * 1024;

const searched = (view: ByteView): Buffer => Buffer.from(view.bytes.buffer, view.bytes.byteOffset, Math.min(view.length, SEARCHED));

/** File offset of the first place where an ASCII text stands, or null. `whole`: nothing before and after belongs to it. */
export function findText(view: ByteView, text: string, whole: boolean): number | null {
  for (const at of occurrences(view, text, 64)) {
    const before = at === 0 ? 0 : view.u8(at - 1);
    const after = view.has(at + text.length, 1) ? view.u8(at + text.length) : 0;
    if (!whole || (!wordly(before) && after === 0)) return at;
  }
  return null;
}

const wordly = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f;

/** File offsets at which an ASCII text stands, at most `max` of them. */
export function occurrences(view: ByteView, text: string, max: number): number[] {
  const bytes = searched(view);
  const found: number[] = [];
  for (let at = bytes.indexOf(text, 0, 'latin1'); at !== -1 && found.length < max; at = bytes.indexOf(text, at + 1, 'latin1')) found.push(at);
  return found;
}
