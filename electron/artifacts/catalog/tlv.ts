import { Malformed, OutOfBounds } from '../kit/bytes.ts';

export const SEQUENCE = 0x30;
export const SET = 0x31;
export const OCTETS = 0x04;
export const OID = 0x06;

/**
 * Reads headers of DER elements in place, without making an object for each: a catalog has tens of thousands of members
 * with a dozen elements in each. One header at a time; `next` overwrites the last one.
 */
export class Tlv {
  readonly bytes: Uint8Array;
  /** Identifier octet as it stands; multi-octet identifiers do not occur in catalogs. */
  tag = 0;
  /** Content from `start` up to, not including, `end`. */
  start = 0;
  end = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /**
   * The element at `at`, which has to end at `limit` or before.
   * @throws OutOfBounds, Malformed
   */
  next(at: number, limit: number): this {
    if (at + 2 > limit) throw new OutOfBounds(at, 2, limit);
    const { bytes } = this;
    this.tag = bytes[at] ?? 0;
    if ((this.tag & 0x1f) === 0x1f) throw new Malformed(at, `the ASN.1 element at ${at} has a tag that does not occur in catalogs`);
    let length = bytes[at + 1] ?? 0;
    let start = at + 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) throw new Malformed(at, `the ASN.1 element at ${at} has a length that DER does not allow here`);
      if (start + count > limit) throw new OutOfBounds(start, count, limit);
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] ?? 0);
    }
    if (start + length > limit) throw new OutOfBounds(start, length, limit);
    this.start = start;
    this.end = start + length;
    return this;
  }

  /** Where the content of the element at `at` begins, whether or not all of it is there. @throws OutOfBounds */
  header(at: number): number {
    const length = this.bytes[at + 1];
    const start = length === undefined || length <= 0x80 ? at + 2 : at + 2 + (length & 0x7f);
    if (start > this.bytes.length) throw new OutOfBounds(at, 2, this.bytes.length);
    return start;
  }

  /** As `next`, and the element must have this identifier octet. */
  expect(tag: number, at: number, limit: number): this {
    this.next(at, limit);
    if (this.tag !== tag) throw new Malformed(at, `the ASN.1 element at ${at} is ${this.tag} where ${tag} belongs`);
    return this;
  }

  /** Whether the content of the last element is exactly these bytes (one character for each). */
  is(wanted: string): boolean {
    if (this.end - this.start !== wanted.length) return false;
    for (let i = 0; i < wanted.length; i++) if (this.bytes[this.start + i] !== wanted.charCodeAt(i)) return false;
    return true;
  }

  /** The content of the last element, one character for each byte. */
  text(): string {
    return String.fromCharCode(...this.bytes.subarray(this.start, Math.min(this.end, this.start + 64)));
  }
}
