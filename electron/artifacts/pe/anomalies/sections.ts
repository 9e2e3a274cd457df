import { quote } from '../../../../shared/base/limits.ts';
import { hex } from '../fields/field-list.ts';
import type { Image } from '../image.ts';
import { EXECUTABLE, type Section, WRITABLE, mappedOffset } from '../sections.ts';

/** Memory that a section asks for beyond its bytes in the file; real programs keep large zeroed arrays well below. */
const HUGE = 64 * 1024 * 1024;
/** Names that packers and protectors write; anybody may write them. */
const PACKERS: ReadonlyMap<string, string> = new Map([
  ['UPX0', 'UPX'], ['UPX1', 'UPX'], ['UPX2', 'UPX'], ['.aspack', 'ASPack'], ['.adata', 'ASPack'], ['.MPRESS1', 'MPRESS'], ['.MPRESS2', 'MPRESS'], ['.vmp0', 'VMProtect'],
  ['.vmp1', 'VMProtect'], ['.vmp2', 'VMProtect'], ['.themida', 'Themida'], ['.winlice', 'WinLicense'], ['.enigma1', 'Enigma'], ['.enigma2', 'Enigma'], ['.petite', 'Petite'],
  ['.nsp0', 'NsPack'], ['.nsp1', 'NsPack'], ['.boom', 'The Boomerang'], ['PEC2', 'PECompact'], ['pec1', 'PECompact'], ['.yP', 'Y0da'], ['.shrink1', 'Shrinker'],
]);

export function sectionAnomalies(image: Image): void {
  for (const section of image.sections) sectionAnomaly(image, section);
  overlaps(image, 'section-overlap', 'in the file', (s) => ({ start: s.rawOffset, size: s.rawSize }));
  overlaps(image, 'section-overlap-memory', 'in memory', (s) => ({ start: s.rva, size: s.virtualSize }));
}

function sectionAnomaly(image: Image, section: Section): void {
  const { headers, view } = image;
  const called = quote(section.name, 16);
  if (section.rawSize > 0 && section.rawOffset + section.rawSize > view.length) {
    image.anomaly('section-beyond-file', section.at, `section ${called} should end at ${hex(section.rawOffset + section.rawSize)}, the file at ${hex(view.length)}`);
  }
  if ((section.characteristics & EXECUTABLE) !== 0 && section.characteristics >= WRITABLE) image.anomaly('section-writable-code', section.at, `section ${called} is writable and executable`);
  if (section.rawSize > 0 && mappedOffset(section, headers) !== section.rawOffset) {
    image.anomaly('section-unaligned', section.at, `section ${called} begins at ${hex(section.rawOffset)}; Windows reads it from ${hex(mappedOffset(section, headers))}`);
  }
  if (section.virtualSize - section.rawSize > HUGE) image.anomaly('section-huge', section.at + 8, `section ${called} asks for ${section.virtualSize} bytes of memory, the file holds ${section.rawSize}`);
  const packer = PACKERS.get(section.name);
  if (packer !== undefined) image.anomaly('section-name-packer', section.at, `section ${called} has a name that the packer ${packer} uses`);
  // Printable ASCII; `\` is how bytes that are not UTF-8 are written.
  else if (!/^[!-[\]-~]{1,8}$/.test(section.name)) image.anomaly('section-name-odd', section.at, section.name === '' ? 'a section has no name' : `the section name ${quote(section.name, 32)} is not plain text`);
}

function overlaps(image: Image, id: string, where: string, extent: (s: Section) => { start: number; size: number }): void {
  const sorted = image.sections.filter((s) => extent(s).size > 0).sort((a, b) => extent(a).start - extent(b).start);
  for (let i = 1; i < sorted.length; i++) {
    const [before, section] = [sorted[i - 1], sorted[i]];
    if (before && section && extent(before).start + extent(before).size > extent(section).start) {
      image.anomaly(id, section.at, `sections ${quote(before.name, 16)} and ${quote(section.name, 16)} overlap ${where}`);
    }
  }
}
