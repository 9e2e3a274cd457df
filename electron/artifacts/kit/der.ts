import { Malformed, OutOfBounds } from './bytes.ts';
import { LimitReached } from './findings.ts';

/** Universal tags (X.680, table 1). */
export const TAG = {
  boolean: 1, integer: 2, bits: 3, octets: 4, null: 5, oid: 6, enumerated: 10, utf8: 12, sequence: 16, set: 17, numeric: 18, printable: 19, teletex: 20,
  ia5: 22, utcTime: 23, generalizedTime: 24, visible: 26, universalString: 28, bmp: 30,
} as const;

export type TagClass = 'universal' | 'application' | 'context' | 'private';
const CLASSES: readonly TagClass[] = ['universal', 'application', 'context', 'private'];

/** Bounds for one tree: `nodes` headers may be read in all (also those that are only passed over), `depth` levels deep. */
export interface DerLimits {
  readonly nodes: number;
  readonly depth: number;
}
const DER_LIMITS: DerLimits = { nodes: 200_000, depth: 48 };

/** What the nodes of one tree share: the bytes and how many headers may still be read. */
class Tree {
  readonly bytes: Uint8Array;
  readonly depth: number;
  #nodes: number;
  constructor(bytes: Uint8Array, limits: DerLimits) {
    this.bytes = bytes;
    this.depth = limits.depth;
    this.#nodes = limits.nodes;
  }
  spend(): void {
    this.#nodes -= 1;
    if (this.#nodes < 0) throw new LimitReached('more ASN.1 elements than are read');
  }
}

/**
 * One ASN.1 element in DER or BER (X.690). Nothing is copied and nothing below it is read before it is asked for.
 * Offsets count from the start of the bytes that `readDer` was given. Methods throw OutOfBounds, Malformed and
 * LimitReached, nothing else.
 */
export class DerNode {
  readonly #tree: Tree;
  readonly #depth: number;
  readonly tagClass: TagClass;
  readonly constructed: boolean;
  readonly tag: number;
  /** Offset of the tag. */
  readonly at: number;
  /** Range of the content: without the header, and without the end mark of an indefinite length. */
  readonly contentAt: number;
  readonly contentEnd: number;
  /** One past the element. */
  readonly end: number;
  /** BER's form without a length; DER forbids it. */
  readonly indefinite: boolean;
  #children: readonly DerNode[] | null = null;

  constructor(tree: Tree, at: number, limit: number, depth: number) {
    if (depth > tree.depth) throw new LimitReached(`ASN.1 elements nest more than ${tree.depth} deep`);
    tree.spend();
    const header = readHeader(tree.bytes, at, limit);
    this.#tree = tree;
    this.#depth = depth;
    this.tagClass = header.tagClass;
    this.constructed = header.constructed;
    this.tag = header.tag;
    this.at = at;
    this.contentAt = header.contentAt;
    this.indefinite = header.length === null;
    if (header.length === null) {
      this.contentEnd = this.#findEnd(limit);
      this.end = this.contentEnd + 2;
    } else {
      this.contentEnd = header.contentAt + header.length;
      this.end = this.contentEnd;
    }
  }

  /** The elements are walked once and kept, so that opening them later does not walk them again. */
  #findEnd(limit: number): number {
    const children: DerNode[] = [];
    let at = this.contentAt;
    for (;;) {
      if (at + 2 > limit) throw new OutOfBounds(at, 2, limit);
      if (this.#tree.bytes[at] === 0 && this.#tree.bytes[at + 1] === 0) break;
      const child = new DerNode(this.#tree, at, limit, this.#depth + 1);
      children.push(child);
      at = child.end;
    }
    this.#children = children;
    return at;
  }

  /** Header and content. */
  get whole(): Uint8Array {
    return this.#tree.bytes.subarray(this.at, this.end);
  }

  get content(): Uint8Array {
    return this.#tree.bytes.subarray(this.contentAt, this.contentEnd);
  }

  /** The elements inside, in order; each element's header is read once. @throws Malformed for a primitive element. */
  get children(): readonly DerNode[] {
    this.#children ??= [...this.each()];
    return this.#children;
  }

  /** The elements inside one after the other without keeping them, for long lists. */
  *each(): Generator<DerNode> {
    if (!this.constructed) throw new Malformed(this.at, `the ASN.1 element at ${this.at} holds no others`);
    if (this.#children !== null) {
      yield* this.#children;
      return;
    }
    for (let at = this.contentAt; at < this.contentEnd; ) {
      const child = new DerNode(this.#tree, at, this.contentEnd, this.#depth + 1);
      yield child;
      at = child.end;
    }
  }

  /** Whether this is the universal element of that tag. */
  is(tag: number): boolean {
    return this.tagClass === 'universal' && this.tag === tag;
  }

  /** Whether this is the context-specific element `[number]`. */
  isContext(number: number): boolean {
    return this.tagClass === 'context' && this.tag === number;
  }

  /** @throws Malformed when this is not the universal element of that tag. */
  expect(tag: number): this {
    if (!this.is(tag)) throw new Malformed(this.at, `the ASN.1 element at ${this.at} has tag ${this.tagClass} ${this.tag} where ${tag} belongs`);
    return this;
  }

  /** @throws Malformed when there are fewer elements. */
  child(index: number, tag?: number): DerNode {
    const found = this.children[index];
    if (found === undefined) throw new Malformed(this.at, `the ASN.1 element at ${this.at} has no element ${index}`);
    return tag === undefined ? found : found.expect(tag);
  }

  /** The element that the content of this one is: for an OCTET STRING that wraps DER. Offsets stay those of the tree. */
  inner(): DerNode {
    return new DerNode(this.#tree, this.contentAt, this.contentEnd, this.#depth + 1);
  }
}

interface Header {
  readonly tagClass: TagClass;
  readonly constructed: boolean;
  readonly tag: number;
  readonly contentAt: number;
  readonly length: number | null;
}

/** Identifier and length octets (X.690, 8.1.2 and 8.1.3). */
function readHeader(bytes: Uint8Array, at: number, limit: number): Header {
  let next = at;
  const octet = (): number => {
    const value = next < limit ? bytes[next] : undefined;
    if (value === undefined) throw new OutOfBounds(next, 1, limit);
    next += 1;
    return value;
  };
  const first = octet();
  let tag = first & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let more = true; more; ) {
      const part = octet();
      tag = tag * 128 + (part & 0x7f);
      if (tag > 0xffffff) throw new Malformed(at, `the ASN.1 tag at ${at} is too large`);
      more = (part & 0x80) !== 0;
    }
  }
  const constructed = (first & 0x20) !== 0;
  const tagClass = CLASSES[first >> 6] ?? 'universal';
  let length: number | null = octet();
  if (length === 0x80) {
    if (!constructed) throw new Malformed(at, `the primitive ASN.1 element at ${at} has no length`);
    length = null;
  } else if (length > 0x80) {
    const count = length & 0x7f;
    length = 0;
    for (let i = 0; i < count; i++) {
      length = length * 256 + octet();
      if (length > bytes.length) throw new OutOfBounds(at, length, limit);
    }
  }
  if (length !== null && next + length > limit) throw new OutOfBounds(next, length, limit);
  return { tagClass, constructed, tag, contentAt: next, length };
}

/**
 * The first ASN.1 element of some bytes; what follows it begins at its `end`.
 * @throws OutOfBounds, Malformed, LimitReached
 */
export function readDer(bytes: Uint8Array, limits: DerLimits = DER_LIMITS, at = 0): DerNode {
  return new DerNode(new Tree(bytes, limits), at, bytes.length, 0);
}
