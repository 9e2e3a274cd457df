import type { Capability, Proof } from '../../../../shared/model/pe/index.ts';
import { LimitReached } from '../../kit/findings.ts';
import { OutOfBounds, rva as asRva } from '../../kit/bytes.ts';
import type { Image } from '../image.ts';
import { CodeReader } from './code-reader.ts';
import { disassembler } from './disassembler.ts';
import { clrCapabilities } from '../clr/capabilities.ts';
import { importCapabilities, ruleOf } from './import-capabilities.ts';
import { readExtensionProc, readExtensionVersion, readFilterProc } from './isapi.ts';
import { readClassNames } from './sdk-texts.ts';
import { findVariables } from './server-variables.ts';
import { ImportTable } from './import-table.ts';
import { readFilter } from './filter.ts';
import { readModule } from './native-module.ts';
import { type CodeFacts, Reading } from './reading.ts';
import { CapabilityList } from './sink.ts';
import { makeWorld } from './world.ts';

/** Instructions that are decoded of one file, and that are followed over all paths. */
const DECODED = 10_000;
const FOLLOWED = 16_000;

type Reader = (reading: Reading, entry: number) => unknown;

/** What is read from each entry point that IIS calls. */
const ENTRIES: readonly (readonly [name: string, read: Reader])[] = [
  ['RegisterModule', readModule],
  ['GetFilterVersion', readFilter],
  ['HttpFilterProc', readFilterProc],
  ['GetExtensionVersion', readExtensionVersion],
  ['HttpExtensionProc', readExtensionProc],
];

/** What the code can see, change and do, as far as imports, exports, metadata and a bounded look at the code show it. */
export function readCapabilities(image: Image, facts: CodeFacts): Capability[] {
  const out = new CapabilityList();
  const imports = new ImportTable(image, makeWorld(image).base);
  const entries = ENTRIES.filter(([name]) => facts.entryPoints.includes(name));
  if (entries.length > 0) readEntries(image, facts, imports, entries, out);
  for (const { group, id, what, proof } of clrCapabilities(image, facts.clr, ruleOf)) out.add(group, id, what, proof);
  importCapabilities(imports, out);
  return out.list;
}

function readEntries(image: Image, facts: CodeFacts, imports: ImportTable, entries: typeof ENTRIES, out: CapabilityList): void {
  if (facts.machine !== 'x86' && facts.machine !== 'x64') {
    out.add('limits', 'machine-not-read', `not recoverable: the code is for ${facts.machine}, which is not read; what it registers for is not known`, entryProof(image, facts, entries));
    return;
  }
  const iced = disassembler();
  if (iced === null) {
    out.add('limits', 'no-disassembler', 'not recoverable: the disassembler could not be loaded; what it registers for is not known', entryProof(image, facts, entries));
    return;
  }
  const world = makeWorld(image);
  const code = new CodeReader(iced, world, DECODED, FOLLOWED);
  try {
    const reading = new Reading(facts, world, code, imports, out);
    for (const [name, read] of entries) readEntry(reading, name, read);
    readClassNames(reading);
    if (facts.entryPoints.includes('HttpExtensionProc') || facts.entryPoints.includes('HttpFilterProc')) findVariables(reading);
  } finally {
    code.close();
  }
}

/** Where the first of the entry points stands whose code is not read. */
function entryProof(image: Image, facts: CodeFacts, entries: typeof ENTRIES): Proof {
  const found = facts.exports.find(({ name }) => entries.some(([entry]) => entry === name));
  return found === undefined ? {} : place(image, found.rva);
}

/** File offset of an address; without one where it lies in no part of the file. */
function place(image: Image, rva: number): Proof {
  const offset = image.map.offset(asRva(rva));
  return offset === null ? {} : { offset };
}

function readEntry(reading: Reading, name: string, read: Reader): void {
  const found = reading.facts.exports.find((one) => one.name === name);
  if (found === undefined) return;
  if (found.forwarder !== null) {
    reading.out.add('limits', 'entry-forwarded', `${name} is forwarded to ${found.forwarder}: its code is in another file`, { ...place(reading.world.image, found.rva), constant: found.forwarder });
    return;
  }
  try {
    read(reading, reading.world.base + found.rva);
  } catch (error) {
    if (!(error instanceof OutOfBounds) && !(error instanceof LimitReached)) throw error;
    reading.out.add('limits', 'code-damaged', `the code of ${name} could not be read: ${error.message}`, place(reading.world.image, found.rva));
  }
}
