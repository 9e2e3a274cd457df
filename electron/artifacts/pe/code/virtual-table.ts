import type { Reading } from './reading.ts';
import type { State } from './state.ts';
import type { Value } from './value.ts';

/** A table of virtual methods in the image. `address`: of its first entry. */
export interface VirtualTable {
  readonly address: number;
  /** File offset of the first entry. */
  readonly at: number;
  /** Name that the compiler's type information gives the class, when it has some. */
  readonly className: string | null;
}

const MAX_NAME = 128;

/** The table of an object, as the state knows it or the file holds it; null when it cannot be told. */
export function tableOf(reading: Reading, state: State, object: Value): VirtualTable | null {
  if (object === undefined) return null;
  const table = state.load(object, reading.world.pointer);
  if (table?.kind !== 'constant' || table.wide !== undefined) return null;
  const at = reading.offset(table.value);
  return at === undefined ? null : { address: table.value, at, className: className(reading, table.value) };
}

/** Address of the method at a place of a table; null when no code is there. */
export function methodAt(reading: Reading, table: VirtualTable, slot: number): number | null {
  const address = readPointer(reading, table.address + slot * reading.world.pointer);
  if (address === null || reading.offset(address) === undefined) return null;
  return reading.code.read(address) === null ? null : address;
}

function readPointer(reading: Reading, address: number): number | null {
  const at = reading.offset(address);
  const { view } = reading.world.image;
  if (at === undefined || !view.has(at, reading.world.pointer)) return null;
  const value = reading.world.pointer === 8 ? Number(view.u64(at)) : view.u32(at);
  return Number.isSafeInteger(value) ? value : null;
}

/**
 * Class name by the record that stands before a table: of Microsoft's compiler (RTTI complete object locator, whose type
 * descriptor has the name `.?AVName@@`), or of compilers that follow the Itanium C++ ABI (type information with `4Name`).
 */
function className(reading: Reading, table: number): string | null {
  const record = readPointer(reading, table - reading.world.pointer);
  const at = record === null ? undefined : reading.offset(record);
  const { view } = reading.world.image;
  if (record === null || at === undefined || !view.has(at, 16)) return null;
  const wide = reading.world.pointer === 8;
  const descriptor = wide ? reading.world.base + view.u32(at + 12) : view.u32(at + 12);
  const decorated = reading.text(descriptor + 2 * reading.world.pointer, false, MAX_NAME);
  if (decorated !== null && /^\.\?A[UV]/.test(decorated)) return plainName(decorated);
  const plain = readPointer(reading, record + reading.world.pointer);
  const mangled = plain === null ? null : reading.text(plain, false, MAX_NAME);
  const parts = mangled === null ? null : /^(\d+)([A-Za-z_]\w*)$/.exec(mangled);
  return parts !== null && parts[2] !== undefined && Number(parts[1]) === parts[2].length ? parts[2] : null;
}

/** `.?AVName@Space@@` as `Space::Name`; templates and other forms as they stand. */
export function plainName(decorated: string): string {
  const parts = /^\.\?A[UV]([\w@]+)@@$/.exec(decorated);
  return parts?.[1] === undefined ? decorated : parts[1].split('@').reverse().join('::');
}
