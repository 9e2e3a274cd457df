import { rva } from '../../kit/bytes.ts';
import { type MemoryOperand, type Operand, REGISTERS } from './instruction.ts';
import { Memory } from './memory.ts';
import { type Constant, type Pointer, type Value, pointer, shift, wrap } from './value.ts';
import type { World } from './world.ts';

/** A followed call: where it returns to and what the caller's registers were. */
export interface Frame {
  readonly returnTo: number;
  readonly stack: Value;
  readonly saved: readonly Value[];
  /** Instructions that may still be followed in it; shared by all paths through it. */
  readonly budget: { left: number; returned: boolean };
}

const WRITABLE = 0x8000_0000;
const MAX_TEXT_WIDTH = 32;

/** Registers and memory at one point of one path. */
export class State {
  readonly world: World;
  readonly registers: Value[];
  readonly frames: Frame[];
  readonly #memory: Memory;
  /** Values pushed since the last call, without saved registers. */
  pushed = 0;

  constructor(world: World, from?: State) {
    this.world = world;
    this.registers = from ? from.registers.slice() : Array.from<Value>({ length: REGISTERS }).fill(undefined);
    this.frames = from ? from.frames.slice() : [];
    this.#memory = from === undefined ? new Memory() : new Memory(from.#memory);
    this.pushed = from?.pushed ?? 0;
  }

  copy(): State {
    return new State(this.world, this);
  }

  /** Address that a memory operand means. */
  address(operand: MemoryOperand, at: number): Value {
    if (operand.thread || operand.base === -1 || operand.index === -1) return undefined;
    const width = this.world.pointer;
    const own: Constant = { kind: 'constant', value: operand.displacement, width, at };
    let sum: Value = own;
    if (operand.base !== null) {
      sum = shift(this.registers[operand.base], operand.displacement, width, at);
    }
    if (operand.index === null || sum === undefined) return sum;
    const index = this.registers[operand.index];
    if (index?.kind === 'constant' && index.width >= width) return shift(sum, signed(index.value, width) * operand.scale, width, at);
    return index?.kind === 'pointer' && operand.scale === 1 && sum.kind === 'constant' ? shift(index, signed(sum.value, width), width, at) : undefined;
  }

  read(operand: Operand, width: number, at: number, constantAt: number): Value {
    if (operand.kind === 'immediate') {
      const { value } = operand;
      const number = width <= 4 ? wrap(value, width) : value;
      return Number.isSafeInteger(number) ? { kind: 'constant', value: number, width, at: constantAt } : { kind: 'constant', value: 0, width, at: constantAt, wide: operand.wide };
    }
    if (operand.kind === 'register') return operand.high ? undefined : narrow(this.registers[operand.register], operand.width, this.world.pointer);
    return operand.kind === 'memory' ? this.load(this.address(operand, at), width) : undefined;
  }

  write(operand: Operand, value: Value, width: number, at: number): void {
    if (operand.kind === 'register') this.setRegister(operand.register, operand.high ? undefined : value, operand.width);
    else if (operand.kind === 'memory') this.store(this.address(operand, at), value, width);
  }

  setRegister(register: number, value: Value, width: number): void {
    const old = this.registers[register];
    if (width <= 2 && value?.kind === 'constant' && old?.kind === 'constant' && old.width > width && old.wide === undefined && old.value >= 0 && old.value < 2 ** 32) {
      const mask = width === 1 ? 0xff : 0xffff;
      this.registers[register] = { ...value, value: ((old.value & ~mask) | (value.value & mask)) >>> 0, width: old.width, assumed: old.assumed === true || value.assumed === true };
      return;
    }
    // Writing 32 bits clears the upper half of a 64-bit register.
    const whole = width === 4 && value?.kind === 'constant' ? { ...value, width: this.world.pointer } : value;
    this.registers[register] = width === 4 && this.world.pointer === 8 && value?.kind === 'pointer' ? undefined : whole;
  }

  load(address: Value, width: number): Value {
    const place = this.#place(address);
    if (place === null) return undefined;
    if (this.#memory.full) return undefined;
    const found = this.#memory.find(place.base, place.offset, width);
    if (found !== null) return found.width === width ? found.value : found.value?.kind === 'constant' ? narrow(found.value, width, this.world.pointer) : undefined;
    if (place.base === this.world.statics) return this.#initial(place.offset, width);
    return width === this.world.pointer && place.base !== this.world.stack ? pointer(place.base.load(place.offset)) : undefined;
  }

  store(address: Value, value: Value, width: number): void {
    const place = this.#place(address);
    if (place !== null) this.#memory.write(place.base, place.offset, width, value);
  }

  /** What is at a place is no longer known: somebody else was given its address. */
  forget(address: Value, length: number): void {
    const place = this.#place(address);
    if (place !== null) this.#memory.forget(place.base, place.offset, length);
  }

  #place(address: Value): Pointer | null {
    if (address === undefined) return null;
    if (address.kind === 'pointer') return address;
    const offset = address.value - this.world.base;
    return offset >= 0 && offset < 2 ** 31 ? pointer(this.world.statics, offset) : null;
  }

  /** What the file puts at an RVA before anything runs. */
  #initial(place: number, width: number): Value {
    const { image, base } = this.world;
    const { view } = image;
    const at = image.map.offset(rva(place));
    if (at === null || !view.has(at, Math.min(width, MAX_TEXT_WIDTH)) || width > MAX_TEXT_WIDTH || width === 0) return undefined;
    const section = image.sections.find((s) => place >= s.rva && place < s.rva + Math.max(s.virtualSize, s.rawSize));
    const assumed = section !== undefined && (section.characteristics & WRITABLE) !== 0;
    const from = base + place;
    const number = width === 1 ? view.u8(at) : width === 2 ? view.u16(at) : width === 4 ? view.u32(at) : 0;
    if (width <= 4) return { kind: 'constant', value: number, width, at, from, assumed };
    const wide = width === 8 ? view.u64(at) : 0n;
    const exact = width === 8 && wide < 2n ** 53n;
    return exact ? { kind: 'constant', value: Number(wide), width, at, from, assumed } : { kind: 'constant', value: 0, width, at, from, assumed, wide };
  }
}

const signed = (value: number, width: number): number => (width === 4 ? value | 0 : value);

/** The lower bytes of a value. */
export function narrow(value: Value, width: number, pointerSize: number): Value {
  if (value === undefined) return undefined;
  if (value.kind === 'pointer') return width === pointerSize ? value : undefined;
  if (value.width < width) return undefined;
  if (value.width === width) return value;
  if (value.wide !== undefined) return width <= 4 ? { ...value, value: Number(BigInt.asUintN(width * 8, value.wide)), width, wide: undefined } : value;
  return width <= 4 ? { ...value, value: wrap(value.value, width), width } : { ...value, width };
}
