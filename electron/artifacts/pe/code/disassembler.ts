import { createRequire } from 'node:module';
import type * as Iced from 'iced-x86';

export type Disassembler = typeof Iced;

let loaded: Disassembler | null | undefined;

/**
 * The disassembler, compiled at the first file that has code to read and kept: its WebAssembly takes longer to load than
 * most files take to read, and most files that IIS configurations name are managed. Null where it cannot be loaded.
 */
export function disassembler(): Disassembler | null {
  if (loaded === undefined) {
    try {
      loaded = createRequire(import.meta.url)('iced-x86') as Disassembler;
    } catch {
      loaded = null;
    }
  }
  return loaded;
}
