import { type FileOffset, fileOffset } from '../kit/bytes.ts';
import type { Headers } from './headers.ts';
import { type Section, mappedOffset } from './sections.ts';

interface Span {
  readonly start: number;
  /** End of the part of the section that has bytes in the file. */
  readonly end: number;
  readonly offset: number;
}

/** Sections of a legal file do not overlap; of others this many neighbours are looked at. */
const OVERLAP_LOOK_BACK = 8;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** Turns RVAs into file offsets the way the Windows loader maps sections. */
export class AddressMap {
  readonly #spans: readonly Span[];
  readonly #headerEnd: number;
  readonly #fileSize: number;
  readonly #flat: boolean;
  readonly #base: bigint;

  constructor(headers: Headers, sections: readonly Section[], fileSize: number) {
    this.#fileSize = fileSize;
    this.#base = headers.imageBase;
    this.#flat = headers.sectionAlignment < 0x1000;
    this.#headerEnd = Math.min(headers.sizeOfHeaders, fileSize);
    this.#spans = sections
      .map((section) => {
        const offset = mappedOffset(section, headers);
        const memory = roundUp(section.virtualSize === 0 ? section.rawSize : section.virtualSize, 0x1000);
        const file = roundUp(section.rawSize + (section.rawOffset - offset), this.#flat ? 1 : 0x200);
        const length = section.rawOffset === 0 ? 0 : Math.min(memory, file, Math.max(0, fileSize - offset));
        return { start: section.rva, end: section.rva + length, offset };
      })
      .filter((span) => span.end > span.start)
      .sort((a, b) => a.start - b.start);
  }

  /** File offset of an address, or null when no byte of the file is mapped there. */
  offset(rva: number): FileOffset | null {
    const span = this.#find(rva);
    if (span) return fileOffset(span.offset + rva - span.start);
    // A virtual address below the image base becomes a negative RVA, which lies in no header either.
    return rva >= 0 && rva < (this.#flat ? this.#fileSize : this.#headerEnd) ? fileOffset(rva) : null;
  }

  /** The RVA of a virtual address as the file writes it, or null when it is not within 4 GiB above the image base. */
  rvaOf(address: bigint): number | null {
    const rva = address - this.#base;
    return rva >= 0n && rva <= 0xffff_ffffn ? Number(rva) : null;
  }

  /** How many bytes of the file follow from this address in one piece. */
  available(rva: number): number {
    const span = this.#find(rva);
    if (span) return span.end - rva;
    return rva < 0 ? 0 : Math.max(0, (this.#flat ? this.#fileSize : this.#headerEnd) - rva);
  }

  #find(rva: number): Span | null {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#spans[middle]?.start ?? 0) <= rva) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && i >= low - OVERLAP_LOOK_BACK; i--) {
      const span = this.#spans[i];
      if (span && rva < span.end) return span;
    }
    return null;
  }
}
