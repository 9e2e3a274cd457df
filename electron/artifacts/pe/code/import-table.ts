import { ByteView, rva } from '../../kit/bytes.ts';
import { directory } from '../headers.ts';
import type { Image } from '../image.ts';
import { OLEAUT32, WS2_32 } from '../ordinals.ts';

/** One imported function. `at`: file offset of its name, or of the table entry when it is imported by number. */
export interface ImportedFunction {
  readonly dll: string;
  readonly name: string;
  /** By which it is imported in place of its name; the name is then the one that the DLL gives to this number. */
  readonly ordinal: number | null;
  readonly at: number;
  readonly delayed: boolean;
}

const MAX_FUNCTIONS = 4096;
const MAX_DLLS = 512;
const MAX_NAME = 256;

/** Imported functions and the addresses through which code calls them. Damage ends a table early and is reported elsewhere. */
export class ImportTable {
  readonly functions: ImportedFunction[] = [];
  readonly #slots = new Map<number, ImportedFunction>();
  readonly #image: Image;
  readonly #base: number;

  constructor(image: Image, base: number) {
    this.#image = image;
    this.#base = base;
    this.#read(image);
  }

  /** The function whose address the loader puts at a virtual address. */
  at(address: number): ImportedFunction | null {
    return this.#slots.get(address) ?? null;
  }

  #read(image: Image): void {
    const imports = this.#start('imports');
    const view = image.view;
    for (let at = imports, left = MAX_DLLS; left > 0 && view.has(at, 20); at += 20, left--) {
      const [lookup, name, slots] = [view.u32(at), view.u32(at + 12), view.u32(at + 16)];
      if (name === 0 || slots === 0) break;
      this.#table(name, lookup !== 0 && image.map.offset(rva(lookup)) !== null ? lookup : slots, slots, false, 0);
    }
    const delayed = this.#start('delayImports');
    for (let at = delayed, left = MAX_DLLS; left > 0 && view.has(at, 32); at += 32, left--) {
      const base = (view.u32(at) & 1) === 1 || image.headers.plus ? 0 : Number(image.headers.imageBase);
      const [name, slots, lookup] = [view.u32(at + 4), view.u32(at + 12), view.u32(at + 16)];
      if (name === 0 || lookup === 0) break;
      this.#table(name - base, lookup - base, slots - base, true, base);
    }
  }

  /** File offset of a directory, or one that lies in no file. */
  #start(name: 'imports' | 'delayImports'): number {
    const entry = directory(this.#image.headers, name);
    return entry ? (this.#image.map.offset(rva(entry.rva)) ?? -1) : -1;
  }

  #table(nameRva: number, lookup: number, slots: number, delayed: boolean, base: number): void {
    const { view, map, headers } = this.#image;
    const width = headers.plus ? 8 : 4;
    const dll = this.#text(nameRva);
    const start = map.offset(rva(lookup));
    if (dll === null || start === null) return;
    const count = Math.floor(map.available(rva(lookup)) / width);
    for (let i = 0; i < count && this.functions.length < MAX_FUNCTIONS && view.has(start + i * width, width); i++) {
      const at = start + i * width;
      const low = view.u32(at);
      const high = headers.plus ? view.u32(at + 4) : 0;
      if (low === 0 && high === 0) return;
      const byNumber = (headers.plus ? high : low) >= 0x8000_0000;
      const name = byNumber ? ordinalName(dll, low & 0xffff) : this.#name(low - base + 2);
      if (name === null) return;
      const found = { dll, name, ordinal: byNumber ? low & 0xffff : null, at: byNumber ? at : (map.offset(rva(low - base + 2)) ?? at), delayed };
      this.functions.push(found);
      this.#slots.set(this.#base + slots + i * width, found);
    }
  }

  /** Name of a function, one character for each byte: no rule has a name that is not ASCII, so escaping would be time lost. */
  #name(address: number): string | null {
    const at = this.#image.map.offset(rva(address));
    return at === null ? null : String.fromCharCode(...this.#image.view.untilNul(at, MAX_NAME));
  }

  #text(address: number): string | null {
    const at = this.#image.map.offset(rva(address));
    return at === null ? null : new ByteView(this.#image.view.untilNul(at, MAX_NAME)).utf8(0, MAX_NAME);
  }
}

function ordinalName(dll: string, ordinal: number): string {
  const file = dll.toLowerCase();
  const names = file === 'ws2_32.dll' || file === 'wsock32.dll' ? WS2_32 : file === 'oleaut32.dll' ? OLEAUT32 : null;
  return names?.get(ordinal) ?? `#${ordinal}`;
}
