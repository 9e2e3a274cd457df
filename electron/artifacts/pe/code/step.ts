import { type Instruction, type Operand, REGISTER } from './instruction.ts';
import { type State, narrow } from './state.ts';
import { type Constant, type Value, same, shift, wrap } from './value.ts';

/** What a step tells its watcher: something was written to memory at a place that is known. */
export type OnStore = (address: Value, value: Value, width: number, instruction: Instruction) => void;

/** Carries out one instruction on a state. */
export type Step = (state: State, instruction: Instruction, onStore: OnStore) => void;

const widthOf = (operand: Operand | undefined, fallback: number): number =>
  operand === undefined || operand.kind === 'other' || operand.kind === 'immediate' ? fallback : operand.width;

const pointerSize = (state: State): number => state.world.pointer;

function put(state: State, i: Instruction, operand: Operand | undefined, value: Value, width: number, onStore: OnStore): void {
  if (operand === undefined) return;
  if (operand.kind === 'memory') {
    const address = state.address(operand, i.at);
    state.store(address, value, width);
    onStore(address, value, width, i);
  } else state.write(operand, value, width, i.at);
}

function get(state: State, i: Instruction, operand: Operand | undefined, width: number): Value {
  return operand === undefined ? undefined : state.read(operand, width, i.at, i.constantAt);
}

const move: Step = (state, i, onStore) => {
  const [to, from] = i.operands;
  const width = widthOf(to, widthOf(from, pointerSize(state)));
  put(state, i, to, get(state, i, from, width), width, onStore);
};

const extend = (negative: boolean): Step => (state, i, onStore) => {
  const [to, from] = i.operands;
  const narrowWidth = widthOf(from, 4);
  const width = widthOf(to, 4);
  const value = get(state, i, from, narrowWidth);
  const known = value?.kind === 'constant' && value.wide === undefined ? value : undefined;
  const sign = known !== undefined && negative && known.value >= 2 ** (narrowWidth * 8 - 1) ? 2 ** (narrowWidth * 8) : 0;
  const number = (known?.value ?? 0) - sign;
  put(state, i, to, known === undefined ? undefined : { ...known, value: width <= 4 ? wrap(number, width) : number, width }, width, onStore);
};

const address: Step = (state, i) => {
  const [to, from] = i.operands;
  if (to?.kind !== 'register' || from?.kind !== 'memory') return;
  const value = state.address({ ...from, thread: false }, i.at);
  state.setRegister(to.register, narrow(value, to.width, pointerSize(state)), to.width);
};

type Calculate = (a: number, b: number) => number;

const bits = (calculate: Calculate): Step => (state, i, onStore) => {
  const [to, from] = i.operands;
  const width = widthOf(to, pointerSize(state));
  put(state, i, to, both(get(state, i, to, width), get(state, i, from, width), width, i, calculate), width, onStore);
};

function both(a: Value, b: Value, width: number, i: Instruction, calculate: Calculate): Value {
  if (a?.kind !== 'constant' || b?.kind !== 'constant' || a.wide !== undefined || b.wide !== undefined) return undefined;
  // Bit operators of JavaScript have 32 bits; a wider value is known only if the upper half is clear in both.
  if (width > 4 && (a.value < 0 || b.value < 0 || a.value >= 2 ** 32 || b.value >= 2 ** 32)) return undefined;
  return { kind: 'constant', value: wrap(calculate(a.value, b.value), Math.min(width, 4)), width, at: i.constantAt, assumed: a.assumed === true || b.assumed === true };
}

const xor: Step = (state, i, onStore) => {
  const [to, from] = i.operands;
  if (to?.kind === 'register' && from?.kind === 'register' && to.register === from.register && to.high === from.high) {
    const zero: Constant = { kind: 'constant', value: 0, width: to.width, at: i.at };
    put(state, i, to, zero, to.width, onStore);
  } else bits((a, b) => a ^ b)(state, i, onStore);
};

const sum = (sign: 1 | -1): Step => (state, i, onStore) => {
  const [to, from] = i.operands;
  const width = widthOf(to, pointerSize(state));
  if (sign === -1 && to?.kind === 'register' && from?.kind === 'register' && to.register === from.register) {
    xor(state, i, onStore);
    return;
  }
  const a = get(state, i, to, width);
  const b = get(state, i, from, width);
  const by = b?.kind === 'constant' && b.wide === undefined ? (width === 4 ? b.value | 0 : b.value) : null;
  const known = by !== null ? shift(a, sign * by, width, i.constantAt) : sign === 1 && a?.kind === 'constant' && b?.kind === 'pointer' ? shift(b, width === 4 ? a.value | 0 : a.value, width, i.constantAt) : undefined;
  put(state, i, to, known, width, onStore);
};

const by = (amount: 1 | -1): Step => (state, i, onStore) => {
  const [to] = i.operands;
  const width = widthOf(to, pointerSize(state));
  put(state, i, to, shift(get(state, i, to, width), amount, width, i.at), width, onStore);
};

const shiftLeft: Step = (state, i, onStore) => {
  const [to, from] = i.operands;
  const width = widthOf(to, pointerSize(state));
  const count = get(state, i, from, 1);
  put(state, i, to, both(get(state, i, to, width), count === undefined ? undefined : { ...count }, width, i, (a, b) => (b < 32 ? a << b : 0)), width, onStore);
};

const setBit: Step = (state, i, onStore) => {
  const [to, from] = i.operands;
  const width = widthOf(to, pointerSize(state));
  put(state, i, to, both(get(state, i, to, width), get(state, i, from, width), width, i, (a, b) => a | (1 << (b % 32))), width, onStore);
};

