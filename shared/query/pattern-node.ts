/** One character (code point) is looked at; `weight` is about how many steps the store's engine needs for it. */
export interface CharNode {
  readonly kind: 'char';
  readonly accepts: (char: string) => boolean;
  readonly weight: number;
}
export type Assertion = 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'word' | 'notWord';

/** A regular expression as it was read. */
export type PatternNode =
  | CharNode
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'all'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'any'; readonly parts: readonly PatternNode[] }
  /** `max` null: without end. */
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number | null };

/** What is wrong with a regular expression: the characters `from` up to `to`, 0-based UTF-16 units within it. */
export class PatternFault extends Error {
  readonly from: number;
  readonly to: number;
  constructor(message: string, from: number, to: number) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

/**
 * Accepts the single characters that a class accepts. The class is ours (escaped code points and names that were looked
 * up), it is asked about one character at a time, so it cannot run long.
 */
export function charTest(source: string, ignoreCase: boolean): (char: string) => boolean {
  const test = new RegExp(`^[${source}]$`, ignoreCase ? 'iu' : 'u');
  return (char) => test.test(char);
}

/** A code point as it is written in a class. */
export function classEscape(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}
