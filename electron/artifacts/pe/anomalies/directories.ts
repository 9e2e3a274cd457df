import { DIRECTORY_TITLES } from '../fields/headers.ts';
import { hex } from '../fields/field-list.ts';
import { DIRECTORY } from '../headers.ts';
import type { Image } from '../image.ts';

/** Directories that hold an RVA and are read as a whole; the certificate table holds a file offset, two are reserved. */
const SKIPPED: ReadonlySet<number> = new Set([DIRECTORY.certificates, 7, 8, 15]);
/** Linkers put these between the section headers and the first section. */
const IN_HEADERS: ReadonlySet<number> = new Set([DIRECTORY.boundImports, DIRECTORY.debug]);

/** Directories that lie outside the file, reach past their section, or stand in the headers where no linker puts them. */
export function directoryAnomalies(image: Image): void {
  const { headers, map } = image;
  for (const [index, { rva, size, at }] of headers.directories.entries()) {
    if (rva === 0 || size === 0 || SKIPPED.has(index)) continue;
    const title = `the ${(DIRECTORY_TITLES[index] ?? '').toLowerCase().replace(/^(?:tls|clr)$/, (t) => t.toUpperCase())} directory`;
    if (map.offset(rva) === null) image.anomaly('directory-outside-file', at, `${title} at ${hex(rva)} lies in no part of the file`);
    else if (size > map.available(rva)) image.anomaly('directory-cut', at + 4, `${title} claims ${size} bytes, ${map.available(rva)} follow in its section`);
    if (rva < headers.sizeOfHeaders && !IN_HEADERS.has(index) && !image.sections.some((s) => rva >= s.rva)) {
      image.anomaly('directory-in-headers', at, `${title} lies in the headers of the file, where no common linker puts it`);
    }
  }
}