const push: Step = (state, i) => {
  const size = pointerSize(state);
  const value = get(state, i, i.operands[0], size);
  const stack = shift(state.registers[REGISTER.sp], -size, size, i.at);
  state.registers[REGISTER.sp] = stack;
  state.store(stack, value, size);
  // Registers that a function only keeps for its caller are no arguments.
  const kept = value?.kind === 'pointer' && value.base === state.world.kept;
  if (!kept) state.pushed += 1;
};

const pop: Step = (state, i, onStore) => {
  const size = pointerSize(state);
  const stack = state.registers[REGISTER.sp];
  const value = state.load(stack, size);
  state.registers[REGISTER.sp] = shift(stack, size, size, i.at);
  put(state, i, i.operands[0], value, size, onStore);
};

const leave: Step = (state, i) => {
  const size = pointerSize(state);
  const frame = state.registers[REGISTER.bp];
  state.registers[REGISTER.bp] = state.load(frame, size);
  state.registers[REGISTER.sp] = shift(frame, size, size, i.at);
};

const exchange: Step = (state, i, onStore) => {
  const [a, b] = i.operands;
  const width = widthOf(a, pointerSize(state));
  const first = get(state, i, a, width);
  const second = get(state, i, b, width);
  put(state, i, a, second, width, onStore);
  put(state, i, b, first, width, onStore);
};

/** A conditional move leaves something known only when both ways lead to the same. */
const perhaps: Step = (state, i, onStore) => {
  const [to, from] = i.operands;
  const width = widthOf(to, pointerSize(state));
  const old = get(state, i, to, width);
  put(state, i, to, same(old, get(state, i, from, width)) ? old : undefined, width, onStore);
};

/** `rep movs`: the watcher learns where from; what is copied is not followed. */
const copyString = (unit: number): Step => (state, i, onStore) => {
  const target = state.registers[REGISTER.di];
  onStore(target, state.load(state.registers[REGISTER.si], unit), unit, i);
  const count = state.registers[REGISTER.cx];
  const length = i.repeats ? (count?.kind === 'constant' && count.value > 0 && count.value < 4096 ? count.value * unit : 4096) : unit;
  state.forget(target, length);
  const advance = !i.repeats ? unit : count?.kind === 'constant' ? length : null;
  for (const register of [REGISTER.si, REGISTER.di]) {
    state.registers[register] = advance === null ? undefined : shift(state.registers[register], advance, pointerSize(state), i.at);
  }
  if (i.repeats) state.registers[REGISTER.cx] = { kind: 'constant', value: 0, width: pointerSize(state), at: i.at };
};

const fillString = (unit: number): Step => (state, i) => {
  const count = state.registers[REGISTER.cx];
  state.forget(state.registers[REGISTER.di], i.repeats ? (count?.kind === 'constant' && count.value > 0 && count.value < 4096 ? count.value * unit : 4096) : unit);
  state.registers[REGISTER.di] = undefined;
  if (i.repeats) state.registers[REGISTER.cx] = { kind: 'constant', value: 0, width: pointerSize(state), at: i.at };
};

const nothing: Step = () => {};

const STEPS = new Map<string, Step>([
  ...['Mov', 'Movups', 'Movaps', 'Movdqu', 'Movdqa', 'Movupd', 'Movapd', 'Vmovups', 'Vmovdqu', 'Vmovaps', 'Vmovdqa', 'Movq', 'Movd', 'Movbe'].map((name) => [name, move] as const),
  ['Movzx', extend(false)], ['Movsx', extend(true)], ['Movsxd', extend(true)], ['Lea', address],
  ['Xor', xor], ['Or', bits((a, b) => a | b)], ['And', bits((a, b) => a & b)], ['Add', sum(1)], ['Sub', sum(-1)], ['Inc', by(1)], ['Dec', by(-1)],
  ['Shl', shiftLeft], ['Bts', setBit], ['Push', push], ['Pop', pop], ['Leave', leave], ['Xchg', exchange],
  ['Movsb', copyString(1)], ['Movsw', copyString(2)], ['Movsd', copyString(4)], ['Movsq', copyString(8)],
  ['Stosb', fillString(1)], ['Stosw', fillString(2)], ['Stosd', fillString(4)], ['Stosq', fillString(8)],
  ...['Cmp', 'Test', 'Nop', 'Endbr64', 'Endbr32', 'Bt'].map((name) => [name, nothing] as const),
  ...['o', 'no', 'b', 'ae', 'e', 'ne', 'be', 'a', 's', 'ns', 'p', 'np', 'l', 'ge', 'le', 'g'].map((name) => [`Cmov${name}`, perhaps] as const),
]);

/** Instructions whose effect is followed; of all others only which registers they change. */
export const FOLLOWED: ReadonlySet<string> = new Set(STEPS.keys());

/** Carries out one instruction that is no jump, call or return. */
export function step(state: State, instruction: Instruction, onStore: OnStore): void {
  const known = STEPS.get(instruction.mnemonic);
  if (known !== undefined) {
    known(state, instruction, onStore);
    return;
  }
  for (const register of instruction.changes) state.registers[register] = undefined;
  const [to] = instruction.operands;
  if (to?.kind === 'memory' && to.width > 0) put(state, instruction, to, undefined, to.width, onStore);
}

/** Whether a conditional move puts one of two different things into a register, of which one at least is known. */
export function chooses(state: State, instruction: Instruction): boolean {
  if (!instruction.mnemonic.startsWith('Cmov')) return false;
  const [to, from] = instruction.operands;
  const width = widthOf(to, pointerSize(state));
  const [a, b] = [get(state, instruction, to, width), get(state, instruction, from, width)];
  return (a !== undefined || b !== undefined) && !same(a, b);
}

/** Carries out a conditional move as if its condition held. */
export const moveAlways: Step = move;
