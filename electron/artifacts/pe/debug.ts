import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

const MAX_ENTRIES = 64;
const MAX_PATH = 4096;
const CODEVIEW = 2;
const REPRO = 16;

export interface DebugFacts {
  readonly pdb: string[];
  /** A reproducible build: the time stamps of the file are a hash. */
  reproducible: boolean;
}

/** Debug directory: the PDB path of every CodeView entry (RSDS and NB10), and the mark of a reproducible build. */
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
    const count = Math.floor(entry.size / 28);
    for (let i = 0; i < count; i++) {
      if (i >= MAX_ENTRIES) throw new LimitReached(`more than ${MAX_ENTRIES} entries`);
      const at = start + i * 28;
      const type = view.u32(at + 12);
      if (type === REPRO) out.reproducible = true;
      if (type === CODEVIEW) readCodeView(image, view.u32(at + 24), view.u32(at + 16), out.pdb);
    }
  });
}

/** @param at file offset of the record @param size as the entry claims; a path never reads past it */
function readCodeView(image: Image, at: number, size: number, pdb: string[]): void {
  const { view } = image;
  const signature = view.has(at, 4) ? view.ascii(at, 4) : '';
  const head = signature === 'RSDS' ? 24 : signature === 'NB10' ? 16 : null;
  if (head === null) {
    image.problems.add(signature === '' ? 'malformed' : 'unsupported', signature === '' ? 'a CodeView record lies outside the file' : 'a CodeView record is neither RSDS nor NB10', at);
    return;
  }
  if (size > head) pdb.push(image.text(at + head, Math.min(size - head, MAX_PATH)));
}
