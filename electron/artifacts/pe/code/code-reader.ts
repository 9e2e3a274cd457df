import type { Decoder, Instruction as Decoded, InstructionInfoFactory } from 'iced-x86';
import { rva } from '../../kit/bytes.ts';
import type { Disassembler } from './disassembler.ts';
import type { Flow, Instruction, Operand } from './instruction.ts';
import { FOLLOWED } from './step.ts';
import { type World, offsetOf } from './world.ts';

/** What one decoder is given of the code; code that is read runs on mostly, so few are needed. */
const WINDOW = 1024;
const LONGEST_INSTRUCTION = 15;

/** Decodes single instructions of an image by virtual address, within a limit for the file. Call `close` at the end. */
export class CodeReader {
  readonly world: World;
  readonly #bits: 32 | 64;
  #left: number;
  #steps: number;
  readonly #iced: Disassembler;
  readonly #seen = new Map<number, Instruction | null>();
  readonly #scratch: Decoded;
  readonly #flows: ReadonlyMap<number, Flow>;
  #decoder: Decoder | null = null;
  #infos: InstructionInfoFactory | null = null;
  #from = 0;
  #to = 0;
  #fileFrom = 0;

  /**
   * @param limit instructions that are decoded
   * @param steps instructions that are followed, over all paths of all entry points
   */
  constructor(iced: Disassembler, world: World, limit: number, steps: number) {
    this.#iced = iced;
    this.world = world;
    this.#bits = world.pointer === 8 ? 64 : 32;
    this.#left = limit;
    this.#steps = steps;
    this.#scratch = new iced.Instruction();
    const { FlowControl: F } = iced;
    this.#flows = new Map<number, Flow>([
      [F.Next, 'next'], [F.UnconditionalBranch, 'jump'], [F.IndirectBranch, 'indirect-jump'], [F.ConditionalBranch, 'branch'], [F.Return, 'return'],
      [F.Call, 'call'], [F.IndirectCall, 'indirect-call'], [F.XbeginXabortXend, 'next'],
    ]);
  }

  /** Whether one of the limits of the file is reached. */
  get exhausted(): boolean {
    return this.#left <= 0 || this.#steps <= 0;
  }

  /** Counts one instruction that is followed. @returns whether it may be */
  step(): boolean {
    this.#steps -= 1;
    return this.#steps >= 0;
  }

  close(): void {
    this.#decoder?.free();
    this.#decoder = null;
    this.#infos?.free();
    this.#infos = null;
    this.#scratch.free();
  }

  /** The instruction at a virtual address; null when none is there or the limit is reached. */
  read(address: number): Instruction | null {
    const known = this.#seen.get(address);
    if (known !== undefined) return known;
    if (this.#left <= 0) return null;
    this.#left -= 1;
    const read = this.#place(address) ? this.#decode(address) : null;
    this.#seen.set(address, read);
    return read;
  }

  #place(address: number): boolean {
    const inside = this.#decoder !== null && address >= this.#from && address < this.#to;
    if (!inside && !this.#open(address)) return false;
    if (this.#decoder === null) return false;
    this.#decoder.position = address - this.#from;
    this.#decoder.ip = BigInt(address);
    return true;
  }

  #open(address: number): boolean {
    const at = offsetOf(this.world, address);
    if (at === null) return false;
    const there = Math.min(this.world.image.map.available(rva(address - this.world.base)), this.world.image.view.length - at);
    if (there <= 0) return false;
    this.#decoder?.free();
    this.#decoder = new this.#iced.Decoder(this.#bits, this.world.image.view.range(at, Math.min(there, WINDOW + LONGEST_INSTRUCTION)), this.#iced.DecoderOptions.None);
    this.#from = address;
    this.#to = address + Math.min(there, WINDOW);
    this.#fileFrom = at;
    return true;
  }

  #decode(address: number): Instruction | null {
    const decoder = this.#decoder;
    const read = this.#scratch;
    if (decoder === null) return null;
    decoder.decodeOut(read);
    if (read.isInvalid) return null;
    const at = this.#fileFrom + address - this.#from;
    const { Mnemonic } = this.#iced;
    const mnemonic = Mnemonic[read.mnemonic] ?? '';
    const operands: Operand[] = [];
    let immediate = false;
    for (let i = 0; i < read.opCount; i++) {
      const operand = this.#operand(read, i);
      immediate ||= operand.kind === 'immediate';
      operands.push(operand);
    }
    const flow = this.#flows.get(read.flowControl) ?? 'stop';
    const near = flow === 'jump' || flow === 'branch' || flow === 'call';
    return {
      address, at, next: address + read.length, mnemonic, flow, operands,
      target: near ? this.#target(read) : null,
      constantAt: at + (immediate ? this.#immediateOffset(read) : 0),
      repeats: read.hasRepPrefix || read.hasRepnePrefix,
      changes: flow === 'next' && !FOLLOWED.has(mnemonic) ? this.#changes(read) : [],
    };
  }

  #target(read: Decoded): number | null {
    const { OpKind } = this.#iced;
    const kind = read.op0Kind;
    return kind === OpKind.NearBranch16 || kind === OpKind.NearBranch32 || kind === OpKind.NearBranch64 ? Number(read.nearBranchTarget) : null;
  }

  #immediateOffset(read: Decoded): number {
    const offsets = this.#decoder?.getConstantOffsets(read);
    const at = offsets?.immediateOffset ?? 0;
    offsets?.free();
    return at;
  }

  #operand(read: Decoded, index: number): Operand {
    const { OpKind, Register } = this.#iced;
    const kind = read.opKind(index);
    if (kind === OpKind.Register) {
      const register = this.#register(read.opRegister(index));
      return register ?? { kind: 'other' };
    }
    if (kind >= OpKind.Immediate8 && kind <= OpKind.Immediate32to64) {
      const wide = read.immediate(index);
      return { kind: 'immediate', value: this.#bits === 64 ? Number(BigInt.asIntN(64, wide)) : Number(BigInt.asUintN(32, wide)), wide };
    }
    if (kind !== OpKind.Memory) return { kind: 'other' };
    const relative = read.isIpRelMemoryOperand;
    const base = relative || read.memoryBase === Register.None ? null : (this.#register(read.memoryBase)?.register ?? -1);
    const scaled = read.memoryIndex === Register.None ? null : (this.#register(read.memoryIndex)?.register ?? -1);
    const displacement = read.memoryDisplacement;
    const absolute = base === null && scaled === null;
    return {
      kind: 'memory', base, index: scaled, scale: read.memoryIndexScale,
      displacement: Number(absolute ? BigInt.asUintN(this.#bits, displacement) : BigInt.asIntN(this.#bits, displacement)),
      width: this.#memoryWidth(read),
      thread: read.memorySegment === Register.FS || read.memorySegment === Register.GS,
    };
  }

  readonly #widths = new Map<number, number>();
  #memoryWidth(read: Decoded): number {
    const size = read.memorySize;
    let width = this.#widths.get(size);
    if (width === undefined) {
      width = this.#iced.MemorySizeExt.size(size);
      this.#widths.set(size, width);
    }
    return width;
  }

  #register(register: number): Extract<Operand, { kind: 'register' }> | null {
    const { Register } = this.#iced;
    const make = (number: number, width: number, high = false) => ({ kind: 'register', register: number, width, high }) as const;
    if (register >= Register.RAX && register <= Register.R15) return make(register - Register.RAX, 8);
    if (register >= Register.EAX && register <= Register.R15D) return make(register - Register.EAX, 4);
    if (register >= Register.AX && register <= Register.R15W) return make(register - Register.AX, 2);
    if (register >= Register.AL && register <= Register.BL) return make(register - Register.AL, 1);
    if (register >= Register.AH && register <= Register.BH) return make(register - Register.AH, 1, true);
    if (register >= Register.SPL && register <= Register.R15L) return make(register - Register.SPL + 4, 1);
    if (register >= Register.XMM0 && register <= Register.XMM15) return make(16 + register - Register.XMM0, 16);
    if (register >= Register.YMM0 && register <= Register.YMM15) return make(16 + register - Register.YMM0, 32);
    return null;
  }

  #changes(read: Decoded): number[] {
    this.#infos ??= new this.#iced.InstructionInfoFactory();
    const info = this.#infos.info(read);
    const changed: number[] = [];
    for (const used of info.usedRegisters() as { access: number; register: number; free: () => void }[]) {
      const { OpAccess } = this.#iced;
      const reads = used.access === OpAccess.Read || used.access === OpAccess.CondRead || used.access === OpAccess.None || used.access === OpAccess.NoMemAccess;
      const register = reads ? null : this.#register(used.register);
      if (register !== null) changed.push(register.register);
      used.free();
    }
    info.free();
    return changed;
  }
}
