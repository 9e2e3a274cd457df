import { bytesAsText } from '../../../../shared/base/bytes-as-text.ts';
import type { ByteView } from '../../kit/bytes.ts';
import { LimitReached } from '../../kit/findings.ts';

const MAX_NAME = 4096;
const NAME_BUDGET = 16 * 1024 * 1024;

const ODD_COST = 8;

const EMPTY = new Uint8Array();

/** #Strings, #GUID and #Blob (ECMA-335 II.24.2.3 to 5). An index that leads nowhere reads as empty. */
export class Heaps {
  readonly #strings: ByteView | undefined;
  readonly #guids: ByteView | undefined;
  readonly #blobs: ByteView | undefined;
  readonly #known = new Map<number, string>();
  #budget = NAME_BUDGET;

  constructor(streams: ReadonlyMap<string, ByteView>) {
    this.#strings = streams.get('#Strings');
    this.#guids = streams.get('#GUID');
    this.#blobs = streams.get('#Blob');
  }

  /** @throws LimitReached when the names of one file together are longer than any honest file's */
  string(index: number): string {
    if (index === 0 || !this.#strings || !this.#strings.has(index, 1)) return '';
    const known = this.#known.get(index);
    if (known !== undefined) return known;
    const bytes = this.#strings.untilNul(index, MAX_NAME);
    const text = bytesAsText(bytes);
    // Escapes are slow to write and four letters long, so such names use up the budget faster.
    this.charge(text.length > bytes.length ? text.length * ODD_COST : bytes.length);
    this.#known.set(index, text);
    return text;
  }

  /** Bytes of a name as they stand, at most `max`; for looking at many names without keeping them. */
  nameBytes(index: number, max: number): Uint8Array {
    return index === 0 || !this.#strings || !this.#strings.has(index, 1) ? EMPTY : this.#strings.untilNul(index, max);
  }

  /** Counts text that is about to be made. @throws LimitReached */
  charge(length: number): void {
    this.#budget -= length + 16;
    if (this.#budget < 0) throw new LimitReached(`metadata names of more than ${NAME_BUDGET} bytes`);
  }

  /** GUID in the usual writing, lower case, or '' when the index leads nowhere. */
  guid(index: number): string {
    const at = (index - 1) * 16;
    if (index === 0 || !this.#guids || !this.#guids.has(at, 16)) return '';
    const g = this.#guids;
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
    const tail = Array.from(g.range(at + 8, 8), (byte) => hex(byte, 2)).join('');
    return `${hex(g.u32(at), 8)}-${hex(g.u16(at + 4), 4)}-${hex(g.u16(at + 6), 4)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  }

  /** Bytes of a blob without its length prefix; empty when the index or the length leads nowhere. */
  blob(index: number): Uint8Array {
    if (index === 0 || !this.#blobs || !this.#blobs.has(index, 1)) return EMPTY;
    const prefix = compressed(this.#blobs.bytes, index);
    return prefix && this.#blobs.has(prefix.next, prefix.value) ? this.#blobs.range(prefix.next, prefix.value) : EMPTY;
  }
}

/** Compressed unsigned integer (II.23.2), or null when the bytes do not hold one. */
export function compressed(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | null {
  const [a, b, c, d] = bytes.subarray(at, at + 4);
  if (a === undefined) return null;
  if (a < 0x80) return { value: a, next: at + 1 };
  if (a < 0xc0) return b === undefined ? null : { value: ((a & 0x3f) << 8) | b, next: at + 2 };
  if (a >= 0xe0 || b === undefined || c === undefined || d === undefined) return null;
  return { value: ((a & 0x1f) * 0x1000000) + ((b << 16) | (c << 8) | d), next: at + 4 };
}
