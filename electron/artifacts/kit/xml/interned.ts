const MOST_SLOTS = 1024;
const LONGEST = 48;

/**
 * Slices of one text, where the same word comes again and again: a word that was cut out a moment ago is given again
 * instead of a copy. Configuration files repeat a few hundred names and values, so this saves most of their memory.
 */
export class Interned {
  readonly #text: string;
  readonly #slots: (string | undefined)[] = [];

  constructor(text: string) {
    this.#text = text;
    // As many as a text of this length can fill: most files are small.
    let slots = 32;
    while (slots < MOST_SLOTS && slots * 32 < text.length) slots *= 2;
    this.#slots.length = slots;
  }

  slice(from: number, to: number): string {
    const text = this.#text;
    const length = to - from;
    if (length === 0) return '';
    if (length > LONGEST) return text.slice(from, to);
    const slot = (text.charCodeAt(from) * 31 + text.charCodeAt(to - 1) * 7 + text.charCodeAt(from + (length >> 1)) * 131 + length * 17) & (this.#slots.length - 1);
    const known = this.#slots[slot];
    if (known !== undefined && known.length === length && text.startsWith(known, from)) return known;
    const word = text.slice(from, to);
    this.#slots[slot] = word;
    return word;
  }
}
