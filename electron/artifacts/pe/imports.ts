import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { type Rva, rva as asRva } from '../kit/bytes.ts';
import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';
import { type ImportedDll, SymbolBudget, readThunks } from './thunks.ts';

const MAX_DESCRIPTORS = 4096;
const MAX_DLL_NAME = 1024;

/** Import directory: ends, as for the Windows loader, at the first descriptor without a name or an address table. */
export function readImports(image: Image, out: ImportedDll[]): void {
  const entry = directory(image.headers, 'imports');
  if (!entry) return;
  const at = start(image, entry.rva, entry.at, 'import directory');
  if (at === null) return;
  const budget = new SymbolBudget();
  image.problems.guard('import directory', at, () => {
    for (let i = 0; ; i++) {
      if (i >= MAX_DESCRIPTORS) throw new LimitReached(`more than ${MAX_DESCRIPTORS} imported DLLs`);
      const descriptor = at + i * 20;
      const lookup = asRva(image.view.u32(descriptor));
      const nameRva = asRva(image.view.u32(descriptor + 12));
      const addresses = asRva(image.view.u32(descriptor + 16));
      if (nameRva === 0 || addresses === 0) return;
      const dll = readDll(image, nameRva, descriptor, out);
      const table = lookup !== 0 && image.map.offset(lookup) !== null ? lookup : addresses;
      readThunks(image, table, dll.symbols, budget);
      if (dll.symbols.length === 0) image.anomaly('import-without-functions', descriptor, `nothing is imported from ${dll.dll}`);
    }
  });
}

/** Delay-load directory (PE format, "Delay-Load Import Tables"); linkers before 2002 wrote virtual addresses into it. */
export function readDelayImports(image: Image, out: ImportedDll[]): void {
  const entry = directory(image.headers, 'delayImports');
  if (!entry) return;
  const at = start(image, entry.rva, entry.at, 'delay-load directory');
  if (at === null) return;
  const budget = new SymbolBudget();
  image.problems.guard('delay-load directory', at, () => {
    for (let i = 0; ; i++) {
      if (i >= MAX_DESCRIPTORS) throw new LimitReached(`more than ${MAX_DESCRIPTORS} delay-loaded DLLs`);
      const descriptor = at + i * 32;
      const base = (image.view.u32(descriptor) & 1) === 1 || image.headers.plus ? 0 : Number(image.headers.imageBase);
      const nameRva = image.view.u32(descriptor + 4);
      const names = image.view.u32(descriptor + 16);
      if (nameRva === 0 || names === 0) return;
      const dll = readDll(image, asRva(nameRva - base), descriptor, out);
      readThunks(image, asRva(names - base), dll.symbols, budget, base);
    }
  });
}

function start(image: Image, rva: Rva, at: number, what: string): number | null {
  const offset = image.map.offset(rva);
  if (offset === null) image.problems.add('malformed', `the ${what} lies in no section`, at);
  return offset;
}

function readDll(image: Image, nameRva: Rva, at: number, out: ImportedDll[]): ImportedDll {
  const name = image.textAt(nameRva, MAX_DLL_NAME);
  if (name === null) image.problems.add('malformed', 'the name of an imported DLL lies in no section', at);
  const dll: ImportedDll = { dll: name ?? '', symbols: [] };
  out.push(dll);
  return dll;
}

/** Imports as the model shows them: a function imported by ordinal is `#12`. */
export function importFacts(dlls: readonly ImportedDll[]): PeFacts['imports'] {
  return dlls.map(({ dll, symbols }) => ({ dll, names: symbols.map((s) => s.name ?? `#${s.ordinal}`) }));
}
