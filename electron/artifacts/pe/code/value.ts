/** Interfaces whose methods are told apart by their place in the table of methods. */
export type InterfaceName =
  | 'IHttpModuleRegistrationInfo' | 'IHttpServer' | 'IHttpContext' | 'IHttpRequest' | 'IHttpResponse' | 'IHttpUser' | 'IHttpEventProvider';

/**
 * Memory of which only the way to it is known: "what the second argument points to", "what lies at +0x10 of that".
 * Two ways to the same place are the same object, so that writing and reading meet.
 */
export class Origin {
  readonly id: number;
  readonly type: InterfaceName | null;
  readonly parent: Origin | null;
  readonly parentOffset: number;
  #loads: Map<number, Origin> | null = null;
  readonly #numbers: { last: number };

  private constructor(numbers: { last: number }, type: InterfaceName | null, parent: Origin | null, parentOffset: number) {
    this.#numbers = numbers;
    this.id = ++numbers.last;
    this.type = type;
    this.parent = parent;
    this.parentOffset = parentOffset;
  }

  /** A first origin; all that descend from it or are made beside it count on. */
  static root(): Origin {
    return new Origin({ last: 0 }, null, null, 0);
  }

  /** Another memory that has nothing to do with this one. */
  beside(type: InterfaceName | null = null): Origin {
    return new Origin(this.#numbers, type, null, 0);
  }

  /** The memory that the pointer at an offset of this one points to. */
  load(offset: number): Origin {
    this.#loads ??= new Map();
    let found = this.#loads.get(offset);
    if (found === undefined) {
      found = new Origin(this.#numbers, null, this, offset);
      this.#loads.set(offset, found);
    }
    return found;
  }
}

/** A number that stands in the file. `at`: file offset that shows it. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: number;
  /** Bytes of it that are known. */
  readonly width: number;
  readonly at: number;
  /** Address that it was read from, when it is no immediate. */
  readonly from?: number;
  /** Taken from a variable that the program may have changed, or from memory that is assumed to be zero. */
  readonly assumed?: boolean;
  /** All 64 bits, when a number cannot hold them. */
  readonly wide?: bigint;
}

export interface Pointer {
  readonly kind: 'pointer';
  readonly base: Origin;
  readonly offset: number;
}

/** What a register or a place in memory holds; `undefined` when that is not known. */
export type Value = Constant | Pointer | undefined;

export const pointer = (base: Origin, offset = 0): Pointer => ({ kind: 'pointer', base, offset });

const LIMIT = 2 ** 31;

/** Adds a signed number to a value. */
export function shift(value: Value, by: number, width: number, at: number): Value {
  if (value === undefined) return undefined;
  if (value.kind === 'pointer') {
    const offset = value.offset + by;
    return Math.abs(offset) < LIMIT ? pointer(value.base, offset) : undefined;
  }
  const sum = value.value + by;
  if (!Number.isSafeInteger(sum) || value.width < width) return undefined;
  return { kind: 'constant', value: width <= 4 ? wrap(sum, width) : sum, width, at, assumed: value.assumed === true };
}

/** A number cut to a width of at most four bytes, unsigned. */
export const wrap = (value: number, width: number): number => (width === 1 ? value & 0xff : width === 2 ? value & 0xffff : value >>> 0);

/** Whether both name the same place or number. */
export function same(a: Value, b: Value): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.kind === 'pointer') return b.kind === 'pointer' && a.base === b.base && a.offset === b.offset;
  return b.kind === 'constant' && a.value === b.value && a.width === b.width;
}

/** A virtual method: the object whose table it was taken from, and its index in the table. */
export interface Method {
  readonly object: Pointer;
  readonly slot: number;
}

/** The method that a value is the address of, when it was loaded from the table of methods of an object. */
export function methodOf(value: Value, pointerSize: number): Method | null {
  if (value?.kind !== 'pointer' || value.offset !== 0) return null;
  const { parent: table, parentOffset: at } = value.base;
  if (table === null || table.parent === null || at < 0 || at % pointerSize !== 0) return null;
  return { object: pointer(table.parent, table.parentOffset), slot: at / pointerSize };
}
