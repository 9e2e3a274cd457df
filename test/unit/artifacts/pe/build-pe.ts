/** Writes small PE files from nothing: one section at RVA 0x1000 and file offset 0x400 that holds what the test puts there. */
export interface PeRecipe {
  plus?: boolean;
  sectionAlignment?: number;
  sizeOfRawData?: number;
  pointerToRawData?: number;
  virtualSize?: number;
  timestamp?: number;
  entry?: number;
  dll?: boolean;
  symbols?: number;
  sections?: number;
  directories?: Readonly<Record<number, readonly [rva: number, size: number]>>;
  /** Writes the section; offsets are relative to it, RVAs are `SECTION + offset`. */
  fill?: (w: Writer) => void;
  /** Bytes of the section. */
  size?: number;
}

export const SECTION = 0x1000;
const RAW = 0x400;

export class Writer {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  u16(at: number, value: number): void {
    this.bytes.writeUInt16LE(value, at);
  }
  u32(at: number, value: number): void {
    this.bytes.writeUInt32LE(value >>> 0, at);
  }
  u64(at: number, value: bigint): void {
    this.bytes.writeBigUInt64LE(value, at);
  }
  text(at: number, text: string): void {
    this.bytes.write(`${text}\0`, at, 'latin1');
  }
}

export function buildPe(recipe: PeRecipe = {}): Uint8Array {
  const size = recipe.size ?? 0x400;
  const file = Buffer.alloc(RAW + size);
  const w = new Writer(file);
  const optional = 0x40 + 24;
  const fixed = recipe.plus === true ? 112 : 96;
  w.text(0, 'MZ');
  w.u32(0x3c, 0x40);
  w.text(0x40, 'PE');
  w.u16(0x44, recipe.plus === true ? 0x8664 : 0x14c);
  w.u16(0x46, recipe.sections ?? 1);
  w.u32(0x48, recipe.timestamp ?? 1_700_000_000);
  w.u32(0x50, recipe.symbols ?? 0);
  w.u16(0x54, fixed + 128);
  w.u16(0x56, recipe.dll === false ? 0x0002 : 0x2002);
  w.u16(optional, recipe.plus === true ? 0x20b : 0x10b);
  w.u32(optional + 16, recipe.entry ?? 0);
  if (recipe.plus === true) w.u64(optional + 24, 0x1_8000_0000n);
  else w.u32(optional + 28, 0x1000_0000);
  w.u32(optional + 32, recipe.sectionAlignment ?? 0x1000);
  w.u32(optional + 36, 0x200);
  w.u32(optional + 56, 0x2000);
  w.u32(optional + 60, RAW);
  w.u32(optional + fixed - 4, 16);
  for (const [index, [rva, length]] of Object.entries(recipe.directories ?? {})) {
    w.u32(optional + fixed + Number(index) * 8, rva);
    w.u32(optional + fixed + Number(index) * 8 + 4, length);
  }
  const header = optional + fixed + 128;
  w.text(header, '.text');
  w.u32(header + 8, recipe.virtualSize ?? size);
  w.u32(header + 12, SECTION);
  w.u32(header + 16, recipe.sizeOfRawData ?? size);
  w.u32(header + 20, recipe.pointerToRawData ?? RAW);
  w.u32(header + 36, 0x6000_0020);
  recipe.fill?.(new Writer(file.subarray(RAW)));
  return new Uint8Array(file);
}
