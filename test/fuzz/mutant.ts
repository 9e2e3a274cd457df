import { random } from '../unit/artifacts/pe/mutate.ts';

/** Numbers at the borders of what fields hold. */
export const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

/** What the mutants of one format are made from. */
export interface Material {
  readonly seeds: readonly Uint8Array[];
  /** Pieces that mean something in the format; pasted in at random places. */
  readonly tokens: readonly (string | Uint8Array)[];
  /** Changes one thing that means something in the format: a field, a count, an element. Every second change is one of these. */
  readonly change?: (bytes: Buffer, below: (limit: number) => number) => Buffer;
}

/** Mutant number `index` of a run: the same for the same numbers, whatever was made before it. */
export function mutant(material: Material, seed: number, index: number): Uint8Array {
  const next = random(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca6b));
  // The first numbers of close seeds are close to each other.
  for (let i = 0; i < 4; i++) next();
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  let bytes: Buffer = Buffer.from(pick(material.seeds) ?? []);
  for (let left = 1 + below(8); left > 0; left--) {
    if (material.change !== undefined && next() < 0.5) {
      bytes = material.change(bytes, below);
      continue;
    }
    const at = below(bytes.length + 1);
    const size = 1 + below(next() < 0.8 ? 16 : 400);
    const how = below(9);
    if (how === 0 && bytes.length > 0) bytes[Math.min(at, bytes.length - 1)] = below(256);
    else if (how === 1 && at + 4 <= bytes.length) bytes.writeUInt32LE(pick(NUMBERS) ?? 0, at);
    else if (how === 2 && at + 2 <= bytes.length) bytes.writeUInt16LE(below(0x1_0000), at);
    else if (how === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
    else if (how === 4) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + size), bytes.subarray(at)]);
    else if (how === 5 || how === 6) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(material.tokens) ?? ''), bytes.subarray(how === 5 ? at : at + size)]);
    else if (how === 7) {
      const other = Buffer.from(pick(material.seeds) ?? []);
      const from = below(other.length + 1);
      bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + size * 8), bytes.subarray(at)]);
    } else if (next() < 0.2) bytes = bytes.subarray(0, at);
    else if (bytes.length > 0) bytes[Math.min(at, bytes.length - 1)] = (bytes[Math.min(at, bytes.length - 1)] ?? 0) ^ (1 << below(8));
  }
  return new Uint8Array(bytes);
}
