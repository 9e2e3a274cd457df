/** Four bytes at a time, at any place, of bytes that somebody else keeps. */
export type WordView = Pick<DataView, 'getInt32'>;

/** @returns a view of `bytes` itself, not of a copy; a place out of bounds throws RangeError */
export function wordView(bytes: Uint8Array): WordView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
