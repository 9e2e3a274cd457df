import { type CallSite, type CallEffect, arguments_, receiverOf } from './calls.ts';
import type { CodeReader } from './code-reader.ts';
import type { ImportTable } from './import-table.ts';
import { type Instruction, REGISTER } from './instruction.ts';
import { type Frame, State } from './state.ts';
import { type OnStore, chooses, moveAlways, step } from './step.ts';
import { type Method, type Value, methodOf, pointer, same, shift } from './value.ts';
import type { World } from './world.ts';

/** What looks on while code is followed. */
export interface Watcher {
  /** A call; the effect says what the called function leaves, as far as it is known. */
  call?: (site: CallSite, state: State) => CallEffect | undefined;
  store?: OnStore;
  /** The entry point returns: one path came to its end. */
  end?: (state: State) => void;
}

export interface WalkLimits {
  /** Instructions that may be followed over all paths. */
  readonly steps: number;
  /** How deep calls are followed. */
  readonly depth: number;
}

const ENTRY_LIMITS: WalkLimits = { steps: 4000, depth: 4 };
const CALLEE_STEPS = 400;
const VISITS = 3;
/** Paths that wait to be followed; code with more branches than that in one go is not an entry point that people write. */
const MAX_WAITING = 256;
const VOLATILE_64 = [REGISTER.ax, REGISTER.cx, REGISTER.dx, REGISTER.r8, REGISTER.r9, REGISTER.r10, REGISTER.r11, 16, 17, 18, 19, 20, 21];
const VOLATILE_32 = [REGISTER.ax, REGISTER.cx, REGISTER.dx, 16, 17, 18, 19, 20, 21, 22, 23];
const KEPT = [REGISTER.bx, REGISTER.bp, REGISTER.si, REGISTER.di];
const KEPT_64 = [...KEPT, REGISTER.r12, REGISTER.r13, REGISTER.r14, REGISTER.r15];

interface Point {
  readonly address: number;
  readonly state: State;
  /** A call whose return was not reached by following it. */
  readonly unless?: { readonly returned: boolean };
}

/** The state at an entry point: arguments by the Windows calling convention (stdcall on x86). */
export function entryState(world: World, args: readonly Value[]): State {
  const state = new State(world);
  const size = world.pointer;
  state.registers[REGISTER.sp] = pointer(world.stack);
  for (const register of size === 8 ? KEPT_64 : KEPT) state.registers[register] = pointer(world.kept);
  const inRegisters = [REGISTER.cx, REGISTER.dx, REGISTER.r8, REGISTER.r9];
  args.forEach((value, index) => {
    const register = inRegisters[index];
    if (size === 8 && register !== undefined) state.registers[register] = value;
    else state.store(pointer(world.stack, size * (index + 1)), value, size);
  });
  return state;
}

/** The state at the start of a virtual method: the object comes first, on x86 in ecx (thiscall). */
export function methodState(world: World, object: Value, args: readonly Value[]): State {
  if (world.pointer === 8) return entryState(world, [object, ...args]);
  const state = entryState(world, args);
  state.registers[REGISTER.cx] = object;
  return state;
}

/**
 * Follows code from an entry point: straight on, both ways at conditional jumps, into calls of the same file to a small
 * depth, each place a few times at most. Indirect jumps end a path unless they are the last call of a function.
 * @returns whether nothing was cut off by a limit
 */
export function walk(code: CodeReader, imports: ImportTable, entry: number, start: State, watcher: Watcher, limits: WalkLimits = ENTRY_LIMITS): boolean {
  return new Walk(code, imports, watcher, limits).run(entry, start);
}

class Walk {
  readonly #code: CodeReader;
  readonly #world: World;
  readonly #imports: ImportTable;
  readonly #watcher: Watcher;
  readonly #limits: WalkLimits;
  readonly #visits = new Map<number, number>();
  readonly #points: Point[] = [];
  readonly #later: Point[] = [];
  #left: number;
  #cut = false;
  readonly #onStore: OnStore;

