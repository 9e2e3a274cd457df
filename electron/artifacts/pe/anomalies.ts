import { foldCase } from '../../../shared/base/compare.ts';
import { quote } from '../../../shared/base/limits.ts';
import { type ExportName } from './exports.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';
import { EXECUTABLE, WRITABLE, mappedOffset } from './sections.ts';

const hex = (value: number): string => `0x${value.toString(16)}`;
const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** What no common linker writes, each with the offset where it stands. None of it accuses by itself. */
export function findAnomalies(image: Image, certificates: { offset: number; size: number } | null): void {
  headerAnomalies(image);
  sectionAnomalies(image);
  tailAnomalies(image, certificates);
}

function headerAnomalies(image: Image): void {
  const { headers, sections } = image;
  if (headers.peOffset < 64) image.anomaly('headers-overlap', 0x3c, `the PE header at ${hex(headers.peOffset)} lies inside the DOS header`);
  if (headers.directoryCount > 16) image.anomaly('directory-count', headers.optionalOffset, `${headers.directoryCount} data directories are announced; there are 16`);
  const inSection = sections.some((s) => headers.entryRva >= s.rva && headers.entryRva < s.rva + (s.virtualSize === 0 ? s.rawSize : s.virtualSize));
  if (headers.entryRva !== 0 && !inSection) image.anomaly('entry-point-outside-sections', headers.atEntryRva, `the entry point ${hex(headers.entryRva)} lies in no section`);
  const last = sections.reduce((end, s) => Math.max(end, s.rva + Math.max(s.virtualSize, 1)), 0);
  const size = headers.sectionAlignment > 0 ? roundUp(last, headers.sectionAlignment) : last;
  if (sections.length > 0 && headers.sizeOfImage !== 0 && size !== roundUp(headers.sizeOfImage, Math.max(1, headers.sectionAlignment))) {
    image.anomaly('image-size', headers.atSizeOfImage, `the image size is given as ${hex(headers.sizeOfImage)}, its sections end at ${hex(size)}`);
  }
}

function sectionAnomalies(image: Image): void {
  const { headers, sections, view } = image;
  for (const section of sections) {
    const called = quote(section.name, 16);
    if (section.rawSize > 0 && section.rawOffset + section.rawSize > view.length) {
      image.anomaly('section-beyond-file', section.at, `section ${called} should end at ${hex(section.rawOffset + section.rawSize)}, the file at ${hex(view.length)}`);
    }
    if ((section.characteristics & EXECUTABLE) !== 0 && section.characteristics >= WRITABLE) image.anomaly('section-writable-code', section.at, `section ${called} is writable and executable`);
    if (section.rawSize > 0 && mappedOffset(section, headers) !== section.rawOffset) {
      image.anomaly('section-unaligned', section.at, `section ${called} begins at ${hex(section.rawOffset)}; Windows reads it from ${hex(mappedOffset(section, headers))}`);
    }
  }
  overlaps(image, 'section-overlap', 'in the file', (s) => ({ start: s.rawOffset, size: s.rawSize }));
  overlaps(image, 'section-overlap-memory', 'in memory', (s) => ({ start: s.rva, size: s.virtualSize }));
}

function overlaps(image: Image, id: string, where: string, extent: (s: Image['sections'][number]) => { start: number; size: number }): void {
  const sorted = image.sections.filter((s) => extent(s).size > 0).sort((a, b) => extent(a).start - extent(b).start);
  for (let i = 1; i < sorted.length; i++) {
    const [before, section] = [sorted[i - 1], sorted[i]];
    if (before && section && extent(before).start + extent(before).size > extent(section).start) {
      image.anomaly(id, section.at, `sections ${quote(before.name, 16)} and ${quote(section.name, 16)} overlap ${where}`);
    }
  }
}

function tailAnomalies(image: Image, certificates: { offset: number; size: number } | null): void {
  const { headers, sections, view } = image;
  const at = directory(headers, 'certificates')?.at ?? 0;
  const beyond = certificates !== null && certificates.offset + certificates.size > view.length;
  if (beyond) image.anomaly('certificate-table-beyond-file', at, `the certificate table should end at ${hex(certificates.offset + certificates.size)}, the file at ${hex(view.length)}`);
  const end = overlayStart(image);
  const signed = certificates !== null && certificates.offset >= end && certificates.offset <= view.length;
  // Up to seven bytes of padding align a certificate table.
  const overlay = signed ? certificates.offset - end : view.length - end;
  if (sections.length > 0 && overlay >= (signed ? 8 : 1)) image.anomaly('overlay', end, `${overlay} bytes lie behind the last section`);
  const after = signed ? certificates.offset + certificates.size : view.length;
  if (after < view.length) image.anomaly('data-after-certificates', after, `${view.length - after} bytes lie behind the certificate table`);
}

/** End of everything that the headers account for; a COFF symbol table and its strings belong to that. */
function overlayStart({ headers, sections, view }: Image): number {
  let end = headers.optionalOffset + headers.optionalSize + sections.length * 40;
  for (const s of sections) if (s.rawSize > 0 && s.rawOffset < view.length) end = Math.max(end, Math.min(s.rawOffset + s.rawSize, view.length));
  const strings = headers.symbolTable + headers.symbolCount * 18;
  if (headers.symbolTable >= end && view.has(strings, 4)) end = Math.min(view.length, Math.max(end, strings + view.u32(strings)));
  return end;
}

/** The linker's own name for the DLL beside the name that the file has in the evidence. */
export function compareExportName(image: Image, own: ExportName | null, fileName: string | undefined): void {
  if (own === null || fileName === undefined || foldCase(own.name) === foldCase(fileName)) return;
  image.anomaly('export-name-differs', own.at, `the DLL calls itself ${quote(own.name)}, the file is named ${quote(fileName)}`);
}
