/** General registers are numbered as the processor does, 0 (rax) to 15 (r15); vector registers follow from 16 on. */
export const REGISTER = { ax: 0, cx: 1, dx: 2, bx: 3, sp: 4, bp: 5, si: 6, di: 7, r8: 8, r9: 9, r10: 10, r11: 11, r12: 12, r13: 13, r14: 14, r15: 15, vector: 16 } as const;
export const REGISTERS = 32;

export interface RegisterOperand {
  readonly kind: 'register';
  readonly register: number;
  /** Bytes that the instruction reads or writes of it. */
  readonly width: number;
  /** The second byte of the register (ah, ch, dh, bh). */
  readonly high: boolean;
}

export interface MemoryOperand {
  readonly kind: 'memory';
  readonly base: number | null;
  readonly index: number | null;
  readonly scale: number;
  /** Signed; without base and index an address of the image, and so for addresses relative to the instruction. */
  readonly displacement: number;
  readonly width: number;
  /** Relative to fs or gs: thread data, no address of the image. */
  readonly thread: boolean;
}

/** `value` is unsigned within the width of the operation; `wide` holds what a number cannot. */
export interface ImmediateOperand {
  readonly kind: 'immediate';
  readonly value: number;
  readonly wide: bigint;
}

export type Operand = RegisterOperand | MemoryOperand | ImmediateOperand | { readonly kind: 'other' };

export type Flow = 'next' | 'jump' | 'branch' | 'call' | 'indirect-jump' | 'indirect-call' | 'return' | 'stop';

/** One instruction. `address` is virtual, `at` its place in the file, `constantAt` that of its immediate bytes. */
export interface Instruction {
  readonly address: number;
  readonly at: number;
  readonly next: number;
  /** As the disassembler's enumeration writes it: `Mov`. */
  readonly mnemonic: string;
  readonly flow: Flow;
  readonly target: number | null;
  readonly operands: readonly Operand[];
  readonly constantAt: number;
  readonly repeats: boolean;
  /** Registers that the instruction changes without our following what it puts there. */
  readonly changes: readonly number[];
}
