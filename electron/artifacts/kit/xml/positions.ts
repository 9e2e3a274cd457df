/** 1-based, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Distance between remembered line starts, in UTF-16 units. */
const STEP = 4096;

/**
 * Turns offsets of a text into lines and columns. A line ends with LF, CR LF or a lone CR, as XML counts them.
 * Asking in ascending order costs one pass over the text; asking backwards costs at most one step.
 */
export class LinePositions {
  readonly #text: string;
  /** Offset up to which lines were counted, and the line that this offset lies in. */
  #at = 0;
  #line = 1;
  #lineStart = 0;
  readonly #marks: { at: number; line: number; lineStart: number }[] = [{ at: 0, line: 1, lineStart: 0 }];

  constructor(text: string) {
    this.#text = text;
  }

  of(offset: number): Position {
    const target = Math.min(Math.max(offset, 0), this.#text.length);
    if (target < this.#at) this.#goBack(target);
    this.#advance(target);
    return { line: this.#line, column: target - this.#lineStart + 1 };
  }

  #goBack(target: number): void {
    const index = Math.min(Math.floor(target / STEP), this.#marks.length - 1);
    for (let i = index; i >= 0; i--) {
      const mark = this.#marks[i];
      if (mark && mark.at <= target) {
        this.#at = mark.at;
        this.#line = mark.line;
        this.#lineStart = mark.lineStart;
        return;
      }
    }
  }

  #advance(target: number): void {
    const text = this.#text;
    let i = this.#at;
    while (i < target) {
      const stop = Math.min(target, (Math.floor(i / STEP) + 1) * STEP);
      for (; i < stop; i++) {
        const code = text.charCodeAt(i);
        // The LF of a CR LF pair ends the line; the CR before it does not.
        if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) {
          this.#line++;
          this.#lineStart = i + 1;
        }
      }
      if (i % STEP === 0 && this.#marks.length === i / STEP) this.#marks.push({ at: i, line: this.#line, lineStart: this.#lineStart });
    }
    this.#at = target;
  }
}
