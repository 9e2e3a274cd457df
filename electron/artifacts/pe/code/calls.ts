import type { ImportedFunction } from './import-table.ts';
import { REGISTER } from './instruction.ts';
import type { State } from './state.ts';
import { type Method, type Value, pointer, same } from './value.ts';

/** One call, at the moment before it is carried out. */
export interface CallSite {
  /** File offset of the call. */
  readonly at: number;
  readonly address: number;
  readonly method: Method | null;
  /** The address that is called, of an indirect call. */
  readonly callee: Value;
  readonly imported: ImportedFunction | null;
  /** Address of a function of the file itself. */
  readonly target: number | null;
  /** Arguments in order; of a method without the object itself. */
  readonly args: readonly Value[];
  /** First register of the convention: the object of a constructor or a method. */
  readonly receiver: Value;
  /** Something that is followed is handed over. */
  readonly interesting: boolean;
  readonly thiscall: boolean;
}

export interface CallEffect {
  readonly result?: Value;
  /** Parameters of the called method, without the object. */
  readonly parameters?: number;
  /** What the arguments point to stays as it is. */
  readonly harmless?: boolean;
}

const COUNT = 7;

export interface Receiver {
  readonly value: Value;
  readonly inRegister: boolean;
}

/** Where a method gets its object: in rcx, in ecx (thiscall) or as the first value on the stack (stdcall). */
export function receiverOf(state: State, method: Method | null, skip: number): Receiver | null {
  if (method === null) return null;
  const size = state.world.pointer;
  const object = pointer(method.object.base, method.object.offset);
  const first = state.registers[REGISTER.cx];
  if (size === 8) return { value: first, inRegister: true };
  const onStack = state.load(shiftStack(state, skip), size);
  return same(onStack, object) ? { value: onStack, inRegister: false } : { value: first, inRegister: true };
}

/** The arguments of a call by the convention, as many as are ever asked for. `skip`: bytes of a return address on the stack. */
export function arguments_(state: State, receiver: Receiver | null, skip: number): Value[] {
  const size = state.world.pointer;
  const args: Value[] = [];
  const onStack = (index: number): Value => state.load(shiftStack(state, skip + index * size), size);
  if (size === 8) {
    const all = [state.registers[REGISTER.cx], state.registers[REGISTER.dx], state.registers[REGISTER.r8], state.registers[REGISTER.r9]];
    for (let i = 4; i < COUNT; i++) all.push(onStack(i));
    return receiver === null ? all : all.slice(1);
  }
  for (let i = 0; i < COUNT; i++) args.push(onStack(i));
  return receiver !== null && !receiver.inRegister ? args.slice(1) : args;
}

function shiftStack(state: State, by: number): Value {
  const stack = state.registers[REGISTER.sp];
  return stack?.kind === 'pointer' ? pointer(stack.base, stack.offset + by) : undefined;
}
