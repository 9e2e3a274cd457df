import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { type Rva, rva as asRva } from '../kit/bytes.ts';
import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

/** Ordinals are 16 bits wide, so a table cannot mean more; names beyond it can only repeat ordinals. */
const MAX_FUNCTIONS = 0x10000;
const MAX_NAMES = 0x10000;
const MAX_NAME = 4096;

type Export = PeFacts['exports'][number];

/** The DLL name that the linker wrote into the export directory and where it stands, or null. */
export interface ExportName {
  readonly name: string;
  readonly at: number;
}

/**
 * Export directory (PE format, ".edata"): named exports in the order of the name table, then those with an ordinal only.
 * An address inside the directory itself is the text of a forwarder.
 */
export function readExports(image: Image, out: Export[]): ExportName | null {
  const entry = directory(image.headers, 'exports');
  if (!entry) return null;
  const { view, map, problems } = image;
  const at = map.offset(entry.rva);
  if (at === null) {
    problems.add('malformed', 'the export directory lies in no section', entry.at);
    return null;
  }
  let own: ExportName | null = null;
  problems.guard('export directory', at, () => {
    const name = image.textAt(asRva(view.u32(at + 12)), MAX_NAME);
    if (name) own = { name, at: map.offset(asRva(view.u32(at + 12))) ?? at };
    readTable(image, at, { from: entry.rva, to: entry.rva + entry.size }, out);
  });
  return own;
}

interface Extent {
  readonly from: number;
  readonly to: number;
}

function readTable(image: Image, at: number, extent: Extent, out: Export[]): void {
  const { view } = image;
  const base = view.u32(at + 16);
  const functions = table(image, at + 28, view.u32(at + 20), 4, MAX_FUNCTIONS, 'functions');
  const names = table(image, at + 32, view.u32(at + 24), 4, MAX_NAMES, 'names');
  const ordinals = table(image, at + 36, names.count, 2, MAX_NAMES, 'ordinals');
  const named = new Uint8Array(functions.count);
  let wild = 0;
  for (let i = 0; i < Math.min(names.count, ordinals.count); i++) {
    const index = view.u16(ordinals.offset + i * 2);
    if (index >= functions.count) {
      wild += 1;
      continue;
    }
    named[index] = 1;
    const rva = asRva(view.u32(functions.offset + index * 4));
    if (rva !== 0) out.push({ name: image.textAt(asRva(view.u32(names.offset + i * 4)), MAX_NAME), ordinal: base + index, rva, forwarder: forwarder(image, rva, extent) });
  }
  if (wild > 0) image.problems.add('malformed', `${wild} exported names have an ordinal outside the function table`, at);
  for (let index = 0; index < functions.count; index++) {
    const rva = asRva(view.u32(functions.offset + index * 4));
    if (named[index] === 0 && rva !== 0) out.push({ name: null, ordinal: base + index, rva, forwarder: forwarder(image, rva, extent) });
  }
  if (functions.cut || names.cut) throw new LimitReached(`more than ${MAX_FUNCTIONS} exports`);
}

interface Table {
  readonly offset: number;
  readonly count: number;
  readonly cut: boolean;
}

/** A table that the directory points to, shortened to what the file holds. */
function table(image: Image, at: number, wanted: number, width: number, max: number, what: string): Table {
  if (wanted === 0) return { offset: 0, count: 0, cut: false };
  const rva = asRva(image.view.u32(at));
  const offset = image.map.offset(rva);
  const there = offset === null ? 0 : Math.floor(image.map.available(rva) / width);
  if (there < Math.min(wanted, max)) image.problems.add('malformed', `the export table announces ${wanted} ${what}, ${there} lie in the file`, at);
  return { offset: offset ?? 0, count: Math.min(wanted, there, max), cut: wanted > max && there > max };
}

function forwarder(image: Image, rva: Rva, extent: Extent): string | null {
  return rva >= extent.from && rva < extent.to ? image.textAt(rva, MAX_NAME) : null;
}
