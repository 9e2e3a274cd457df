import type { SpoolState } from '../../timeline/spool-format.ts';

const LF = 0x0a;

/** Finds where lines begin in the bytes of a log. */
export class LineBorder {
  readonly #encoding: SpoolState['encoding'];
  readonly #lineEnd: number;

  constructor(state: SpoolState) {
    this.#encoding = state.encoding;
    this.#lineEnd = state.lineEnd;
  }

  /**
   * Index in `chunk` behind the first line end that puts a line at or after `wanted`, or -1.
   * @param position offset of the chunk in the file; in UTF-16 both are even
   * @param from index to look from
   */
  after(chunk: Uint8Array, position: number, wanted: number, from = 0): number {
    if (this.#encoding === 'bytes') {
      const at = chunk.indexOf(this.#lineEnd, Math.max(from, wanted - 1 - position));
      return at < 0 ? -1 : at + 1;
    }
    const low = this.#encoding === 'utf16le' ? 0 : 1;
    const start = Math.max(from, wanted - 2 - position);
    for (let i = start + (start % 2); i + 1 < chunk.length; i += 2) if (chunk[i + low] === LF && chunk[i + 1 - low] === 0) return i + 2;
    return -1;
  }
}
