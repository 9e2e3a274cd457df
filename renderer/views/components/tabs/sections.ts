import type { PeFacts } from '../../../../shared/model/index.ts';

type Section = PeFacts['sections'][number];

/** Characteristics of a section that say something (PE format, "Section flags"); others stay in the number. */
const FLAGS: readonly (readonly [number, string])[] = [
  [0x20, 'code'], [0x40, 'initialised data'], [0x80, 'uninitialised data'], [0x0200_0000, 'can be discarded'], [0x1000_0000, 'shared'], [0x2000_0000, 'can be executed'], [0x4000_0000, 'can be read'], [0x8000_0000, 'can be written'],
];

export function characteristicsWords(value: number): string {
  return FLAGS.filter(([flag]) => (value & flag) !== 0).map(([, words]) => words).join(', ');
}

/** `r-x`: the rights of a section in memory. */
export function rights(value: number): string {
  return `${(value & 0x4000_0000) !== 0 ? 'r' : '-'}${(value & 0x8000_0000) !== 0 ? 'w' : '-'}${(value & 0x2000_0000) !== 0 ? 'x' : '-'}`;
}

/** What does not agree about a section's sizes and rights; empty where all is as linkers write it. */
export function sectionRemarks(s: Section): readonly string[] {
  return [
    // Memory is given by whole pages: what the file has beyond the last of them is never mapped.
    ...(s.virtualSize > 0 && s.rawSize > pages(s.virtualSize) ? [`${s.rawSize - pages(s.virtualSize)} bytes of it are in the file and not in memory`] : []),
    ...(s.rawSize > 0 && s.virtualSize > Math.max(s.rawSize * 4, s.rawSize + 65_536) ? [`memory has ${s.virtualSize - s.rawSize} bytes more than the file`] : []),
    ...(s.rawSize === 0 && (s.characteristics & 0x2000_0000) !== 0 ? ['can be executed and has no bytes in the file'] : []),
    ...((s.characteristics & 0xa000_0000) >>> 0 === 0xa000_0000 ? ['can be written and executed'] : []),
    ...(s.rawSize > 0 && s.entropy >= 7.2 ? ['almost random: packed, encrypted or compressed'] : []),
  ];
}

function pages(size: number): number {
  return Math.ceil(size / 4096) * 4096;
}

/** File offset of an address relative to the image base, where a section holds it; null where the file has no such byte. */
export function offsetOfRva(sections: readonly Section[], rva: number): number | null {
  const section = sections.find((s) => rva >= s.rva && rva < s.rva + s.rawSize);
  return section === undefined ? null : section.rawOffset + (rva - section.rva);
}
