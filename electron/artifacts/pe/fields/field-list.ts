import type { PeField } from '../../../../shared/model/pe/index.ts';
import type { ByteView } from '../../kit/bytes.ts';
import { LimitReached } from '../../kit/findings.ts';

/** A file of a hundred sections has about 1,200; beyond that nobody reads them one by one. */
const MAX_FIELDS = 2000;

export const hex = (value: number | bigint): string => `0x${value.toString(16)}`;

/** What a number means, in words; null when it says nothing more than itself. */
export type Words = (value: number) => string | null;

/** One field of a fixed layout: name, bytes (1, 2, 4 or 8; other lengths are shown as bytes), and its meaning. */
export type Row = readonly [name: string, length: number, words?: Words];

/** Collects the fields of structures as they stand in the file. */
export class FieldList {
  readonly list: PeField[] = [];
  readonly #view: ByteView;

  constructor(view: ByteView) {
    this.#view = view;
  }

  /** @throws LimitReached when the list is full. */
  add(field: PeField): void {
    if (this.list.length >= MAX_FIELDS) throw new LimitReached(`more than ${MAX_FIELDS} fields; the rest is not listed`);
    this.list.push(field);
  }

  /**
   * Adds the rows of a structure that begins at a file offset, as far as they lie in its first `size` bytes.
   * @returns offset behind the last row added
   * @throws OutOfBounds where the file ends inside it
   */
  structure(group: string, at: number, rows: readonly Row[], size: number = Number.POSITIVE_INFINITY): number {
    let offset = at;
    for (const [name, length, words] of rows) {
      if (offset + length > at + size) break;
      const value = this.#value(offset, length);
      this.add({ group, name, offset, length, value: value.text, meaning: words === undefined || value.number === null ? null : words(value.number) });
      offset += length;
    }
    return offset;
  }

  #value(at: number, length: number): { text: string; number: number | null } {
    const view = this.#view;
    if (length === 8) return { text: hex(view.u64(at)), number: Number(view.u64(at)) };
    if (length === 1 || length === 2 || length === 4) {
      const number = length === 4 ? view.u32(at) : length === 2 ? view.u16(at) : view.u8(at);
      return { text: hex(number), number };
    }
    return { text: Array.from(view.range(at, length), (byte) => byte.toString(16).padStart(2, '0')).join(' '), number: null };
  }
}
