import { foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import type { ExportName } from '../exports.ts';
import type { Image } from '../image.ts';
import type { Tail } from '../overlay.ts';
import { contentAnomalies } from './content.ts';
import { directoryAnomalies } from './directories.ts';
import type { Examined } from './examined.ts';
import { headerAnomalies } from './headers.ts';
import { sectionAnomalies } from './sections.ts';
import { stampAnomalies } from './stamps.ts';
import { tailAnomalies } from './tail.ts';

/** What no common linker writes, each with the offset where it stands. None of it accuses by itself. */
export function findAnomalies(image: Image, facts: Examined, tail: Tail, own: ExportName | null, reproducible: boolean): void {
  headerAnomalies(image, facts);
  sectionAnomalies(image);
  directoryAnomalies(image);
  stampAnomalies(image, facts, reproducible);
  contentAnomalies(image, facts, own);
  tailAnomalies(image, facts.certificateTable, tail);
}

/** The linker's own name for the DLL, without folders that some compilers write, beside the name that the file has in the evidence. */
export function compareExportName(image: Image, own: ExportName | null, fileName: string | undefined): void {
  if (own === null || fileName === undefined) return;
  // Some build tools write the path at which they made the file; only its last part is a name.
  const called = foldCase(own.name.slice(Math.max(own.name.lastIndexOf('/'), own.name.lastIndexOf('\\')) + 1));
  // Some linkers leave the extension out.
  if (called === foldCase(fileName) || `${called}.DLL` === foldCase(fileName)) return;
  image.anomaly('export-name-differs', own.at, `the ${image.headers.isDll ? 'DLL' : 'program'} calls itself ${quote(own.name)}, where it was read the file is named ${quote(fileName)}`);
}
