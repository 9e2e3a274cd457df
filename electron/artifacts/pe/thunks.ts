import { type Rva, rva as asRva } from '../kit/bytes.ts';
import { LimitReached } from '../kit/findings.ts';
import type { Image } from './image.ts';

/** One imported function: by name, or by ordinal when the name is null. */
export interface ImportedSymbol {
  readonly name: string | null;
  readonly ordinal: number;
}

/** One import descriptor, in the order of the file. */
export interface ImportedDll {
  readonly dll: string;
  readonly symbols: ImportedSymbol[];
}

const MAX_NAME = 4096;

/** Counts symbols over all descriptors of a table, which may all point at the same thunks. */
export class SymbolBudget {
  #left = 0x10000;
  take(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new LimitReached('more than 65,536 imported functions');
  }
}

/**
 * Reads a lookup table (PE format, "Import Lookup Table") until its zero entry or the end of its section.
 * @param base subtracted from addresses, for delay-load tables of old linkers that hold virtual addresses
 */
export function readThunks(image: Image, rva: Rva, out: ImportedSymbol[], budget: SymbolBudget, base = 0): void {
  const { view, map, headers } = image;
  const start = map.offset(rva);
  if (start === null) {
    image.problems.add('malformed', `a table of imported functions at RVA 0x${rva.toString(16)} lies in no section`);
    return;
  }
  const width = headers.plus ? 8 : 4;
  const count = Math.floor(map.available(rva) / width);
  for (let i = 0; i < count; i++) {
    const at = start + i * width;
    const low = view.u32(at);
    const high = headers.plus ? view.u32(at + 4) : 0;
    if (low === 0 && high === 0) return;
    budget.take();
    if ((headers.plus ? high : low) >= 0x8000_0000) {
      out.push({ name: null, ordinal: low & 0xffff });
      continue;
    }
    const name = high === 0 && low >= base ? image.textAt(asRva(low - base + 2), MAX_NAME) : null;
    if (name === null) {
      image.problems.add('malformed', 'the name of an imported function lies in no section', at);
      return;
    }
    // An empty name is what stripped or damaged tables leave; it names nothing.
    if (name !== '') out.push({ name, ordinal: 0 });
  }
}
