/** Turns offsets of decoded text into byte offsets of the file; asked in ascending order it costs one pass. */
export class BytePlaces {
  readonly #text: string;
  readonly #width: number | null;
  readonly #start: number;
  #at = 0;
  #bytes = 0;

  /** @param start bytes of the byte order mark. @param width bytes of each unit; null: UTF-8 */
  constructor(text: string, start: number, width: number | null) {
    this.#text = text;
    this.#start = start;
    this.#width = width;
  }

  of(offset: number): number {
    if (this.#width !== null) return this.#start + this.#width * offset;
    if (offset < this.#at) {
      this.#at = 0;
      this.#bytes = 0;
    }
    for (; this.#at < offset; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      // A pair of surrogates is four bytes, two for each half.
      this.#bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
    }
    return this.#start + this.#bytes;
  }
}
