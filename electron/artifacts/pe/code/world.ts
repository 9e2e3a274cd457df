import { rva } from '../../kit/bytes.ts';
import type { Image } from '../image.ts';
import { Origin } from './value.ts';

/** Image bases above cannot be written exactly as numbers; no Windows maps images there. */
const HIGHEST_BASE = 0x7fff_ffff_ffffn;

/** The file that code is read from, and what its memory is told apart by: the image and the stack have origins of their own. */
export interface World {
  readonly image: Image;
  readonly base: number;
  /** Bytes of a pointer. */
  readonly pointer: 4 | 8;
  /** Memory of the image itself; offsets are RVAs. */
  readonly statics: Origin;
  /** Stack of the entry point; its return address is at 0. */
  readonly stack: Origin;
  /** What the registers held that a function has to leave as they were. */
  readonly kept: Origin;
}

export function makeWorld(image: Image): World {
  const statics = Origin.root();
  const base = image.headers.imageBase <= HIGHEST_BASE ? Number(image.headers.imageBase) : 0;
  return { image, base, pointer: image.headers.plus ? 8 : 4, statics, stack: statics.beside(), kept: statics.beside() };
}

/** File offset of a virtual address, or null. */
export function offsetOf(world: World, address: number): number | null {
  const offset = address - world.base;
  return Number.isSafeInteger(offset) && offset >= 0 && offset < 2 ** 32 ? world.image.map.offset(rva(offset)) : null;
}
