import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

const BLOCK_HEADER = 8;

/** Base relocations (PE format, ".reloc"), counted: blocks, and entries without those that only pad (type 0). */
export function readRelocations(image: Image): PeFacts['relocations'] {
  const entry = directory(image.headers, 'relocations');
  if (!entry || entry.size === 0) return null;
  const { view, map, problems } = image;
  const offset = map.offset(entry.rva);
  if (offset === null) {
    problems.add('malformed', 'the base relocations lie in no section', entry.at);
    return null;
  }
  const out = { offset, size: entry.size, blocks: 0, entries: 0 };
  const size = Math.min(entry.size, map.available(entry.rva), view.length - offset);
  if (size < entry.size) problems.add('malformed', `the base relocations claim ${entry.size} bytes, ${size} are there`, entry.at);
  const end = offset + size;
  for (let at: number = offset; at + BLOCK_HEADER <= end; ) {
    const length = view.u32(at + 4);
    if (length < BLOCK_HEADER) {
      // Zeros behind the last block fill the directory up.
      if (length !== 0 || view.u32(at) !== 0) problems.add('malformed', `a block of base relocations claims ${length} bytes`, at);
      break;
    }
    if (at + length > end) problems.add('malformed', `a block of base relocations claims ${length} bytes, ${end - at} are there`, at);
    out.blocks += 1;
    out.entries += relocated(view.bytes, at + BLOCK_HEADER, Math.min(at + length, end));
    at += length;
  }
  return out;
}

/** Entries of a block whose type, the upper four bits, is not zero. */
function relocated(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from + 1; at < to; at += 2) if ((bytes[at] ?? 0) >= 0x10) count += 1;
  return count;
}
