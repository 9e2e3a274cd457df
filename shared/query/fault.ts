import type { FilterFault } from './ast.ts';

/** Thrown by the parts of the parser and caught by it alone: a sentence about the characters `from` to `to` (0-based, UTF-16 units). */
export class FaultAt extends Error {
  readonly from: number;
  readonly to: number;
  constructor(message: string, from: number, to: number) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

export function faultOf({ message, from, to }: FaultAt): FilterFault {
  return { message, column: from + 1, end: Math.max(from + 1, to) + 1 };
}

/** `^^^^` to be written below the text, under the word that is wrong. */
export function caretLine(fault: Pick<FilterFault, 'column' | 'end'>): string {
  return `${' '.repeat(fault.column - 1)}${'^'.repeat(Math.max(1, fault.end - fault.column))}`;
}
