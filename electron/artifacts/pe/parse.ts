import type { ParseProblem } from '../../../shared/model/problem.ts';
import type { PeAnomaly, PeFacts } from '../../../shared/model/pe/index.ts';
import { ByteView } from '../kit/bytes.ts';
import { ProblemList } from '../kit/findings.ts';
import { AddressMap } from './address-map.ts';
import { compareExportName, findAnomalies } from './anomalies/find.ts';
import { readBoundImports } from './bound-imports.ts';
import { readChecksum } from './checksum.ts';
import { readClr } from './clr/facts.ts';
import { type DebugFacts, readDebug } from './debug.ts';
import { measureSections } from './entropy.ts';
import { readExports } from './exports.ts';
import { directoryFields } from './fields/directories.ts';
import { FieldList } from './fields/field-list.ts';
import { headerFields } from './fields/headers.ts';
import { type Headers, directory, readHeaders } from './headers.ts';
import { Image } from './image.ts';
import { imphash } from './imphash.ts';
import { importFacts, readDelayImports, readImports } from './imports.ts';
import { entryPoints, kindsOf } from './kinds.ts';
import { readCapabilities } from './code/capabilities.ts';
import { overlayFacts, readTail } from './overlay.ts';
import { readRelocations } from './relocations.ts';
import { readResourceTree } from './resource-tree.ts';
import { readVersionInfo } from './resources-version.ts';
import { readRich } from './rich.ts';
import { readSections } from './sections.ts';
import { readStamp } from './stamp.ts';
import type { ImportedDll } from './thunks.ts';
import { readTls } from './tls.ts';

export interface PeParse {
  /** Null when the file is no PE; one of the problems says so. */
  readonly facts: PeFacts | null;
  readonly problems: readonly ParseProblem[];
}

/**
 * Reads the structure of a PE file from its bytes, without signatures and hashes of the whole (see examine.ts); nothing is
 * executed or loaded. A damaged directory becomes a problem and leaves the others alone. Never throws for any bytes; memory and time are bounded.
 * @param bytes the whole file, up to 256 MiB
 * @param fileName name in the evidence without folders, to compare with the name that the DLL calls itself
 */
export function parsePe(bytes: Uint8Array, fileName?: string): PeParse {
  const view = new ByteView(bytes);
  const problems = new ProblemList();
  const headers = readHeaders(view, problems);
  if (!headers) return { facts: null, problems: problems.list };
  const anomalies: PeAnomaly[] = [];
  const sections = readSections(view, headers, problems);
  const image = new Image(view, headers, sections, new AddressMap(headers, sections, view.length), problems, anomalies);
  return { facts: readFacts(image, fileName), problems: problems.list };
}

function readFacts(image: Image, fileName: string | undefined): PeFacts {
  const { view, headers, problems, anomalies } = image;
  const fields = new FieldList(view);
  problems.guard('fields of the headers', undefined, () => headerFields(fields, headers, image.sections, image.map));
  problems.guard('fields of the directories', undefined, () => directoryFields(image, fields));
  const measured: PeFacts['sections'] = [];
  problems.guard('section table', undefined, () => measureSections(view, headers, image.sections, measured));
  const imports: ImportedDll[] = [];
  readImports(image, imports);
  const delayImports: ImportedDll[] = [];
  readDelayImports(image, delayImports);
  const boundImports: PeFacts['boundImports'] = [];
  readBoundImports(image, boundImports);
  const exports: PeFacts['exports'] = [];
  const exportName = readExports(image, exports);
  const debug: DebugFacts = { entries: [], pdb: [], reproducible: false };
  readDebug(image, debug);
  const tls = readTls(image);
  const relocations = readRelocations(image);
  const clr = readClr(image);
  const points = entryPoints(exports);
  const certificates = certificateTable(headers);
  const rich = readRich(image);
  const resources = readResourceTree(image);
  const tail = readTail(image, certificates);
  const checksum = readChecksum(view, headers);
  // The resource library is used only where nothing was wrong so far, so it comes late.
  let versionInfo: Record<string, string> = {};
  problems.guard('version information', undefined, () => (versionInfo = readVersionInfo(image, resources, fields)));
  const examined = { sections: measured, exports, tls, debug: debug.entries, resources: resources.leaves, checksum, certificateTable: certificates };
  findAnomalies(image, examined, tail, exportName, debug.reproducible);
  compareExportName(image, exportName, fileName);
  const facts: PeFacts = {
    machine: headers.machine,
    isDll: headers.isDll,
    timestamp: readStamp(headers.timestamp, headers.peOffset + 8, debug.reproducible),
    imphash: imphash(imports),
    richHash: rich.hash,
    exports,
    exportName: exportName?.name ?? null,
    imports: importFacts(imports),
    delayImports: importFacts(delayImports),
    sections: measured,
    pdb: debug.pdb,
    versionInfo,
    clr,
    entryPoints: points,
    kinds: kindsOf(points, clr),
    certificateTable: certificates,
    anomalies,
    fields: fields.list,
    boundImports,
    tls,
    relocations,
    rich: rich.rich,
    debug: debug.entries,
    resources: resources.leaves,
    overlay: overlayFacts(image, tail),
    checksum,
    capabilities: [], identity: null, signatures: null,
  };
  problems.guard('code', undefined, () => (facts.capabilities = readCapabilities(image, facts)));
  return facts;
}

function certificateTable(headers: Headers): PeFacts['certificateTable'] {
  const entry = directory(headers, 'certificates');
  return entry ? { offset: entry.rva, size: entry.size } : null;
}
