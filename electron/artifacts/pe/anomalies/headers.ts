import { quote } from '../../../../shared/base/limits.ts';
import { hex } from '../fields/field-list.ts';
import type { Image } from '../image.ts';
import { EXECUTABLE, WRITABLE, type Section } from '../sections.ts';
import type { Examined } from './examined.ts';

const DOS_HEADER = 0x40;
const DIRECTORIES = 16;
/** Windows refuses images with more sections. */
const MAX_SECTIONS = 96;
/** What the stubs of Microsoft's, GNU's, Go's and Borland's linkers print; matched from `program` on. */
const STUB_TEXTS = ['program cannot be run in DOS mode', 'program must be run under', 'program requires', 'is not a DOS program'];

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;
const span = (s: Section): number => (s.virtualSize === 0 ? s.rawSize : s.virtualSize);

export function headerAnomalies(image: Image, { checksum }: Pick<Examined, 'checksum'>): void {
  const { headers, sections, view } = image;
  if (headers.peOffset < DOS_HEADER) image.anomaly('headers-overlap', 0x3c, `the PE header at ${hex(headers.peOffset)} lies inside the DOS header`);
  if (headers.peOffset > view.length / 2 && headers.peOffset > 0x1000) image.anomaly('headers-displaced', 0x3c, `the PE header lies far behind the beginning, at ${hex(headers.peOffset)}`);
  if (headers.directoryCount > DIRECTORIES) image.anomaly('directory-count', headers.optionalOffset, `${headers.directoryCount} data directories are announced; there are ${DIRECTORIES}`);
  if (headers.sectionCount === 0) image.anomaly('section-count', headers.peOffset + 6, 'the file has no sections');
  if (headers.sectionCount > MAX_SECTIONS) image.anomaly('section-count', headers.peOffset + 6, `${headers.sectionCount} sections are announced; Windows loads at most ${MAX_SECTIONS}`);
  optionalSize(image);
  stub(image);
  entryPoint(image);
  const last = sections.reduce((end, s) => Math.max(end, s.rva + Math.max(s.virtualSize, 1)), 0);
  const size = headers.sectionAlignment > 0 ? roundUp(last, headers.sectionAlignment) : last;
  if (sections.length > 0 && headers.sizeOfImage !== 0 && size !== roundUp(headers.sizeOfImage, Math.max(1, headers.sectionAlignment))) {
    image.anomaly('image-size', headers.atSizeOfImage, `the image size is given as ${hex(headers.sizeOfImage)}, its sections end at ${hex(size)}`);
  }
  if (checksum && checksum.stored !== 0 && checksum.stored !== checksum.computed) {
    image.anomaly('checksum-differs', checksum.offset, `the checksum is given as ${hex(checksum.stored)}, the bytes give ${hex(checksum.computed)}: the file was changed after it was linked, or its linker wrote another value`);
  }
}

/** The section table follows the optional header as large as it claims to be, so another size displaces one of the two. */
function optionalSize(image: Image): void {
  const { headers } = image;
  if (!headers.hasOptional) return;
  const usual = (headers.plus ? 112 : 96) + Math.min(headers.directoryCount, DIRECTORIES) * 8;
  if (headers.optionalSize !== usual) {
    image.anomaly('optional-header-size', headers.peOffset + 20, `the optional header claims ${headers.optionalSize} bytes, its fields and data directories take ${usual}`);
  }
}

function stub(image: Image): void {
  const { headers, view } = image;
  const end = Math.min(headers.peOffset, view.length, DOS_HEADER + 0x400);
  const bytes = view.bytes.subarray(DOS_HEADER, end);
  if (end <= DOS_HEADER || bytes.every((byte) => byte === 0)) return;
  const text = view.ascii(DOS_HEADER, bytes.length);
  if (!STUB_TEXTS.some((words) => text.includes(words))) image.anomaly('dos-stub-unusual', DOS_HEADER, 'the DOS stub is not one of those that common linkers write');
}

function entryPoint(image: Image): void {
  const { headers, sections } = image;
  if (headers.entryRva === 0) return;
  const index = sections.findIndex((s) => headers.entryRva >= s.rva && headers.entryRva < s.rva + span(s));
  const section = sections[index];
  if (!section) {
    image.anomaly('entry-point-outside-sections', headers.atEntryRva, `the entry point ${hex(headers.entryRva)} lies in no section`);
    return;
  }
  const where = quote(section.name, 16);
  if (section.characteristics >= WRITABLE) image.anomaly('entry-point-writable', headers.atEntryRva, `the entry point lies in the writable section ${where}`);
  const otherCode = sections.some((s) => s !== section && (s.characteristics & EXECUTABLE) !== 0);
  if (index > 0 && index === sections.length - 1 && otherCode) image.anomaly('entry-point-last-section', headers.atEntryRva, `the entry point lies in the last section ${where}, although other sections hold code`);
}
