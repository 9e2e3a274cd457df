import type { DataDirectory, Headers } from '../headers.ts';
import type { Section } from '../sections.ts';
import { quote } from '../../../../shared/base/limits.ts';
import type { AddressMap } from '../address-map.ts';
import type { FieldList, Row } from './field-list.ts';
import { hex } from './field-list.ts';
import { bytes, decimal, dllCharacteristics, fileCharacteristics, machine, optionalMagic, sectionCharacteristics, stamp, subsystem } from './words.ts';

const DOS: readonly Row[] = [
  ['e_magic', 2, (v) => (v === 0x5a4d ? 'MZ' : null)], ['e_cblp', 2], ['e_cp', 2], ['e_crlc', 2], ['e_cparhdr', 2], ['e_minalloc', 2], ['e_maxalloc', 2], ['e_ss', 2], ['e_sp', 2],
  ['e_csum', 2], ['e_ip', 2], ['e_cs', 2], ['e_lfarlc', 2], ['e_ovno', 2], ['e_res', 10 - 2], ['e_oemid', 2], ['e_oeminfo', 2], ['e_res2', 20],
  ['e_lfanew', 4, () => 'where the PE header begins'],
];
const COFF: readonly Row[] = [
  ['Signature', 4, () => 'PE'], ['Machine', 2, machine], ['NumberOfSections', 2, decimal], ['TimeDateStamp', 4, stamp],
  ['PointerToSymbolTable', 4, (v) => (v === 0 ? 'no COFF symbols' : 'COFF symbols are present')], ['NumberOfSymbols', 4, decimal],
  ['SizeOfOptionalHeader', 2, bytes], ['Characteristics', 2, fileCharacteristics],
];

const optional = (plus: boolean): readonly Row[] => {
  const wide = plus ? 8 : 4;
  return [
    ['Magic', 2, optionalMagic], ['MajorLinkerVersion', 1, decimal], ['MinorLinkerVersion', 1, decimal], ['SizeOfCode', 4, bytes], ['SizeOfInitializedData', 4, bytes],
    ['SizeOfUninitializedData', 4, bytes], ['AddressOfEntryPoint', 4, (v) => (v === 0 ? 'no entry point' : null)], ['BaseOfCode', 4], ...(plus ? [] : [['BaseOfData', 4] as const]),
    ['ImageBase', wide], ['SectionAlignment', 4, bytes], ['FileAlignment', 4, bytes], ['MajorOperatingSystemVersion', 2, decimal], ['MinorOperatingSystemVersion', 2, decimal],
    ['MajorImageVersion', 2, decimal], ['MinorImageVersion', 2, decimal], ['MajorSubsystemVersion', 2, decimal], ['MinorSubsystemVersion', 2, decimal],
    ['Win32VersionValue', 4], ['SizeOfImage', 4, bytes], ['SizeOfHeaders', 4, bytes], ['CheckSum', 4, (v) => (v === 0 ? 'not set' : null)], ['Subsystem', 2, subsystem],
    ['DllCharacteristics', 2, dllCharacteristics], ['SizeOfStackReserve', wide, bytes], ['SizeOfStackCommit', wide, bytes], ['SizeOfHeapReserve', wide, bytes],
    ['SizeOfHeapCommit', wide, bytes], ['LoaderFlags', 4], ['NumberOfRvaAndSizes', 4, decimal],
  ];
};

/** The sixteen entries of the data directory, in their order. */
export const DIRECTORY_TITLES: readonly string[] = [
  'Export', 'Import', 'Resource', 'Exception', 'Certificate', 'Base relocation', 'Debug', 'Architecture', 'Global pointer', 'TLS', 'Load configuration',
  'Bound import', 'Import address', 'Delay import', 'CLR', 'Reserved',
];

const SECTION: readonly Row[] = [
  ['VirtualSize', 4, bytes], ['VirtualAddress', 4], ['SizeOfRawData', 4, bytes], ['PointerToRawData', 4], ['PointerToRelocations', 4], ['PointerToLinenumbers', 4],
  ['NumberOfRelocations', 2], ['NumberOfLinenumbers', 2], ['Characteristics', 4, sectionCharacteristics],
];

/** Fields of the DOS, COFF and optional headers, the data directories and the section headers (PE format, sections 2 to 4). */
export function headerFields(fields: FieldList, headers: Headers, sections: readonly Section[], map: AddressMap): void {
  fields.structure('DOS header', 0, DOS);
  fields.structure('COFF header', headers.peOffset, COFF);
  if (headers.hasOptional) fields.structure('Optional header', headers.optionalOffset, optional(headers.plus));
  for (const [index, entry] of headers.directories.entries()) directoryFields(fields, index, entry, sections, map);
  for (const section of sections) {
    const group = `Section header ${quote(section.name, 16)}`;
    fields.add({ group, name: 'Name', offset: section.at, length: 8, value: section.name, meaning: null });
    fields.structure(group, section.at + 8, SECTION);
  }
}

function directoryFields(fields: FieldList, index: number, { rva, size, at }: DataDirectory, sections: readonly Section[], map: AddressMap): void {
  const group = 'Data directories';
  const title = DIRECTORY_TITLES[index] ?? String(index);
  const fileOffset = index === 4 ? rva : map.offset(rva);
  const section = index === 4 ? undefined : sections.find((s) => rva >= s.rva && rva < s.rva + Math.max(s.virtualSize, s.rawSize));
  const where = section ? ` in ${quote(section.name, 16)}` : '';
  const meaning = rva === 0 ? null : fileOffset === null ? `lies in no part of the file${where}` : `file offset ${hex(fileOffset)}${where}`;
  fields.add({ group, name: `${title}: ${index === 4 ? 'file offset' : 'VirtualAddress'}`, offset: at, length: 4, value: hex(rva), meaning });
  fields.add({ group, name: `${title}: Size`, offset: at + 4, length: 4, value: hex(size), meaning: bytes(size) });
}
