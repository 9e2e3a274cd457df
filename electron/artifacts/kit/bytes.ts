import type { Brand } from '../../../shared/base/brand.ts';
import { bytesAsText } from '../../../shared/base/bytes-as-text.ts';

/** Position in a file, bytes from its start. */
export type FileOffset = Brand<number, 'FileOffset'>;
/** Address in a loaded image, relative to the image base. */
export type Rva = Brand<number, 'Rva'>;
/** Address in the memory of a process that loaded the image at its preferred base. */
export type Va = Brand<bigint, 'Va'>;

export const fileOffset = (value: number): FileOffset => value as FileOffset;
export const rva = (value: number): Rva => value as Rva;
export const va = (value: bigint): Va => value as Va;

/** A structure reaches past the bytes that are there. Parsers catch it where one structure of the format ends. */
export class OutOfBounds extends Error {
  readonly offset: number;
  readonly length: number;
  constructor(offset: number, length: number, size: number) {
    super(`${length} bytes at offset ${offset} do not lie in the ${size} bytes that are there`);
    this.name = 'OutOfBounds';
    this.offset = offset;
    this.length = length;
  }
}

/** Bytes that lie where they should and are not what the format allows there. Parsers catch it like OutOfBounds. */
export class Malformed extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.name = 'Malformed';
    this.offset = offset;
  }
}

/**
 * Bounds-checked reads over exactly the given bytes (never over the pooled buffer behind them). Offsets are relative
 * to the view; every read outside throws OutOfBounds. Nothing is copied.
 */
export class ByteView {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.byteLength;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Whether `length` bytes at `offset` lie in the view. */
  has(offset: number, length: number): boolean {
    return Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0 && offset + length <= this.length;
  }

  /** @throws OutOfBounds when the range is not in the view. */
  need(offset: number, length: number): void {
    if (!this.has(offset, length)) throw new OutOfBounds(offset, length, this.length);
  }

  u8(offset: number): number {
    this.need(offset, 1);
    return this.#view.getUint8(offset);
  }
  u16(offset: number): number {
    this.need(offset, 2);
    return this.#view.getUint16(offset, true);
  }
  u32(offset: number): number {
    this.need(offset, 4);
    return this.#view.getUint32(offset, true);
  }
  u64(offset: number): bigint {
    this.need(offset, 8);
    return this.#view.getBigUint64(offset, true);
  }
  u16be(offset: number): number {
    this.need(offset, 2);
    return this.#view.getUint16(offset, false);
  }
  u32be(offset: number): number {
    this.need(offset, 4);
    return this.#view.getUint32(offset, false);
  }
  u64be(offset: number): bigint {
    this.need(offset, 8);
    return this.#view.getBigUint64(offset, false);
  }

  /** The bytes of a range, sharing memory with the view. */
  range(offset: number, length: number): Uint8Array {
    this.need(offset, length);
    return this.bytes.subarray(offset, offset + length);
  }

  /** A view of its own over a range: what is read through it cannot leave the range. */
  slice(offset: number, length: number): ByteView {
    return new ByteView(this.range(offset, length));
  }

  /** Bytes up to a NUL, to `max` bytes or to the end of the view, whichever comes first; without the NUL. */
  untilNul(offset: number, max: number): Uint8Array {
    this.need(offset, 0);
    const limit = Math.min(this.length, offset + max);
    let end = offset;
    while (end < limit && this.bytes[end] !== 0) end += 1;
    return this.bytes.subarray(offset, end);
  }

  /** Exactly `length` bytes as text with one character for each byte (ISO 8859-1), for magic values and fixed names. */
  ascii(offset: number, length: number): string {
    let out = '';
    for (const byte of this.range(offset, length)) out += String.fromCharCode(byte);
    return out;
  }

  /** NUL-terminated text of at most `max` bytes; bytes that are not UTF-8 are written `\xE9`. */
  utf8(offset: number, max: number): string {
    return bytesAsText(this.untilNul(offset, max));
  }

  /** At most `units` UTF-16LE units up to a NUL unit; what reaches past the view is left out. */
  utf16(offset: number, units: number): string {
    this.need(offset, 0);
    let out = '';
    for (let i = 0; i < units && this.has(offset + i * 2, 2); i++) {
      const unit = this.#view.getUint16(offset + i * 2, true);
      if (unit === 0) break;
      out += String.fromCharCode(unit);
    }
    return out;
  }
}
