/** Bytes that count as text: 0x20 to 0x7E and the tab, as `strings` of GNU binutils has it in the C locale. */
const PRINTABLE = Uint8Array.from({ length: 256 }, (_, byte) => (byte === 9 || (byte >= 0x20 && byte <= 0x7e) ? 1 : 0));

/** Where the strings of a file stand, in order of offset; texts are read again from the file when they are asked for. */
export interface StringIndex {
  readonly count: number;
  /** True when the file has more than were counted. */
  readonly capped: boolean;
  /** File offset and length in bytes of each. */
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
  /** 1 for UTF-16, little endian; 0 for ASCII. */
  readonly wide: Uint8Array;
}

/** Numbers that grow without a copy of each step. */
class Column {
  #values = new Float64Array(256);
  count = 0;

  push(value: number): void {
    if (this.count === this.#values.length) {
      const larger = new Float64Array(this.count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.count++] = value;
  }

  at(index: number): number {
    return index < this.count ? (this.#values[index] ?? 0) : Number.POSITIVE_INFINITY;
  }
}

/**
 * Finds printable strings in bytes that come in pieces of any size, as `strings -t d` and `strings -el` do: runs of at
 * least `minimum` characters; UTF-16 begins at any offset, odd ones too. One pass, whatever the bytes are.
 */
export class StringScan {
  readonly #minimum: number;
  readonly #cap: number;
  readonly #ascii = { offsets: new Column(), lengths: new Column() };
  readonly #wide = { offsets: new Column(), lengths: new Column() };
  #position = 0;
  #capped = false;
  /** Characters of the run that has not ended yet; it ends where the next byte stands. */
  #asciiRun = 0;
  #wideRun = 0;
  /** First byte of a UTF-16 unit whose second is the next byte; -1 when none is open. */
  #low = -1;

  /** @param cap how many strings are enough */
  constructor(minimum: number, cap: number) {
    this.#minimum = minimum;
    this.#cap = cap;
  }

  /** True when more were found than are enough: reading on changes nothing. */
  get capped(): boolean {
    return this.#capped;
  }

  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void {
    let asciiRun = this.#asciiRun;
    let wideRun = this.#wideRun;
    let low = this.#low;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (PRINTABLE[byte] === 1) asciiRun += 1;
      else if (asciiRun > 0) {
        if (asciiRun >= this.#minimum) this.#keep(this.#ascii, this.#position + i, asciiRun);
        asciiRun = 0;
      }
      if (low < 0) low = byte;
      else if (byte === 0 && PRINTABLE[low] === 1) {
        wideRun += 1;
        low = -1;
      } else {
        // The unit is no text; the next one is tried from its second byte.
        if (wideRun >= this.#minimum) this.#keep(this.#wide, this.#position + i - 1, 2 * wideRun);
        wideRun = 0;
        low = byte;
      }
    }
    this.#asciiRun = asciiRun;
    this.#wideRun = wideRun;
    this.#low = low;
    this.#position += bytes.length;
  }

  /** Ends what runs up to the end of the file and gives all in order of offset. */
  end(): StringIndex {
    if (this.#asciiRun >= this.#minimum) this.#keep(this.#ascii, this.#position, this.#asciiRun);
    if (this.#wideRun >= this.#minimum) this.#keep(this.#wide, this.#position - (this.#low < 0 ? 0 : 1), 2 * this.#wideRun);
    const count = this.#ascii.offsets.count + this.#wide.offsets.count;
    const index = { count, capped: this.#capped, offsets: new Float64Array(count), lengths: new Float64Array(count), wide: new Uint8Array(count) };
    for (let i = 0, a = 0, w = 0; i < count; i++) {
      const wide = this.#wide.offsets.at(w) < this.#ascii.offsets.at(a);
      const { offsets, lengths } = wide ? this.#wide : this.#ascii;
      const from = wide ? w++ : a++;
      index.offsets[i] = offsets.at(from);
      index.lengths[i] = lengths.at(from);
      index.wide[i] = wide ? 1 : 0;
    }
    return index;
  }

  #keep(found: { readonly offsets: Column; readonly lengths: Column }, end: number, length: number): void {
    this.#capped ||= this.#ascii.offsets.count + this.#wide.offsets.count >= this.#cap;
    if (this.#capped) return;
    found.offsets.push(end - length);
    found.lengths.push(length);
  }
}