  constructor(code: CodeReader, imports: ImportTable, watcher: Watcher, limits: WalkLimits) {
    this.#code = code;
    this.#world = code.world;
    this.#imports = imports;
    this.#watcher = watcher;
    this.#limits = limits;
    this.#left = limits.steps;
    this.#onStore = watcher.store ?? (() => {});
  }

  run(entry: number, start: State): boolean {
    this.#points.push({ address: entry, state: start });
    for (;;) {
      const point = this.#points.pop() ?? this.#later.pop();
      if (point === undefined) return !this.#cut;
      if (point.unless?.returned === true) continue;
      if (!this.#path(point)) return false;
    }
  }

  /** Follows one path to its end; false when the limit of the walk is reached. */
  #path(point: Point): boolean {
    let address: number | null = point.address;
    const state = point.state;
    while (address !== null) {
      const frame = state.frames.at(-1);
      if (this.#left-- <= 0 || !this.#code.step()) return false;
      if (frame !== undefined && frame.budget.left-- <= 0) {
        this.#cut = true;
        return true;
      }
      const instruction = this.#code.read(address);
      if (instruction === null) {
        this.#cut = true;
        return !this.#code.exhausted;
      }
      if (!this.#enter(address, frame)) return true;
      address = this.#one(instruction, state);
    }
    return true;
  }

  #enter(address: number, frame: Frame | undefined): boolean {
    // Addresses have at most 47 bits; mixing the caller in may collide, which only ends a path early.
    const key = address * 31 + (frame?.returnTo ?? 0);
    const count = this.#visits.get(key) ?? 0;
    this.#visits.set(key, count + 1);
    return count < VISITS;
  }

  /** Carries out one instruction. @returns the address of the next one on this path, or null at its end */
  #one(i: Instruction, state: State): number | null {
    switch (i.flow) {
      case 'next':
        if (chooses(state, i) && this.#points.length < MAX_WAITING) {
          const moved = state.copy();
          moveAlways(moved, i, this.#onStore);
          this.#points.push({ address: i.next, state: moved });
        } else step(state, i, this.#onStore);
        return i.next;
      case 'jump':
        return i.target;
      case 'branch':
        if (i.target === null) return i.next;
        if (this.#points.length < MAX_WAITING) this.#points.push({ address: i.target, state: state.copy() });
        else this.#cut = true;
        return i.next;
      case 'call':
        return this.#call(i, state, i.target);
      case 'indirect-call':
      case 'indirect-jump':
        return this.#indirect(i, state);
      case 'return':
        return this.#return(i, state);
      default:
        return null;
    }
  }

  #call(i: Instruction, state: State, target: number | null, jump = false): number | null {
    if (target === null || jump) return target;
    const size = this.#world.pointer;
    // The call that only asks for its own address.
    if (target === i.next) {
      const stack = shift(state.registers[REGISTER.sp], -size, size, i.at);
      state.registers[REGISTER.sp] = stack;
      state.store(stack, { kind: 'constant', value: i.next, width: size, at: i.at }, size);
      return i.next;
    }
    const thunk = this.#thunk(target);
    if (thunk.imported !== null) return this.#known(i, state, undefined, null, thunk.imported, false);
    if (thunk.register !== null) {
      const value = state.registers[thunk.register];
      return this.#known(i, state, value, methodOf(value, size), null, false);
    }
    const site = this.#site(i, state, undefined, null, null, thunk.address, 0);
    const effect = this.#watcher.call?.(site, state);
    const follow = effect === undefined && state.frames.length < this.#limits.depth && site.interesting;
    if (!follow) {
      this.#leave(i, state, effect, site);
      return i.next;
    }
    const skipped = state.copy();
    this.#leave(i, skipped, undefined, site);
    const budget = { left: CALLEE_STEPS, returned: false };
    if (this.#later.length < MAX_WAITING) this.#later.push({ address: i.next, state: skipped, unless: budget });
    const stack = state.registers[REGISTER.sp];
    state.frames.push({ returnTo: i.next, stack, saved: state.registers.slice(), budget });
    const inside = shift(stack, -size, size, i.at);
    state.registers[REGISTER.sp] = inside;
    state.store(inside, { kind: 'constant', value: i.next, width: size, at: i.at }, size);
    state.pushed = 0;
    return thunk.address;
  }

  #indirect(i: Instruction, state: State): number | null {
    const size = this.#world.pointer;
    const [operand] = i.operands;
    const jump = i.flow === 'indirect-jump';
    const place = operand?.kind === 'memory' ? state.address(operand, i.at) : undefined;
    let value = operand === undefined ? undefined : state.read(operand, size, i.at, i.at);
    const imported = place?.kind === 'constant' ? this.#imports.at(place.value) : value?.kind === 'constant' && value.from !== undefined ? this.#imports.at(value.from) : null;
    let method = imported === null ? methodOf(value, size) : null;
    // Control Flow Guard: the target is in rax and what is called is the check that jumps on to it.
    if (size === 8 && method === null && imported === null && place?.kind === 'constant' && state.registers[REGISTER.ax]?.kind === 'pointer') {
      value = state.registers[REGISTER.ax];
      method = methodOf(value, size);
    }
    // The address of a function of this file: what the compiler did not resolve.
    if (imported === null && value?.kind === 'constant' && value.assumed !== true) return this.#call(i, state, value.value, jump);
    if (jump && imported === null && value === undefined) return null;
    return this.#known(i, state, value, method, imported, jump);
  }

  /** A call that is not followed: of a method, of an imported function, or of something unknown. */
  #known(i: Instruction, state: State, callee: Value, method: Method | null, imported: CallSite['imported'], jump: boolean): number | null {
    const site = this.#site(i, state, callee, method, imported, null, jump ? this.#world.pointer : 0);
    const effect = this.#watcher.call?.(site, state);
    if (!jump) {
      this.#leave(i, state, effect, site);
      return i.next;
    }
    state.registers[REGISTER.ax] = effect?.result ?? pointer(state.world.statics.beside());
    return this.#return(i, state);
  }

  #site(i: Instruction, state: State, callee: Value, method: Method | null, imported: CallSite['imported'], target: number | null, skip: number): CallSite {
    const receiver = receiverOf(state, method, skip);
    const args = arguments_(state, receiver, skip);
    // Functions that only their own file calls may get arguments in any register (GCC on x86: eax, edx, ecx).
    const interesting = [REGISTER.ax, REGISTER.cx, REGISTER.dx].map((register) => state.registers[register]).concat(args).some((value) => value?.kind === 'pointer' && value.base !== state.world.kept);
    return { at: i.at, address: i.address, method, callee, imported, target, args, receiver: state.registers[REGISTER.cx], interesting, thiscall: receiver?.inRegister === true };
  }

