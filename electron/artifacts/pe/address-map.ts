import { type FileOffset, type Rva, type Va, fileOffset, rva } from '../kit/bytes.ts';
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
  readonly #base: Va;

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
  offset(address: Rva): FileOffset | null {
    const span = this.#find(address);
    if (span) return fileOffset(span.offset + address - span.start);
    // A virtual address below the image base becomes a negative RVA, which lies in no header either.
    return address >= 0 && address < (this.#flat ? this.#fileSize : this.#headerEnd) ? fileOffset(address) : null;
  }

  /** The RVA of a virtual address as the file writes it, or null when it is not within 4 GiB above the image base. */
  rvaOf(address: Va): Rva | null {
    const distance = address - this.#base;
    return distance >= 0n && distance <= 0xffff_ffffn ? rva(Number(distance)) : null;
  }

  /** How many bytes of the file follow from this address in one piece. */
  available(address: Rva): number {
    const span = this.#find(address);
    if (span) return span.end - address;
    return address < 0 ? 0 : Math.max(0, (this.#flat ? this.#fileSize : this.#headerEnd) - address);
  }

  #find(address: Rva): Span | null {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#spans[middle]?.start ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && i >= low - OVERLAP_LOOK_BACK; i--) {
      const span = this.#spans[i];
      if (span && address < span.end) return span;
    }
    return null;
  }
}
