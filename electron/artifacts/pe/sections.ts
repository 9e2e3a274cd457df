import { type ByteView, type Rva, rva } from '../kit/bytes.ts';
import type { ProblemList } from '../kit/findings.ts';
import type { Headers } from './headers.ts';

/** A section header as written. Sizes in bytes, `rawOffset` is the file offset as written (Windows rounds it down). */
export interface Section {
  readonly name: string;
  readonly rva: Rva;
  readonly virtualSize: number;
  readonly rawOffset: number;
  readonly rawSize: number;
  readonly characteristics: number;
  /** File offset of the header itself. */
  readonly at: number;
}

export const EXECUTABLE = 0x2000_0000;
export const WRITABLE = 0x8000_0000;

/** All section headers that the file holds, in the order of the file. */
export function readSections(view: ByteView, headers: Headers, problems: ProblemList): Section[] {
  const sections: Section[] = [];
  const table = headers.optionalOffset + headers.optionalSize;
  for (let i = 0; i < headers.sectionCount; i++) {
    const at = table + i * 40;
    if (!view.has(at, 40)) {
      problems.add('truncated', `${headers.sectionCount} sections are announced, the file ends after ${i}`, at);
      break;
    }
    sections.push({
      name: view.utf8(at, 8),
      virtualSize: view.u32(at + 8), rva: rva(view.u32(at + 12)), rawSize: view.u32(at + 16), rawOffset: view.u32(at + 20),
      characteristics: view.u32(at + 36), at,
    });
  }
  return sections;
}

/** Where Windows takes a section's bytes from: PointerToRawData is rounded down to a sector unless pages are tiny. */
export function mappedOffset(section: Section, headers: Headers): number {
  return headers.sectionAlignment < 0x1000 ? section.rawOffset : section.rawOffset - (section.rawOffset % 0x200);
}