  /** What a call that was not followed leaves: volatile registers unknown, and memory that it was given the address of. */
  #leave(i: Instruction, state: State, effect: CallEffect | undefined, site: CallSite): void {
    const wide = this.#world.pointer === 8;
    if (effect?.harmless !== true) {
      for (const value of site.args.slice(0, 4)) {
        if (value?.kind === 'pointer' && value.base === state.world.stack && value.offset < 0) state.forget(value, Math.min(0x100, -value.offset));
        else if (value?.kind === 'pointer' && value.base.parent === null) state.forget(value, 0x40);
      }
    }
    for (const register of wide ? VOLATILE_64 : VOLATILE_32) state.registers[register] = undefined;
    state.registers[REGISTER.ax] = effect?.result ?? pointer(state.world.statics.beside());
    if (!wide) this.#clean(i, state, effect, site);
    state.pushed = 0;
  }

  /** On x86 the called function takes its arguments off the stack, or the caller does: the next instruction tells. */
  #clean(i: Instruction, state: State, effect: CallEffect | undefined, site: CallSite): void {
    const next = this.#code.read(i.next);
    const [to, by] = next?.operands ?? [];
    const stack = to?.kind === 'register' && to.register === REGISTER.sp;
    const pops = next?.mnemonic === 'Pop' && to?.kind === 'register' && to.register === REGISTER.cx;
    const adds = stack && next?.mnemonic === 'Add';
    const reserves = stack && next?.mnemonic === 'Sub' && by?.kind === 'immediate' ? by.value : this.#dummies(i.next) * 4;
    const counted = effect?.parameters === undefined ? state.pushed : effect.parameters + (site.thiscall ? 0 : 1);
    const bytes = reserves > 0 ? reserves : pops || adds ? 0 : counted * 4;
    state.registers[REGISTER.sp] = shift(state.registers[REGISTER.sp], bytes, 4, i.at);
  }

  /**
   * Helpers of Microsoft's runtime library for x86 build or take down the frame of their caller: they return to it with
   * another stack than they were called with, and what they leave in the registers is meant for it.
   */
  #setsUpFrame(state: State, frame: Frame): boolean {
    const stack = state.registers[REGISTER.sp];
    const plain = shift(frame.stack, -4, 4, 0);
    if (stack?.kind !== 'pointer' || same(stack, plain)) return false;
    const to = state.load(stack, 4);
    return to?.kind === 'constant' && to.value === frame.returnTo;
  }

  /** How often ecx or edx is pushed right after a call: they hold nothing then, so this only makes room on the stack again. */
  #dummies(address: number): number {
    let next = this.#code.read(address);
    let count = 0;
    while (count < 8 && next?.mnemonic === 'Push') {
      const [operand] = next.operands;
      if (operand?.kind !== 'register' || (operand.register !== REGISTER.cx && operand.register !== REGISTER.dx)) break;
      count += 1;
      next = this.#code.read(next.next);
    }
    return count;
  }

  #return(i: Instruction, state: State): number | null {
    const frame = state.frames.pop();
    if (frame === undefined) {
      this.#watcher.end?.(state);
      return null;
    }
    const size = this.#world.pointer;
    if (size === 4 && i.flow === 'return' && this.#setsUpFrame(state, frame)) {
      frame.budget.returned = true;
      state.registers[REGISTER.sp] = shift(state.registers[REGISTER.sp], size, size, i.at);
      return frame.returnTo;
    }
    const [operand] = i.operands;
    const taken = i.flow === 'return' && operand?.kind === 'immediate' ? operand.value : 0;
    frame.budget.returned = true;
    const result = state.registers[REGISTER.ax];
    const wide = size === 8;
    for (const register of wide ? VOLATILE_64 : VOLATILE_32) state.registers[register] = undefined;
    for (const register of wide ? KEPT_64 : KEPT) state.registers[register] = frame.saved[register];
    state.registers[REGISTER.ax] = result;
    state.registers[REGISTER.sp] = shift(frame.stack, taken, size, i.at);
    state.pushed = 0;
    return frame.returnTo;
  }

  /** Where a chain of plain jumps leads: to an import, to a register, or to code. */
  #thunk(target: number): { address: number; imported: CallSite['imported']; register: number | null } {
    let address = target;
    for (let hop = 0; hop < 4; hop++) {
      const i = this.#code.read(address);
      if (i?.flow === 'jump' && i.target !== null) {
        address = i.target;
        continue;
      }
      const [operand] = i?.operands ?? [];
      if (i?.flow === 'indirect-jump' && operand?.kind === 'register') return { address, imported: null, register: operand.register };
      if (i?.flow === 'indirect-jump' && operand?.kind === 'memory' && operand.base === null && operand.index === null) {
        const imported = this.#imports.at(operand.displacement);
        // A jump through a pointer of the file itself: how Control Flow Guard dispatches.
        return { address, imported, register: imported === null ? REGISTER.ax : null };
      }
      break;
    }
    return { address, imported: null, register: null };
  }
}
