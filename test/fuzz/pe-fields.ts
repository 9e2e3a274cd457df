import { NUMBERS } from './mutant.ts';

interface Field {
  readonly at: number;
  readonly width: 2 | 4;
}

const HEADER_FIELDS: readonly (readonly [number, 2 | 4])[] = [
  [4, 2], [6, 2], [8, 4], [12, 4], [16, 4], [20, 2], [22, 2], [24, 2], [40, 4], [44, 4], [48, 4], [52, 4], [56, 4], [60, 4], [72, 2], [80, 4], [84, 4], [88, 4], [92, 2], [94, 2],
];
/** How far behind the place that a directory points to its own fields and tables are looked for. */
const NEAR = 160;
const SECTIONS = 16;

/** Fields of the headers, data directories, section headers and of what the directories point to, as far as they are there. */
function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [{ at: 0x3c, width: 4 }];
  const has = (at: number, length: number): boolean => at >= 0 && at + length <= bytes.length;
  const u32 = (at: number): number => (has(at, 4) ? bytes.readUInt32LE(at) : 0);
  const u16 = (at: number): number => (has(at, 2) ? bytes.readUInt16LE(at) : 0);
  const pe = u32(0x3c);
  if (!has(pe, 120)) return fields;
  for (const [at, width] of HEADER_FIELDS) fields.push({ at: pe + at, width });
  const directories = pe + 24 + (u16(pe + 24) === 0x20b ? 112 : 96);
  fields.push({ at: directories - 4, width: 4 });
  const table = pe + 24 + u16(pe + 20);
  const sections = Array.from({ length: Math.min(u16(pe + 6), SECTIONS) }, (_, i) => table + i * 40).filter((at) => has(at, 40));
  for (const at of sections) for (const offset of [8, 12, 16, 20, 36]) fields.push({ at: at + offset, width: 4 });
  const mapped = (rva: number): number => {
    const home = sections.find((at) => rva >= u32(at + 12) && rva < u32(at + 12) + u32(at + 16));
    return home === undefined ? rva : rva - u32(home + 12) + u32(home + 20);
  };
  for (let i = 0; i < 16; i++) {
    const entry = directories + i * 8;
    if (!has(entry, 8)) break;
    fields.push({ at: entry, width: 4 }, { at: entry + 4, width: 4 });
    const to = u32(entry) === 0 ? bytes.length : i === 4 ? u32(entry) : mapped(u32(entry));
    for (let at = to; at < to + NEAR && has(at, 4); at += 2) fields.push({ at, width: at % 4 === 0 ? 4 : 2 });
    // The metadata root and the header of its tables lie one address further.
    if (i === 14) for (let root = mapped(u32(to + 8)), at = root; at < root + NEAR * 4 && has(at, 4); at += 4) fields.push({ at, width: 4 });
  }
  return fields;
}

/** Sets one field to a number at a border, to an address of the file, or a little beside what it was. */
export function changeField(bytes: Buffer, below: (limit: number) => number): Buffer {
  const fields = fieldsOf(bytes).filter((f) => f.at + f.width <= bytes.length);
  const field = fields[below(fields.length)];
  if (field === undefined) return bytes;
  const old = bytes.readUIntLE(field.at, field.width);
  const other = fields[below(fields.length)] ?? field;
  const values = [NUMBERS[below(NUMBERS.length)] ?? 0, below(bytes.length + 64), 0x1000 * below(16) + below(0x400), old + below(9) - 4, old * 2, bytes.readUIntLE(other.at, other.width), field.at];
  const bound = 2 ** (field.width * 8);
  bytes.writeUIntLE((((values[below(values.length)] ?? 0) % bound) + bound) % bound, field.at, field.width);
  return bytes;
}
