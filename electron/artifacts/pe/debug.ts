import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

const MAX_ENTRIES = 64;
const MAX_PATH = 4096;
const ENTRY = 28;
const CODEVIEW = 2;
const REPRO = 16;

/** IMAGE_DEBUG_TYPE_* without the prefix, by number. */
const TYPES: readonly string[] = [
  'UNKNOWN', 'COFF', 'CODEVIEW', 'FPO', 'MISC', 'EXCEPTION', 'FIXUP', 'OMAP_TO_SRC', 'OMAP_FROM_SRC', 'BORLAND', 'RESERVED10', 'CLSID', 'VC_FEATURE', 'POGO',
  'ILTCG', 'MPX', 'REPRO', 'EMBEDDED_PORTABLE_PDB', 'SPGO', 'PDBCHECKSUM', 'EX_DLLCHARACTERISTICS', 'PERFMAP',
];

export interface DebugFacts {
  readonly entries: PeFacts['debug'];
  readonly pdb: string[];
  /** A reproducible build: the time stamps of the file are a hash. */
  reproducible: boolean;
}

/** Debug directory: every entry, the PDB path of every CodeView entry (RSDS and NB10), and the mark of a reproducible build. */
export function readDebug(image: Image, out: DebugFacts): void {
  const entry = directory(image.headers, 'debug');
  if (!entry) return;
  const { view } = image;
  const start = image.map.offset(entry.rva);
  if (start === null) {
    image.problems.add('malformed', 'the debug directory lies in no section', entry.at);
    return;
  }
  image.problems.guard('debug directory', start, () => {
    const count = Math.floor(entry.size / ENTRY);
    for (let i = 0; i < count; i++) {
      if (i >= MAX_ENTRIES) throw new LimitReached(`more than ${MAX_ENTRIES} entries`);
      const at = start + i * ENTRY;
      const type = view.u32(at + 12);
      const [dataSize, dataOffset] = [view.u32(at + 16), view.u32(at + 24)];
      if (type === REPRO) out.reproducible = true;
      const codeView = type === CODEVIEW ? readCodeView(image, dataOffset, dataSize) : null;
      if (codeView !== null && codeView.pdb !== null) out.pdb.push(codeView.pdb);
      out.entries.push({
        type: TYPES[type] ?? `#${type}`, offset: at, timestamp: view.u32(at + 4), dataOffset, dataSize, pdb: codeView?.pdb ?? null, identity: codeView?.identity ?? null,
      });
    }
  });
}

interface CodeView {
  readonly pdb: string | null;
  readonly identity: string;
}

/** @param at file offset of the record @param size as the entry claims; a path never reads past it */
function readCodeView(image: Image, at: number, size: number): CodeView | null {
  const { view } = image;
  const signature = view.has(at, 4) ? view.ascii(at, 4) : '';
  const head = signature === 'RSDS' ? 24 : signature === 'NB10' ? 16 : null;
  if (head === null) {
    image.problems.add(signature === '' ? 'malformed' : 'unsupported', signature === '' ? 'a CodeView record lies outside the file' : 'a CodeView record is neither RSDS nor NB10', at);
    return null;
  }
  const pdb = size > head ? image.text(at + head, Math.min(size - head, MAX_PATH)) : null;
  const age = view.u32(at + head - 4).toString(16).toUpperCase();
  return { pdb, identity: (head === 24 ? guid(image, at + 4) : number(view.u32(at + 8), 8)) + age };
}

const number = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** A GUID without hyphens, as it stands in the path of a symbol store. */
function guid({ view }: Image, at: number): string {
  const tail = Array.from(view.range(at + 8, 8), (byte) => number(byte, 2)).join('');
  return number(view.u32(at), 8) + number(view.u16(at + 4), 4) + number(view.u16(at + 6), 4) + tail;
}
